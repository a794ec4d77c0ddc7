"""The shape of a scenario file. Imports pydantic."""

from pydantic import Field

from mlsd_coach.content.shapes import (
    Address,
    Criterion,
    Headed,
    Id,
    Key,
    Line,
    PlainLevel,
    RuleTree,
    StageId,
    Strict,
    Text,
)

_ALL_LEVELS: list[PlainLevel] = ["mid", "senior", "staff"]


class ScenarioNumber(Strict):
    """A figure of the scenario that answers can be checked against."""

    value: float = Field(description="The figure, as a plain SI number.")
    unit: Line = Field(description="Its unit: users, ms, bytes, per_second ...")


class ScenarioFact(Strict):
    """Something the interviewer knows and tells only if asked."""

    id: Key = Field(description="Name of the fact, unique in the scenario.")
    says: Text = Field(description="The interviewer's spoken answer, with the number.")
    asks: list[RuleTree] = Field([], description="Rules; any of them in a question means that this is being asked.")
    load_bearing: bool = Field(default=False, description="True when a design made without it is likely to be wrong.")
    stage: StageId = Field("requirements", description="The stage in which a good candidate asks.")


class DroppedCriterion(Strict):
    """A rubric criterion that makes no sense in this scenario."""

    criterion: Id = Field(description="Id of the rubric's criterion.")
    reason: Text = Field(description="Why it makes no sense here.")


class FollowUpQuestion(Strict):
    """A question put when a criterion was missing or only named."""

    criterion: Id = Field(description="Id of the criterion it aims at.")
    ask: Text = Field(description="The question, as spoken.")


class SampleAnswers(Strict):
    """Three answers to the stage, by which `mlsd-coach check` proves the content."""

    weak: Text | None = Field(None, description="Plausible and vague, 40-80 words.")
    mid: Text | None = Field(None, description="Core things named with few reasons, 80-140 words.")
    strong: Text | None = Field(None, description="A good candidate talking, 120-220 words.")


class ScenarioStage(Strict):
    """One stage of the scenario."""

    prompt: Text = Field(description="What the interviewer says to open the stage; must not list the criteria.")
    title: Line | None = Field(None, description="A title of its own; by default the rubric's.")
    minutes: float | None = Field(None, gt=0, le=240, description="Budget of 45 minutes; by default the rubric's.")
    weight: int | None = Field(None, ge=1, le=5, description="Weight in the overall score; by default the rubric's.")
    criteria: list[Criterion] = Field([], description="Criteria of this scenario alone, on top of the rubric's.")
    drop: list[DroppedCriterion] = Field([], description="Rubric criteria that make no sense here.")
    hints: list[Text] = Field([], description="Hints to the stage as a whole, from a nudge to nearly there.")
    follow_ups: list[FollowUpQuestion] = Field([], description="Questions aimed at single criteria.")
    samples: SampleAnswers | None = Field(None, description="Sample answers: weak, mid, strong.")


class ScenarioResource(Strict):
    """A real paper or article."""

    title: Line = Field(description="Its title.")
    url: Address = Field(description="Where it is.")
    by: Line | None = Field(None, description="Company or authors.")
    year: int | None = Field(None, ge=1900, le=2100, description="Year it appeared.")
    why: Text | None = Field(None, description="Why it matters for this scenario.")


class ScenarioFile(Headed):
    """scenarios/<id>.yaml: an interview question with all that the interviewer knows about it."""

    title: Line = Field(description="The question in a few words.")
    family: Line | None = Field(None, description="Kind of system: recommender, search, classification ...")
    tags: list[Line] = Field([], description="Words to find it by.")
    levels: list[PlainLevel] = Field(_ALL_LEVELS, min_length=1, description="Levels it suits.")
    opening: Text | None = Field(None, description="The interviewer's spoken opening, one to three sentences.")
    context: Text | None = Field(None, description="Company and product as the candidate knows them from the start.")
    numbers: dict[Key, ScenarioNumber] = Field({}, description="Figures for later checks, by name.")
    facts: list[ScenarioFact] = Field([], description="What the interviewer tells only if asked.")
    omit: dict[StageId, Text] = Field({}, description="Stages left out, each with its reason.")
    stages: dict[StageId, ScenarioStage] = Field(min_length=1, description="The stages, by id.")
    resources: list[ScenarioResource] = Field([], description="Two or three real papers or articles.")
