"""YAML under guard: a file becomes plain data with a line for every path, or is refused with its reason.

The guard reads parser events, so that a hostile file is refused before anything of it is built.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from mlsd_coach.content.guard_limits import MAX_BYTES, MAX_DEPTH, MAX_EVENTS, Trail
from mlsd_coach.content.texts import plain_text
from mlsd_coach.content.traps import read_scalar
from mlsd_coach.errors import ContentError, Problem

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML was built with it: ten times faster


@dataclass(frozen=True)
class Document:
    """A YAML file as plain data."""

    source: str
    data: Any
    lines: dict[Trail, int]
    """1-based line of the key or list item at each trail."""
    problems: tuple[Problem, ...] = ()
    """What is wrong already, though it could be read: duplicate keys, words that YAML readers disagree on."""

    def line(self, trail: Trail) -> int:
        """Return the line of `trail`, or of its nearest parent that stands in the file."""
        while trail and trail not in self.lines:
            trail = trail[:-1]
        return self.lines.get(trail, 1)

    def problem(self, trail: Trail, message: str) -> Problem:
        """Return a Problem of this file at `trail`."""
        return Problem(self.source, self.line(trail), dotted(trail), message)


def dotted(trail: Trail) -> str:
    """Write a trail as people do: `stages.data.criteria[2].level`."""
    text = ""
    for step in trail:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def read_document(raw: bytes, source: str) -> Document:
    """Read the bytes of one YAML file; ContentError with one problem when it is refused."""
    text = _decode(raw, source)
    tree = _Tree(source)
    try:
        for event in _guarded(text, source):
            tree.take(event)
    except yaml.YAMLError as error:
        raise ContentError([_syntax_problem(error, source)]) from None
    if not isinstance(tree.data, dict):
        found = "nothing" if tree.data is None else "a list" if isinstance(tree.data, list) else "a single value"
        raise _refused(source, 1, f"expected keys and values at the top of the file, found {found}")
    return Document(source, tree.data, tree.lines, tuple(tree.problems))


def _decode(raw: bytes, source: str) -> str:
    if len(raw) > MAX_BYTES:
        raise _refused(source, 0, f"the file is larger than 1 MB ({MAX_BYTES:,} bytes): split it, or shorten it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused(source, line, f"not UTF-8 (byte 0x{raw[error.start]:02x}): save the file as UTF-8") from None
    return plain_text(text)


def _refused(source: str, line: int, message: str) -> ContentError:
    return ContentError([Problem(source, line, "", message)])


def _guarded(text: str, source: str) -> Iterator[yaml.Event]:
    """Yield the events of one document, refusing what a content file never needs."""
    depth = documents = 0
    for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        line = _line(event)
        if count >= MAX_EVENTS:
            raise _refused(source, line, f"the file has more than {MAX_EVENTS:,} parts: split it")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _refused(source, line, "anchors (&x) and aliases (*x) are not taken: write the text out, or quote it")
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise _refused(source, line, f"tags ({tag}) are not taken: leave the tag out, or quote the text")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _refused(source, line, f"nested deeper than {MAX_DEPTH} levels")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _refused(source, line, "a second document (---) is not taken: make it a file of its own")
        yield event


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 0


def _syntax_problem(error: yaml.YAMLError, source: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    if "nesting depth" in what:
        # A newer YAML library has a limit of its own, and reads so far ahead that it is reached before ours.
        return Problem(source, mark.line + 1 if mark else 0, "", f"nested deeper than {MAX_DEPTH} levels")
    hint = ""
    if "cannot start any token" in what:
        hint = " (indent with spaces, not tabs; quote text that starts with @, `, % or a tab)"
    elif "mapping values are not allowed" in what:
        hint = " (quote text that contains a colon and a space)"
    elif "expected <block end>" in what or "did not find expected" in what:
        hint = " (check the indentation and the quotes of this line and the one above)"
    return Problem(source, mark.line + 1 if mark else 0, "", f"not valid YAML: {what}{hint}")


@dataclass
class _Frame:
    """A list or mapping that is being filled."""

    container: list[Any] | dict[str, Any]
    trail: Trail | None
    """None inside the second value of a duplicate key: it is read over and dropped."""
    key: str | None = None
    key_line: int = 0
    dropped: bool = False
    key_lines: dict[str, int] = field(default_factory=dict)


class _Tree:
    """Builds plain data from events, without recursion."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.data: Any = None
        self.lines: dict[Trail, int] = {}
        self.problems: list[Problem] = []
        self._frames: list[_Frame] = []

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        line = _line(event)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            container: list[Any] | dict[str, Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
            self._frames.append(_Frame(container, self._place(container, line)))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._frames.pop()

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        frame = self._frames[-1] if self._frames else None
        # Double-quoted text may spell out what was stripped from the file: "\x1b".
        value, complaint = plain_text(event.value), ""
        is_bare = event.style in (None, "")
        if frame is not None and isinstance(frame.container, dict) and frame.key is None:
            if is_bare and read_scalar(value)[1]:
                self._complain((*(frame.trail or ()), value), line, f"as a key, {read_scalar(value)[1]}")
            self._key(frame, value, line)
            return
        plain: Any = value
        if is_bare:
            plain, complaint = read_scalar(value)
        trail = self._place(plain, line)
        if complaint and trail is not None:
            self._complain(trail, line, complaint)

    def _key(self, frame: _Frame, key: str, line: int) -> None:
        frame.key, frame.key_line = key, line
        frame.dropped = key in frame.key_lines
        if frame.dropped:
            first = frame.key_lines[key]
            self._complain((*(frame.trail or ()), key), line, f"the key '{key}' is here twice (first in line {first})")
        frame.key_lines.setdefault(key, line)

    def _place(self, value: object, line: int) -> Trail | None:
        """Put `value` where it belongs and return its trail, or None when it is dropped."""
        if not self._frames:
            self.data = value
            return ()
        frame = self._frames[-1]
        if isinstance(frame.container, list):
            frame.container.append(value)
            return self._mark(frame, len(frame.container) - 1, line)
        key, frame.key = frame.key, None
        if key is None:  # a list or mapping where a key belongs: `? [a, b]` or `{{a}}`
            raise _refused(self.source, line, "a key must be a single word; quote text that starts with { or [")
        if frame.dropped:
            return None
        frame.container[key] = value
        return self._mark(frame, key, frame.key_line)

    def _mark(self, frame: _Frame, step: str | int, line: int) -> Trail | None:
        if frame.trail is None:
            return None
        trail = (*frame.trail, step)
        self.lines[trail] = line
        return trail

    def _complain(self, trail: Trail, line: int, message: str) -> None:
        self.problems.append(Problem(self.source, line, dotted(trail), message))
