"""What the interviewer knows beyond the prompts: facts, cues, the change of requirements, figures, the thread."""

from dataclasses import dataclass, field
from enum import StrEnum

from mlsd_coach.models.terms import Rule, Signal


class Bound(StrEnum):
    """How a figure of the design is held against one that was told."""

    AT_MOST = "at-most"
    AT_LEAST = "at-least"
    ABOUT = "about"


@dataclass(frozen=True)
class FactBound:
    """A figure that was told; a later design that states another one beside `where` contradicts it."""

    number: str
    """Name of one of the scenario's numbers."""
    where: Rule
    bound: Bound = Bound.ABOUT


@dataclass(frozen=True)
class FactDenial:
    """Words that contradict a fact, and the contradiction in a sentence."""

    when: Rule
    because: str


@dataclass(frozen=True)
class PersonaAnswer:
    """What a persona answers in place of the fact's own words."""

    says: str
    note: str = ""
    expects: tuple[tuple[Signal, float], ...] = ()


@dataclass(frozen=True)
class Fact:
    """Something the interviewer knows and tells only if asked."""

    id: str
    says: str
    asks: tuple[Rule, ...] = ()
    load_bearing: bool = False
    stage: str = "requirements"
    about: str = ""
    """What it is about, in a few words; by default its id."""
    note: str = ""
    """The answer as a candidate would jot it down."""
    questions: tuple[str, ...] = ()
    """Questions in which people ask for it."""
    kinds: tuple[str, ...] = ()
    """Ids of the kinds of question that ask for it."""
    bounds: tuple[FactBound, ...] = ()
    against: tuple[FactDenial, ...] = ()
    expects: tuple[tuple[Signal, float], ...] = ()
    """Factors on the weights of signals, once it was told: what this round is agreed to be about."""
    by_persona: tuple[tuple[str, PersonaAnswer], ...] = ()

    def told_by(self, persona: str) -> PersonaAnswer:
        """Return what a persona answers."""
        return dict(self.by_persona).get(persona) or PersonaAnswer(self.says, self.note, self.expects)


@dataclass(frozen=True)
class QuestionKind:
    """A question of most interviews, in the ways in which people ask it."""

    id: str
    about: str
    asks: tuple[Rule, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Questions:
    """The kinds of question, and questions that no fact answers."""

    kinds: tuple[QuestionKind, ...] = ()
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True)
class VagueQuestion:
    """A question that could mean several facts, and what the interviewer asks back."""

    asks: tuple[Rule, ...]
    says: str
    between: tuple[str, ...]
    """Ids of the facts it could mean."""


@dataclass(frozen=True)
class RedFlag:
    """Something at which the interviewer raises an eyebrow."""

    id: str
    when: Rule
    says: str
    repaired: Rule
    lesson: str
    stages: tuple[str, ...] = ()
    """Where it is listened for; everywhere when empty."""
    unless: Rule | None = None


@dataclass(frozen=True)
class EstimateInput:
    """A figure of the candidate's own that goes into the working of an estimate."""

    name: str
    where: Rule
    default: float


@dataclass(frozen=True)
class Estimate:
    """A figure that can be worked out of the scenario's numbers, to hold the candidate's against."""

    id: str
    title: str
    where: Rule
    formula: str
    unit: str
    reads: tuple[EstimateInput, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Something that a design may be after, and how people say it."""

    id: str
    title: str
    when: Rule


@dataclass(frozen=True)
class SourceThread:
    """A source of data, followed to a feature and to a number."""

    id: str
    title: str
    in_data: Rule
    in_features: Rule
    as_number: Rule | None = None


@dataclass(frozen=True)
class ScenarioThread:
    """What ties the stages of one scenario together."""

    outcomes: tuple[Outcome, ...] = ()
    sources: tuple[SourceThread, ...] = ()


@dataclass(frozen=True)
class ThreadLink:
    """One link of the chain from the goal to the guardrail."""

    id: str
    title: str
    stage: str
    criteria: tuple[str, ...]
    """Criteria of the stage of which any shows it."""
    outcome: bool = False
    """True where it has to be after the same thing as the links before."""
    mend: str = ""


@dataclass(frozen=True)
class BudgetThread:
    """A requirement that has to come back in later stages."""

    title: str
    where: Rule
    stages: tuple[str, ...]
    mend: str = ""


@dataclass(frozen=True)
class GeneralThread:
    """The chain that every design has."""

    links: tuple[ThreadLink, ...] = ()
    budgets: tuple[BudgetThread, ...] = ()
    as_number: Rule | None = None
    """How a feature becomes a number."""


@dataclass(frozen=True)
class Persona:
    """A way of interviewing: what weighs more, what is said and how."""

    id: str
    title: str
    weights: tuple[tuple[Signal, float], ...] = ()
    """Factors on the weights of signals; 1 for those left out."""
    hello: str = ""
    follows_up: bool = True
    """False for one who neither follows up nor reacts."""
    unknown: str = "I have no number for that. What would you assume?"
    noted: str = "Fine, let's go with that."
    before_follow_up: tuple[str, ...] = ()
    before_deep_dive: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    enough: tuple[str, ...] = ()


BALANCED = "balanced"
"""The persona that weighs everything as authored."""


@dataclass(frozen=True)
class Interviewer:
    """What every interviewer brings along: personas, red flags, the thread."""

    personas: tuple[Persona, ...] = (Persona(BALANCED, "A balanced interviewer"),)
    red_flags: tuple[RedFlag, ...] = ()
    thread: GeneralThread = field(default_factory=GeneralThread)

    def persona(self, name: str) -> Persona:
        """Return the persona of that name, the first one where there is none."""
        return next((each for each in self.personas if each.id == name), self.personas[0])
