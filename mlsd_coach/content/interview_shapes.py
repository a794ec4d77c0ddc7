"""The shapes of what the interviewer knows and does: facts, cues, the change, figures. Imports pydantic."""

from typing import Literal

from pydantic import Field

from mlsd_coach.content.shapes import (
    Criterion,
    Headed,
    Id,
    Key,
    Line,
    RuleTree,
    SampleAnswers,
    SignalId,
    StageId,
    Strict,
    Text,
)

PersonaId = Literal["product", "infra", "research", "silent", "balanced"]
BoundId = Literal["at-most", "at-least", "about"]


class FactBound(Strict):
    """A figure that was told: a later design that states another one contradicts it."""

    number: Key = Field(description="Name of the figure, of those under `numbers`.")
    where: RuleTree = Field(description="What stands beside a figure of the answer that means the same thing.")
    bound: BoundId = Field("about", description="Which figures of the answer agree: at-most, at-least, or about.")


class FactDenial(Strict):
    """Words of a later design that contradict a fact that was told."""

    when: RuleTree = Field(description="What says the contrary.")
    because: Text = Field(description="The contradiction in a sentence, as the debrief shows it.")


class PersonaAnswer(Strict):
    """What a persona answers in place of the fact's own words."""

    says: Text = Field(description="The spoken answer.")
    note: Line | None = Field(None, description="It in a few words.")
    expects: dict[SignalId, float] = Field({}, description="Factors for the weights of signals, once agreed.")


class ScenarioFact(Strict):
    """Something the interviewer knows and tells only if asked."""

    id: Key = Field(description="Name of the fact, unique in the scenario.")
    says: Text = Field(description="The interviewer's spoken answer, with the number.")
    about: Line | None = Field(None, description="What it is about, in a few words: how many people use it.")
    note: Line | None = Field(None, description="The answer as a candidate would jot it down, at most 60 characters.")
    asks: list[RuleTree] = Field([], description="Rules; any of them in a question means that this is being asked.")
    kinds: list[Id] = Field([], description="Kinds of question that ask for it, of those in questions.yaml.")
    questions: list[Text] = Field([], description="Questions in which people ask for it.")
    load_bearing: bool = Field(default=False, description="True when a design made without it is likely to be wrong.")
    stage: StageId = Field("requirements", description="The stage in which a good candidate asks.")
    bounds: list[FactBound] = Field([], description="Figures of a later design that would contradict it.")
    against: list[FactDenial] = Field([], description="Words of a later design that would contradict it.")
    expects: dict[SignalId, float] = Field({}, description="Factors for the weights of signals, once it was told.")
    by_persona: dict[PersonaId, PersonaAnswer] = Field({}, description="Other answers of single personas.")


class VagueQuestion(Strict):
    """A question that could mean several facts: the interviewer asks back."""

    asks: list[RuleTree] = Field(min_length=1, description="Rules; any of them in a question that names nothing more.")
    says: Text = Field(description="What the interviewer asks back.")
    between: list[Key] = Field(min_length=2, description="The facts it could mean.")


class RequirementsChange(Strict):
    """What changes half-way: a question with criteria of its own."""

    title: Line = Field(description="The change in a few words.")
    after: StageId = Field("features", description="The stage after which it is put.")
    says: Text = Field(description="What the interviewer says: what has changed, and what they want to hear.")
    minutes: float = Field(3, gt=0, le=60, description="Time for the answer.")
    weight: int = Field(2, ge=1, le=5, description="Weight in the overall score, as a stage's.")
    criteria: list[Criterion] = Field(min_length=1, description="What a good answer holds.")
    samples: SampleAnswers | None = Field(None, description="Sample answers: weak, mid, strong.")


class RedFlag(Strict):
    """Something at which the interviewer raises an eyebrow."""

    id: Id = Field(description="Name of the cue.")
    stages: list[StageId] = Field([], description="Where it is listened for; everywhere when left out.")
    when: RuleTree = Field(description="What raises it.")
    unless: RuleTree = Field(None, description="What in the same answer shows that the candidate knows.")
    says: Text = Field(description="The raised eyebrow in words; never the answer.")
    repaired: RuleTree = Field(description="What in the reply puts it right.")
    lesson: Text = Field(description="What was wrong and what to do instead, for the debrief.")


class EstimateInput(Strict):
    """A figure of the candidate's own that goes into the working."""

    where: RuleTree = Field(description="What stands beside that figure in the answer.")
    default: float = Field(description="The figure taken when the answer has none.")


class Estimate(Strict):
    """A figure that the interviewer can work out, to hold the candidate's against."""

    id: Id = Field(description="Name of the estimate.")
    title: Line = Field(description="What it is, in a few words: embedding table of all posts.")
    where: RuleTree = Field(description="What stands beside a figure of the answer that means this.")
    formula: Line = Field(description="How it is worked out of `numbers`: requests_per_day / 86400.")
    unit: Line = Field(description="The unit of the result: requests/s, bytes, scores/s, users, days.")
    reads: dict[Key, EstimateInput] = Field({}, description="Figures of the candidate's own, by the formula's name.")


class Outcome(Strict):
    """Something that the design may be after; the thread follows it from the goal to the online metric."""

    id: Id = Field(description="Name of the outcome.")
    title: Line = Field(description="It in a few words: time on screen.")
    when: RuleTree = Field(description="How people say it.")


class SourceThread(Strict):
    """A source of data, followed to a feature and to a number."""

    id: Id = Field(description="Name of the source.")
    title: Line = Field(description="It in a few words: logs of what was shown.")
    in_data: RuleTree = Field(description="How the source is named in the data stage.")
    in_features: RuleTree = Field(description="Features that are made of it.")
    as_number: RuleTree = Field(None, description="How those become numbers; by default what the interviewer knows.")


class ScenarioThread(Strict):
    """What ties the stages of this scenario together."""

    outcomes: list[Outcome] = Field([], description="What the design may be after, each with its words.")
    sources: list[SourceThread] = Field([], description="Data sources with the features that follow from them.")


class Persona(Strict):
    """A way of interviewing."""

    id: PersonaId = Field(description="product, infra, research, silent or balanced.")
    title: Line = Field(description="Who that is, in a few words.")
    weights: dict[SignalId, float] = Field({}, description="Factors for the weights of signals; 1 where left out.")
    hello: Text | None = Field(None, description="What they say of themselves at the start.")
    follows_up: bool = Field(default=True, description="False for one who neither follows up nor reacts.")
    unknown: Text = Field(description="What they say to a question nobody has an answer to.")
    noted: Text = Field(description="What they say to an assumption.")
    before_follow_up: list[Text] = Field([], description="Words before a follow-up; one is taken.")
    before_deep_dive: list[Text] = Field([], description="Words before a question of the level above.")
    more: list[Text] = Field([], description="Ways of asking for more; {quote} stands for the candidate's words.")
    enough: list[Text] = Field([], description="Ways of saying that this is enough.")


class ThreadLink(Strict):
    """One link of the chain from the goal to the guardrail."""

    id: Id = Field(description="Name of the link.")
    title: Line = Field(description="It in a few words: business goal.")
    stage: StageId = Field(description="The stage where it is looked for.")
    criteria: list[Id] = Field(min_length=1, description="Criteria of that stage that show it.")
    outcome: bool = Field(default=False, description="True where the words must be after the same thing as the goal.")
    mend: Text = Field(description="What to say next time, when the link is broken.")


class BudgetThread(Strict):
    """A requirement that has to come back: the latency budget."""

    title: Line = Field(description="It in a few words.")
    where: RuleTree = Field(description="How it is said, figure and all.")
    stages: list[StageId] = Field(min_length=1, description="Where it must be said again.")
    mend: Text = Field(description="What to say next time, when it is not.")


class GeneralThread(Strict):
    """The chain that every design has."""

    links: list[ThreadLink] = Field(min_length=2, description="The links, from the goal on.")
    budgets: list[BudgetThread] = Field([], description="Requirements that have to come back.")
    as_number: RuleTree = Field(description="How a feature becomes a number.")


class InterviewerFile(Headed):
    """rubrics/interviewer.yaml: the personas, the red flags of every scenario, the thread through the stages."""

    personas: list[Persona] = Field(min_length=1, description="Ways of interviewing.")
    red_flags: list[RedFlag] = Field([], description="What raises an eyebrow in any scenario.")
    thread: GeneralThread = Field(description="What has to hang together in every design.")


class QuestionKind(Strict):
    """A question that is asked in most interviews, in all the ways in which people ask it."""

    id: Id = Field(description="Name of the kind; facts point at it.")
    about: Line = Field(description="What it asks for, in a few words.")
    asks: list[RuleTree] = Field([], description="Rules; any of them in a question means this kind.")
    questions: list[Text] = Field([], description="Ways of asking it.")


class QuestionsFile(Headed):
    """rubrics/questions.yaml: the questions of every interview, and those that no fact answers."""

    kinds: list[QuestionKind] = Field(min_length=1, description="The kinds of question.")
    elsewhere: list[Text] = Field([], description="Questions that candidates ask and that no fact answers.")
