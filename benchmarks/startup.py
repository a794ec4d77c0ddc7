"""How long the program takes to start: `python -m benchmarks.startup`.

Wall-clock medians, and ratios within the same run, since a wall-clock figure alone says more about the machine than
about the program. Everything is measured in turns (each round runs each command once), so that a busy moment meets all
of them alike.

Commands are held against `python -c pass`. `practice` is timed in a pseudo-terminal, from its start until the
interviewer's question is on the screen, and until the row of keys is, which is drawn when the editor reads them. Both
are held against the least that prompt_toolkit can do: a full-screen application of three windows that imports nothing
else, until its last row is drawn.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pexpect

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.history.store import Store

COMMAND_BOUND = 8.0
PROMPT_BOUND = 1.5
SCENARIO = "feed-ranking"
KEYS = "submit"
"""A word of the key row, which is drawn last."""
BARE = f"""
from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.layout.containers import HSplit, Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.layout import Layout
text = Window(FormattedTextControl("Design the ranking of a home feed."), height=8)
keys = Window(FormattedTextControl("^D {KEYS}"), height=1)
Application(layout=Layout(HSplit([text, Window(BufferControl(Buffer())), keys])), full_screen=True).run()
"""

Run = Callable[[], float]
"""Runs one thing once; returns its wall time in seconds."""


@dataclass(frozen=True)
class Line:
    """One thing that is measured, with what it is held against."""

    name: str
    run: Run
    base: str = ""
    """Name of the line that the ratio is to; empty for a base itself."""
    bound: float = 0.0
    """0 where none is asked for."""


def main() -> int:
    """Measure and print; the figures are for reading, the exit code is always 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mlsd-startup-") as folder:
        home = Path(folder)
        warm_up(home)
        lines = [*command_lines(home), *prompt_lines(home)]
        walls = measure(lines, options.rounds)
        print(f"{'':45} {'median':>9} {'ratio':>7} {'bound':>7}")
        for line in lines:
            print(told(line, walls))
        completed = complete(home)
        print(f"\nCompletion of `practice {SCENARIO[:2]}` offers: {completed or 'NOTHING'}")
        print(f"{options.rounds} rounds in turns; Python {sys.version.split()[0]}, {os.cpu_count()} processors.")
    return 0


def measure(lines: list[Line], rounds: int) -> dict[str, list[float]]:
    """Run every line once a round, after one round that is not counted; return the wall times in seconds."""
    for line in lines:
        line.run()
    walls: dict[str, list[float]] = {line.name: [] for line in lines}
    for turn in range(rounds):
        at = turn % len(lines)
        for line in [*lines[at:], *lines[:at]]:
            walls[line.name].append(line.run())
    return walls


def told(line: Line, walls: dict[str, list[float]]) -> str:
    """Return a line of the table; the ratio is one of medians."""
    wall = median(walls[line.name])
    text = f"{line.name:45} {wall * 1000:6.1f} ms"
    if not line.base:
        return text
    ratio = wall / median(walls[line.base])
    text = f"{text} {ratio:6.2f}x"
    return f"{text} {line.bound:6.1f}x  {'holds' if ratio <= line.bound else 'DOES NOT HOLD'}" if line.bound else text


def command_lines(home: Path) -> list[Line]:
    """Return the lines that are held against an interpreter that does nothing."""
    base = Line("python -c pass", lambda: wall_of([sys.executable, "-c", "pass"], home))
    lines = [base]
    for words in (["--version"], ["--help"], ["list"]):
        name = " ".join(["mlsd-coach", *words])
        lines.append(Line(name, _command(words, home), base.name, COMMAND_BOUND))
    completion = Line(
        f"completion of `practice {SCENARIO[:2]}`",
        lambda: wall_of(program(), home, completion_request()),
        base.name,
        COMMAND_BOUND,
    )
    return [*lines, completion]


def _command(words: list[str], home: Path) -> Run:
    return lambda: wall_of([*program(), *words], home)


def prompt_lines(home: Path) -> list[Line]:
    """Return the lines of `practice` and the bare application that they are held against."""
    bare = Line("bare full-screen application", lambda: time_to_draw([sys.executable, "-c", BARE], home, KEYS))
    # The beginning is enough: the rest may stand on the next row.
    question = Library([builtin_root()]).scenario(SCENARIO).opening[:24]

    def practice(drawn: str) -> float:
        wall = time_to_draw([*program(), "practice", SCENARIO], home, drawn)
        forget_sittings(home)
        return wall

    name = f"mlsd-coach practice {SCENARIO}"
    return [
        bare,
        Line(f"{name}: question", lambda: practice(question), bare.name, PROMPT_BOUND),
        Line(f"{name}: keys", lambda: practice(KEYS), bare.name),
    ]


def program() -> list[str]:
    """Return the command that a candidate types, or its module where the script is not installed."""
    script = Path(sys.executable).with_name("mlsd-coach")
    return [str(script)] if script.exists() else [sys.executable, "-m", "mlsd_coach"]


def completion_request() -> dict[str, str]:
    """Return the environment with which bash asks for the completion of a scenario's id."""
    words = f"mlsd-coach practice {SCENARIO[:2]}"
    return {"_MLSD_COACH_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "2"}


def complete(home: Path) -> str:
    """Return what the completion offers, on one line."""
    run = subprocess.run(
        program(), env=environment(home) | completion_request(), capture_output=True, text=True, check=False
    )
    return " ".join(run.stdout.split())


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a run: ours, with a home of its own."""
    return os.environ | {"MLSD_COACH_HOME": str(home), "TERM": "xterm-256color"}


def warm_up(home: Path) -> None:
    """Fill the content cache and keep one attempt, as for a candidate who has used the program before."""
    command = [*program(), "practice", SCENARIO, "--answers", "-", "--json"]
    answers = b"# requirements\n\nFirst I would ask what the feed is for.\n"
    subprocess.run(command, input=answers, env=environment(home), capture_output=True, check=True)
    wall_of([*program(), "list"], home)


def wall_of(command: list[str], home: Path, more: dict[str, str] | None = None) -> float:
    """Run a command to its end; return its wall time in seconds."""
    env = environment(home) | (more or {})
    began = time.perf_counter()
    subprocess.run(command, env=env, capture_output=True, check=False)
    return time.perf_counter() - began


def time_to_draw(command: list[str], home: Path, drawn: str) -> float:
    """Start a command in a pseudo-terminal; return the seconds until a text is drawn, then kill it."""
    env = environment(home)
    began = time.perf_counter()
    child: pexpect.spawn[bytes] = pexpect.spawn(command[0], command[1:], env=env, dimensions=(24, 80), timeout=60)
    child.delaybeforesend = None
    child.expect_exact(drawn)
    wall = time.perf_counter() - began
    child.kill(signal.SIGKILL)
    child.close(force=True)
    return wall


def forget_sittings(home: Path) -> None:
    """Discard the sittings that were killed, so that every run finds the same history."""
    with Store(home / "data" / "history.db") as store:
        for session in store.sessions():
            store.discard_session(session.id)


if __name__ == "__main__":
    raise SystemExit(main())
