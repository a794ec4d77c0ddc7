"""The schema: what each kind of content file may hold, with every problem of a file at once. Imports pydantic."""

from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mlsd_coach.content.guard import Document
from mlsd_coach.content.guard_limits import Trail
from mlsd_coach.content.interview_shapes import InterviewerFile, QuestionsFile
from mlsd_coach.content.rubric_shapes import ChecklistFile, LevelsFile, LexiconFile, RubricFile, WaysFile
from mlsd_coach.content.scenario_shape import ScenarioFile
from mlsd_coach.content.shapes import AS_LIST, AS_REGISTERS, RULE_MARK, RULE_REFERENCE, RULE_SCHEMA, Headed
from mlsd_coach.content.texts import did_you_mean
from mlsd_coach.errors import ContentError, Problem
from mlsd_coach.models import FORMAT

MODELS: dict[str, type[Headed]] = {
    "scenario": ScenarioFile,
    "rubric": RubricFile,
    "ways": WaysFile,
    "lexicon": LexiconFile,
    "levels": LevelsFile,
    "checklist": ChecklistFile,
    "interviewer": InterviewerFile,
    "questions": QuestionsFile,
}
"""The kinds of content file."""


def read_shape(kind: str, document: Document) -> tuple[dict[str, Any], list[Problem]]:
    """Hold a document against the shape of its kind: (plain data with every default filled in, problems).

    The data is empty when there is a problem. ContentError when the file is of a newer format.
    """
    problems = list(document.problems)
    written = document.data.get("format")
    if isinstance(written, int) and written > FORMAT:
        message = f"written in format {written}; this coach reads format {FORMAT}: install a newer mlsd-coach"
        raise ContentError([document.problem(("format",), message)])
    try:
        model = MODELS[kind].model_validate(document.data)
    except ValidationError as error:
        problems += [_problem(MODELS[kind], document, details) for details in error.errors(include_url=False)]
    if problems:
        return {}, problems
    return model.model_dump(mode="json", by_alias=True), []


@cache
def _model_schema(model: type[Headed]) -> dict[str, Any]:
    return model.model_json_schema()


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one kind, for editors."""
    schema: dict[str, Any] = _with_rules(_model_schema(MODELS[kind]))
    if RULE_REFERENCE in repr(schema):
        schema["$defs"]["Rule"] = RULE_SCHEMA
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _with_rules(node: Any) -> Any:  # noqa: ANN401 - a JSON Schema is any JSON
    """Copy a JSON Schema with each marked rule turned into a reference: pydantic cannot refer to a schema by hand."""
    if isinstance(node, list):
        return [_with_rules(part) for part in node]
    if not isinstance(node, dict):
        return node
    copied = {key: _with_rules(part) for key, part in node.items() if (key, part) != ("format", RULE_MARK)}
    return copied if len(copied) == len(node) else {**copied, "$ref": RULE_REFERENCE}


def _problem(model: type[Headed], document: Document, details: ErrorDetails) -> Problem:
    trail = tuple(step for step in details["loc"] if step not in (AS_LIST, AS_REGISTERS, "[key]"))
    if details["type"] == "extra_forbidden":
        return document.problem(trail, _unknown_key(model, trail))
    return document.problem(trail, _message(details, trail))


def _unknown_key(model: type[Headed], trail: Trail) -> str:
    """Say which keys are known where `trail` ends."""
    known = _known_keys(model, trail[:-1])
    key = str(trail[-1])
    return f"unknown key '{key}'{did_you_mean(key, known)}; known here: {', '.join(known)}"


def _known_keys(model: type[Headed], trail: Trail) -> tuple[str, ...]:
    """Walk the JSON Schema of `model` along `trail` and return the keys of the mapping it ends at."""
    schema = node = _model_schema(model)
    for step in trail:
        node = _inside(schema, node, step)
    return tuple(_resolved(schema, node, "properties").get("properties", {}))


def _inside(schema: dict[str, Any], node: dict[str, Any], step: str | int) -> dict[str, Any]:
    if isinstance(step, int):
        return dict(_resolved(schema, node, "items").get("items", {}))
    keyed = _resolved(schema, node, "properties").get("properties", {})
    if step in keyed:
        return dict(keyed[step])
    # A mapping with names of the author's own: pydantic writes a name's pattern as patternProperties.
    by_pattern = _resolved(schema, node, "patternProperties").get("patternProperties", {})
    by_name = _resolved(schema, node, "additionalProperties").get("additionalProperties", {})
    return next(iter(by_pattern.values()), by_name if isinstance(by_name, dict) else {})


def _resolved(schema: dict[str, Any], node: dict[str, Any], wanted: str) -> dict[str, Any]:
    """Follow references and alternatives from `node` to a part that has `wanted`."""
    if "$ref" in node:
        return _resolved(schema, schema["$defs"].get(node["$ref"].rsplit("/", 1)[-1], {}), wanted)
    for part in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        found = _resolved(schema, part, wanted)
        if wanted in found:
            return found
    return node


_FOUND = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a mapping"}


def _found(value: object) -> str:
    if value is None:
        return "nothing"
    return f"{_FOUND.get(type(value), 'something else')}{f' ({value!r})' if isinstance(value, int | float) else ''}"


def _message(details: ErrorDetails, trail: Trail) -> str:
    """Say in plain words what pydantic found."""
    kind, value, context = details["type"], details.get("input"), details.get("ctx", {})
    if kind == "missing":
        return f"the key '{trail[-1]}' is missing"
    if kind == "literal_error":
        known = [word.strip("' ") for word in str(context["expected"]).replace(" or ", ",").split(",")]
        near = did_you_mean(value, known) if isinstance(value, str) else ""
        listed = f"one of {', '.join(known)}" if len(known) > 1 else known[0]
        return f"expected {listed}; found {'nothing' if value is None else repr(value)}{near}"
    expected = _EXPECTED.get(kind)
    if expected:
        is_number_for_text = kind == "string_type" and isinstance(value, int | float)
        return f"expected {expected}, found {_found(value)}{_QUOTE_IT if is_number_for_text else ''}"
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(str(context["pattern"]), f"does not look as expected: {value!r}")
    if kind in _BOUNDS:
        return _BOUNDS[kind].format(**context)
    return str(details["msg"])


_QUOTE_IT = ": put it in quotes if text is meant"
_EXPECTED = {
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
}
_PATTERNS = {
    r"^[^\n]*$": "expected a single line",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "an id is lower-case letters, digits and single hyphens, such as cold-start",
    r"^[a-z0-9]+([-_][a-z0-9]+)*$": "a name is lower-case letters, digits and single hyphens or underscores",
    r"^https?://\S+$": "expected an address that starts with https:// or http://",
}
_BOUNDS = {
    "string_too_short": "is empty: write the text, or leave the key out",
    "string_too_long": "is longer than {max_length} characters",
    "too_short": "is empty: at least {min_length} is needed",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "finite_number": "must be a finite number",
}
