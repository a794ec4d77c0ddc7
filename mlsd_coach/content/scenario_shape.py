"""The shape of a scenario file. Imports pydantic."""

from pydantic import Field

from mlsd_coach.content.interview_shapes import (
    Estimate,
    RedFlag,
    RequirementsChange,
    ScenarioFact,
    ScenarioThread,
    VagueQuestion,
)
from mlsd_coach.content.shapes import (
    Address,
    Criterion,
    Headed,
    Id,
    Key,
    Line,
    PlainLevel,
    SampleAnswers,
    StageId,
    Strict,
    Text,
)

_ALL_LEVELS: list[PlainLevel] = ["mid", "senior", "staff"]


class ScenarioNumber(Strict):
    """A figure of the scenario that answers can be checked against."""

    value: float = Field(description="The figure, as a plain SI number.")
    unit: Line = Field(description="Its unit: users, ms, bytes, per_second ...")


class DroppedCriterion(Strict):
    """A rubric criterion that makes no sense in this scenario."""

    criterion: Id = Field(description="Id of the rubric's criterion.")
    reason: Text = Field(description="Why it makes no sense here.")


class FollowUpQuestion(Strict):
    """A question put when a criterion was missing or only named."""

    criterion: Id = Field(description="Id of the criterion it aims at.")
    ask: Text = Field(description="The question, as spoken.")


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
    vague: list[VagueQuestion] = Field([], description="Questions at which the interviewer asks back.")
    omit: dict[StageId, Text] = Field({}, description="Stages left out, each with its reason.")
    stages: dict[StageId, ScenarioStage] = Field(min_length=1, description="The stages, by id.")
    change: RequirementsChange | None = Field(None, description="What changes half-way.")
    red_flags: list[RedFlag] = Field([], description="What raises an eyebrow in this scenario.")
    estimates: list[Estimate] = Field([], description="Figures worked out of `numbers`, to hold answers against.")
    thread: ScenarioThread | None = Field(None, description="What ties the stages of this scenario together.")
    resources: list[ScenarioResource] = Field([], description="Two or three real papers or articles.")
