"""Option values read into what they mean; UsageError with the known ones when they mean nothing."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_coach.commands.surroundings import history_path
from mlsd_coach.errors import StoreError, UsageError

if TYPE_CHECKING:
    from mlsd_coach.content.library import Library
    from mlsd_coach.history.store import Store
    from mlsd_coach.models import Attempt, Level, Scenario, Scorecard

MOST_MINUTES = 600.0


@contextmanager
def open_history() -> "Iterator[Store | None]":
    """Open the history for reading; None when there is none yet, which reading does not make."""
    path = history_path()
    if not path.exists() and not path.with_name(f"{path.name}-wal").exists():
        yield None
        return
    from mlsd_coach.history.store import Store

    with Store(path) as store:
        yield store


def one_of(text: str, known: Sequence[str], what: str, fix: str) -> str:
    """Return the text as one of the known words, case aside."""
    word = text.strip().casefold()
    for name in known:
        if name.casefold() == word:
            return name
    raise UsageError(unknown(what, text, known), fix=fix)


def unknown(what: str, text: str, known: Sequence[str]) -> str:
    """Return the sentence for a word that is none of the known ones, with the nearest of them."""
    from mlsd_coach.content.texts import did_you_mean

    return f"Unknown {what} '{text}'{did_you_mean(text, list(known)) or '.'}"


def read_level(text: str) -> "Level":
    """Return the level of that name."""
    from mlsd_coach.models import Level

    known = [level.value for level in Level]
    return Level(one_of(text, known, "level", f"--level takes: {', '.join(known)}."))


PERSONAS = ("product", "infra", "research", "silent")
"""The personas one of which `random` takes."""


def read_persona(name: str | None, seed: int) -> str:
    """Return the persona of that name, `random` as one that the seed decides, nothing as the balanced one."""
    from mlsd_coach.models.interviewer import BALANCED

    known = [*PERSONAS, BALANCED, "random"]
    chosen = one_of(name or BALANCED, known, "interviewer", f"--interviewer takes: {', '.join(known)}.")
    return PERSONAS[seed % len(PERSONAS)] if chosen == "random" else chosen


def read_stages(names: Sequence[str] | None, known: Sequence[str]) -> list[str] | None:
    """Return the stages named, None when none are."""
    if not names:
        return None
    return [one_of(name, known, "stage", f"--stage takes: {', '.join(known)}.") for name in names]


def read_minutes(minutes: float) -> float:
    """Return the length of a round in minutes."""
    if not 0 < minutes <= MOST_MINUTES:
        raise UsageError(f"--minutes cannot be {minutes:g}.", fix=f"It takes a number up to {MOST_MINUTES:.0f}.")
    return minutes


def read_bytes(source: str, what: str) -> bytes:
    """Return the bytes of a file, or of standard input for `-`; `what` names it in the fix."""
    try:
        if source != "-":
            return Path(source).read_bytes()
        if sys.stdin is None or sys.stdin.closed:
            raise UsageError("Standard input is closed.", fix=f"Pass {what} as a file.")
        return sys.stdin.buffer.read()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"Cannot read '{source}': {reason}.", fix=f"Pass {what}, or - for stdin.") from None


def find_attempt(store: "Store | None", wanted: str | None) -> "Attempt":
    """Return the attempt meant: the newest, that of an id or of its beginning, or the newest of a scenario."""
    heads = store.heads() if store is not None else ()
    if store is None or not heads:
        raise UsageError("There is no attempt yet.", fix="Sit one: mlsd-coach practice")
    of_scenario = next((head.id for head in heads if head.scenario == wanted), None)
    found = store.attempt(of_scenario or wanted)
    if found is not None:
        return found
    known = [*sorted({head.scenario for head in heads}), *(head.id for head in heads)]
    raise UsageError(unknown("attempt", wanted or "", known), fix="Run `mlsd-coach history` for all attempts.")


def card_of(attempt: "Attempt") -> "Scorecard":
    """Return an attempt's scorecard; StoreError when it is not one this coach can read."""
    from mlsd_coach.scoring.contract import scorecard_from_json

    try:
        return scorecard_from_json(attempt.scorecard)
    except (KeyError, ValueError, TypeError):
        message = f"The scorecard of the attempt {attempt.id} cannot be read by this mlsd-coach."
        raise StoreError(message, fix="Its answers are kept; update mlsd-coach and try again.") from None


def scenario_if_there(library: "Library", scenario_id: str) -> "Scenario | None":
    """Return a scenario, None when it was removed or is broken since: its attempts can be read without it."""
    from mlsd_coach.errors import CoachError

    try:
        return library.scenario(scenario_id)
    except CoachError:
        return None
