"""What the tests of the interviewer's screens share: which part of a sitting is open, and what is on the disk of it."""

import re
from pathlib import Path
from typing import NamedTuple

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.history.store import Store
from mlsd_coach.models import Fact, Scenario, Session
from tests.terminal.terminals import Terminal

_PART = re.compile(r" ([^:]+?)(?:: (.+?))? (\d+)/\d+ ")
_RULE = "─" * 5
_FOOT = re.compile(r" (?:\d+ words? |(?:Ask|Which|Assume):)")


class Part(NamedTuple):
    """What the row of the clocks says is being written."""

    number: int
    """Of the stage, 1-based."""
    title: str
    turn: str = ""
    """`follow-up` and so on; empty for the stage itself."""


def part_of(terminal: Terminal) -> Part | None:
    """Return the part that is open; None when no such row is on the screen."""
    found = _PART.match(terminal.screen.display[1])
    return Part(int(found[3]), found[1], found[2] or "") if found else None


def wait_for_part(terminal: Terminal, number: int, turn: str = "") -> Terminal:
    """Read until a stage, or what the interviewer says after it, is open for writing."""

    def is_open() -> bool:
        part = part_of(terminal)
        return part is not None and (part.number, part.turn) == (number, turn)

    terminal.wait_until(is_open, f"stage {number} {turn}")
    return terminal.wait_for("F1 help")


def ask(terminal: Terminal, question: str) -> Terminal:
    """Open the line, type a question and put it."""
    terminal.key("^G").wait_for(" Ask:").send(question)
    terminal.wait_until(lambda: question.split()[-1] in terminal.text, "the question in its line")
    return terminal.key("enter")


def read_all(terminal: Terminal) -> str:
    """Page through the briefing row by row to its end; return all of it in single spaces."""
    terminal.wait_for("Enter: back to the answer", "What you were told")
    rows = [row.strip() for row in terminal.text.splitlines()[:-2]]
    while "PgDn more" in terminal.text:
        before = terminal.text
        terminal.key("down").wait_until(lambda before=before: terminal.text != before, "the next row")  # type: ignore[misc]
        terminal.wait_for("Enter: back to the answer")
        rows.append(terminal.text.splitlines()[-3].strip())
    return " ".join(" ".join(rows).split())


def stored(home: Path) -> Session:
    """Return the last sitting as it is on disk, read beside the running program."""
    with Store(home / "data" / "history.db") as store:
        session = store.session()
    assert session is not None
    return session


def feed_ranking(cache: Path) -> Scenario:
    """Return the scenario that these tests sit."""
    return Library([builtin_root()], cache_dir=cache).scenario("feed-ranking")


def fact_of(scenario: Scenario, name: str) -> Fact:
    """Return a fact by its id."""
    return next(fact for fact in scenario.facts if fact.id == name)


def beginning(text: str) -> str:
    """Return the first words of a text: enough to know it by, few enough for a small screen."""
    return " ".join(text.split()[:6])


def interviewer_rows(terminal: Terminal) -> list[str]:
    """Return the rows between the rules, in their full width."""
    rows = terminal.screen.display
    first, last = _rules(rows)
    return list(rows[first + 1 : last])


def answer_rows(terminal: Terminal) -> list[str]:
    """Return the rows between the last rule and the status, or the line for questions."""
    rows = terminal.screen.display
    _, last = _rules(rows)
    foot = next(at for at in range(last + 1, len(rows)) if _FOOT.match(rows[at]))
    return list(rows[last + 1 : foot])


def _rules(rows: list[str]) -> tuple[int, int]:
    first, last = (at for at, row in enumerate(rows) if row.startswith(_RULE))
    return first, last
