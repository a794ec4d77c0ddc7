"""What the coach doubts is asked back at the end of a sitting; what is confirmed is kept as the candidate's word."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from mlsd_coach.commands.confirming import confirm_doubts, doubts_of
from mlsd_coach.errors import Interrupted
from mlsd_coach.history.claims import confirmations_of
from mlsd_coach.history.store import Store
from mlsd_coach.interview.live import LiveSitting
from mlsd_coach.interview.prompter import Doubt, Leave
from mlsd_coach.models import Attempt
from mlsd_coach.terminal.confirming import ask_meant
from tests.reports.samples import LABEL_ANSWER, small_attempt, small_card
from tests.reports.schema_check import problems
from tests.reports.test_json_contract import SCHEMA
from tests.terminal.terminals import Terminal
from tests.terminal.test_prompts import typed

ROOT = Path(__file__).parents[2]
DOUBTING = [sys.executable, "-m", "tests.terminal.doubting"]
SIT = ("practice", "feed-ranking", "--stage", "online-evaluation")
ANSWER = "We run an A/B test, half see the new feed. We ramp from 1% of traffic up to half of the members."
CAT = {"PAGER": "cat", "PYTHONPATH": str(ROOT)}


def doubt(name: str) -> Doubt:
    return Doubt("data", name, "Data", f"Says {name}.", (f"I say {name}.",))


# The questions ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "meant"),
    [
        (["y", "", "YES"], ["a", "c"]),
        (["n", "no", "perhaps"], []),
        (["y"], ["a"]),
        ([], []),
    ],
)
def test_each_doubt_is_asked_for_and_only_a_yes_confirms(lines: list[str], meant: list[str]):
    written: list[str] = []
    asked = ask_meant([doubt(name) for name in "abc"], read=typed(*lines), write=written.append, width=40)

    assert [each.criterion for each in asked] == meant
    assert "1. Data: Says a." in written
    assert "   “I say a.”" in written
    assert all(len(row) <= 40 for text in written for row in text.split("\n"))


def test_the_doubts_of_a_card_come_with_their_quotes():
    assert doubts_of(small_card()) == (
        Doubt("data", "label", "Data", "Says what a positive example is.", (LABEL_ANSWER,)),
    )


class Meaning:
    """A prompter that means so many of the doubts, and then leaves or goes on."""

    def __init__(self, most: int, *, leaves: bool = False) -> None:
        self.most = most
        self.leaves = leaves
        self.asked: list[str] = []

    def sit(self, live: LiveSitting) -> Leave | None:
        raise NotImplementedError

    def predict(self) -> int | None:
        raise NotImplementedError

    def confirm(self, doubts: Sequence[Doubt]) -> Iterator[Doubt]:
        self.asked = [each.criterion for each in doubts]
        yield from doubts[: self.most]
        if self.leaves:
            raise KeyboardInterrupt


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "history.db") as store:
        store.finish(None, small_attempt("a"))
        yield store


def confirmed(store: Store) -> list[str]:
    attempt = store.attempt("a")
    assert attempt is not None
    assert attempt.scorecard == small_attempt("a").scorecard
    return [each.criterion for each in confirmations_of(attempt)]


def test_what_is_confirmed_is_kept_and_the_scorecard_stays(store: Store):
    (made,) = confirm_doubts(small_card(), "a", Meaning(1), store)

    assert (made.stage, made.criterion) == ("data", "label")
    assert confirmed(store) == ["label"]


def test_nothing_meant_keeps_nothing(store: Store):
    assert confirm_doubts(small_card(), "a", Meaning(0), store) == ()
    assert store.attempt("a") == small_attempt("a")


def test_leaving_keeps_what_was_confirmed_before(store: Store):
    with pytest.raises(Interrupted, match="mlsd-coach show"):
        confirm_doubts(small_card(), "a", Meaning(1, leaves=True), store)

    assert confirmed(store) == ["label"]


# In a terminal ---------------------------------------------------------------------


@pytest.fixture
def start(home: Path) -> Iterator[Callable[..., Terminal]]:
    terminals: list[Terminal] = []

    def start(*words: str, columns: int = 80, env: dict[str, str] | None = None) -> Terminal:
        command = [*DOUBTING, *words]
        terminals.append(Terminal(command, home, columns=columns, rows=30, env=CAT | (env or {})))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()


def kept(home: Path) -> Attempt:
    with Store(home / "data" / "history.db") as store:
        attempt = store.attempt()
        assert store.sessions() == ()
    assert attempt is not None
    return attempt


def maybes(attempt: Attempt) -> list[str]:
    (stage,) = attempt.scorecard["stages"]
    return [each["id"] for each in stage["criteria"] if each["verdict"] == "maybe"]


def sit(start: Callable[..., Terminal], *more: str, columns: int = 80) -> Terminal:
    terminal = start(*SIT, *more, columns=columns).wait_for("^D submit")
    return terminal.send(ANSWER).wait_for("members").key("^D").wait_for("Before the reveal").send("\r")


@pytest.mark.parametrize("columns", [40, 80])
def test_the_doubts_are_ticked_on_one_screen(home: Path, start, columns: int):
    terminal = sit(start, columns=columns).wait_for("Did you mean this?", "Enter goes on", "“We run an A/B test")
    terminal.read(0.3)
    terminal.send(" \r").wait_for("Kept as 20")

    assert terminal.exit_code() == 0
    attempt = kept(home)
    assert len(maybes(attempt)) > 1
    assert [each.criterion for each in confirmations_of(attempt)] == maybes(attempt)[:1]
    assert b"You said that you meant it" in terminal.raw
    assert f"You meant 1 of {len(maybes(attempt))}" in " ".join(terminal.raw.decode().split())


def test_ctrl_c_loses_nothing(home: Path, start):
    terminal = sit(start).wait_for("Did you mean this?")
    terminal.read(0.3)
    terminal.send(" ").key("^C")

    assert terminal.exit_code() == 130
    attempt = kept(home)
    assert "Read the debrief: mlsd-coach show" in terminal.words
    assert dict(attempt.answers)["online-evaluation"] == ANSWER
    assert confirmations_of(attempt) == ()


def in_lines(start: Callable[..., Terminal]) -> Terminal:
    terminal = start(*SIT, "--plain").wait_for("stage 1 of 1").send(f"{ANSWER}\r").wait_for("of the members.")
    terminal.send(".\r").wait_for("Before the reveal").send("\r")
    return terminal.wait_for("Did you mean this?", "1. Online evaluation:", "y/N?")


def test_in_line_mode_each_is_a_question(home: Path, start):
    terminal = in_lines(start).send("y\r").wait_for("2. Online evaluation:").key("^D").wait_for("Kept as 20")

    assert terminal.exit_code() == 0
    attempt = kept(home)
    assert [each.criterion for each in confirmations_of(attempt)] == maybes(attempt)[:1]
    assert "You said that you meant it." in terminal.raw.decode()


def test_ctrl_c_in_line_mode_keeps_the_answers_before_it(home: Path, start):
    terminal = in_lines(start).send("y\r").wait_for("2. Online evaluation:")
    terminal.read(0.3)
    terminal.key("^C")

    assert terminal.exit_code() == 130
    attempt = kept(home)
    assert [each.criterion for each in confirmations_of(attempt)] == maybes(attempt)[:1]


def test_every_doubt_can_be_answered_with_no(home: Path, start):
    assert sit(start).to_the_debrief().exit_code() == 0
    assert in_lines(start).to_the_debrief().exit_code() == 0
    assert confirmations_of(kept(home)) == ()


def test_a_resumed_sitting_asks_too(home: Path, start):
    terminal = start(*SIT).wait_for("^D submit").send(ANSWER).wait_for("members").key("^D")
    terminal.wait_for("Before the reveal").key("^C")
    assert terminal.exit_code() == 130
    again = start("resume").wait_for("Before the reveal").send("\r").wait_for("Did you mean this?")
    again.read(0.3)
    again.send(" \r").wait_for("Kept as 20")

    assert len(confirmations_of(kept(home))) == 1


def test_json_asks_nothing(home: Path, start):
    terminal = sit(start, "--json")

    assert terminal.exit_code() == 0
    assert len(maybes(kept(home))) > 1
    assert b"Did you mean this?" not in terminal.raw


def test_without_a_terminal_nothing_is_asked(home: Path):
    env = os.environ | {"MLSD_COACH_HOME": str(home), "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([*DOUBTING, *SIT], input=f"{ANSWER}\n.\n".encode(), env=env, capture_output=True, check=False)

    assert ran.returncode == 0
    assert len(maybes(kept(home))) > 1
    assert b"Did you mean this?" not in ran.stdout + ran.stderr


def test_show_says_it_in_every_form_and_the_score_is_the_machine_s(home: Path, start):
    terminal = sit(start).wait_for("Did you mean this?")
    terminal.read(0.3)
    terminal.send(" \r").wait_for("Kept as 20")
    assert terminal.exit_code() == 0
    env = os.environ | {"MLSD_COACH_HOME": str(home), "PYTHONPATH": str(ROOT)}

    def show(*words: str) -> str:
        command = [sys.executable, "-m", "mlsd_coach", "show", *words]
        return subprocess.run(command, env=env, capture_output=True, check=True).stdout.decode()

    attempt = kept(home)
    assert "> You said that you meant it" in show()
    assert "You said that you meant it." in show("--plain").splitlines()
    assert "- **You said that you meant it**" in show("--markdown")
    card = json.loads(show("--json"))
    assert problems(SCHEMA, card, SCHEMA) == []
    by_id = {each["id"]: each for each in card["stages"][0]["criteria"]}
    assert by_id[maybes(attempt)[0]]["confirmation"]["by"] == "candidate"
    assert [by_id[name]["verdict"] for name in maybes(attempt)] == ["maybe"] * len(maybes(attempt))
    assert card["score"] == attempt.scorecard["score"] == 0
