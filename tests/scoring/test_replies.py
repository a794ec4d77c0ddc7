"""What the conversation adds to a scorecard: nudges, the change, cues, weights, facts nobody asked for."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mlsd_coach.interview.sitting import new_session
from mlsd_coach.models import (
    Asked,
    Change,
    Criterion,
    CueResult,
    Drive,
    Exchange,
    Fact,
    Heard,
    Interviewer,
    Judgement,
    Level,
    Lexicon,
    Mode,
    Nudge,
    Persona,
    PersonaAnswer,
    Reaction,
    RedFlag,
    Scenario,
    Scorecard,
    Signal,
    StagePlan,
    Turn,
    Verdict,
)
from mlsd_coach.scoring import scorecard_from_json, scorecard_to_json
from mlsd_coach.scoring.interview import factors_in
from mlsd_coach.scoring.replies import Conversation, cue_results, flags_of
from mlsd_coach.scoring.scorer import Scorer
from tests.reports.samples import small_levels
from tests.reports.schema_check import problems
from tests.scoring.small_interviews import read

SCHEMA_FILE = Path(__file__).parents[2] / "mlsd_coach/reports/schemas/scorecard.schema.json"


def without_limits(schema: Any) -> Any:
    """The schema without `additionalProperties`: the checker refuses keys that are not named whatever it says."""
    if isinstance(schema, dict):
        return {key: without_limits(value) for key, value in schema.items() if key != "additionalProperties"}
    return [without_limits(each) for each in schema] if isinstance(schema, list) else schema


SCHEMA = without_limits(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))

# A small interview ----------------------------------------------------------------

GOAL = Criterion(
    "goal",
    "The candidate names the goal of the company.",
    Signal.PRODUCT_SENSE,
    weight=2,
    evidence="the goal is | our goal",
    ways=(("plain", ("The goal is that people come back.",)),),
)
LOAD = Criterion(
    "load",
    "The candidate says how many requests the shelf gets.",
    Signal.SYSTEMS,
    weight=2,
    evidence="requests a second | requests per second",
    ways=(("plain", ("The shelf gets about a thousand requests a second.",)),),
)
LABEL = Criterion(
    "label",
    "The candidate says what counts as a positive example.",
    Signal.DATA_SENSE,
    weight=4,
    evidence="a positive example | a positive is",
    ways=(("plain", ("A positive is a post that somebody liked.",)),),
    follow_up="What is a positive?",
)
WINDOW = Criterion(
    "window",
    "The candidate says how many days of logs one training run sees.",
    Signal.SYSTEMS,
    Level.STAFF,
    weight=2,
    evidence="days of logs | training window",
    ways=(("plain", ("One training run sees fourteen days of logs.",)),),
)
STAYS = Criterion(
    "stays",
    "The candidate says which inputs stay.",
    Signal.DATA_SENSE,
    weight=3,
    evidence="may still be used | inputs stay",
    ways=(("plain", ("The age of a book may still be used.",)),),
)
DEPTH = Fact(
    "depth",
    "Boxes are enough.",
    load_bearing=True,
    about="how deep to go",
    expects=((Signal.SYSTEMS, 0.5),),
    by_persona=(("infra", PersonaAnswer("Go deep.", "deep", ((Signal.SYSTEMS, 2.0),))),),
)
READERS = Fact("readers", "Five million.", load_bearing=True, about="how many people read")
LOGS = Fact("logs", "A year of them.", load_bearing=True, stage="data", about="how long logs are kept")
COLOUR = Fact("colour", "Blue.", about="what colour it has")
CHANGE_PLAN = StagePlan("change", "A change", 3, 4, "Legal has called. What changes?", (STAYS,))
SCENARIO = Scenario(
    "small",
    "A small one",
    "test",
    "Let us begin.",
    "A shop for books.",
    (
        StagePlan("requirements", "Requirements", 6, 2, "What do you want to know?", (GOAL, LOAD)),
        StagePlan("data", "Data", 6, 2, "Which tables would you take?", (LABEL, WINDOW)),
    ),
    facts=(DEPTH, READERS, LOGS, COLOUR),
    change=Change("data", CHANGE_PLAN),
)
PRODUCT = Persona("product", "A product manager", ((Signal.PRODUCT_SENSE, 1.6), (Signal.SYSTEMS, 0.6)))
INFRA = Persona("infra", "A lead", ((Signal.PRODUCT_SENSE, 0.7), (Signal.SYSTEMS, 1.6)))
INTERVIEWER = Interviewer((Persona("balanced", "Somebody"), PRODUCT, INFRA))
SCORER = Scorer(Lexicon(), small_levels())

WHO = "The goal is that people come back, because a sale happens once."
HOW_MUCH = "The shelf gets 1000 requests a second, because everybody opens it in the evening."
TABLES = "We take all of it from the tables and keep it in one place for later."
NAMED_LABEL = "We take it from the tables. A positive is a post with a like."
REASONED_LABEL = "A positive is a post with a like, because a click alone may be an accident."
WINDOW_REPLY = "One training run sees fourteen days of logs, because habits change within a month."
STAYS_REPLY = "The age of a book may still be used, because it says nothing about the reader."
SOUP = (
    "positive label click impression dwell share comment train model metric logs rows features window table vector "
    "index query person item shelf score rank loss sample batch cache shard replica latency budget"
)


def asked_for(criterion: str, reply: str, *, stage: str = "data", turn: Turn = Turn.FOLLOW_UP) -> Exchange:
    return Exchange(turn, stage, "What is a positive?", 75.0, criterion, answer=reply, seconds=20.0, done=True)


def told(*facts: str) -> tuple[Asked, ...]:
    return tuple(Asked("requirements", f"Which {fact}?", Heard.TOLD, "So and so.", (fact,)) for fact in facts)


def talk(*exchanges: Exchange, persona: str = "balanced", asked: Sequence[Asked] = ()) -> Conversation:
    return Conversation(INTERVIEWER, persona, 7, tuple(asked), exchanges)


def card_of(
    conversation: Conversation | None,
    *,
    requirements: str = WHO,
    data: str = TABLES,
    level: Level = Level.MID,
    stages: Sequence[str] | None = None,
) -> Scorecard:
    answers = {"requirements": requirements, "data": data}
    return SCORER.score(SCENARIO, answers, level=level, stages=stages, conversation=conversation)


def judged(card: Scorecard, criterion: str) -> Judgement:
    return next(j for stage in card.stages for j in stage.judgements if j.criterion.id == criterion)


def nudged(data: str, reply: str, *, criterion: str = "label", turn: Turn = Turn.FOLLOW_UP) -> tuple[Scorecard, Nudge]:
    card = card_of(talk(asked_for(criterion, reply, turn=turn)), data=data)
    nudge = judged(card, criterion).nudge
    assert nudge is not None
    return card, nudge


def stage_score(card: Scorecard, stage: str) -> float:
    return next(each.score for each in card.stages if each.id == stage)


# Nudges ----------------------------------------------------------------


def test_what_is_won_after_a_nudge_counts_half():
    unprompted = card_of(talk(), data=REASONED_LABEL)
    card, nudge = nudged(TABLES, REASONED_LABEL)
    assert judged(unprompted, "label").points == 4.0
    assert (nudge.verdict, nudge.points) == (Verdict.REASONED, 2.0)
    assert (stage_score(unprompted, "data"), stage_score(card, "data")) == (100.0, 50.0)


def test_only_naming_it_after_a_nudge_counts_half_of_naming_it():
    card, nudge = nudged(TABLES, "A positive is a post with a like.")
    assert (nudge.verdict, nudge.points) == (Verdict.NAMED, 1.0)
    assert stage_score(card, "data") == 25.0


def test_the_verdict_itself_stays_what_it_was_unprompted():
    card, _ = nudged(TABLES, REASONED_LABEL)
    kept = judged(card, "label")
    assert (kept.verdict, kept.points, kept.evidence) == (Verdict.MISSING, 0.0, ())


def test_a_nudge_is_shown_with_slices_of_the_reply():
    reply = f"Let me see. {REASONED_LABEL} That is all."
    _, nudge = nudged(TABLES, reply)
    assert (nudge.ask, nudge.reply) == ("What is a positive?", reply)
    assert nudge.evidence
    for each in nudge.evidence:
        assert reply[each.start : each.end] == each.quote
    assert "A positive is a post with a like" in nudge.evidence[0].quote


@pytest.mark.parametrize(
    "reply",
    [
        "Because a click alone is often an accident.",
        "That means we do not learn from accidents.",
    ],
)
def test_a_bare_reason_for_what_was_named_before_makes_it_reasoned(reply: str):
    card, nudge = nudged(NAMED_LABEL, reply)
    assert judged(card, "label").verdict is Verdict.NAMED
    assert (nudge.verdict, nudge.points) == (Verdict.REASONED, 1.0)
    assert stage_score(card, "data") == 75.0
    assert all(reply[each.start : each.end] == each.quote for each in nudge.evidence)


def test_a_bare_reason_for_what_was_never_named_adds_nothing():
    _, nudge = nudged(TABLES, "Because a click alone is often an accident.")
    assert nudge.points == 0.0


def test_naming_it_again_without_a_reason_adds_nothing():
    card, nudge = nudged(NAMED_LABEL, "A positive is a post with a like.")
    assert nudge.points == 0.0
    assert stage_score(card, "data") == 50.0


@pytest.mark.parametrize(
    ("data", "reply"),
    [
        (TABLES, SOUP),
        (NAMED_LABEL, SOUP),
        (TABLES, f"{SOUP} a positive is a like because"),
        (TABLES, "I would rather speak about the weather, because it is warm today."),
        (NAMED_LABEL, "The weather is fine and my neighbour has a dog."),
        (NAMED_LABEL, "I do not know."),
    ],
)
def test_a_reply_that_is_soup_or_about_something_else_adds_nothing(data: str, reply: str):
    card, nudge = nudged(data, reply)
    assert nudge.points == 0.0
    assert stage_score(card, "data") == stage_score(card_of(talk(), data=data), "data")


def test_soup_in_a_reply_is_not_judged():
    assert nudged(TABLES, SOUP)[1].verdict is Verdict.NOT_JUDGED


def test_who_had_reasoned_it_before_loses_nothing_by_a_weaker_reply():
    card, nudge = nudged(REASONED_LABEL, "A like.")
    assert nudge.points == 0.0
    assert stage_score(card, "data") == 100.0


@pytest.mark.parametrize("reply", ["", "  \n"])
def test_an_empty_reply_leaves_no_nudge(reply: str):
    assert judged(card_of(talk(asked_for("label", reply))), "label").nudge is None


def test_a_reply_counts_for_the_criterion_that_was_asked_about_only():
    card = card_of(talk(asked_for("label", f"{REASONED_LABEL} {WINDOW_REPLY}")))
    assert [j.criterion.id for stage in card.stages for j in stage.judgements if j.nudge] == ["label"]


@pytest.mark.parametrize("turn", [Turn.EYEBROW, Turn.MORE, Turn.ENOUGH, Turn.CHANGE])
def test_a_reply_to_anything_but_a_question_on_a_criterion_nudges_nothing(turn: Turn):
    assert judged(card_of(talk(asked_for("label", REASONED_LABEL, turn=turn))), "label").nudge is None


def test_a_stage_that_was_not_answered_or_not_judged_is_not_saved_by_a_reply():
    spoken = talk(asked_for("label", REASONED_LABEL))
    assert stage_score(card_of(spoken, data=""), "data") == 0.0
    soup = card_of(spoken, data=SOUP)
    assert stage_score(soup, "data") == 0.0
    assert judged(soup, "label").nudge is None


def test_a_question_above_the_level_adds_half_of_half_as_a_bonus():
    card, nudge = nudged(NAMED_LABEL, WINDOW_REPLY, criterion="window", turn=Turn.DEEP_DIVE)
    assert nudge.points == 1.0
    # Named: 2 of 4; the bonus: half of the one point that the nudge was worth.
    assert stage_score(card, "data") == 62.5
    assert stage_score(card_of(talk(), data=f"{NAMED_LABEL} {WINDOW_REPLY}"), "data") == 75.0


# What nudges do not change ----------------------------------------------------------------


def test_a_level_is_reached_by_what_was_met_unprompted():
    before = card_of(talk(), requirements=TABLES)
    after = card_of(talk(asked_for("label", REASONED_LABEL)), requirements=TABLES)
    assert after.score > before.score
    assert after.level_result == before.level_result
    assert {level: met for level, met, _ in after.level_result.met}[Level.MID] == 0


def test_a_gap_that_a_nudge_filled_is_a_gap_still_with_its_own_verdict():
    everything = f"{WHO} {HOW_MUCH}"
    card = card_of(talk(asked_for("label", REASONED_LABEL)), requirements=everything)
    assert card.first_gap is not None
    assert (card.first_gap.criterion, card.first_gap.verdict) == ("label", Verdict.MISSING)


def test_a_signal_counts_as_met_only_what_was_met_unprompted():
    card, _ = nudged(TABLES, REASONED_LABEL)
    data = next(each for each in card.signals if each.id is Signal.DATA_SENSE)
    assert (data.score, data.met, data.asked) == (50.0, 0, 1)


# The change ----------------------------------------------------------------

CHANGE = Exchange(Turn.CHANGE, "data", "Legal has called. What changes?", 180.0, answer=STAYS_REPLY, seconds=60.0)


def test_the_change_is_scored_as_a_part_with_its_weight():
    card = card_of(talk(CHANGE), data=REASONED_LABEL)
    assert card.change is not None
    assert (card.change.id, card.change.title, card.change.score) == ("change", "A change", 100.0)
    assert (card.change.seconds, card.change.budget_seconds, card.change.answer) == (60.0, 180.0, STAYS_REPLY)
    # Half of the requirements, all of the data, all of the change: weights 2, 2 and 4.
    assert [stage.score for stage in card.stages] == [50.0, 100.0]
    assert card.score == 87.5
    assert [stage.id for stage in card.stages] == ["requirements", "data"]


def test_a_change_without_an_answer_counts_as_nothing_answered():
    card = card_of(talk(replace(CHANGE, answer="")), data=REASONED_LABEL)
    assert card.change is not None
    assert (card.change.attempted, card.change.score) == (False, 0.0)
    assert card.score == 37.5


def test_a_change_answered_with_soup_is_not_judged():
    card = card_of(talk(replace(CHANGE, answer=SOUP)))
    assert card.change is not None
    assert card.change.guard
    assert {j.verdict for j in card.change.judgements} == {Verdict.NOT_JUDGED}


def test_a_change_that_was_not_put_is_not_scored():
    assert card_of(talk()).change is None
    assert card_of(None).change is None


def test_the_change_counts_for_the_level_and_the_signals():
    without, with_it = card_of(talk()), card_of(talk(CHANGE))
    mid = [{level: (met, asked) for level, met, asked in c.level_result.met}[Level.MID] for c in (without, with_it)]
    assert mid == [(1, 3), (2, 4)]
    data = [next(s for s in c.signals if s.id is Signal.DATA_SENSE).asked for c in (without, with_it)]
    assert data == [1, 2]


def test_the_change_weighs_as_this_sitting_weighs():
    heavy = Interviewer((Persona("balanced", "Somebody", ((Signal.DATA_SENSE, 3.0),)),))
    half = replace(STAYS, id="load-again", signal=Signal.SYSTEMS, evidence="requests a second", ways=LOAD.ways)
    scenario = replace(SCENARIO, id="small-two", change=Change("data", replace(CHANGE_PLAN, criteria=(STAYS, half))))
    cards = [
        SCORER.score(
            scenario, {}, level=Level.MID, conversation=Conversation(interviewer, "balanced", 1, exchanges=(CHANGE,))
        )
        for interviewer in (INTERVIEWER, heavy)
    ]
    assert [card.change.score if card.change else None for card in cards] == [50.0, 75.0]


# Cues ----------------------------------------------------------------

FLAG = RedFlag("random-split", "random split", "Hm. Today and tomorrow?", "by time | later days", "Split by time.")
DEEP_REPLY = (
    "I take that one because the rows of one evening are alike, so that the test would only repeat the training."
)
LONG = "There is one more thing to say about this and another one after that " * 3


def reaction(turn: Turn, reply: str) -> CueResult:
    cue = Exchange(turn, "data", "Hm.", 45.0, "random-split", "a random split", reply, 10.0, done=True)
    (found,) = cue_results([cue], [FLAG] if turn is Turn.EYEBROW else [], [read(reply)])
    return found


@pytest.mark.parametrize(
    ("turn", "reply", "expected", "points"),
    [
        (Turn.EYEBROW, "You are right, I would split it by time.", Reaction.REPAIRED, 1.0),
        (Turn.EYEBROW, DEEP_REPLY, Reaction.WENT_DEEPER, 0.5),
        (Turn.EYEBROW, "I would never split by time.", Reaction.MOVED_ON, 0.0),
        (Turn.EYEBROW, "No, I think it is fine.", Reaction.MOVED_ON, 0.0),
        (Turn.EYEBROW, "", Reaction.MOVED_ON, 0.0),
        (Turn.MORE, DEEP_REPLY, Reaction.WENT_DEEPER, 1.0),
        (Turn.MORE, "Because of that.", Reaction.MOVED_ON, 0.0),
        (Turn.MORE, "It is what I said before and I have nothing to add to it at all today.", Reaction.MOVED_ON, 0.0),
        (Turn.MORE, f"{SOUP} because so that 500", Reaction.MOVED_ON, 0.0),
        (Turn.MORE, "", Reaction.MOVED_ON, 0.0),
        (Turn.ENOUGH, "", Reaction.MOVED_ON, 1.0),
        (Turn.ENOUGH, "Good, then let me turn to the features.", Reaction.MOVED_ON, 1.0),
        (Turn.ENOUGH, LONG, Reaction.WENT_DEEPER, 0.0),
    ],
)
def test_how_a_cue_was_taken_and_what_it_is_worth(turn: Turn, reply: str, expected: Reaction, points: float):
    found = reaction(turn, reply)
    assert (found.reaction, found.points) == (expected, points)
    assert (found.turn, found.reply, found.quote) == (turn, reply, "a random split")
    assert found.lesson


def test_the_lesson_of_an_eyebrow_is_the_flag_s():
    assert reaction(Turn.EYEBROW, "It is fine.").lesson == "Split by time."


def test_a_cue_that_was_not_ended_and_a_question_are_no_cues():
    open_cue = Exchange(Turn.MORE, "data", "More?", 60.0)
    question = asked_for("label", REASONED_LABEL)
    assert cue_results([open_cue, question], [], [read(""), read(REASONED_LABEL)]) == []


def test_cues_count_under_communication_as_one_criterion_each():
    cues = [
        Exchange(Turn.MORE, "data", "More?", 60.0, answer=DEEP_REPLY, done=True),
        Exchange(Turn.ENOUGH, "requirements", "Fine.", 20.0, answer=LONG, done=True),
    ]
    card = card_of(talk(*cues))
    assert card.interview is not None
    assert [each.points for each in card.interview.cues] == [1.0, 0.0]
    signal = next(each for each in card.signals if each.id is Signal.COMMUNICATION)
    assert (signal.score, signal.met, signal.asked) == (50.0, 1, 2)
    silent = next(each for each in card_of(talk()).signals if each.id is Signal.COMMUNICATION)
    assert (silent.score, silent.asked) == (None, 0)
    assert card.score == card_of(talk()).score


def test_a_red_flag_of_the_scenario_comes_before_the_one_of_the_same_name():
    own, general, other = replace(FLAG, says="Own."), replace(FLAG, says="General."), replace(FLAG, id="other")
    flags = flags_of(replace(SCENARIO, red_flags=(own,)), replace(INTERVIEWER, red_flags=(general, other)))
    assert flags == (own, other)


# What weighs more ----------------------------------------------------------------


@pytest.mark.parametrize(("persona", "better"), [("balanced", 0), ("product", 1), ("infra", -1)])
def test_who_sits_opposite_decides_which_of_two_answers_is_better(persona: str, better: int):
    people, machines = (
        stage_score(card_of(talk(persona=persona), requirements=answer), "requirements") for answer in (WHO, HOW_MUCH)
    )
    assert (people > machines) - (people < machines) == better


def test_the_weights_of_this_sitting_stand_in_the_scorecard():
    card = card_of(talk(persona="product"))
    assert card.interview is not None
    assert dict(card.interview.factors) == {Signal.PRODUCT_SENSE: 1.6, Signal.SYSTEMS: 0.6}
    assert (card.interview.persona, card.interview.seed, card.interview.agreed) == ("product", 7, "")


def test_an_expectation_weighs_only_once_it_was_asked_for():
    answer = {"requirements": HOW_MUCH}
    silent, agreed = talk(persona="infra"), talk(persona="infra", asked=told("depth"))
    assert factors_in(silent, SCENARIO)[Signal.SYSTEMS] == 1.6
    assert factors_in(agreed, SCENARIO)[Signal.SYSTEMS] == 3.2
    cards = [SCORER.score(SCENARIO, answer, level=Level.MID, conversation=spoken) for spoken in (silent, agreed)]
    assert stage_score(cards[1], "requirements") > stage_score(cards[0], "requirements")
    assert [card.interview.agreed if card.interview else None for card in cards] == ["", "Go deep."]


def test_what_was_agreed_is_the_fact_s_own_word_where_the_persona_has_none():
    assert factors_in(talk(asked=told("depth")), SCENARIO) == {Signal.SYSTEMS: 0.5}
    card = card_of(talk(asked=told("depth")))
    assert card.interview is not None
    assert card.interview.agreed == "Boxes are enough."


def test_an_expectation_that_was_only_asked_back_about_is_no_agreement():
    asked = replace(told("depth")[0], heard=Heard.ASKED_BACK)
    assert factors_in(talk(asked=[asked]), SCENARIO) == {}


@pytest.mark.parametrize("persona", ["balanced", "product", "infra", "research"])
def test_in_the_feed_asking_for_the_depth_of_infrastructure_changes_the_weights(library, persona: str):
    scenario = library.scenario("feed-ranking")
    silent = Conversation(library.interviewer(), persona, 1)
    agreed = replace(silent, asked=told("infrastructure-depth"))
    before, after = factors_in(silent, scenario), factors_in(agreed, scenario)
    assert after != before
    rises = persona == "infra"
    assert (after[Signal.SYSTEMS] > before.get(Signal.SYSTEMS, 1.0)) is rises


def test_the_same_answers_to_the_feed_score_otherwise_once_the_depth_was_agreed(library, scorer):
    scenario = library.scenario("feed-ranking")
    answers = {"candidates": scenario.stage("candidates").samples.mid, "data": scenario.stage("data").samples.mid}
    silent = Conversation(library.interviewer(), "infra", 1)
    cards = [
        scorer.score(scenario, answers, level=Level.SENIOR, stages=list(answers), conversation=spoken)
        for spoken in (silent, replace(silent, asked=told("infrastructure-depth")))
    ]
    assert [j.verdict for s in cards[0].stages for j in s.judgements] == [
        j.verdict for s in cards[1].stages for j in s.judgements
    ]
    assert cards[0].score != cards[1].score


# Facts nobody asked for ----------------------------------------------------------------


def test_missed_are_the_load_bearing_facts_that_were_not_told():
    card = card_of(talk(asked=told("readers")))
    assert card.interview is not None
    assert [(each.id, each.about, each.says, each.stage) for each in card.interview.missed] == [
        ("depth", "how deep to go", "Boxes are enough.", "requirements"),
        ("logs", "how long logs are kept", "A year of them.", "data"),
    ]


def test_a_fact_of_a_stage_that_was_not_sat_is_not_missed():
    card = card_of(talk(), stages=["requirements"])
    assert card.interview is not None
    assert [each.id for each in card.interview.missed] == ["depth", "readers"]


@pytest.mark.parametrize("heard", [Heard.ASKED_BACK, Heard.UNKNOWN, Heard.ASSUMED])
def test_what_was_only_asked_back_or_assumed_is_missed_still(heard: Heard):
    asked = replace(told("readers")[0], heard=heard)
    card = card_of(talk(asked=[asked]))
    assert card.interview is not None
    assert "readers" in [each.id for each in card.interview.missed]


def test_a_missed_fact_is_told_as_this_persona_would_have():
    card = card_of(talk(persona="infra"))
    assert card.interview is not None
    assert card.interview.missed[0].says == "Go deep."


# The whole conversation ----------------------------------------------------------------


def test_a_session_s_conversation_is_all_that_was_said_besides_the_answers():
    session = new_session(
        SCENARIO,
        session_id="s",
        level=Level.MID,
        mode=Mode.MOCK,
        started_at="2025-01-02T03:04:05+00:00",
        persona="infra",
        seed=42,
    )
    first, second = session.stages
    session = replace(
        session,
        stages=(replace(first, skipped=True), second),
        asked=told("readers", "readers", "depth"),
        exchanges=(CHANGE,),
        called=(("requirements", "data"),),
        returned=("requirements",),
    )
    spoken = Conversation.of(session, INTERVIEWER)
    assert (spoken.persona, spoken.seed, spoken.change()) == ("infra", 42, CHANGE)
    assert spoken.told == ("readers", "depth")
    assert spoken.drive == Drive((("requirements", "data"),), ("requirements",), ("requirements",))


def test_without_a_conversation_the_scorecard_has_none():
    card = card_of(None)
    assert (card.interview, card.change) == (None, None)
    there = scorecard_to_json(card)
    assert not {"interview", "change"} & there.keys()


def whole_card() -> Scorecard:
    spoken = replace(
        talk(
            asked_for("label", f"Well. {REASONED_LABEL}"),
            Exchange(
                Turn.EYEBROW, "data", "Hm.", 45.0, "random-split", "random", "By time then.", seconds=3, done=True
            ),
            replace(CHANGE, done=True),
            persona="infra",
            asked=(*told("depth"), Asked("data", "Which colour?", Heard.UNKNOWN, "No idea.")),
        ),
        interviewer=replace(INTERVIEWER, red_flags=(FLAG,)),
        drive=Drive((("requirements", "data"),), ("requirements",), ("data",)),
    )
    return card_of(spoken, level=Level.SENIOR)


def test_a_card_with_its_conversation_makes_the_round_trip_through_the_contract():
    card = whole_card()
    assert card.interview is not None
    assert judged(card, "label").nudge is not None
    there: dict[str, Any] = json.loads(json.dumps(scorecard_to_json(card)))
    back = scorecard_from_json(there)
    assert back.interview == card.interview
    assert judged(back, "label").nudge == judged(card, "label").nudge
    assert json.loads(json.dumps(scorecard_to_json(back))) == there
    assert back.change is not None
    assert card.change is not None
    assert (back.change.answer, back.change.score) == (card.change.answer, card.change.score)


def test_a_card_with_its_conversation_fits_the_schema():
    there = json.loads(json.dumps(scorecard_to_json(whole_card())))
    assert {"change", "interview"} <= there.keys()
    assert any("nudge" in each for stage in there["stages"] for each in stage["criteria"])
    assert problems(SCHEMA, there, SCHEMA) == []
    factors = there["interview"]["factors"]
    assert factors
    assert all(Signal(name) and isinstance(factor, float) for name, factor in factors.items())


def test_the_same_conversation_gives_the_same_bytes():
    assert json.dumps(scorecard_to_json(whole_card())) == json.dumps(scorecard_to_json(whole_card()))
