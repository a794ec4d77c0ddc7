"""A spoken interview cut into stages: by lines that name them, by what was said, or by the clock."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import accumulate

from mlsd_coach.content.answers import check_size
from mlsd_coach.content.plain_speech import read_plain
from mlsd_coach.content.speakers import find_candidate, label_speakers
from mlsd_coach.content.speech import Utterance
from mlsd_coach.content.spoken_markers import MarkerFinder
from mlsd_coach.content.spoken_names import spoken_names
from mlsd_coach.content.stage_lines import find_stage_lines
from mlsd_coach.content.subtitles import is_subtitles, read_subtitles
from mlsd_coach.content.talk import Place, Talk, Turn
from mlsd_coach.content.texts import plain_text
from mlsd_coach.errors import CoachError
from mlsd_coach.models import Scenario

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
LONG_SENTENCE = 30.0
"""Seconds without a full stop from which the clock may also cut between two lines."""


class How(StrEnum):
    """By what a transcript was cut."""

    LINES = "lines"
    SPOKEN = "spoken"
    CLOCK = "clock"


@dataclass(frozen=True)
class Segment:
    """A stretch of the interview that belongs to one stage."""

    stage: str
    text: str
    """The candidate's words."""
    begins: Place
    ends: Place
    why: str
    """The marker it begins with, as it stands in the file; empty when there is none."""

    @property
    def words(self) -> int:
        """How many words the candidate said."""
        return len(self.text.split())


@dataclass(frozen=True)
class Cut:
    """A transcript cut into stages."""

    how: How
    segments: tuple[Segment, ...]
    """In the order of the file; a stage that was come back to has several."""
    candidate: tuple[str, ...]
    """As the file names the candidate; empty names where it does not."""
    others: tuple[tuple[str, int], ...]
    """(speaker, words) of what was not counted."""
    length: float | None
    """Seconds from the first time to the end; None without times."""

    def answers(self) -> dict[str, str]:
        """Return the candidate's words by stage, without stages in which they said nothing."""
        texts: dict[str, list[str]] = {}
        for segment in self.segments:
            if segment.text:
                texts.setdefault(segment.stage, []).append(segment.text)
        return {stage: "\n\n".join(parts) for stage, parts in texts.items()}

    def seconds(self) -> dict[str, float]:
        """Return how long each stage took by the file's times; nothing when the clock itself made the cut."""
        used: dict[str, float] = {}
        for segment in self.segments if self.how is not How.CLOCK else ():
            begins, ends = segment.begins.seconds, segment.ends.seconds
            if begins is not None and ends is not None:
                used[segment.stage] = round(used.get(segment.stage, 0.0) + ends - begins, 1)
        return used


def cut_transcript(
    text: str, scenario: Scenario, *, source: str, minutes: float, speaker: str = "", by_clock: bool = False
) -> Cut:
    """Cut a transcript (plain text, WebVTT or SRT) into the stages of a scenario.

    Lines that name a stage count before spoken markers, and these before the clock, which gives each stage its share
    of `minutes` from the first time on; `by_clock` goes by the clock alone. `speaker` is the candidate's name in the
    file, `source` the file's in messages. UsageError for an unknown speaker; ContentError or CoachError when the file
    is too large, holds no words of the candidate or gives nothing to cut by.
    """
    check_size(len(text), source)
    said = plain_text(text.removeprefix("\ufeff"))
    names = spoken_names(scenario)
    utterances = read_subtitles(said) if is_subtitles(said) else read_plain(said)
    stage_lines = find_stage_lines(utterances, names, scenario, source=source)
    talk = _talk(utterances, stage_lines, names, speaker)
    if not any(talk.is_candidate(turn) for turn in talk.turns):
        message = f"{source} holds no words of the candidate."
        raise CoachError(message, fix="Check that this is the right file, or pass --speaker NAME.")
    how, marks = _choose(talk, names, scenario, source=source, minutes=minutes, by_clock=by_clock)
    segments = _cut(talk, marks, scenario.stages[0].id)
    last = talk.turns[-1]
    end = talk.place(last, len(last.text)).seconds
    return Cut(how, segments, talk.names, talk.others(), None if end is None else end - talk.start)


def _talk(
    utterances: Sequence[Utterance], stage_lines: Mapping[int, str], names: Mapping[str, str], speaker: str
) -> Talk:
    kept: list[Utterance] = []
    for each in utterances:
        if each.spoken or each.line in stage_lines:
            # What follows a line that names a stage begins anew.
            begins = bool(kept and kept[-1].line in stage_lines)
            kept.append(replace(each, opens=True) if begins else each)
    labelled = label_speakers(kept, known=speaker, no_names=names)
    candidate = find_candidate((each for each in labelled if each.line not in stage_lines), wanted=speaker)
    return Talk([each for each in labelled if each.text], stage_lines, candidate)


# Where to cut --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Mark:
    """From here on it is another stage."""

    stage: str
    start: int
    """Offset into the turn."""
    after: int
    """Offset from which the words count for the stage."""
    why: str = ""


_Marks = dict[int, list[_Mark]]
"""By the index of the turn."""


def _choose(
    talk: Talk, names: Mapping[str, str], scenario: Scenario, *, source: str, minutes: float, by_clock: bool
) -> tuple[How, _Marks]:
    if by_clock and not talk.has_times:
        message = f"{source} has no times to cut it by."
        raise CoachError(message, fix="Leave out --by-clock, and put a line such as [data] where each stage begins.")
    if by_clock:
        return How.CLOCK, _clock_marks(talk, scenario, minutes)
    lines = {
        index: [_Mark(turn.stage, 0, len(turn.text), turn.text)] for index, turn in enumerate(talk.turns) if turn.stage
    }
    if lines:
        return How.LINES, lines
    finder = MarkerFinder(names, [stage.id for stage in scenario.stages])
    spoken = {
        index: [_Mark(m.stage, m.start, m.after, m.quote) for m in finder.find(turn.text)]
        for index, turn in enumerate(talk.turns)
    }
    if any(spoken.values()):
        return How.SPOKEN, spoken
    if talk.has_times:
        return How.CLOCK, _clock_marks(talk, scenario, minutes)
    order = ", ".join(stage.id for stage in scenario.stages)
    message = f"{source} has no times and nothing that says where a stage begins."
    raise CoachError(
        message, fix=f"Put a line such as [{scenario.stages[0].id}] before each stage's words. The stages: {order}."
    )


def _clock_marks(talk: Talk, scenario: Scenario, minutes: float) -> _Marks:
    """Give each sentence to the stage whose share of the round it begins in."""
    total = sum(stage.minutes for stage in scenario.stages) or 1.0
    ends = [talk.start + each * 60 * minutes / total for each in accumulate(stage.minutes for stage in scenario.stages)]
    last = len(scenario.stages) - 1
    marks: _Marks = {}
    for index, turn in enumerate(talk.turns):
        for offset in _sentence_starts(talk, turn):
            seconds = talk.place(turn, offset).seconds or 0.0
            stage = scenario.stages[min(bisect_right(ends, seconds), last)].id
            marks.setdefault(index, []).append(_Mark(stage, offset, offset))
    return marks


def _sentence_starts(talk: Talk, turn: Turn) -> Iterator[int]:
    """Yield where sentences begin; in speech without full stops, also where lines do."""
    starts = [0, *(match.end() for match in _SENTENCE.finditer(turn.text))]
    for start, end in zip(starts, [*starts[1:], len(turn.text)], strict=True):
        yield start
        begins, ends = talk.place(turn, start).seconds, talk.place(turn, end).seconds
        if begins is not None and ends is not None and ends - begins > LONG_SENTENCE:
            yield from turn.starts[bisect_right(turn.starts, start) : bisect_right(turn.starts, end - 1)]


# Cutting -------------------------------------------------------------------------------------------------------------


@dataclass
class _Open:
    """A segment that is being filled."""

    stage: str
    begins: Place
    why: str
    parts: list[str] = field(default_factory=list)
    """Words, and what stands between them."""

    def close(self, ends: Place) -> Segment:
        return Segment(self.stage, "".join(self.parts), self.begins, ends, self.why)


def _cut(talk: Talk, marks: _Marks, first_stage: str) -> tuple[Segment, ...]:
    done: list[Segment] = []
    first, last = talk.turns[0], talk.turns[-1]
    current = _Open(first_stage, talk.place(first, 0), "")
    for index, turn in enumerate(talk.turns):
        position = 0
        for mark in marks.get(index, ()):
            _add(current, talk, turn, position, mark.start)
            position = mark.after
            if mark.stage != current.stage:
                place = talk.place(turn, mark.start)
                done.append(current.close(place))
                current = _Open(mark.stage, place, mark.why)
        _add(current, talk, turn, position, len(turn.text))
    done.append(current.close(talk.place(last, len(last.text))))
    # Before the first marker there may have been nothing at all.
    return tuple(done[1:] if len(done) > 1 and not done[0].text and not done[0].why else done)


def _add(current: _Open, talk: Talk, turn: Turn, start: int, end: int) -> None:
    text = turn.text[start:end].strip()
    if not text or not talk.is_candidate(turn):
        return
    if current.parts:
        is_same_paragraph = start > 0 and turn.text[start - 1] != "\n"
        current.parts.append(" " if is_same_paragraph else "\n\n")
    current.parts.append(text)
