"""What every content file's shape is made of: strict models, texts, ids, rules. Imports pydantic."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag, WithJsonSchema

from mlsd_coach.models import STAGES

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Any text that says something."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\n]*$", max_length=200)]
"""A text that is shown in one line."""

Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)]
"""An address on the web."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""A name that history may point at: lower-case letters, digits and single hyphens."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=64)]
"""The name of a number or a fact."""

StageId = Literal[STAGES]  # type: ignore[valid-type]
"""One of the nine stages."""

SignalId = Literal[
    "product-sense", "data-sense", "ml-depth", "systems", "experimentation", "communication-and-leadership"
]

StatusId = Literal["stated", "asked", "hypothetical", "rejected", "attributed"]

PlainLevel = Literal["mid", "senior", "staff"]

_LEVEL_WORDS = {"core": "mid", "depth": "senior", "systemic": "staff"}

LevelId = Annotated[
    Literal["mid", "senior", "staff", "core", "depth", "systemic"],
    AfterValidator(lambda word: _LEVEL_WORDS.get(word, word)),
]
"""A level, or its other name: core = mid, depth = senior, systemic = staff."""

RULE_REFERENCE = "#/$defs/Rule"
RULE_SCHEMA: dict[str, Any] = {
    "description": "A phrase, or one of any, all, near, count, not.",
    "anyOf": [
        {"type": "string", "minLength": 1},
        *(
            {
                "type": "object",
                "properties": {key: {"type": "array", "minItems": 1, "items": {"$ref": RULE_REFERENCE}}},
                "required": [key],
                "additionalProperties": False,
            }
            for key in ("any", "all", "near")
        ),
        {
            "type": "object",
            "properties": {"not": {"$ref": RULE_REFERENCE}},
            "required": ["not"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {
                "count": {
                    "type": "object",
                    "properties": {
                        "at_least": {"type": "integer", "minimum": 1},
                        "of": {"type": "array", "minItems": 1, "items": {"$ref": RULE_REFERENCE}},
                    },
                    "required": ["at_least", "of"],
                    "additionalProperties": False,
                }
            },
            "required": ["count"],
            "additionalProperties": False,
        },
    ],
}
"""JSON Schema of a rule; what stands in a rule is checked by `rule_syntax`, with better messages."""

RULE_MARK = "mlsd-rule"
RuleTree = Annotated[Any, WithJsonSchema({"format": RULE_MARK})]
"""A rule as written; `rule_syntax` checks it. In the JSON Schema the mark becomes a reference to RULE_SCHEMA."""

AS_LIST, AS_REGISTERS = "as-list", "as-registers"
"""Names of the two forms of `ways`; they are no part of a trail."""


class Strict(BaseModel):
    """A mapping of which every key is known and nothing is converted in silence."""

    model_config = ConfigDict(strict=True, extra="forbid")


class WaysByRegister(Strict):
    """Example sentences by register."""

    textbook: list[Text] = Field([], description="In the terms of the field.")
    plain: list[Text] = Field([], description="In plain words, without jargon.")
    terse: list[Text] = Field([], description="As terse bullets, with abbreviations and arrows.")
    speech: list[Text] = Field([], description="As transcribed speech.")
    simple: list[Text] = Field([], description="In the simple English of a non-native speaker.")


def _ways_form(value: object) -> str | None:
    if isinstance(value, list):
        return AS_LIST
    return AS_REGISTERS if isinstance(value, dict | WaysByRegister) else None


Ways = Annotated[
    Annotated[list[Text], Tag(AS_LIST)] | Annotated[WaysByRegister, Tag(AS_REGISTERS)],
    Discriminator(
        _ways_form,
        custom_error_type="ways_form",
        custom_error_message="expected a list of sentences, or a mapping from register to a list",
    ),
]


class Criterion(Strict):
    """One line of a rubric or of a scenario's stage: what a careful reader looks for."""

    id: Id = Field(description="Name of the criterion; stable for ever, since history points at it.")
    statement: Text = Field(description="A full sentence that a reader could judge an answer by.")
    signal: SignalId | None = Field(None, description="What the panel is grading; by default that of the stage.")
    level: LevelId = Field("mid", description="Where it is expected: mid (core), senior (depth), staff (systemic).")
    weight: int = Field(1, ge=1, le=5, description="Its share of the stage's points, 1 to 5.")
    counts: list[StatusId] = Field(["stated"], min_length=1, description="Which ways of saying it earn.")
    evidence: RuleTree = Field(None, description="The rule that finds it; without one, the statement is used.")
    reasoned: RuleTree = Field(None, description="What REASONED asks for, where a bare reason is not enough.")
    ways: Ways = Field([], description="Sentences in which people say it: a list, or register to list.")
    near_misses: list[Text] = Field([], description="Sentences that look like it and must not count.")
    hints: list[Text] = Field([], description="From a nudge to nearly there; never the full answer.")
    follow_up: Text | None = Field(None, description="The interviewer's question when it is missing or only named.")
    why: Text | None = Field(None, description="Why a panel cares.")
    advice: Text | None = Field(None, description="What to do next time.")
    earning: Text | None = Field(None, description="What a candidate could say to earn REASONED.")


class SampleAnswers(Strict):
    """Three answers to the stage, by which `mlsd-coach check` proves the content."""

    weak: Text | None = Field(None, description="Plausible and vague, 40-80 words.")
    mid: Text | None = Field(None, description="Core things named with few reasons, 80-140 words.")
    strong: Text | None = Field(None, description="A good candidate talking, 120-220 words.")


class Headed(Strict):
    """A file that opens with its format."""

    format: Literal[1] = Field(description="Version of the format; 1.")
