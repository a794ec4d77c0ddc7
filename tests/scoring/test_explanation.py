"""An explanation shows the verdict that the scorer gives, and what led to it."""

from collections import Counter
from dataclasses import replace
from math import exp
from typing import Any

import pytest

from mlsd_coach.models import Criterion, Level, Scenario, Signal, StagePlan, Status, Verdict
from mlsd_coach.scoring.explanation import CriterionExplanation, StageExplanation, explain_stage, explanation_to_json
from mlsd_coach.scoring.features import FEATURES
from mlsd_coach.scoring.rule_trace import APART, MET, MISSING, UNCOUNTED, VETOED, RuleTrace
from mlsd_coach.scoring.scorer import Scorer
from mlsd_coach.scoring.signs import SORTS
from tests.reports.samples import small_levels, small_lexicon

FILLER = "The weather in the old town was fine on the first day of the long trip."


def verdict_of(criterion: CriterionExplanation) -> Verdict:
    """The verdict that the figures of an explanation come to."""
    if criterion.confidence < criterion.low:
        return Verdict.MISSING
    if criterion.confidence < criterion.high:
        return Verdict.MAYBE
    assert criterion.reasoning is not None
    is_reasoned = criterion.reasoning.probability >= criterion.reasoning.threshold
    return Verdict.REASONED if is_reasoned else Verdict.NAMED


@pytest.mark.parametrize("scenario_id", ["feed-ranking", "video-search"])
def test_every_verdict_on_the_samples_is_the_scorer_s_and_follows_from_the_figures(library, scorer, scenario_id):
    scenario, seen = library.scenario(scenario_id), Counter[Verdict]()
    for stage in scenario.stages:
        for raw in (stage.samples.weak, stage.samples.mid, stage.samples.strong):
            score = scorer.score_stage(scenario, stage.id, raw, level=Level.SENIOR)
            explained = explain_stage(scorer, scenario, stage.id, raw, level=Level.SENIOR)
            for each, judgement in zip(explained.criteria, score.judgements, strict=True):
                assert (each.id, each.verdict, each.confidence, each.points, each.reason) == (
                    judgement.criterion.id,
                    judgement.verdict,
                    judgement.confidence,
                    judgement.points,
                    judgement.reason,
                )
                assert verdict_of(each) is judgement.verdict
                if judgement.evidence:
                    quoted = [(place.quote, place.start, place.end) for place in each.places]
                    assert quoted == [(quote.quote, quote.start, quote.end) for quote in judgement.evidence]
                seen[judgement.verdict] += 1
    assert min(seen[verdict] for verdict in (Verdict.MISSING, Verdict.NAMED, Verdict.REASONED)) > 20


def test_every_sign_of_a_reason_that_was_counted_is_shown(library, scorer):
    scenario, shown = library.scenario("feed-ranking"), 0
    for stage in scenario.stages:
        raw = stage.samples.strong
        for each in explain_stage(scorer, scenario, stage.id, raw, level=Level.SENIOR).criteria:
            if each.reasoning is not None:
                counts = Counter(sign.sort for sign in each.reasoning.signs)
                values = {part.feature: part.value for part in each.reasoning.contributions}
                assert {sort: min(2, counts[sort]) for sort in SORTS} == {sort: values[sort] for sort in SORTS}
                assert all(raw[s.place.start : s.place.end] == s.place.quote for s in each.reasoning.signs)
                shown += len(each.reasoning.signs)
    assert shown > 50


def test_the_sum_of_the_features_is_the_probability(library, scorer):
    scenario = library.scenario("video-search")
    raw = scenario.stage("data").samples.strong
    for each in explain_stage(scorer, scenario, "data", raw, level=Level.SENIOR).criteria:
        assert [part.feature for part in each.contributions] == list(FEATURES)
        probability = 1 / (1 + exp(-each.intercept - sum(part.value * part.weight for part in each.contributions)))
        # A long place costs a little.
        assert probability - 0.1 < each.confidence <= round(probability, 4)


# What a rule found -----------------------------------------------------------------


SAID = "We lend books to readers."
CLEAR: dict[str, Any] = {"ways": (("plain", (SAID,)),), "earning": SAID}
"""With these the scorer is sure that SAID says it, whatever its coefficients."""


def explained(rule: Any, answer: str, **more: Any) -> StageExplanation:
    criterion = Criterion("books", "The candidate lends books to readers.", Signal.SYSTEMS, evidence=rule, **more)
    stage = StagePlan("data", "Data", 6, 2, "Which data would you use for the shelf of the library?", (criterion,))
    scenario = Scenario("book-shelf", "Books", "search", "Fill it.", "", (stage,))
    return explain_stage(Scorer(small_lexicon(), small_levels()), scenario, "data", answer, level=Level.MID)


def rule_of(rule: Any, answer: str, **more: Any) -> RuleTrace:
    (criterion,) = explained(rule, answer, **more).criteria
    assert criterion.rule is not None
    return criterion.rule


def test_a_met_phrase_names_the_alternatives_and_their_places():
    answer = f"{FILLER}\nWe lend paperbacks, and people are coming back for them."
    rule = rule_of("lends paper* | hardcover | @retention", answer)

    assert rule.outcome == MET
    found = [(match.alternative, match.place.quote, match.place.line) for match in rule.matches]
    assert found == [("lends paper*", "lend paperbacks", 2), ("@retention", "coming back", 2)]
    assert all(answer[m.place.start : m.place.end] == m.place.quote for m in rule.matches)


@pytest.mark.parametrize(
    ("rule", "answer", "outcome"),
    [
        ("hardcover", "We lend paperbacks to every reader.", MISSING),
        ("paperback", "We will not lend any paperback to readers.", UNCOUNTED),
        ({"near": ["lend", "paperback"]}, "We lend a paperback to every reader.", MET),
        ({"near": ["lend", "paperback"]}, "We lend a box to every reader here.", MISSING),
        ({"near": ["lend", "paperback"]}, f"We lend it. {FILLER} {FILLER} A paperback is kept.", APART),
        ({"near": ["lend", {"not": "box"}]}, "We lend a box to every reader here.", VETOED),
        ({"near": ["lend", "paperback"]}, "We will not lend a paperback to anybody.", UNCOUNTED),
        ({"all": ["lend", {"not": "box"}]}, f"We lend it. {FILLER} {FILLER} A box is kept.", VETOED),
        ({"count": {"at_least": 2, "of": ["lend", "box", "reader"]}}, "We lend it to every reader.", MET),
        ({"count": {"at_least": 3, "of": ["lend", "box", "reader"]}}, "We lend it to every reader.", MISSING),
        ({"any": ["hardcover", {"near": ["lend", "box"]}]}, "We lend a box to every reader.", MET),
    ],
)
def test_a_rule_says_what_became_of_it(rule, answer, outcome):
    assert rule_of(rule, answer).outcome == outcome


def test_parts_carry_the_path_at_which_they_are_authored():
    rule = rule_of({"any": ["hardcover", {"near": ["lend", {"not": "box"}]}]}, "We lend a box to every reader.")

    near = rule.members[1]
    assert [near.path, *(member.path for member in near.members)] == ["any[1]", "any[1].near[0]", "any[1].near[1]"]
    assert [leaf.path for leaf in near.leaves()] == ["any[1].near[0]", "any[1].near[1].not"]
    assert near.nearness > rule.members[0].nearness == 0


# Words that do not count -------------------------------------------------------------


def test_denied_words_are_shown_with_the_verdict_that_they_would_have_earned():
    answer = f"{FILLER} We will not lend books to readers."
    (criterion,) = explained("lend books", answer, **CLEAR).criteria

    assert criterion.verdict is Verdict.MISSING
    assert criterion.would_be in {Verdict.NAMED, Verdict.REASONED}
    assert [(lost.why, lost.place.quote) for lost in criterion.uncounted] == [
        ("refused", "We will not lend books to readers")
    ]


def test_a_question_counts_only_where_the_criterion_says_so():
    answer = f"{FILLER} Do we lend books to readers?"
    (stated,) = explained("lend books", answer, **CLEAR).criteria
    (asked,) = explained("lend books", answer, counts=(Status.STATED, Status.ASKED), **CLEAR).criteria

    assert (stated.verdict, [lost.why for lost in stated.uncounted]) == (Verdict.MISSING, ["asked"])
    assert asked.would_be is None
    assert asked.verdict is stated.would_be
    assert Status.ASKED in asked.counts


def test_words_copied_from_the_question_are_told():
    answer = f"{FILLER} Which data would you use for the shelf of the library, that is the question."
    explanation = explained("shelf of the library", answer)

    copied = [lost.place.quote for lost in explanation.uncounted if lost.why == "copied"]
    assert copied == ["Which data would you use for the shelf of the library"]
    assert explanation.criteria[0].rule is not None
    assert [match.why_not for match in explanation.criteria[0].rule.matches] == ["copied"]


def test_a_text_that_is_no_answer_is_told_with_the_reason():
    explanation = explained("lend books", "lend books")

    assert explanation.guard == "not prose: too short to say anything"
    assert [(each.verdict, each.rule, each.places) for each in explanation.criteria] == [(Verdict.NOT_JUDGED, None, ())]


def test_an_empty_answer_is_missing_everything():
    (criterion,) = explained("lend books", " ").criteria

    assert (criterion.verdict, criterion.reason) == (Verdict.MISSING, "The stage was not answered.")


# Sentences and reasons ---------------------------------------------------------------


def test_the_nearest_sentence_says_which_of_its_words_are_said():
    ways = (("plain", ("We hand novels to every visitor.", "A lorry brings the parcels.")),)
    (criterion,) = explained("lend books", "We hand novels to nobody but visitors.", ways=ways).criteria

    nearest = criterion.likenesses[0]
    assert (nearest.sort, nearest.register, nearest.text) == ("way", "plain", ways[0][1][0])
    assert nearest.words_said == ("hand", "novels", "visitor")
    assert ways[0][1][1] not in [each.text for each in criterion.likenesses]


def test_a_sentence_that_must_not_count_is_among_the_nearest():
    (criterion,) = explained("lend books", SAID, near_misses=("They lend books to nobody.",), **CLEAR).criteria

    assert ("near-miss", ("lend", "books")) in [(each.sort, each.words_said) for each in criterion.likenesses]


def test_what_a_criterion_wants_of_a_reason_is_traced():
    answer = "We lend books to readers, because a bought book is read once."
    (criterion,) = explained("lend books", answer, reasoned="<number:percent>", **CLEAR).criteria

    assert criterion.verdict is Verdict.NAMED
    assert criterion.reasoning is not None
    assert criterion.reasoning.wanted is not None
    assert (criterion.reasoning.wanted.outcome, criterion.reasoning.probability) == (MISSING, 0)
    assert ("cause", "because") in [(sign.sort, sign.place.quote) for sign in criterion.reasoning.signs]


def test_a_word_that_what_follows_takes_back_is_no_sign():
    answer = "We lend books to readers since yesterday, and since 2019 we lend them since paper is cheap."
    (criterion,) = explained("lend books", answer, **CLEAR).criteria

    assert criterion.reasoning is not None
    causes = [sign.place for sign in criterion.reasoning.signs if sign.sort == "cause"]
    assert [(cause.quote.split()[0], cause.start) for cause in causes] == [("since", answer.rindex("since"))]


def test_an_explanation_can_be_limited_and_is_plain_data(library, scorer):
    scenario = library.scenario("feed-ranking")
    raw = scenario.stage("data").samples.mid
    wanted = scenario.stage("data").criteria[2].id
    explanation = explain_stage(scorer, scenario, "data", raw, level=Level.MID, only=[wanted])

    obj = explanation_to_json(explanation)
    assert [each["id"] for each in obj["criteria"]] == [wanted]
    assert (obj["format"], obj["answer"]) == (1, raw)
    whole = explain_stage(scorer, scenario, "data", raw, level=Level.MID)
    assert replace(whole, criteria=tuple(c for c in whole.criteria if c.id == wanted)) == explanation
