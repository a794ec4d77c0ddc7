"""A content file read and checked from its text: the path of an author, and of a file that is not in the cache.

Imports YAML and pydantic, so the library imports it only when it must.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlsd_coach.content.guard import Document, dotted, read_document
from mlsd_coach.content.guard_limits import Trail
from mlsd_coach.content.ids import is_id
from mlsd_coach.content.rule_syntax import check_rule, rules_in
from mlsd_coach.content.schema import read_shape
from mlsd_coach.content.sources import Source, read_bytes, shown
from mlsd_coach.errors import ContentError, Problem

_NO_ID = "the file's name is the scenario's id: lower-case letters, digits and single hyphens; found '{}'"


@dataclass(frozen=True)
class Fresh:
    """A content file that has just been read."""

    source: Source
    document: Document | None
    """None when the file could not be read at all."""
    plain: dict[str, Any]
    """Empty when there is a problem."""
    problems: tuple[Problem, ...]
    """Sorted by line."""


def read_fresh(source: Source, raw: bytes, concepts: frozenset[str] | None) -> Fresh:
    """Read one file with every problem that keeps it from being used; `concepts` None leaves concepts unchecked."""
    document = None
    try:
        document = read_document(raw, shown(source.path))
        plain, problems = read_shape(source.shape, document)
    except ContentError as error:
        return Fresh(source, document, {}, error.problems)
    if source.kind == "scenario" and not is_id(source.id):
        problems.append(document.problem((), _NO_ID.format(source.id)))
    problems += _rule_problems(document, concepts)
    problems += [document.problem(trail, message) for trail, message in _repeated_ids(source, document.data)]
    if problems:
        plain = {}
    return Fresh(source, document, plain, tuple(sorted(problems, key=lambda problem: problem.line)))


def _rule_problems(document: Document, concepts: frozenset[str] | None) -> Iterator[Problem]:
    for trail, rule in rules_in(document.data):
        for place, message in check_rule(rule, concepts, trail):
            yield document.problem(place, message)


def _repeated_ids(source: Source, data: object) -> Iterator[tuple[Trail, str]]:
    """Yield ids that stand twice in the same list, and criteria that stand twice in a scenario."""
    if source.kind == "scenario":
        stages = _at(data, ("stages",))
        lists = [("stages", stage, "criteria") for stage in stages] if isinstance(stages, dict) else []
        for key in ("facts", "red_flags", "estimates"):
            yield from _repeated(data, [(key,)])
        yield from _repeated(data, [*lists, ("change", "criteria")])
    else:
        yield from _repeated(data, [("criteria",)])
        for key in ("concepts", "levels", "bands", "signals", "items", "personas", "red_flags", "kinds"):
            yield from _repeated(data, [(key,)])


def _repeated(data: object, lists: Sequence[Trail]) -> Iterator[tuple[Trail, str]]:
    seen: dict[str, Trail] = {}
    for trail in lists:
        entries = _at(data, trail)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            name = entry.get("id") if isinstance(entry, dict) else None
            here = (*trail, index, "id")
            if isinstance(name, str) and name in seen:
                yield here, f"the id '{name}' is here twice (first at {dotted(seen[name])})"
            elif isinstance(name, str):
                seen[name] = here


def _at(data: object, trail: Trail) -> object:
    for step in trail:
        data = data.get(step) if isinstance(data, dict) else None
    return data


class Lines:
    """Where things stand in a content file: problems at places that were found by other means than reading it."""

    def __init__(self, path: Path) -> None:
        self._file = shown(path)
        self._lines: dict[str, int] = {}
        try:
            document = read_document(read_bytes(path), self._file)
        except ContentError:
            return  # unreadable: problems stand at line 1
        self._lines = {dotted(trail): line for trail, line in document.lines.items()}

    def problem(self, place: str, message: str) -> Problem:
        """Return a Problem at a dotted place, with the line of it or of its nearest parent."""
        parent = place
        while parent and parent not in self._lines:
            parent = parent[: max(parent.rfind("."), parent.rfind("["), 0)]
        return Problem(self._file, self._lines.get(parent, 1), place, message)
