"""What is said between interviewer and candidate besides prompts and answers, and what it comes to at the end."""

from dataclasses import dataclass, field
from enum import StrEnum

from mlsd_coach.models.terms import Signal


class Heard(StrEnum):
    """What the interviewer made of a question."""

    TOLD = "told"
    """It was understood and answered."""
    ASKED_BACK = "asked-back"
    """It could mean several things; the interviewer asked which."""
    UNKNOWN = "unknown"
    """Nothing is authored for it: the candidate was asked what they would assume."""
    ASSUMED = "assumed"
    """Not a question but the assumption that the candidate makes instead."""


@dataclass(frozen=True)
class Asked:
    """One thing said at the fact desk, and the reply."""

    stage: str
    says: str
    """The candidate's words."""
    heard: Heard
    reply: str
    facts: tuple[str, ...] = ()
    """Ids of the facts that were told, or that it could mean."""


class Turn(StrEnum):
    """Why the interviewer took the word after a stage."""

    EYEBROW = "eyebrow"
    """A red flag was heard."""
    MORE = "more"
    """Tell me more about that."""
    ENOUGH = "enough"
    """I think we are good here."""
    FOLLOW_UP = "follow-up"
    DEEP_DIVE = "deep-dive"
    """A question of the level above, since enough was met."""
    CHANGE = "change"


CUES = frozenset({Turn.EYEBROW, Turn.MORE, Turn.ENOUGH})


@dataclass(frozen=True)
class Exchange:
    """What the interviewer said after a stage, and the candidate's reply with its own short clock."""

    turn: Turn
    stage: str
    says: str
    budget_seconds: float
    target: str = ""
    """Id of the criterion a follow-up aims at, or of the red flag."""
    quote: str = ""
    """The candidate's words that it is about."""
    answer: str = ""
    seconds: float = 0.0
    done: bool = False


class Reaction(StrEnum):
    """How the candidate took a cue."""

    WENT_DEEPER = "went deeper"
    MOVED_ON = "moved on"
    REPAIRED = "repaired"


@dataclass(frozen=True)
class CueResult:
    """A cue and the reaction to it, scored under communication and leadership."""

    turn: Turn
    stage: str
    says: str
    reply: str
    reaction: Reaction
    points: float
    """0..1 of one criterion's weight."""
    lesson: str = ""
    """What was wrong and what to do instead, or why the reaction was right."""
    quote: str = ""
    """The candidate's words that raised it."""


@dataclass(frozen=True)
class MissedFact:
    """A load-bearing fact that was never asked for."""

    id: str
    about: str
    says: str
    stage: str


@dataclass(frozen=True)
class Contradiction:
    """A place where the design contradicts a fact that was told."""

    fact: str
    told: str
    """The interviewer's words."""
    stage: str
    quote: str
    """The candidate's words."""
    because: str
    """The contradiction in a sentence."""


class Fit(StrEnum):
    """How a figure of the candidate's stands to the one worked out."""

    RIGHT = "right"
    """Within a factor of three."""
    ROUGH = "rough"
    """Within a factor of ten."""
    OFF = "off"


@dataclass(frozen=True)
class FigureCheck:
    """A figure of the answers held against the one worked out of the scenario's numbers."""

    estimate: str
    title: str
    fit: Fit
    said: str
    """The candidate's figure as they wrote it, with the words around it."""
    stage: str
    value: float
    """The candidate's figure in base units."""
    expected: float
    """The worked-out figure in base units."""
    unit: str
    working: str
    """How it is worked out: 3,000,000,000 requests a day / 86,400 = 34,700 requests a second."""


@dataclass(frozen=True)
class ChainLink:
    """One link of the thread: what was said, or that it is broken and how to mend it."""

    id: str
    title: str
    stage: str
    quote: str = ""
    holds: bool = False
    why: str = ""
    """Why it is broken; empty when it holds."""
    mend: str = ""


@dataclass(frozen=True)
class SourceChain:
    """A data source that was named, with the feature and the number that came of it."""

    title: str
    source: str
    """The candidate's words; empty where they are missing."""
    feature: str = ""
    number: str = ""


@dataclass(frozen=True)
class Thread:
    """What ties the stages together, and where it is broken."""

    chain: tuple[ChainLink, ...] = ()
    budgets: tuple[ChainLink, ...] = ()
    """The latency budget and the like, one link for each stage where it has to come back."""
    sources: tuple[SourceChain, ...] = ()


@dataclass(frozen=True)
class Drive:
    """How far the candidate led the way through the stages."""

    called: tuple[tuple[str, str], ...] = ()
    """(stage left, stage called) for each next stage that the candidate called."""
    returned: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Interview:
    """What the conversation of a sitting came to; stands in the scorecard beside the stages."""

    persona: str
    seed: int
    factors: tuple[tuple[Signal, float], ...] = ()
    """By which the weights of signals were multiplied: the persona's, and what was agreed."""
    agreed: str = ""
    """The interviewer's words on what this round wants, when they were asked."""
    asked: tuple[Asked, ...] = ()
    missed: tuple[MissedFact, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    cues: tuple[CueResult, ...] = ()
    figures: tuple[FigureCheck, ...] = ()
    thread: Thread = field(default_factory=Thread)
    drive: Drive = field(default_factory=Drive)
