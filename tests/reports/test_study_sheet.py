from dataclasses import replace

import yaml

from mlsd_coach.models import Resource, Scorecard
from mlsd_coach.reports.study_sheet import render_study_book, render_study_sheet
from tests.reports.goldens import assert_golden
from tests.reports.samples import small_card, small_checklist, small_levels, small_lexicon, small_scenario


def sheet(scenario=None, card: Scorecard | None = None, attempt: str = "") -> str:
    return render_study_sheet(
        scenario or small_scenario(),
        lexicon=small_lexicon(),
        levels=small_levels(),
        checklist=small_checklist(),
        card=card,
        attempt=attempt,
    )


def test_the_study_sheet_is_as_it_was():
    assert_golden("study-sheet.md", sheet())


def test_the_study_sheet_of_an_attempt_is_as_it_was():
    assert_golden("study-sheet-attempt.md", sheet(card=small_card(), attempt="20250102-030405-book-shelf"))


def test_the_study_book_is_as_it_was():
    scenarios = [small_scenario(), replace(small_scenario(), id="other", title="Another one", stages=())]
    book = render_study_book(scenarios, lexicon=small_lexicon(), levels=small_levels(), checklist=small_checklist())

    assert_golden("study-book.md", book)


def test_the_front_matter_is_yaml_whatever_the_title_holds():
    odd = replace(small_scenario(), title='A: "b" \\ #c', tags=("a b", "#"))
    matter = yaml.safe_load(sheet(odd, small_card(), "x").split("---")[1])

    assert matter == {
        "title": 'A: "b" \\ #c',
        "scenario": "book-shelf",
        "family": "recommender",
        "tags": ["mlsd-coach", "a-b"],
        "attempt": "x",
        "score": 19.8,
    }


def test_own_misses_come_first():
    text = sheet(card=small_card(), attempt="x")

    assert text.index("## Your misses first") < text.index("## The flow")
    assert "you: named" in text
    assert "## Your misses first" not in sheet()


def test_only_web_addresses_become_links():
    odd = replace(small_scenario(), resources=(Resource("R", "", None, "javascript:alert(1)", ""),))

    assert "javascript" not in sheet(odd)


def test_without_candidates_everything_is_scored():
    whole = small_scenario()
    odd = replace(whole, stages=tuple(stage for stage in whole.stages if stage.id != "candidates"))

    assert "retrieve" not in sheet(odd)
    assert 'rank["Scoring"]' in sheet(odd)
