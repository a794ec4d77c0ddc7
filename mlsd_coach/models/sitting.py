"""A session under way and an attempt kept."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mlsd_coach.models.conversation import Asked, Exchange
from mlsd_coach.models.terms import Level


class Mode(StrEnum):
    """How much the interviewer gives away during the sitting."""

    MOCK = "mock"
    COACHED = "coached"


@dataclass(frozen=True)
class StageState:
    """One stage of a session under way."""

    id: str
    budget_seconds: float
    answer: str = ""
    seconds: float = 0.0
    done: bool = False
    skipped: bool = False
    hints_used: int = 0


@dataclass(frozen=True)
class Session:
    """A sitting under way, as it stands on disk."""

    id: str
    scenario: str
    level: Level
    mode: Mode
    minutes: float
    stages: tuple[StageState, ...]
    current: int
    """Index of the stage being answered; len(stages) when all are done."""
    started_at: str
    """UTC, ISO 8601 to the second."""
    updated_at: str
    prediction: int | None = None
    transcript: tuple[tuple[str, str, str], ...] = ()
    """(stage id, who, text) for what was said besides the answers: questions, replies, interrupt lines, hints."""
    seed: int = 0
    """What the interviewer's choices are drawn from: the same seed and the same answers replay the sitting."""
    persona: str = ""
    """Id of the persona; empty in a sitting begun before there were personas, which none follows up."""
    asked: tuple[Asked, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    """What was said after stages, in order; one that is not done is under way."""
    called: tuple[tuple[str, str], ...] = ()
    """(stage left, stage called) for each next stage that the candidate called."""
    wanted: str = ""
    """The stage called for next, until it is opened."""
    returned: tuple[str, ...] = ()
    """Ended stages that the candidate opened again, in order."""
    cuts: tuple[tuple[float, tuple[tuple[str, str], ...]], ...] = ()
    """(minutes, (stage, answer) ...) as the answers stood when so many minutes of the stages' clocks had gone by."""
    at_zero: tuple[tuple[str, str], ...] = ()
    """(stage, answer as it stood when the stage's budget was used up)."""


@dataclass(frozen=True)
class Attempt:
    """A sitting kept, with the scorecard it got at the time."""

    id: str
    scenario: str
    level: Level
    mode: Mode
    minutes: float
    started_at: str
    finished_at: str
    scorecard: dict[str, Any]
    """The JSON contract's object, as scored then (docs/json.md)."""
    answers: tuple[tuple[str, str], ...]
    seconds: tuple[tuple[str, float], ...] = ()
    prediction: int | None = None
    hints_used: tuple[tuple[str, int], ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
