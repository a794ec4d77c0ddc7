"""Every way to leave a sitting, and coming back to it."""

import signal
import sqlite3
import time
from pathlib import Path

import pytest

from tests.terminal.conftest import Start
from tests.terminal.terminals import Terminal, coach, stored_answers


def test_ctrl_c_saves_says_how_to_go_on_and_resume_restores_text_and_time(start: Start):
    terminal = start("practice", "feed-ranking").wait_for("^D submit").send("first words")
    terminal.wait_for("first words")
    terminal.read(2.2)
    terminal.key("^C")
    assert terminal.exit_code() == 130
    assert "Saved" in terminal.text
    assert "mlsd-coach resume 20" in terminal.words
    again = start("resume").wait_for("first words", "Requirements 1/9")
    assert "stage 6:00 of" not in again.text
    assert "stage 5:5" in again.text
    again.send(", and more").wait_for("first words, and more")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_loses_no_character(start: Start, home: Path, number: int, code: int):
    terminal = start("practice", "feed-ranking").wait_for("^D submit").send("to the last letter")
    terminal.wait_for("to the last letter").kill(number)
    assert terminal.exit_code() == code
    assert "to the last letter" in stored_answers(home)


def test_a_closed_window_loses_no_character(start: Start, home: Path):
    terminal = start("practice", "feed-ranking").wait_for("^D submit").send("window gone")
    terminal.wait_for("window gone")
    assert terminal.hang_up() == 129
    assert "window gone" in stored_answers(home)


def test_quitting_exits_zero_and_says_how_to_go_on(start: Start):
    terminal = start("practice", "feed-ranking").wait_for("^D submit").send("for later").wait_for("for later")
    terminal.key("^Q")
    assert terminal.exit_code() == 0
    assert "mlsd-coach resume 20" in terminal.words


def test_kill_9_loses_at_most_a_second(start: Start, home: Path):
    terminal = start("practice", "feed-ranking").wait_for("^D submit")
    terminal.send("older than a second").wait_for("older than a second")
    time.sleep(1.0)
    terminal.kill()
    assert terminal.exit_code() == -9
    with sqlite3.connect(home / "data" / "history.db") as history:
        assert history.execute("pragma integrity_check").fetchone() == ("ok",)
    start("resume").wait_for("older than a second")


def test_resume_takes_the_stage_that_was_open_and_the_ones_before(start: Start):
    terminal = start("practice", "feed-ranking").wait_for("^D submit")
    terminal.send("done one").wait_for("done one").key("^D").wait_for("2/9")
    terminal.send("half two").wait_for("half two").key("^C")
    assert terminal.exit_code() == 130
    again = start("resume").wait_for("2/9", "half two")
    again.key("^R").wait_for("1/9", "done one")


def test_an_open_own_editor_does_not_keep_a_signal_waiting(start: Start, home: Path):
    terminal = start("practice", "feed-ranking", env={"EDITOR": "sh -c 'echo editing; exec sleep 60'"})
    terminal.wait_for("^D submit").send("before the editor").wait_for("before the editor")
    terminal.key("^O").wait_for("editing")
    began = time.monotonic()
    terminal.kill(signal.SIGTERM)
    assert terminal.exit_code() == 143
    assert time.monotonic() - began < 20
    assert "before the editor" in stored_answers(home)


def test_ctrl_c_in_the_own_editor_is_the_editors(start: Start):
    terminal = start("practice", "feed-ranking", env={"EDITOR": "sh -c 'echo editing; exec sleep 60'"})
    terminal.wait_for("^D submit").send("mine").wait_for("mine").key("^O").wait_for("editing")
    terminal.key("^C").wait_for("ended with", "mine")


def test_an_unfinished_sitting_is_mentioned_when_another_is_begun(start: Start):
    terminal = start("practice", "feed-ranking").wait_for("^D submit").send("unfinished").wait_for("unfinished")
    terminal.key("^Q")
    terminal.exit_code()
    again = start("practice", "feed-ranking").wait_for("You have an unfinished sitting")
    assert "mlsd-coach resume 20" in again.words


def test_resume_by_a_beginning_of_the_id_and_an_unknown_one(start: Start):
    terminal = start("practice", "feed-ranking").wait_for("^D submit").send("by id").wait_for("by id").key("^Q")
    terminal.exit_code()
    start("resume", "20").wait_for("by id").key("^Q")
    unknown = start("resume", "never-sat")
    assert unknown.exit_code() == 2
    assert "Unknown sitting 'never-sat'" in unknown.words


def test_nothing_to_resume(start: Start):
    terminal = start("resume")
    assert terminal.exit_code() == 1
    assert "mlsd-coach practice" in terminal.words


def test_a_full_disk_is_shown_and_the_answer_is_printed_at_the_end(start: Start, home: Path):
    start("practice", "feed-ranking").wait_for("^D submit", "saved ").key("^Q").exit_code()
    blocks = (home / "data" / "history.db").stat().st_size // 512 + 8
    command = ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *coach("practice", "feed-ranking")]
    terminal = Terminal(command, home)
    terminal.wait_for("^D submit").paste("An answer that does not fit. " * 400)
    terminal.wait_for("NOT SAVED")
    terminal.send("Still typing.").wait_until(lambda: "Still typing." in terminal.words, "the last words")
    terminal.key("^Q")
    assert terminal.exit_code() == 1
    printed = terminal.raw.decode().rpartition("\x1b[?1049l")[2]
    assert printed.count("An answer that does not fit.") == 400
    assert "Still typing." in printed
    assert "# requirements" in printed
