"""The shapes of what stands in rubrics/: rubric, ways, lexicon, levels, checklist. Imports pydantic."""

from pydantic import Field

from mlsd_coach.content.shapes import (
    Criterion,
    Headed,
    Id,
    Key,
    Line,
    PlainLevel,
    RuleTree,
    SignalId,
    StageId,
    Strict,
    Text,
    Ways,
)


class RubricFile(Headed):
    """rubrics/<stage>.yaml: the checklist of one stage, the same for every scenario."""

    stage: StageId = Field(description="The stage; the same as the file's name.")
    title: Line | None = Field(None, description="Title of the stage; by default its id in words.")
    minutes: float | None = Field(None, gt=0, le=240, description="Budget in a 45-minute round.")
    weight: int = Field(3, ge=1, le=5, description="Weight of the stage in the overall score, 1 to 5.")
    purpose: Text | None = Field(None, description="What the interviewer wants to learn in this stage.")
    criteria: list[Criterion] = Field(min_length=1, description="The checklist, 8 to 12 criteria.")


class CriterionWays(Strict):
    """Ways of saying one criterion."""

    ways: Ways = Field([], description="Sentences in which people say it: a list, or register to list.")
    near_misses: list[Text] = Field([], description="Sentences that look like it and must not count.")


class WaysFile(Headed):
    """rubrics/ways/<stage>.yaml and scenarios/ways/<id>.yaml: ways of saying criteria, kept apart from them."""

    criteria: dict[Id, CriterionWays] = Field({}, description="By the criterion's id.")
    facts: dict[Key, list[Text]] = Field({}, description="Questions in which people ask for a fact, by the fact's id.")
    elsewhere: list[Text] = Field([], description="Questions about this scenario that none of its facts answers.")


class AmbiguousWord(Strict):
    """An alias that means the concept only in company."""

    alias: Text = Field(description="The alias.")
    company: list[Text] = Field([], description="Words of which one must stand near it.")
    not_company: list[Text] = Field([], description="Words of which none may stand near it.")


class LexiconConcept(Strict):
    """A term of the field."""

    id: Id = Field(description="Name of the concept, for `@id` in rules.")
    name: Line = Field(description="The term as people write it.")
    aliases: list[Text] = Field([], description="Other ways to write it.")
    stage: StageId | None = Field(None, description="The stage in which it matters most.")
    gloss: Text | None = Field(None, description="What it is and why it matters, in a sentence or two.")
    ambiguous: list[AmbiguousWord] = Field([], description="Aliases that need company.")
    not_: list[Text] = Field([], alias="not", description="Phrases whose words never count as this concept.")


class LexiconFile(Headed):
    """rubrics/lexicon.yaml: the concepts of the field."""

    concepts: list[LexiconConcept] = Field(description="The concepts.")


class LevelText(Strict):
    """What a panel expects at one level."""

    id: PlainLevel = Field(description="mid, senior or staff.")
    title: Line = Field(description="The level in words.")
    expects: Text = Field(description="What a panel expects.")
    asks_for: list[Text] = Field([], description="The same in points.")


class ScoreBand(Strict):
    """A hire-style band."""

    id: Id = Field(description="Name of the band.")
    from_: float = Field(alias="from", ge=0, le=100, description="It holds from this many points of 100 upwards.")
    title: Line = Field(description="The band in words.")
    meaning: Text = Field(description="What it means.")


class SignalWords(Strict):
    """A signal in words."""

    id: SignalId = Field(description="The signal.")
    title: Line = Field(description="The signal in words.")
    meaning: Text = Field(description="What a panel means by it.")


class LevelsFile(Headed):
    """rubrics/levels.yaml: the three bars, the bands and the signals in words."""

    levels: list[LevelText] = Field(min_length=1, description="The levels.")
    bands: list[ScoreBand] = Field(min_length=1, description="The bands; one must start at 0.")
    signals: list[SignalWords] = Field([], description="The signals in words.")


class Recall(Strict):
    """A requirement question to know by heart."""

    ask: Text = Field(description="The question.")
    criterion: Id = Field(description="The criterion it serves.")


class BrainstormKind(Strict):
    """A kind of data source in the company brainstorm."""

    id: Id = Field(description="Name of the kind.")
    title: Line = Field(description="The kind in words.")
    examples: list[Text] = Field([], description="Examples.")
    patterns: list[RuleTree] = Field([], description="Rules; any of them in a line counts it to this kind.")


class Preparation(Strict):
    """One of the preparations."""

    id: Id = Field(description="Name of the item; ticks point at it.")
    title: Line = Field(description="The item in words.")
    why: Text = Field(description="Why it helps.")
    steps: list[Text] = Field([], description="What to do.")
    concepts: list[Id] = Field([], description="Concepts to know, by id.")
    questions: list[Recall] = Field([], description="Questions to recall from memory.")
    kinds: list[BrainstormKind] = Field([], description="Kinds of data source to brainstorm.")
    prompts: list[Text] = Field([], description="Prompts for the brainstorm.")


class ChecklistFile(Headed):
    """rubrics/checklist.yaml: the preparations before the interview."""

    items: list[Preparation] = Field(min_length=1, description="The preparations.")
