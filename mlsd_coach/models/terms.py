"""Stages, levels, signals, verdicts and the statuses of a clause."""

from enum import StrEnum
from typing import Any

FORMAT = 1
"""Version of the content files and of the JSON contract that this coach reads and writes."""

STAGE_MINUTES: dict[str, float] = {
    "requirements": 6,
    "high-level-design": 4,
    "data": 6,
    "features": 6,
    "candidates": 4,
    "models": 8,
    "offline-evaluation": 4,
    "online-evaluation": 4,
    "lifecycle": 3,
}
"""The nine stages in their order, with the default minutes of a 45-minute round."""

STAGES: tuple[str, ...] = tuple(STAGE_MINUTES)


class Level(StrEnum):
    """The bar an answer is held against, lowest first."""

    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"

    @property
    def rank(self) -> int:
        """0 for mid, 1 for senior, 2 for staff."""
        return tuple(Level).index(self)


class Signal(StrEnum):
    """What the panel is grading when it reads a criterion."""

    PRODUCT_SENSE = "product-sense"
    DATA_SENSE = "data-sense"
    ML_DEPTH = "ml-depth"
    SYSTEMS = "systems"
    EXPERIMENTATION = "experimentation"
    COMMUNICATION = "communication-and-leadership"


class Verdict(StrEnum):
    """What a careful reader says of one criterion and one answer."""

    MISSING = "missing"
    NAMED = "named"
    REASONED = "reasoned"
    MAYBE = "maybe"
    """The scorer doubts; the candidate is asked. Earns nothing until confirmed."""
    NOT_JUDGED = "not-judged"
    """The text is not an answer in prose or bullets, or a judge failed; the reason stands beside it."""


class Status(StrEnum):
    """How a clause says what it says."""

    STATED = "stated"
    DENIED = "denied"
    REFUSED = "refused"
    ASKED = "asked"
    HYPOTHETICAL = "hypothetical"
    ATTRIBUTED = "attributed"
    REJECTED = "rejected"


# A rule of the evidence language as authored: a phrase, or a mapping with one of any, all, near, count, not.
# Kept as plain data here; matching.rules compiles it.
Rule = str | dict[str, Any]
