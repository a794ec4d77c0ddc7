"""An answers file: markdown with a heading a stage, read into one text a stage."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mlsd_coach.content.guard_limits import MAX_BYTES
from mlsd_coach.content.stage_names import fold_name, near_stage, stage_names
from mlsd_coach.content.texts import did_you_mean, plain_text
from mlsd_coach.errors import ContentError, Problem
from mlsd_coach.models import Scenario

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*\Z")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*\Z")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def decode_answers(raw: bytes, *, source: str) -> str:
    """Return the text of an answers file; ContentError when it is not UTF-8 or larger than 1 MB.

    A byte-order mark is left out; `source` names the file in messages.
    """
    check_size(len(raw), source)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = Problem(source, line, "", f"not UTF-8 (byte 0x{raw[error.start]:02x})")
        raise ContentError([problem], fix="Save the answers as UTF-8 and try again.") from None


def read_answers(text: str, scenario: Scenario, *, source: str) -> dict[str, str]:
    """Return the answers by stage id, in the order of the file.

    A heading is a stage's id or title at any level, case and punctuation free. A deeper heading that names no stage
    belongs to the answer it stands in, and so does everything in a code fence. Line ends become newlines; control
    characters are left out. ContentError carries every unknown or repeated heading at once.
    """
    check_size(len(text), source)
    reader = _Reader(scenario, source)
    reader.read(plain_text(text.removeprefix("\ufeff")))
    return reader.answers()


def check_size(size: int, source: str) -> None:
    """Raise ContentError for more than a person writes or says in an interview: 1 MB."""
    if size > MAX_BYTES:
        problem = Problem(source, 0, "", "larger than 1 MB, which no answer needs")
        raise ContentError([problem], fix="Check that this is the right file.")


@dataclass(frozen=True)
class _Heading:
    """A heading of the file; `line` is 1-based, `body` the index of the first line after it."""

    line: int
    level: int
    text: str
    stage: str | None
    start: int
    body: int


@dataclass
class _Reader:
    """One reading of one file."""

    scenario: Scenario
    source: str
    problems: list[Problem] = field(default_factory=list)
    found: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    """By stage: the line of its heading, and the lines of its answer."""

    def read(self, text: str) -> None:
        """Cut the text at its stage headings."""
        names = stage_names(self.scenario)
        lines = text.split("\n")
        headings = list(_headings(lines, names))
        stage_levels = [heading.level for heading in headings if heading.stage]
        position, current, level = 0, "", 0
        for index, heading in enumerate(headings):
            is_title = index == 0 and not heading.stage and bool(stage_levels) and heading.level < min(stage_levels)
            is_inside = bool(current) and heading.level > level and not near_stage(heading.text, names)
            if not heading.stage and is_inside:
                continue
            self._put(current, lines[position : heading.start], position)
            position = heading.body
            if heading.stage:
                current, level = heading.stage, heading.level
                self._open(heading)
            elif is_title:
                current = ""
            else:
                current = "?"
                self._unknown(heading)
        self._put(current, lines[position:], position)
        if not text.strip():
            self._problem(0, "the file is empty")
        elif not headings:
            self._problem(1, "no heading names a stage")

    def answers(self) -> dict[str, str]:
        """Return the answers by stage, or raise all problems."""
        if self.problems:
            order = ", ".join(stage.id for stage in self.scenario.stages)
            fix = f"\nStart each answer with a heading such as `# {self.scenario.stages[0].id}`. The stages: {order}."
            raise ContentError(sorted(self.problems, key=lambda problem: problem.line), fix=fix)
        return {stage: "\n".join(lines).strip() for stage, (_, lines) in self.found.items()}

    def _open(self, heading: _Heading) -> None:
        stage = heading.stage or ""
        if stage not in {each.id for each in self.scenario.stages}:
            self._problem(heading.line, f"the scenario {self.scenario.id} leaves out the stage '{stage}'")
        if stage in self.found:
            first = self.found[stage][0]
            self._problem(heading.line, f"the heading '{heading.text}' is here twice (first in line {first})")
        else:
            self.found[stage] = (heading.line, [])

    def _put(self, stage: str, lines: list[str], position: int) -> None:
        if stage in self.found:
            self.found[stage][1].extend(lines)
        elif not stage and any(line.strip() for line in lines):
            at = position + next(index for index, line in enumerate(lines) if line.strip()) + 1
            self._problem(at, "text before the first heading that names a stage")

    def _unknown(self, heading: _Heading) -> None:
        known = [stage.id for stage in self.scenario.stages]
        near = near_stage(heading.text, stage_names(self.scenario))
        hint = f"; did you mean '{near}'?" if near else did_you_mean(heading.text, known)
        self._problem(heading.line, f"unknown heading '{heading.text[:60]}'{hint}")

    def _problem(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.source, line, "", message))


def _headings(lines: list[str], names: Mapping[str, str]) -> Iterator[_Heading]:
    fence = ""
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif fence:
            closes = mark is not None and mark[1].startswith(fence) and not line.strip().strip(fence[0])
            fence = "" if closes else fence
        elif match := _ATX.match(line):
            text = (match[2] or "").strip()
            yield _Heading(index + 1, len(match[1]), text, names.get(fold_name(text)), index, index + 1)
        elif index and (under := _UNDERLINE.match(line)) and (stage := names.get(fold_name(lines[index - 1]))):
            # Only a line that names a stage: elsewhere a row of dashes is a rule or a table.
            text = lines[index - 1].strip()
            yield _Heading(index, 1 if under[1][0] == "=" else 2, text, stage, index - 1, index + 1)
