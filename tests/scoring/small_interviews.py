"""Small scenarios for what the interviewer works out, with a reader that knows no terms of the field."""

from mlsd_coach.matching.answer import Reader
from mlsd_coach.matching.lexicon import ConceptIndex
from mlsd_coach.matching.tables import load_words
from mlsd_coach.matching.typos import Spelling
from mlsd_coach.models import (
    Change,
    Criterion,
    Evidence,
    Judgement,
    Lexicon,
    Number,
    Scenario,
    ScenarioThread,
    Signal,
    StagePlan,
    StageScore,
    Verdict,
)

READER = Reader(ConceptIndex(Lexicon()), Spelling(frozenset(), set()), load_words())


def read(raw):
    return READER.read(raw)


NUMBERS = (
    Number("daily_active_users", 200_000_000, "users"),
    Number("requests_per_day", 3_000_000_000, "requests"),
    Number("peak_qps", 80_000, "requests/s"),
    Number("candidate_pool", 70_000_000, "posts"),
    Number("ranked_per_request", 500, "posts"),
    Number("latency_p99", 300, "ms"),
    Number("ranking_budget", 100, "ms"),
    Number("like_rate", 0.02, "share"),
    Number("rows_per_day", 2_200_000_000, "rows"),
    Number("freshness", 60, "s"),
)


def scenario(*, estimates=(), facts=(), thread=None, change=""):
    plan = StagePlan("change", "Change", 3, 1, change, ())
    return Scenario(
        "small",
        "Small",
        "",
        "",
        "",
        (),
        numbers=NUMBERS,
        estimates=tuple(estimates),
        facts=tuple(facts),
        thread=thread or ScenarioThread(),
        change=Change("features", plan) if change else None,
    )


def stage(stage_id, title, answer, **said):
    """A scored stage: criterion → the words that earned it, "" where nothing did, "?..." where the coach doubts."""
    judgements = []
    for name, words in said.items():
        verdict = Verdict.MISSING if not words else Verdict.MAYBE if words.startswith("?") else Verdict.NAMED
        quote = words.removeprefix("?")
        start = answer.index(quote)
        evidence = (Evidence(quote, start, start + len(quote)),) if quote else ()
        judgements.append(
            Judgement(
                Criterion(name.replace("_", "-"), "It is said.", Signal.SYSTEMS),
                verdict,
                0.5,
                evidence,
            )
        )
    return StageScore(stage_id, title, 1, 50, answer, tuple(judgements), attempted=bool(answer))
