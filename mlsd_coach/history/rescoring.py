"""Scorecards of an attempt that came later: the newest stands in its place, the earlier ones in its `extra`."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mlsd_coach.errors import StoreError

if TYPE_CHECKING:
    from mlsd_coach.models import Attempt

RESCORED = "rescored"
"""Key of `extra`: {"at": when, "earlier": [{"at": when, "scorecard": {...}}, ...]}, the first one first."""


def rescored_at(attempt: "Attempt") -> str:
    """Return when the scorecard of an attempt was made, if that was later than the attempt; else an empty string."""
    return str(_kept(attempt)["at"]) if RESCORED in attempt.extra else ""


def first_scorecard(attempt: "Attempt") -> dict[str, Any]:
    """Return the scorecard that the attempt got at the time; StoreError when it cannot be read."""
    if RESCORED not in attempt.extra:
        return attempt.scorecard
    first: dict[str, Any] = _kept(attempt)["earlier"][0]["scorecard"]
    return first


def with_scorecard(attempt: "Attempt", scorecard: dict[str, Any], *, at: str) -> "Attempt":
    """Return the attempt with a new scorecard, made `at` (UTC, ISO 8601); the one before is kept, and all else."""
    earlier = list(_kept(attempt)["earlier"]) if RESCORED in attempt.extra else []
    earlier.append({"at": rescored_at(attempt) or attempt.finished_at, "scorecard": attempt.scorecard})
    extra = {**attempt.extra, RESCORED: {"at": at, "earlier": earlier}}
    return replace(attempt, scorecard=scorecard, extra=extra)


def _kept(attempt: "Attempt") -> dict[str, Any]:
    kept: Any = attempt.extra[RESCORED]
    is_whole = (
        isinstance(kept, dict)
        and isinstance(kept.get("at"), str)
        and isinstance(kept.get("earlier"), list)
        and bool(kept["earlier"])
        and all(isinstance(each, dict) and isinstance(each.get("scorecard"), dict) for each in kept["earlier"])
    )
    if not is_whole:
        message = f"The attempt {attempt.id} holds earlier scorecards that this mlsd-coach cannot read."
        raise StoreError(message, fix="Update mlsd-coach, or read the attempt with an older copy of the history.")
    found: dict[str, Any] = kept
    return found
