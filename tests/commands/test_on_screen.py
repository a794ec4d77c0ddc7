"""The checklist and a long debrief in a real terminal."""

from collections.abc import Callable, Iterator

import pytest

from mlsd_coach.history.store import Store
from tests.commands.program import Program
from tests.commands.test_reading import at_feed
from tests.terminal.terminals import Terminal, coach

Start = Callable[..., Terminal]


@pytest.fixture
def start(program: Program) -> Iterator[Start]:
    terminals: list[Terminal] = []

    def start(*words: str, columns: int = 80, rows: int = 40, env: dict[str, str] | None = None) -> Terminal:
        terminal = Terminal(coach(*words), program.home, columns=columns, rows=rows, env=env)
        terminals.append(terminal)
        return terminal

    yield start
    for terminal in terminals:
        terminal.close()


def ticks(program: Program) -> set[str]:
    with Store(program.history) as store:
        return set(store.ticks())


@pytest.mark.parametrize("columns", [40, 80])
def test_steps_are_ticked_with_the_space_bar_and_kept(program: Program, start: Start, columns):
    terminal = start("checklist", columns=columns, rows=90)
    terminal.wait_for("1 of 5", "Done?")
    terminal.send(" \r").wait_for("2 of 5")

    assert ticks(program) == {"core-concepts/1"}
    terminal.read(0.3)
    terminal.send("\x1b[B \r").wait_for("3 of 5")
    terminal.read(0.3)
    terminal.send("\r").wait_for("4 of 5")
    terminal.read(0.3)
    terminal.send("\r").wait_for("5 of 5")
    terminal.read(0.3)
    terminal.send("\r").wait_for("2 of 26 steps done.")
    assert terminal.exit_code() == 0
    assert ticks(program) == {"core-concepts/1", "requirement-questions/2"}


def test_leaving_keeps_the_ticks_so_far(program: Program, start: Start):
    terminal = start("checklist")
    terminal.wait_for("Done?").send(" \r").wait_for("2 of 5")
    terminal.read(0.3)
    terminal.key("^C")

    assert terminal.exit_code() == 130
    assert "Left; the ticks so far are kept." in terminal.words
    assert ticks(program) == {"core-concepts/1"}


def test_a_brainstorm_is_asked_for_line_by_line(program: Program, start: Start):
    terminal = start("checklist", "--company", "Acme")
    terminal.wait_for("Data sources at Acme").send("clicks on results\rstar ratings\r\r")
    terminal.wait_for("Kept 2 new lines for Acme.", "What people say on purpose")

    assert terminal.exit_code() == 0
    with Store(program.history) as store:
        assert store.brainstorm("Acme") == ("clicks on results", "star ratings")


def test_a_brainstorm_left_by_ctrl_c_keeps_what_was_typed(program: Program, start: Start):
    terminal = start("checklist", "--company", "Acme")
    terminal.wait_for("Data sources at Acme").send("clicks\r")
    terminal.read(0.3)
    terminal.key("^C")

    assert terminal.exit_code() == 130
    with Store(program.history) as store:
        assert store.brainstorm("Acme") == ("clicks",)


def test_a_long_debrief_goes_through_the_pager_from_its_beginning(program: Program, start: Start):
    program.keep(at_feed())
    terminal = start("show", rows=12, env={"PAGER": "head -3"})

    assert terminal.exit_code() == 0
    assert "feed-ranking · senior · mock" in terminal.text
    assert "Criterion by criterion" not in terminal.text


def test_without_a_pager_the_debrief_is_printed(program: Program, start: Start):
    program.keep(at_feed())
    terminal = start("show", rows=12, env={"PAGER": "no-such-pager"})

    assert terminal.exit_code() == 0
    assert "mlsd-coach show --samples" in terminal.words
