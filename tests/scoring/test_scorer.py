"""The scorecard: quotes are slices, the same bytes give the same card, points follow their definition."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlsd_coach.models import Criterion, Judgement, Level, Signal, Verdict
from mlsd_coach.scoring import scorecard_from_json, scorecard_to_json
from mlsd_coach.scoring.scorer import Scorer
from mlsd_coach.scoring.weighing import stage_points


def strong_answers(scenario):
    return {stage.id: stage.samples.strong for stage in scenario.stages}


@pytest.mark.parametrize("scenario_id", ["feed-ranking", "video-search"])
def test_every_quote_is_a_slice_of_its_answer(library, scorer, scenario_id):
    scenario = library.scenario(scenario_id)
    card = scorer.score(scenario, strong_answers(scenario), level=Level.SENIOR)
    quotes = 0
    for stage in card.stages:
        for judgement in stage.judgements:
            for evidence in judgement.evidence:
                assert stage.answer[evidence.start : evidence.end] == evidence.quote
                quotes += 1
            assert bool(judgement.evidence) == (judgement.verdict in {Verdict.NAMED, Verdict.REASONED, Verdict.MAYBE})
    assert quotes > 80


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_any_answer_is_scored_with_true_quotes(library, scorer, raw):
    score = scorer.score_stage(library.scenario("feed-ranking"), "data", raw, level=Level.SENIOR)
    assert 0 <= score.score <= 100
    for judgement in score.judgements:
        for evidence in judgement.evidence:
            assert raw[evidence.start : evidence.end] == evidence.quote


def test_the_same_answers_give_the_same_bytes(library):
    scenario = library.scenario("feed-ranking")
    cards = [
        json.dumps(
            scorecard_to_json(
                Scorer(library.lexicon(), library.levels(), library.criteria).score(
                    scenario, strong_answers(scenario), level=Level.SENIOR
                )
            )
        )
        for _ in range(2)
    ]
    assert cards[0] == cards[1]


def test_the_contract_there_and_back_is_the_same_card(library, scorer):
    scenario = library.scenario("video-search")
    card = scorer.score(scenario, strong_answers(scenario), level=Level.STAFF, seconds={"data": 12.5})
    there = scorecard_to_json(card)
    assert scorecard_to_json(scorecard_from_json(json.loads(json.dumps(there)))) == there


def test_stages_left_out_of_the_sitting_do_not_count(library, scorer):
    scenario = library.scenario("feed-ranking")
    answers = {"data": scenario.stage("data").samples.strong}
    alone = scorer.score(scenario, answers, level=Level.SENIOR, stages=["data"])
    whole = scorer.score(scenario, answers, level=Level.SENIOR)
    assert [stage.id for stage in alone.stages] == ["data"]
    assert alone.score > whole.score
    assert [stage.attempted for stage in whole.stages].count(True) == 1


def test_budgets_are_the_minutes_of_the_sitting(library, scorer):
    scenario = library.scenario("feed-ranking")
    card = scorer.score(scenario, {}, level=Level.MID, minutes=30)
    assert sum(stage.budget_seconds for stage in card.stages) == pytest.approx(1800, abs=1)


def test_length_by_itself_earns_nothing(library, scorer):
    scenario = library.scenario("feed-ranking")
    rambling = "I think this is a very interesting question and we should think about it with great care. " * 3
    varied = rambling + "There are many things to say about it, and each of them matters a lot to all of us. " * 2
    score = scorer.score_stage(scenario, "models", varied, level=Level.MID)
    assert score.score == 0


def make(verdict, level=Level.MID, weight=2):
    points = {Verdict.REASONED: weight, Verdict.NAMED: weight / 2}.get(verdict, 0.0)
    return Judgement(Criterion("c", "It is said.", Signal.SYSTEMS, level, weight), verdict, points)


def test_named_is_worth_half_of_reasoned():
    assert stage_points([make(Verdict.REASONED), make(Verdict.NAMED)], Level.MID) == 75


def test_what_lies_above_the_level_is_a_bonus_of_half():
    asked = [make(Verdict.REASONED), make(Verdict.MISSING)]
    assert stage_points(asked, Level.MID) == 50
    assert stage_points([*asked, make(Verdict.REASONED, Level.STAFF)], Level.MID) == 75
    assert stage_points([make(Verdict.REASONED), make(Verdict.REASONED, Level.STAFF)], Level.MID) == 100


def test_doubt_earns_nothing_until_confirmed():
    assert stage_points([make(Verdict.MAYBE)], Level.MID) == 0
