"""Plain data to the nouns of the interviewer: facts, cues, figures, the thread."""

from collections.abc import Sequence
from typing import Any

from mlsd_coach.models import (
    Bound,
    BudgetThread,
    Estimate,
    EstimateInput,
    Fact,
    FactBound,
    FactDenial,
    GeneralThread,
    Interviewer,
    Outcome,
    Persona,
    PersonaAnswer,
    QuestionKind,
    Questions,
    RedFlag,
    ScenarioThread,
    Signal,
    SourceThread,
    ThreadLink,
    VagueQuestion,
)

Plain = dict[str, Any]


def build_fact(plain: Plain, questions: Sequence[str] = ()) -> Fact:
    """Build a fact with more questions that ask for it."""
    return Fact(
        id=plain["id"],
        says=plain["says"],
        asks=tuple(plain["asks"]),
        load_bearing=plain["load_bearing"],
        stage=plain["stage"],
        about=plain["about"] or plain["id"].replace("-", " ").replace("_", " "),
        note=plain["note"] or "",
        questions=(*plain["questions"], *questions),
        kinds=tuple(plain["kinds"]),
        bounds=tuple(FactBound(each["number"], each["where"], Bound(each["bound"])) for each in plain["bounds"]),
        against=tuple(FactDenial(each["when"], each["because"]) for each in plain["against"]),
        expects=_factors(plain["expects"]),
        by_persona=tuple(
            (name, PersonaAnswer(each["says"], each["note"] or "", _factors(each["expects"])))
            for name, each in plain["by_persona"].items()
        ),
    )


def build_vague(plain: Plain) -> VagueQuestion:
    """Build a question at which the interviewer asks back."""
    return VagueQuestion(tuple(plain["asks"]), plain["says"], tuple(plain["between"]))


def build_red_flag(plain: Plain) -> RedFlag:
    """Build a red flag."""
    return RedFlag(
        id=plain["id"],
        when=plain["when"],
        says=plain["says"],
        repaired=plain["repaired"],
        lesson=plain["lesson"],
        stages=tuple(plain["stages"]),
        unless=plain["unless"],
    )


def build_estimate(plain: Plain) -> Estimate:
    """Build a figure that answers are held against."""
    reads = tuple(EstimateInput(name, each["where"], each["default"]) for name, each in plain["reads"].items())
    return Estimate(plain["id"], plain["title"], plain["where"], plain["formula"], plain["unit"], reads)


def build_scenario_thread(plain: Plain | None) -> ScenarioThread:
    """Build what ties the stages of a scenario together."""
    if plain is None:
        return ScenarioThread()
    return ScenarioThread(
        tuple(Outcome(each["id"], each["title"], each["when"]) for each in plain["outcomes"]),
        tuple(
            SourceThread(each["id"], each["title"], each["in_data"], each["in_features"], each["as_number"])
            for each in plain["sources"]
        ),
    )


def build_interviewer(plain: Plain) -> Interviewer:
    """Build the personas, the general red flags and the general thread."""
    thread = plain["thread"]
    return Interviewer(
        tuple(_persona(each) for each in plain["personas"]),
        tuple(build_red_flag(each) for each in plain["red_flags"]),
        GeneralThread(
            tuple(
                ThreadLink(
                    each["id"], each["title"], each["stage"], tuple(each["criteria"]), each["outcome"], each["mend"]
                )
                for each in thread["links"]
            ),
            tuple(
                BudgetThread(each["title"], each["where"], tuple(each["stages"]), each["mend"])
                for each in thread["budgets"]
            ),
            thread["as_number"],
        ),
    )


def build_questions(plain: Plain) -> Questions:
    """Build the kinds of question."""
    kinds = tuple(
        QuestionKind(each["id"], each["about"], tuple(each["asks"]), tuple(each["questions"]))
        for each in plain["kinds"]
    )
    return Questions(kinds, tuple(plain["elsewhere"]))


def _persona(plain: Plain) -> Persona:
    return Persona(
        id=plain["id"],
        title=plain["title"],
        weights=_factors(plain["weights"]),
        hello=plain["hello"] or "",
        follows_up=plain["follows_up"],
        unknown=plain["unknown"],
        noted=plain["noted"],
        before_follow_up=tuple(plain["before_follow_up"]),
        before_deep_dive=tuple(plain["before_deep_dive"]),
        more=tuple(plain["more"]),
        enough=tuple(plain["enough"]),
    )


def _factors(plain: dict[str, float]) -> tuple[tuple[Signal, float], ...]:
    return tuple((Signal(name), factor) for name, factor in plain.items())
