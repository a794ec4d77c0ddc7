import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_coach.models import Level, Mode
from mlsd_coach.reports.checklist import Preparation, brainstorm_view
from mlsd_coach.terminal.render import Page, bar
from mlsd_coach.terminal.render_checklist import (
    plain_brainstorm,
    plain_checklist,
    render_brainstorm,
    render_checklist,
)
from mlsd_coach.terminal.render_debrief import render_debrief_screen, render_stage_verdict
from mlsd_coach.terminal.render_table import cells, columns_of, cut, sparkline
from tests.reports.samples import (
    small_attempt,
    small_card,
    small_checklist,
    small_levels,
    small_lexicon,
    small_scenario,
)

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def debrief(**more: Any) -> str:
    options: dict[str, Any] = {"prediction": 30, "mode": Mode.MOCK, "width": 80, "plain": False, "colour": False} | more
    return render_debrief_screen(small_card(), small_scenario(), small_levels(), **options)


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_first_screen_has_score_band_gap_best_and_stages():
    first = "\n".join(debrief().splitlines()[:24])

    for text in (
        "19.8 of 100",
        "No hire yet",
        "You predicted 30",
        "First gap to close",
        "What went best",
        "Requirements",
    ):
        assert text in first
    assert first.index("19.8 of 100") < first.index("First gap") < first.index("What went best")


def test_every_criterion_has_its_verdict_quote_and_remedy():
    text = words(debrief())

    assert "+ reasoned Asks for the goal of the shelf. (3 of 3) “I would ask for the goal: *readers*" in text
    assert "~ named Asks how many readers there are. (1 of 2) “How many readers?” Next time:" in text
    assert "? maybe Says what a positive example is. (0 of 2) “A positive is | a sale.”" in text
    assert "Above senior, not held against you: Asks which books may be shown where" in text
    assert "Not judged: not prose: the same sentence again and again." in text
    assert "Sit it alone: mlsd-coach practice book-shelf --stage candidates" in text


def test_the_strong_samples_are_shown_only_when_asked_for():
    assert "mlsd-coach show --samples" in debrief()
    assert "I want the goal first." not in debrief()
    shown = debrief(samples=True)
    assert "I want the goal first." in shown
    assert "mlsd-coach show --samples" not in shown


def test_one_stage_alone_can_be_read():
    text = debrief(stages=["data"])

    assert "Says what a positive example is" in text
    assert "Asks for the goal of the shelf. (3 of 3)" not in text


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_no_row_is_wider_than_the_terminal_nor_than_is_readable(width):
    for text in (
        debrief(width=width, samples=True),
        render_stage_verdict(small_card().stages[0], width=width, plain=False, colour=False),
    ):
        assert max(cells(row) for row in text.splitlines()) <= min(width, 100)


def test_colours_change_nothing_but_colours():
    coloured = debrief(colour=True)

    assert ANSI.search(coloured)
    assert [row.rstrip() for row in ANSI.sub("", coloured).splitlines()] == debrief().splitlines()
    assert not ANSI.search(debrief())


def test_a_terminal_without_utf8_gets_ascii_marks():
    assert debrief(ascii_only=True).isascii()


def test_plain_is_a_record_a_line_without_marks():
    lines = debrief(plain=True).splitlines()

    assert lines[0] == "Debrief: Fill a shelf with books (book-shelf, senior, mock)."
    assert "Score: 19.8 of 100." in lines
    assert "Stage: Requirements, 72 of 100, weight 3, 6:40 of 6:00 minutes, 0:40 over." in lines
    assert "Named: Asks how many readers there are. (scale, 1 of 2 points)" in lines
    assert "What is missing: It is only named." in lines
    assert not any("━" in line or line != line.strip() for line in lines)


def test_the_verdict_on_a_stage_ends_with_the_one_thing_to_add():
    text = words(render_stage_verdict(small_card().stages[0], width=80, plain=False, colour=False, level=Level.SENIOR))

    assert text.startswith("Requirements 72 of 100 6:40 of 6:00 min (0:40 over)")
    assert "Add next time Ask for readers a day and books." in text
    assert "rights" not in text


def test_the_verdict_on_a_stage_left_out_or_not_judged_says_so():
    card = small_card()

    assert "Not answered" in render_stage_verdict(card.stages[2], width=80, plain=False, colour=False)
    assert "Not judged: not prose" in render_stage_verdict(card.stages[3], width=80, plain=False, colour=False)
    assert "Not judged: not prose" in render_stage_verdict(card.stages[3], width=80, plain=True, colour=False)


@given(st.text(max_size=200), st.integers(20, 120))
@settings(max_examples=100, deadline=None)
def test_what_the_candidate_wrote_is_never_markup(text, width):
    page = Page(width, colour=False)
    page.quote(f"[bold]{text}[/foo] [link=https://example.org]x", indent=4)

    assert "[bold]" in page.text()
    assert "\x1b" not in page.text() or "\x1b" in text


# The checklist ---------------------------------------------------------------------------------------------------


def preparation(**more: Any) -> dict[str, Any]:
    options: dict[str, Any] = {"attempts": (small_attempt(),), "ticks": {"flow-and-run/1": "then"}, "brainstorms": {}}
    options |= more
    return Preparation(
        small_checklist(), lexicon=small_lexicon(), rubrics={}, scenario=small_scenario(), **options
    ).view()


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_checklist_shows_steps_ticks_and_history(width):
    text = render_checklist(preparation(), width=width, colour=False)

    assert "[x] Sit one." in text
    assert "[ ] Say each." in text
    assert "You used 1 of 2 of these concepts" in words(text)
    assert "Not asked so far: - Which rights? - Which weather?" in words(text)
    assert max(cells(row) for row in text.splitlines()) <= width


def test_the_plain_checklist_names_the_keys_to_tick():
    lines = plain_checklist(preparation()).splitlines()

    assert "Done: flow-and-run/1 Sit one." in lines
    assert "Open: core-concepts/2 Mark some." in lines
    assert "Question, not asked so far: Which weather?" in lines


def test_a_brainstorm_shows_what_is_empty_with_examples():
    view = brainstorm_view("Acme", ["clicks", "weather"], small_checklist()[3], small_lexicon())
    text = words(render_brainstorm(view, width=60, colour=False))

    assert text.startswith("Acme 25 of 100 2 lines, 1 of 2 kinds of source")
    assert "Said on purpose (explicit) Nothing yet, for example: ratings" in text
    assert "Not recognised as any kind - weather" in text
    assert "not recognised: weather" in plain_brainstorm(view).splitlines()
    assert "implicit: clicks" in plain_brainstorm(view).splitlines()


# Tables ----------------------------------------------------------------------------------------------------------


def test_columns_give_way_in_one_place():
    rows = columns_of([["id", "a long title", "9"], ["x", "例例例例例例例", "10"]], width=16, give=1, right=(2,))

    assert rows == ["id  a long…    9", "x   例例例…   10"]
    assert columns_of([], width=10, give=0) == []


def test_cutting_counts_cells():
    assert cut("abc", 3) == "abc"
    assert cut("abcd", 3) == "ab…"
    assert cut("例例", 3) == "例…"
    assert cells("é例") == 3


def test_sparklines_and_bars():
    assert sparkline([0, 50, 100]) == "▁▅█"
    assert sparkline([0, 50, 100], ascii_only=True).isascii()
    assert bar(50, 4) == "━━──"
    assert bar(120, 2) == "━━"
