from dataclasses import replace
from typing import Any

from mlsd_coach.models import Attempt, Verdict
from mlsd_coach.reports.brainstorm import score_brainstorm
from mlsd_coach.reports.checklist import (
    Preparation,
    brainstorm_view,
    render_brainstorm_markdown,
    render_checklist_markdown,
)
from mlsd_coach.reports.preparation import (
    RECENT,
    find_full_run,
    find_unasked_questions,
    find_unsaid_concepts,
    find_weak_criteria,
)
from tests.reports.goldens import assert_golden
from tests.reports.samples import (
    small_attempt,
    small_card,
    small_checklist,
    small_lexicon,
    small_scenario,
)

CONCEPTS, QUESTIONS, FLOW, BRAINSTORM, ENTITIES = small_checklist()
STAGES = ["requirements", "data"]


def attempt_with(verdict: Verdict, points: float, name: str = "a") -> Attempt:
    card = small_card()
    first, *rest = card.stages[0].judgements
    stage = replace(card.stages[0], judgements=(replace(first, verdict=verdict, points=points), *rest))
    return small_attempt(name, card=replace(card, stages=(stage, *card.stages[1:])))


def view_of(attempts: tuple[Attempt, ...] = (), **more: Any) -> dict[str, Any]:
    options: dict[str, Any] = {"scenario": None, "ticks": {}, "brainstorms": {}} | more
    return Preparation(small_checklist(), attempts=attempts, lexicon=small_lexicon(), rubrics={}, **options).view()


def test_weak_is_what_earned_less_than_half_on_average():
    weak = find_weak_criteria((small_attempt(),))

    assert [(each.id, each.average, each.times) for each in weak] == [("label", 0.0, 1)]


def test_a_criterion_that_was_won_back_is_not_weak():
    lost, won = attempt_with(Verdict.MISSING, 0.0), attempt_with(Verdict.REASONED, 3.0)

    assert "goal" in [each.id for each in find_weak_criteria((lost, lost, won))]
    assert "goal" not in [each.id for each in find_weak_criteria((won, lost))]


def test_only_recent_attempts_count():
    won, lost = attempt_with(Verdict.REASONED, 3.0), attempt_with(Verdict.MISSING, 0.0)

    assert "goal" not in [each.id for each in find_weak_criteria((*[won] * RECENT, *[lost] * 50))]


def test_concepts_never_said_are_found_in_the_answers():
    assert [concept.id for concept in find_unsaid_concepts(CONCEPTS, (small_attempt(),), small_lexicon())] == [
        "ignored"
    ]
    assert find_unsaid_concepts(CONCEPTS, (), small_lexicon()) == ()


def test_questions_never_asked_are_those_whose_criterion_was_never_met():
    unasked = find_unasked_questions(QUESTIONS, (small_attempt(),))

    assert [question.criterion for question in unasked] == ["rights", "weather"]
    assert find_unasked_questions(QUESTIONS, ()) == ()


def test_an_attempt_without_requirements_says_nothing_about_questions():
    card = small_card()
    attempt = small_attempt(card=replace(card, stages=card.stages[1:]))

    assert find_unasked_questions(QUESTIONS, (attempt,)) == ()


def test_a_full_run_is_timed_and_answered_throughout():
    whole = small_attempt()

    assert find_full_run((whole,), STAGES) == whole
    assert find_full_run((whole,), [*STAGES, "candidates"]) is None
    assert find_full_run((replace(whole, seconds=()),), STAGES) is None
    assert find_full_run((), STAGES) is None


def test_a_brainstorm_is_sorted_by_kind():
    lines = ["star ratings", "reviews and reading time", "weather"]
    coverage = score_brainstorm(lines, BRAINSTORM.kinds, small_lexicon())

    assert [each.lines for each in coverage.kinds] == [tuple(lines[:2]), (lines[1],)]
    assert coverage.unsorted == ("weather",)
    assert coverage.score == 75.0


def test_more_than_two_lines_of_a_kind_add_nothing():
    lines = [f"click number {number}" for number in "abcdef"]

    assert score_brainstorm(lines, BRAINSTORM.kinds, small_lexicon()).score == 50.0
    assert score_brainstorm([], BRAINSTORM.kinds, small_lexicon()).score == 0.0
    assert score_brainstorm(lines, (), small_lexicon()).score == 0.0


def test_a_kind_can_be_found_by_a_concept():
    coverage = score_brainstorm(["whether they keep coming back"], BRAINSTORM.kinds, small_lexicon())

    assert coverage.kinds[1].lines == ("whether they keep coming back",)


def test_without_history_the_checklist_says_so():
    view = view_of()

    assert view["items"][0]["known"] == ["No attempt yet, so the history knows nothing here."]
    assert view["items"][2]["known"] == ["No full run by the clock yet: mlsd-coach practice"]
    assert view["items"][3]["known"] == ["No brainstorm yet: mlsd-coach checklist --company NAME"]


def test_each_item_is_backed_by_the_history():
    run = replace(small_attempt(), answers=tuple((stage, "words") for stage in ("requirements", "data")))
    scenario = small_scenario()
    scenario = replace(scenario, stages=scenario.stages[:2])
    view = view_of((run,), scenario=scenario, brainstorms={"Acme": ["clicks"]}, ticks={"flow-and-run/1": "then"})
    known = [item["known"] for item in view["items"]]

    assert known[0] == ["You used 0 of 2 of these concepts in your last attempt."]
    assert known[1] == ["2 of 4 were not asked in your last attempt."]
    assert known[2] == ["Last full run of book-shelf: 2025-01-02, book-shelf, 19.8 of 100."]
    assert known[3] == ["Acme: 1 line, 1 of 2 kinds; empty: explicit."]
    assert known[4] == ["Companies you have begun: Acme."]
    assert (view["done"], view["steps"], view["scenario"]) == (1, 6, "book-shelf")
    assert view["items"][0]["weak"][0]["statement"] == "Says what a positive example is."


def test_the_checklist_in_markdown_is_as_it_was():
    view = view_of((small_attempt(),), ticks={"core-concepts/1": "then"}, brainstorms={"A|B": ["clicks"]})

    assert_golden("checklist.md", render_checklist_markdown(view))


def test_the_brainstorm_in_markdown_is_as_it_was():
    view = brainstorm_view("A|B", ["clicks", "weather"], BRAINSTORM, small_lexicon())

    assert_golden("brainstorm.md", render_brainstorm_markdown(view))
