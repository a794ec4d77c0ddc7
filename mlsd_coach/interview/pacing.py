"""Budgets and pace: how the minutes are shared out, how a clock is written, what is said when time is up."""

import math
from collections.abc import Sequence
from enum import StrEnum

from mlsd_coach.models import Scenario, Session

ROUND_MINUTES = 45.0
CLOSING_SHARE = 0.75
LATE_SHARE = 1.5
"""Share of a stage's budget after which the interviewer speaks up a second time."""

_AT_ZERO = (
    "Let me stop you there: finish the sentence you are on, and then we should move on.",
    "That is the time for this part. What is the one thing you still want me to know?",
    "I would like to hear about the next part. Wrap this up when you can.",
)
_LATE = "We are well past the time for this part. Close it now, so that the rest gets its share."
_LAST_AT_ZERO = "That is our time. Say your last sentence whenever you are ready."
_LAST_LATE = "I have to let you go soon. Let us end here."


class Pace(StrEnum):
    """Where a stage's clock stands against its budget."""

    STEADY = "steady"
    CLOSING = "closing"
    OVER = "over"


def pace(seconds: float, budget: float) -> Pace:
    """Return the pace of a stage that has used `seconds` of its `budget`."""
    if seconds > budget:
        return Pace.OVER
    return Pace.CLOSING if seconds >= CLOSING_SHARE * budget else Pace.STEADY


def budgets(scenario: Scenario, stages: Sequence[str], minutes: float | None) -> tuple[float, ...]:
    """Return the seconds of each of the named stages.

    With `minutes` they share those minutes out by their weights in a whole round. Without, each keeps its part of a
    45-minute round, so a sitting of some stages alone is shorter than 45 minutes.
    """
    chosen = [scenario.stage(stage).minutes for stage in stages]
    whole = sum(plan.minutes for plan in scenario.stages)
    scale = ROUND_MINUTES / whole if minutes is None else minutes / sum(chosen)
    return tuple(share * scale * 60.0 for share in chosen)


def behind(session: Session) -> float:
    """Return by how many seconds a sitting runs behind its budgets; negative when it is ahead."""
    used = sum(stage.seconds for stage in session.stages)
    planned = sum(stage.budget_seconds for stage in session.stages if stage.done)
    if session.current < len(session.stages):
        current = session.stages[session.current]
        if not current.done:
            planned += min(current.seconds, current.budget_seconds)
    return used - planned


def interruptions(session: Session, index: int) -> tuple[str, ...]:
    """Return what the interviewer has to have said by now about the time of the stage at that index."""
    stage = session.stages[index]
    is_last = all(other.done for at, other in enumerate(session.stages) if at != index)
    lines: list[str] = []
    if stage.seconds > stage.budget_seconds:
        lines.append(_LAST_AT_ZERO if is_last else _AT_ZERO[index % len(_AT_ZERO)])
    if stage.seconds > stage.budget_seconds * LATE_SHARE:
        lines.append(_LAST_LATE if is_last else _LATE)
    return tuple(lines)


def format_clock(seconds: float) -> str:
    """Write seconds as `5:58`, or `-0:07` once they are used up."""
    whole = math.ceil(seconds)
    sign = "-" if whole < 0 else ""
    return f"{sign}{abs(whole) // 60}:{abs(whole) % 60:02d}"
