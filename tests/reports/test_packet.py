"""The page that a panel would read: short, and not a word in the candidate's name that they did not say."""

import re
from dataclasses import replace

import pytest

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.models import (
    Contradiction,
    CueResult,
    Interview,
    Judgement,
    Level,
    Nudge,
    Reaction,
    Scorecard,
    Turn,
    Verdict,
)
from mlsd_coach.reports.packet import build_packet, render_packet, shorten
from mlsd_coach.scoring import Scorer
from tests.reports.goldens import assert_golden
from tests.reports.samples import LABEL, SCALE, quote_of, small_attempt, small_card, small_levels

REPLY = "About 5 M a day, so we cannot score every book."


def flag(reaction: Reaction = Reaction.MOVED_ON, turn: Turn = Turn.EYEBROW) -> CueResult:
    return CueResult(turn, "data", "Hm?", "Yes.", reaction, 0.0, "A sale may be a gift.", "A positive is | a sale.")


def with_talk(card: Scorecard, *cues: CueResult) -> Scorecard:
    against = Contradiction(
        "rights", "Rights differ.", "requirements", "readers who come back", "It was told otherwise."
    )
    return replace(card, interview=Interview("balanced", 1, cues=cues, contradictions=(against,)))


def with_nudge(card: Scorecard, points: float = 0.5) -> Scorecard:
    nudge = Nudge("How many would that be?", REPLY, Verdict.REASONED, points, quote_of(REPLY, "About 5 M a day"))
    first = card.stages[0]
    judgements = tuple(
        replace(each, nudge=nudge) if each.criterion.id == SCALE.id else each for each in first.judgements
    )
    return replace(card, stages=(replace(first, judgements=judgements), *card.stages[1:]))


def test_the_whole_page():
    card = with_nudge(with_talk(small_card(), flag()))
    attempt = replace(small_attempt(card=small_card()), hints_used=(("data", 2),))

    assert_golden("packet.md", render_packet(attempt, card, small_levels()))


def test_a_red_flag_that_was_repaired_and_a_friendly_cue_are_no_concern():
    card = with_talk(small_card(), flag(Reaction.REPAIRED), flag(turn=Turn.MORE))
    kinds = [each["kind"] for each in build_packet(small_attempt(), card, small_levels())["concerns"]]

    assert "red flag" not in kinds
    assert kinds[0] == "contradiction"


def test_a_nudge_that_won_nothing_is_not_told():
    assert build_packet(small_attempt(), with_nudge(small_card(), 0.0), small_levels())["nudges"] == []


def test_a_stage_without_an_answer_is_one_concern():
    card = small_card()
    empty = replace(
        card.stages[1],
        answer="",
        attempted=False,
        judgements=tuple(Judgement(replace(LABEL, id=f"l{number}"), Verdict.MISSING, 0.0) for number in range(4)),
    )
    view = build_packet(small_attempt(), replace(card, stages=(card.stages[0], empty)), small_levels())

    assert [each["says"] for each in view["concerns"] if each["kind"] == "nothing to judge"] == ["Not answered."]


def test_an_attempt_without_a_clock_says_so():
    card = small_card()
    card = replace(card, stages=tuple(replace(stage, seconds=None) for stage in card.stages))

    assert "## Time\n\nNot sat by the clock.\n" in render_packet(small_attempt(), card, small_levels())


def test_a_long_quote_is_cut_at_a_word():
    assert shorten("word " * 60) == ("word " * 26).strip() + " …"
    assert shorten("a\nb") == "a b"


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([builtin_root()])


@pytest.mark.parametrize("kind", ["weak", "mid", "strong"])
@pytest.mark.parametrize("level", list(Level))
def test_it_is_a_page_and_every_quote_is_a_slice_of_an_answer(library: Library, level: Level, kind: str):
    scenario = library.scenario("video-search")
    answers = {plan.id: str(getattr(plan.samples, kind)) for plan in scenario.stages}
    scorer = Scorer(library.lexicon(), library.levels(), library.criteria)
    seconds = {plan.id: 70.0 * plan.minutes for plan in scenario.stages}
    card = scorer.score(scenario, answers, level=level, seconds=seconds)
    text = render_packet(small_attempt(card=card), card, library.levels())
    # An A4 page takes some 95 characters a row.
    rows = sum(max(1, -(-len(line) // 95)) for line in text.splitlines() if line.strip())

    assert len(text.splitlines()) <= 60
    assert rows <= 60
    said = " ".join(" ".join(answers.values()).split())
    quotes = re.findall(r"“(.*?)”", text.replace("\\", ""))
    assert all(quote.removesuffix(" …") in said for quote in quotes)
    assert quotes or kind == "weak"
