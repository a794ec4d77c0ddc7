"""A transcript's utterances as turns of speech, with the line and the time of every character."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mlsd_coach.content.speech import Utterance

CHARACTERS_A_SECOND = 15.0
"""How fast people speak: for what comes after the last time of the file."""


@dataclass(frozen=True)
class Place:
    """Where something stands in the file."""

    line: int
    """1-based."""
    seconds: float | None
    """As the file counts them, between the times it gives; None when it gives none."""


@dataclass(frozen=True)
class Turn:
    """What one speaker says without a break, or a line that names a stage."""

    speaker: str
    text: str
    starts: tuple[int, ...]
    """Offsets into the text at which its utterances begin."""
    utterances: tuple[Utterance, ...]
    first: int
    """How many characters of speech come before it."""
    stage: str = ""
    """Set for a line that names a stage; its text is that line, and nobody's words."""

    @property
    def words(self) -> int:
        """How many words were spoken."""
        return 0 if self.stage else len(self.text.split())


class Talk:
    """All the turns, and who of the speakers is the candidate."""

    def __init__(self, utterances: Sequence[Utterance], stage_lines: Mapping[int, str], names: Collection[str]) -> None:
        """Take labelled utterances, the stages that lines name (by line), and the names of the candidate."""
        self.names = tuple(names)
        self.turns = tuple(_turns(utterances, stage_lines))

    def is_candidate(self, turn: Turn) -> bool:
        """Tell whether the words of a turn are the candidate's."""
        return not turn.stage and turn.speaker in self.names

    def place(self, turn: Turn, offset: int) -> Place:
        """Return where a character of a turn stands in the file."""
        index = max(0, bisect_right(turn.starts, offset) - 1)
        return Place(turn.utterances[index].line, self._seconds(turn.first + offset))

    @property
    def has_times(self) -> bool:
        """Tell whether there are two different times, which is what a clock needs."""
        return bool(self._anchors) and self._anchors[-1][1] > self._anchors[0][1]

    @property
    def start(self) -> float:
        """The first time of the file in seconds; 0 when it has none."""
        return self._anchors[0][1] if self._anchors else 0.0

    def others(self) -> tuple[tuple[str, int], ...]:
        """Return (speaker, words) of everybody but the candidate."""
        words: dict[str, int] = {}
        for turn in self.turns:
            if not self.is_candidate(turn) and turn.words:
                words[turn.speaker] = words.get(turn.speaker, 0) + turn.words
        return tuple(words.items())

    @cached_property
    def _anchors(self) -> list[tuple[int, float]]:
        """Return (characters before, seconds) wherever the file gives a time; both never go back."""
        found: list[tuple[int, float]] = []
        for turn in self.turns:
            for start, each in zip(turn.starts, turn.utterances, strict=True):
                for offset, seconds in ((start, each.start), (start + len(each.text), each.end)):
                    if seconds is not None and (not found or seconds >= found[-1][1]):
                        found.append((turn.first + offset, seconds))
        return found

    def _seconds(self, position: int) -> float | None:
        anchors = self._anchors
        if not self.has_times:
            return None
        index = bisect_right(anchors, position, key=lambda anchor: anchor[0])
        if index == 0:
            return anchors[0][1]
        before, seconds = anchors[index - 1]
        if index == len(anchors):
            return seconds + (position - before) / CHARACTERS_A_SECOND
        after, until = anchors[index]
        return seconds + (until - seconds) * (position - before) / (after - before)


def _turns(utterances: Sequence[Utterance], stage_lines: Mapping[int, str]) -> Iterator[Turn]:
    first = 0
    waiting: list[Utterance] = []
    for each in utterances:
        stage = stage_lines.get(each.line, "")
        if waiting and (stage or each.speaker != waiting[0].speaker):
            turn = _joined(waiting, first)
            first += len(turn.text) + 1
            yield turn
            waiting = []
        if stage:
            yield Turn("", each.text, (0,), (each,), first, stage)
        else:
            waiting.append(each)
    if waiting:
        yield _joined(waiting, first)


def _joined(utterances: Sequence[Utterance], first: int) -> Turn:
    """Put utterances together: those of one paragraph in one line, as a sentence may go on in the next cue."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for each in utterances:
        gap = ("\n\n" if each.opens else " ") if parts else ""
        starts.append(length + len(gap))
        parts += (gap, each.text)
        length = starts[-1] + len(each.text)
    return Turn(utterances[0].speaker, "".join(parts), tuple(starts), tuple(utterances), first)
