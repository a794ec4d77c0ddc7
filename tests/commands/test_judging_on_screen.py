"""`--judge` in a real terminal: the question before the first call, and Ctrl-C."""

import re
import threading
from collections.abc import Callable, Iterator

import pytest

from mlsd_coach.history.store import Store
from tests.commands.program import Program
from tests.commands.test_judging import GOAL, by_id, settings
from tests.judges.servers import Asked, ChatServer, Sent
from tests.terminal.terminals import Terminal, coach

Start = Callable[..., Terminal]
CAT = {"PAGER": "cat", "NO_COLOR": "1"}


@pytest.fixture
def start(program: Program) -> Iterator[Start]:
    terminals: list[Terminal] = []
    (program.home / "answers.md").write_text(f"# requirements\n\n{GOAL}\n", encoding="utf-8")

    def start(*words: str, columns: int = 80, env: dict[str, str] | None = None) -> Terminal:
        terminal = Terminal(coach(*words), program.home, columns=columns, rows=40, env=CAT | (env or {}))
        terminals.append(terminal)
        return terminal

    yield start
    for terminal in terminals:
        terminal.close()


def score(program: Program) -> tuple[str, ...]:
    return ("score", "--scenario", "feed-ranking", str(program.home / "answers.md"), "--judge", "llm")


def drawn(terminal: Terminal) -> str:
    return re.sub(r"\s+", " ", terminal.raw.decode())


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("said", ["n\r", "\r", "perhaps\r", "\x04"])
def test_anything_but_yes_sends_nothing_and_shows_the_score(program: Program, start: Start, said, columns):
    if columns == 40 and said != "n\r":
        pytest.skip("one answer is enough at the other width")
    env = {"MLSD_COACH_LLM_BASE_URL": "http://llm.invalid:81/v1", "MLSD_COACH_LLM_MODEL": "m"}
    terminal = start(*score(program), columns=columns, env=env).wait_for("Go on? [y/N]")
    told = "Your answers leave this machine: they are sent to llm.invalid:81, without encryption. Go on?"
    assert told in terminal.words
    assert max(len(row) for row in terminal.text.splitlines()) <= columns
    terminal.send(said)

    assert terminal.exit_code() == 0
    assert "Nothing was sent." in drawn(terminal)
    assert "of 100 · " in drawn(terminal)


def test_yes_sends_and_shows_how_far_it_is(program: Program, start: Start):
    with ChatServer(by_id) as server:
        terminal = start(*score(program), env=settings(server)).wait_for("Go on? [y/N]")
        assert server.asked == []
        terminal.send("y\r")

        assert terminal.exit_code() == 0
        total = len(server.asked)
    assert f"{total} of {total} judged" in drawn(terminal)
    assert "they agree on" in drawn(terminal)


def test_ctrl_c_at_the_question_shows_the_score(program: Program, start: Start):
    with ChatServer(by_id) as server:
        terminal = start(*score(program), env=settings(server)).wait_for("Go on? [y/N]").key("^C")

        assert (terminal.exit_code(), server.asked) == (130, [])
    assert "of 100 · " in drawn(terminal)
    assert drawn(terminal).endswith("Judging was stopped; the score is as you see it. ")


def test_ctrl_c_while_judging_shows_the_score_and_what_was_judged(program: Program, start: Start):
    is_stuck = threading.Event()

    def behave(asked: Asked) -> Sent:
        if asked.number <= 2:
            return by_id(asked)
        is_stuck.set()
        return Sent(hangs=True)

    words = ("practice", "feed-ranking", "--answers", str(program.home / "answers.md"), "--judge", "llm", "--yes")
    with ChatServer(behave) as server:
        terminal = start(*words, env=settings(server))
        terminal.wait_until(is_stuck.is_set, "the third call")
        terminal.wait_for("2 of ").key("^C")

        assert terminal.exit_code() == 130
    assert "they agree on" in drawn(terminal)
    assert "Kept as 20" in drawn(terminal)
    with Store(program.history) as store:
        kept = store.attempt()
    assert kept is not None
    assert [said["judge"] for said in kept.extra["opinions"]] == ["llm"]


def test_a_sitting_is_judged_after_its_end(program: Program, start: Start):
    with ChatServer(by_id) as server:
        terminal = start(
            "practice", "feed-ranking", "--stage", "requirements", *score(program)[-2:], env=settings(server)
        )
        terminal.wait_for("^D submit").send(GOAL).wait_for("leave.").key("^D")
        terminal.wait_for("Before the reveal").send("50\r").wait_for("Go on? [y/N]")
        with Store(program.history) as store:
            assert store.attempt() is not None
        terminal.send("yes\r")

        assert terminal.exit_code() == 0
    assert "they agree on" in drawn(terminal)
