"""What the scorer says: evidence, judgements, stage scores, the scorecard."""

from dataclasses import dataclass

from mlsd_coach.models.content import Criterion
from mlsd_coach.models.conversation import Interview
from mlsd_coach.models.terms import Level, Signal, Verdict


@dataclass(frozen=True)
class Evidence:
    """A quote of the answer: `answer[start:end] == quote`, always."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class Nudge:
    """What a criterion won in the reply to a follow-up: less than unprompted, and shown as such."""

    ask: str
    reply: str
    verdict: Verdict
    points: float
    """Points on top of the judgement's own."""
    evidence: tuple[Evidence, ...] = ()
    """Slices of `reply`."""


@dataclass(frozen=True)
class Judgement:
    """The verdict on one criterion of one stage, with what earned it."""

    criterion: Criterion
    verdict: Verdict
    points: float
    """Points of 0..weight: MISSING 0, NAMED half the weight, REASONED the weight."""
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.0
    """0..1, how sure the scorer is that the criterion is covered."""
    reason: str = ""
    """One sentence: why the verdict is not higher, or why nothing was judged."""
    nudge: Nudge | None = None
    """What the reply to a follow-up on it added, with 0 points when that was nothing; None when there was none."""


@dataclass(frozen=True)
class StageScore:
    """One stage of a scorecard."""

    id: str
    title: str
    weight: int
    score: float
    """0..100."""
    answer: str
    judgements: tuple[Judgement, ...]
    seconds: float | None = None
    budget_seconds: float = 0.0
    attempted: bool = True
    guard: str = ""
    """Why nothing was judged ("not prose: ..."), else empty."""


@dataclass(frozen=True)
class FirstGap:
    """The one thing to fix first."""

    stage: str
    criterion: str
    statement: str
    verdict: Verdict
    why: str
    fix: str
    earning: str


@dataclass(frozen=True)
class LevelResult:
    """The level an attempt reached, and the tally behind it."""

    reached: Level | None
    """None when not even a majority of the mid criteria is met."""
    met: tuple[tuple[Level, int, int], ...]
    """(level, criteria met, criteria asked) for each level."""
    why: str


@dataclass(frozen=True)
class SignalScore:
    """Points of the criteria that carry one signal, 0..100; None when none was asked."""

    id: Signal
    score: float | None
    met: int
    asked: int


@dataclass(frozen=True)
class Digests:
    """What the scorecard was made from; two cards with different digests are not comparable."""

    scenario: str
    rubrics: str
    scorer: str


@dataclass(frozen=True)
class Scorecard:
    """Everything the scorer says about one set of answers."""

    scenario: str
    title: str
    level: Level
    score: float
    """0..100, the stages' scores by their weights."""
    stages: tuple[StageScore, ...]
    signals: tuple[SignalScore, ...]
    level_result: LevelResult
    band: str
    """Id of a Band."""
    first_gap: FirstGap | None
    digests: Digests
    change: StageScore | None = None
    """The answer to the change of requirements; it counts in the score by its weight."""
    interview: Interview | None = None
    """What the conversation came to; None where none was held."""
