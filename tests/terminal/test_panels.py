from dataclasses import replace

import pytest
from prompt_toolkit.utils import get_cwidth

from mlsd_coach.interview.live import LiveSitting
from mlsd_coach.models import Mode
from mlsd_coach.terminal import panels
from tests.interview.interviews import small_scenario, small_session
from tests.interview.test_live import Desk

WIDTHS = [20, 40, 60, 80, 200]


def text(fragments: panels.Fragments) -> str:
    return "".join(piece for _, piece in fragments)


def texts(rows: panels.Lines) -> str:
    return "\n".join(text(row) for row in rows)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def live(desk: Desk) -> LiveSitting:
    desk.live.begin()
    return desk.live


@pytest.mark.parametrize("width", WIDTHS)
def test_no_row_is_wider_than_the_screen(desk: Desk, live: LiveSitting, width: int):
    live.write("word " * 1234)
    for seconds in (0, 700, 5000):
        desk.now += seconds
        live.tick()
        rows = [
            panels.title_row(live, width, panels.Glyphs()),
            panels.clock_row(live, width, panels.Glyphs(), hidden=False),
            panels.key_row(live, width),
            *panels.status_rows(live, "", width, panels.Glyphs()),
            *panels.status_rows(live, "a long message " * 9, width, panels.Glyphs()),
            *panels.interviewer_rows(live, width, 8)[0],
            panels.rule_row(width, panels.Glyphs(), is_cut=True),
            *panels.briefing_rows(live, width),
        ]
        assert max(get_cwidth(text(row)) for row in rows) <= width


def test_the_title_names_program_scenario_and_terms(live: LiveSitting):
    row = text(panels.title_row(live, 80, panels.Glyphs()))
    assert "mlsd-coach" in row
    assert "A small one" in row
    assert "senior · mock · 45 min" in row
    assert "small" in text(panels.title_row(live, 40, panels.Glyphs()))


def test_the_clocks_go_below_zero_and_hide(desk: Desk, live: LiveSitting):
    row = panels.clock_row(live, 80, panels.Glyphs(), hidden=False)
    assert "stage 10:00 of 10:00   total 45:00" in text(row)
    desk.now = 607.0
    live.tick()
    row = panels.clock_row(live, 80, panels.Glyphs(), hidden=False)
    assert "stage -0:07" in text(row)
    assert ("class:pace.over", "-0:07") in row
    hidden = text(panels.clock_row(live, 80, panels.Glyphs(), hidden=True))
    assert "clock hidden" in hidden
    assert "0:07" not in hidden


def test_a_paused_clock_says_so_even_when_hidden(live: LiveSitting):
    live.pause()
    for hidden in (False, True):
        assert "PAUSED" in text(panels.clock_row(live, 40, panels.Glyphs(), hidden=hidden))


def test_the_interviewer_opens_and_asks_then_only_asks(live: LiveSitting):
    opening = texts(panels.interviewer_rows(live, 80, 20)[0])
    assert opening.index("Let us begin.") < opening.index("On requirements?") < opening.index("A shop.")
    live.submit()
    assert texts(panels.interviewer_rows(live, 80, 20)[0]).strip() == "On data?"


def test_who_writes_sees_the_question_when_room_is_short(live: LiveSitting):
    live.write("I would")
    shown, is_cut = panels.interviewer_rows(live, 40, 2)
    assert texts(shown).strip() == "On requirements?"
    assert is_cut
    assert "F1" in text(panels.rule_row(40, panels.Glyphs(), is_cut=is_cut))


def test_the_question_and_the_last_remark_stay_when_room_is_short(desk: Desk, live: LiveSitting):
    live.write("I would")
    desk.now = 901.0
    live.tick()
    assert len(live.said) == 2
    shown, is_cut = panels.interviewer_rows(live, 40, 5)
    assert is_cut
    assert len(shown) <= 5
    assert "On requirements?" in texts(shown)
    assert live.said[1].split()[-1] in text(shown[-1])
    assert "stop you there" not in texts(shown)


def test_the_status_counts_words_and_tells_the_save(live: LiveSitting):
    live.write("three short words")
    row = texts(panels.status_rows(live, "", 80, panels.Glyphs()))
    assert "3 words · saved 03:04:05" in row


def test_a_failed_save_comes_before_everything(desk: Desk, live: LiveSitting):
    desk.is_full = True
    live.write("x")
    live.save()
    row = texts(panels.status_rows(live, "some notice", 80, panels.Glyphs()))
    assert "NOT SAVED: No space left." in row


def test_the_pace_is_told_in_words(desk: Desk, live: LiveSitting):
    live.submit()
    assert "ahead of plan" in texts(panels.status_rows(live, "", 80, panels.Glyphs()))
    desk.now = 5000.0
    live.tick()
    assert "over time" in texts(panels.status_rows(live, "", 80, panels.Glyphs()))


@pytest.mark.parametrize(
    ("width", "present"), [(80, ["^D", "^S", "^R", "^P", "^L", "^O", "^Q", "F1"]), (40, ["^D", "^Q", "F1"])]
)
def test_the_keys_stand_on_one_row(live: LiveSitting, width: int, present: list[str]):
    row = text(panels.key_row(live, width))
    assert all(key in row for key in present)
    assert "^T" not in row


def test_only_a_coached_sitting_offers_hints():
    live = Desk(small_session(mode=Mode.COACHED)).live
    assert "^T hint" in text(panels.key_row(live, 80))


def test_plain_characters_where_nothing_else_can_be_shown(live: LiveSitting):
    rows = [
        panels.title_row(live, 80, panels.ASCII),
        panels.clock_row(live, 80, panels.ASCII, hidden=False),
        *panels.status_rows(live, "", 80, panels.ASCII),
        *panels.interviewer_rows(live, 20, 2)[0],
        panels.rule_row(80, panels.ASCII, is_cut=True),
        panels.key_row(live, 80),
        *panels.briefing_rows(live, 80),
    ]
    assert all(text(row).isascii() for row in rows)


def test_a_long_stage_title_leaves_room_for_the_clocks():
    desk = Desk()
    plans = tuple(replace(plan, title="Which entities are scored and cut early") for plan in small_scenario().stages)
    desk.live.scenario = replace(small_scenario(), stages=plans)
    assert "10:00" in text(panels.clock_row(desk.live, 40, panels.Glyphs(), hidden=False))


@pytest.mark.parametrize("rows", [8, 10, 20, 24, 50, 200])
@pytest.mark.parametrize("spoken", [1, 5, 40])
@pytest.mark.parametrize("answer", [0, 1, 10, 400])
def test_interviewer_and_answer_share_the_screen(rows: int, spoken: int, answer: int):
    height = panels.interviewer_height(rows, spoken, answer)
    assert 1 <= height <= spoken
    assert height <= max(1, rows - 6 - 2)
    if answer >= 10 and rows == 24:
        assert rows - 6 - height >= 7
