"""A filled score sheet of the interviewer kit: read as people edit markdown, every problem with its line."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from mlsd_coach.content.answers import check_size
from mlsd_coach.content.kit_marks import Mark, read_date, read_mark, read_seconds
from mlsd_coach.content.stage_names import fold_name
from mlsd_coach.content.texts import did_you_mean, plain_text
from mlsd_coach.errors import ContentError, Problem, UsageError
from mlsd_coach.models import Level, Scenario, StagePlan

SHEET = "Score sheet"
"""The heading above the boxes."""
HEADS = ("scenario", "level", "candidate", "interviewer", "date")
FIX = "Write 0, 1 or 2 into each box (or n, r), and the candidate's words below it in a line that begins with >."

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_LIST = r"\s*(?:(?:[-*+•]|\d{1,3}[.)])\s+)?"
_BOX = re.compile(
    rf"{_LIST}[*_]*\\?\[(?P<mark>[^\[\]]{{0,80}}?)\\?\][\s*_`]*(?P<stage>{_ID})\s*/\s*(?P<criterion>{_ID})\b",
    re.IGNORECASE,
)
_NO_BOX = re.compile(
    rf"{_LIST}(?P<rest>[^`>#|]{{0,8}})`\s*(?P<stage>{_ID})\s*/\s*(?P<criterion>{_ID})\s*`", re.IGNORECASE
)
_FIELD = re.compile(rf"{_LIST}[*_]*(?P<name>{'|'.join(HEADS)})[*_\s]*:[*_\s]*(?P<value>.*)\Z", re.IGNORECASE)
_MINUTES = re.compile(
    rf"{_LIST}[*_]*minutes\s+used\s+on\s+[`*_]*(?P<stage>{_ID})[`*_]*[^:]*:[*_\s]*(?P<value>.*)\Z", re.IGNORECASE
)
_QUOTE = re.compile(r"\s*(?:[-*+]\s+)?>+\s?(?P<text>.*)\Z")
_HEADING = re.compile(r" {0,3}#{1,6}\s(?P<text>.*)\Z")
_AROUND = (("“", "”"), ('"', '"'), ("„", "“"), ("'", "'"), ("«", "»"))


@dataclass(frozen=True)
class Box:
    """One criterion of a filled sheet."""

    stage: str
    criterion: str
    line: int
    mark: Mark
    quotes: tuple[str, ...] = ()
    """The candidate's words, as the interviewer wrote them down."""


@dataclass(frozen=True)
class FilledSheet:
    """Everything that an interviewer wrote down."""

    scenario: str
    level: Level
    boxes: tuple[Box, ...]
    seconds: tuple[tuple[str, float], ...] = ()
    """(stage, time used) where it was written down."""
    candidate: str = ""
    interviewer: str = ""
    held_on: date | None = None
    remarks: tuple[str, ...] = ()
    """What was decided for the interviewer, each with its line or its count, to be told."""

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that have a box on the sheet, in the order of the file."""
        return tuple(dict.fromkeys(box.stage for box in self.boxes))


def parts_in(scenario: Scenario) -> tuple[StagePlan, ...]:
    """Return what a sheet has boxes for: the stages, with the change of requirements where it is put."""
    found: list[StagePlan] = []
    for plan in scenario.stages:
        found.append(plan)
        if scenario.change is not None and scenario.change.after == plan.id:
            found.append(scenario.change.plan)
    if scenario.change is not None and scenario.change.plan not in found:
        found.append(scenario.change.plan)
    return tuple(found)


def asked_at(plan: StagePlan, level: Level) -> tuple[str, ...]:
    """Return the ids of the criteria that a stage asks for at a level."""
    return tuple(each.id for each in plan.criteria if each.level.rank <= level.rank)


def read_kit(text: str, find: Callable[[str], Scenario], *, source: str, scenario: str | None = None) -> FilledSheet:
    """Read a filled sheet; `find` returns a scenario by its id, `scenario` is the one that was named beside the file.

    ContentError carries every problem with its line at once; UsageError when two scenarios are named.
    """
    check_size(len(text), source)
    reader = _Reader(plain_text(text.removeprefix("\ufeff")).split("\n"), source)
    return reader.read(find, scenario)


@dataclass
class _Reader:
    """One reading of one sheet."""

    lines: list[str]
    source: str
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    boxes: list[tuple[int, str, str, str]] = field(default_factory=list)
    """(line, stage, criterion, what is in the box)."""
    quotes: dict[int, list[str]] = field(default_factory=dict)
    """By the line of its box."""
    minutes: list[tuple[int, str, str]] = field(default_factory=list)

    def read(self, find: Callable[[str], Scenario], named: str | None) -> FilledSheet:
        """Return the sheet, or raise all problems."""
        self._scan()
        if not self.boxes:
            self._problem(0, "no box of a score sheet is in this file")
            self._raise("Fill in the sheet of `mlsd-coach export SCENARIO --interviewer-kit`.")
        scenario = find(self._scenario(named))
        level = self._level()
        boxes = tuple(self._read_boxes({plan.id: plan for plan in parts_in(scenario)}))
        seconds = tuple(self._read_minutes([plan.id for plan in parts_in(scenario)]))
        when = self._date()
        self._raise(FIX)
        sheet = FilledSheet(
            scenario.id, level, boxes, seconds, self._head("candidate"), self._head("interviewer"), when
        )
        return replace(sheet, remarks=(*self.remarks, *_remarks(sheet, scenario)))

    def _scan(self) -> None:
        """Sort the lines into heads, boxes, quotes and minutes; all others are the script and somebody's notes."""
        current, is_sheet = 0, False
        for number, line in enumerate(self.lines, 1):
            if match := _BOX.match(line):
                current, is_sheet = number, True
                self.boxes.append((number, match["stage"].lower(), match["criterion"].lower(), match["mark"]))
            elif match := _MINUTES.match(line):
                self.minutes.append((number, match["stage"].lower(), match["value"]))
            elif match := _QUOTE.match(line):
                self._quote(match["text"], number, current, is_sheet=is_sheet)
            elif match := _HEADING.match(line):
                current = 0
                if fold_name(match["text"].strip(" \t#")[:60]) == fold_name(SHEET):
                    is_sheet = True
                    self.heads.clear()  # what looked like a head until here was the script
            elif (match := _FIELD.match(line)) and not self.boxes:
                self.heads.setdefault(match["name"].lower(), (number, match["value"]))
            elif is_sheet and (match := _NO_BOX.match(line)):
                self._problem(number, f"`{match['stage']}/{match['criterion']}` has no box [ ] before it")

    def _quote(self, text: str, number: int, current: int, *, is_sheet: bool) -> None:
        words = _unwrap(text.strip())
        if not words:
            return
        if current:
            self.quotes.setdefault(current, []).append(words)
        elif is_sheet:
            self._problem(number, "a quote below no box: put it under the criterion that it is about")

    def _scenario(self, named: str | None) -> str:
        line, value = self.heads.get("scenario", (0, ""))
        written = value.strip().strip("`*_ ").lower()
        if named and written and named != written:
            message = f"{self.source}:{line}: the sheet is for '{written}', not for '{named}'."
            raise UsageError(message, fix="Drop --scenario.")
        if not (named or written):
            raise UsageError(f"Which scenario is {self.source} for?", fix="Pass --scenario ID; its line is gone.")
        return named or written

    def _level(self) -> Level:
        line, value = self.heads.get("level", (0, ""))
        word = value.strip().strip("`*_ ").lower()
        known = [level.value for level in Level]
        if word in known:
            return Level(word)
        if word:
            self._problem(line, f"unknown level '{word[:40]}'{did_you_mean(word, known)}; it is {', '.join(known)}")
        else:
            self.remarks.append("The line `Level:` is empty or gone: held against senior.")
        return Level.SENIOR

    def _head(self, name: str) -> str:
        return self.heads.get(name, (0, ""))[1].strip().strip("*_").strip()[:200]

    def _date(self) -> date | None:
        line, value = self.heads.get("date", (0, ""))
        try:
            return read_date(value)
        except ValueError:
            self._problem(line, f"'{value.strip()[:40]}' is no date; write it as 2026-11-25")
            return None

    def _read_boxes(self, plans: dict[str, StagePlan]) -> Iterator[Box]:
        first: dict[tuple[str, str], int] = {}
        for line, stage, criterion, text in self.boxes:
            mark = read_mark(text)
            if stage not in plans:
                self._problem(line, f"unknown stage '{stage}'{did_you_mean(stage, list(plans))}")
            elif criterion not in (known := [each.id for each in plans[stage].criteria]):
                self._problem(line, f"unknown criterion '{stage}/{criterion}'{did_you_mean(criterion, known)}")
            elif (stage, criterion) in first:
                where = f"first in line {first[stage, criterion]}"
                self._problem(line, f"`{stage}/{criterion}` is here twice ({where})")
            elif mark is None:
                self._problem(line, f"'{text.strip()[:40]}' in the box of `{stage}/{criterion}` is no mark")
            else:
                first[stage, criterion] = line
                yield Box(stage, criterion, line, mark, tuple(self.quotes.get(line, ())))

    def _read_minutes(self, stages: list[str]) -> Iterator[tuple[str, float]]:
        seen: set[str] = set()
        for line, stage, text in self.minutes:
            try:
                seconds = read_seconds(text)
            except ValueError:
                self._problem(line, f"'{text.strip()[:40]}' are no minutes; write them as 7, 7.5 or 7:30")
                continue
            if stage not in stages:
                self._problem(line, f"unknown stage '{stage}'{did_you_mean(stage, stages)}")
            elif stage in seen:
                self._problem(line, f"the minutes of '{stage}' are here twice")
            elif seconds is not None:
                seen.add(stage)
                yield stage, seconds

    def _problem(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.source, line, "", message))

    def _raise(self, fix: str) -> None:
        if self.problems:
            raise ContentError(sorted(self.problems, key=lambda problem: problem.line), fix=f"\n{fix}")


def _remarks(sheet: FilledSheet, scenario: Scenario) -> Iterator[str]:
    """Yield what is decided where the sheet leaves it open."""
    empty = [box for box in sheet.boxes if box.mark is Mark.EMPTY]
    ticked = sum(box.mark is Mark.TICKED for box in sheet.boxes)
    if empty:
        yield f"{_boxes(len(empty))} empty: counted as missing."
    if ticked:
        yield f"{_boxes(ticked)} ticked: counted as 1 (named)."
    quoted = [box for box in empty if box.quotes]
    if quoted:
        lines = ", ".join(str(box.line) for box in quoted)
        yield f"A quote but no mark, counted as missing: line{'' if len(quoted) == 1 else 's'} {lines}."
    left = [plan.id for plan in parts_in(scenario) if plan.id not in sheet.stages and asked_at(plan, sheet.level)]
    if left:
        yield f"Not on the sheet any more, so left out of the score: {', '.join(left)}."
    there = {(box.stage, box.criterion) for box in sheet.boxes}
    gone = [
        f"{plan.id}/{name}"
        for plan in parts_in(scenario)
        if plan.id in sheet.stages
        for name in asked_at(plan, sheet.level)
        if (plan.id, name) not in there
    ]
    if gone:
        yield f"Not on the sheet any more, counted as missing: {', '.join(gone)}."


def _boxes(count: int) -> str:
    return "1 box is" if count == 1 else f"{count} boxes are"


def _unwrap(text: str) -> str:
    """Return a quote without the quotation marks around it."""
    for left, right in _AROUND:
        if len(text) >= 2 and text.startswith(left) and text.endswith(right):
            inner = text[1:-1]
            return inner.strip() if left not in inner and right not in inner else text
    return text
