"""Kill a real sitting at random moments and see what is left: `python -m benchmarks.kill9 --rounds 20`.

Each round types numbered words into the answer editor in a pseudo-terminal, ends a stage now and then, and kills the
program with SIGKILL at a random (seeded) moment; the next round resumes where that one was cut off. Lost is what had
been typed more than a second before the kill and is not in the history afterwards; that must be nothing. The history is
checked after each kill.
"""

import argparse
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import pexpect

from mlsd_coach.history.store import Store

ALLOWED_SECONDS = 1.0
DRAWN = "submit"
"""A word of the key row: once it is drawn the editor reads keys."""


@dataclass
class Typed:
    """The words of one sitting in order, with the moment each was typed."""

    words: list[str] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    stages_to_end: int = 8
    """How many stages may still be ended; the last one stays open, so that there is a sitting to resume."""

    def forget_lost(self, kept: int) -> None:
        """Go on from the words that were kept."""
        del self.words[kept:], self.moments[kept:]


@dataclass(frozen=True)
class Round:
    """What one kill left behind."""

    typed: int
    lost: int
    oldest_lost_seconds: float
    """Age at the kill of the oldest word that is gone; 0 when none is."""
    is_sound: bool
    is_garbled: bool
    """Whether the history has something else than a beginning of what was typed."""


def main() -> int:
    """Run the rounds, print the figures, return 1 when anything older than a second was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=9)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="mlsd-kill9-") as folder:
        home = Path(folder)
        typed = Typed()
        rounds = []
        for number in range(1, options.rounds + 1):
            result = _round(home, typed, dice, is_first=number == 1)
            rounds.append(result)
            print(f"{number:4}  {_told(result)}", flush=True)
    return _summary(rounds, options.seed)


def _round(home: Path, typed: Typed, dice: random.Random, *, is_first: bool) -> Round:
    words = ["practice", "feed-ranking"] if is_first else ["resume"]
    child = _spawn(home, words)
    lives = dice.uniform(0.05, 4.0)
    began = time.monotonic()
    before = len(typed.words)
    while time.monotonic() - began < lives:
        word = f"w{len(typed.words):05} "
        typed.moments.append(time.monotonic())
        typed.words.append(word)
        child.send(word)
        if typed.stages_to_end and dice.random() < 0.01:
            typed.stages_to_end -= 1
            child.send("\x04")
        _drain(child, dice.uniform(0.005, 0.12))
    killed = time.monotonic()
    child.kill(signal.SIGKILL)
    child.close(force=True)
    return _judge(home, typed, killed, before)


def _spawn(home: Path, words: list[str]) -> "pexpect.spawn[bytes]":
    env = os.environ | {"MLSD_COACH_HOME": str(home), "TERM": "xterm-256color"}
    child: pexpect.spawn[bytes] = pexpect.spawn(
        sys.executable, ["-m", "mlsd_coach", *words], env=env, dimensions=(24, 80), timeout=60
    )
    child.delaybeforesend = None
    child.expect_exact(DRAWN)
    return child


def _drain(child: "pexpect.spawn[bytes]", seconds: float) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        try:
            child.read_nonblocking(65536, timeout=left)
        except pexpect.TIMEOUT:
            return


def _judge(home: Path, typed: Typed, killed: float, before: int) -> Round:
    path = home / "data" / "history.db"
    with sqlite3.connect(path) as history:
        is_sound = history.execute("pragma integrity_check").fetchone() == ("ok",)
    with Store(path) as store:
        session = store.session()
    kept_text = "".join(stage.answer for stage in session.stages) if session else ""
    kept_words = kept_text.count(" ")
    is_garbled = not "".join(typed.words).startswith(kept_text)
    lost_moments = typed.moments[kept_words:]
    result = Round(
        typed=len(typed.words) - before,
        lost=len(lost_moments),
        oldest_lost_seconds=max((killed - moment for moment in lost_moments), default=0.0),
        is_sound=is_sound,
        is_garbled=is_garbled,
    )
    if session is not None:
        typed.stages_to_end = len(session.stages) - 1 - session.current
    # A word cut in half is finished by nobody: go on from what is there.
    typed.forget_lost(kept_words)
    rest = kept_text[len("".join(typed.words)) :]
    if rest:
        typed.words.append(rest)
        typed.moments.append(killed)
    return result


def _told(result: Round) -> str:
    return (
        f"typed {result.typed:3} words, lost {result.lost:2}, the oldest {result.oldest_lost_seconds:.2f} s old; "
        f"history {'sound' if result.is_sound else 'DAMAGED'}{', GARBLED' if result.is_garbled else ''}"
    )


def _summary(rounds: list[Round], seed: int) -> int:
    late = sum(result.oldest_lost_seconds > ALLOWED_SECONDS for result in rounds)
    sound = sum(result.is_sound and not result.is_garbled for result in rounds)
    oldest = max((result.oldest_lost_seconds for result in rounds), default=0.0)
    print(f"kills                                  {len(rounds)} (seed {seed})")
    print(f"words typed                            {sum(result.typed for result in rounds)}")
    print(f"words lost, all younger than a second  {sum(result.lost for result in rounds) if not late else 'NO'}")
    print(f"oldest word lost                       {oldest:.2f} s before the kill")
    print(f"kills that lost anything older         {late} (must be 0)")
    print(f"history sound and in order             {sound} of {len(rounds)}")
    return 0 if late == 0 and sound == len(rounds) else 1


if __name__ == "__main__":
    raise SystemExit(main())
