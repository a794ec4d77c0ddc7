"""What authors write: scenarios, rubrics, concepts, levels and the checklist."""

from dataclasses import dataclass, field

from mlsd_coach.models.interviewer import Estimate, Fact, RedFlag, ScenarioThread, VagueQuestion
from mlsd_coach.models.terms import Level, Rule, Signal, Status


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric or of a scenario's stage: what a careful reader looks for."""

    id: str
    statement: str
    signal: Signal
    level: Level = Level.MID
    weight: int = 1
    counts: tuple[Status, ...] = (Status.STATED,)
    """Statuses of a clause that earn; `stated` always implies `hypothetical` ("we could log ...") in the matcher."""
    evidence: Rule | None = None
    reasoned: Rule | None = None
    """What REASONED asks for on top of a reason in the evidence's own window."""
    ways: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Example sentences by register: (("textbook", (...)), ("plain", (...)), ...)."""
    near_misses: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    follow_up: str = ""
    why: str = ""
    advice: str = ""
    earning: str = ""


@dataclass(frozen=True)
class Rubric:
    """The checklist of one stage, the same for every scenario."""

    stage: str
    title: str
    minutes: float
    weight: int
    purpose: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Number:
    """A figure of the scenario that answers can be checked against."""

    id: str
    value: float
    unit: str


@dataclass(frozen=True)
class FollowUp:
    """A question put when a criterion was missing or only named."""

    criterion: str
    ask: str


@dataclass(frozen=True)
class Samples:
    """Three answers to one stage, for proving the content and for learning after an attempt."""

    weak: str = ""
    mid: str = ""
    strong: str = ""


@dataclass(frozen=True)
class StagePlan:
    """One stage of one scenario as it is sat: rubric and scenario's own part put together."""

    id: str
    title: str
    minutes: float
    """Budget in a 45-minute round; sittings of other lengths scale it."""
    weight: int
    prompt: str
    criteria: tuple[Criterion, ...]
    """The rubric's criteria (less those dropped), then the scenario's own."""
    own: frozenset[str] = frozenset()
    """Ids of the criteria that belong to this scenario alone."""
    hints: tuple[str, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    samples: Samples = Samples()
    purpose: str = ""
    dropped: tuple[tuple[str, str], ...] = ()
    """(criterion id, reason) of rubric criteria that make no sense in this scenario."""


CHANGE = "change"
"""Id of the part of a sitting in which a change of requirements is answered."""


@dataclass(frozen=True)
class Change:
    """What changes half-way, as a part of its own: its prompt says what has changed."""

    after: str
    """The stage after which it is put."""
    plan: StagePlan
    """Its id is CHANGE, all of its criteria are the scenario's own."""


@dataclass(frozen=True)
class Resource:
    """A real paper or article, and why it matters here."""

    title: str
    by: str
    year: int | None
    url: str
    why: str


@dataclass(frozen=True)
class Scenario:
    """An interview question with all that the interviewer knows about it."""

    id: str
    title: str
    family: str
    opening: str
    context: str
    stages: tuple[StagePlan, ...]
    tags: tuple[str, ...] = ()
    levels: tuple[Level, ...] = tuple(Level)
    facts: tuple[Fact, ...] = ()
    numbers: tuple[Number, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """Questions that none of the facts answers, so that they are not taken for one that does."""
    vague: tuple[VagueQuestion, ...] = ()
    change: Change | None = None
    red_flags: tuple[RedFlag, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    thread: ScenarioThread = field(default_factory=ScenarioThread)
    resources: tuple[Resource, ...] = ()
    omitted: tuple[tuple[str, str], ...] = ()
    """(stage id, reason) of stages that this scenario leaves out."""
    digest: str = ""
    """SHA-256 of the scenario's own file, in hex."""
    rubrics_digest: str = ""
    """SHA-256 over the rubric files and the lexicon that its criteria came from."""
    source: str = ""
    """The file it came from, for messages."""

    @property
    def parts(self) -> tuple[StagePlan, ...]:
        """The stages, and the change of requirements last."""
        return (*self.stages, self.change.plan) if self.change else self.stages

    def stage(self, stage_id: str) -> StagePlan:
        """Return the stage of that id, or the change as one; KeyError when the scenario leaves it out."""
        if stage_id == CHANGE and self.change is not None:
            return self.change.plan
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        raise KeyError(stage_id)


@dataclass(frozen=True)
class AmbiguousAlias:
    """An alias that means the concept only in company."""

    alias: str
    company: tuple[str, ...] = ()
    not_company: tuple[str, ...] = ()


@dataclass(frozen=True)
class Concept:
    """A term of the field, with the other ways to write it and what it must not be taken for."""

    id: str
    name: str
    aliases: tuple[str, ...]
    stage: str = ""
    gloss: str = ""
    ambiguous: tuple[AmbiguousAlias, ...] = ()
    lookalikes: tuple[str, ...] = ()
    """Phrases of which the words never count as this concept."""


@dataclass(frozen=True)
class Lexicon:
    """All concepts."""

    concepts: tuple[Concept, ...] = ()
    digest: str = ""


@dataclass(frozen=True)
class LevelBar:
    """What a panel expects at one level."""

    id: Level
    title: str
    expects: str
    asks_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Band:
    """A hire-style band with its meaning; it holds from `floor` points of 100 upwards."""

    id: str
    floor: float
    title: str
    meaning: str


@dataclass(frozen=True)
class SignalText:
    """A signal in words."""

    id: Signal
    title: str
    meaning: str


@dataclass(frozen=True)
class Levels:
    """The three bars, the bands (highest first) and the signals in words."""

    bars: tuple[LevelBar, ...]
    bands: tuple[Band, ...]
    signals: tuple[SignalText, ...]


@dataclass(frozen=True)
class RecallQuestion:
    """A requirement question to know by heart, and the criterion it serves."""

    ask: str
    criterion: str


@dataclass(frozen=True)
class SourceKind:
    """A kind of data source in the company brainstorm."""

    id: str
    title: str
    examples: tuple[str, ...]
    patterns: tuple[Rule, ...]


@dataclass(frozen=True)
class ChecklistItem:
    """One of the guide's five preparations."""

    id: str
    title: str
    why: str
    steps: tuple[str, ...]
    concepts: tuple[str, ...] = ()
    questions: tuple[RecallQuestion, ...] = ()
    kinds: tuple[SourceKind, ...] = ()
    prompts: tuple[str, ...] = ()
