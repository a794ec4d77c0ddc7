"""A plain transcript as utterances: times in or without brackets, speakers with their times, words."""

import re
from dataclasses import dataclass, field

from mlsd_coach.content.speakers import NAME, role_of
from mlsd_coach.content.speech import TIME, Utterance, clean_words, read_time

# [00:12:30], [00:10.000 --> 00:14.000], (12:30), 12:30; not "12:30 pm".
_CLOCK = re.compile(
    rf"\s*(?:\[\s*({TIME})(?:\s*-->\s*({TIME}))?\s*\]|\(({TIME})\)|"
    rf"({TIME})(?=[\s–—-]|\Z)(?!\s*(?:[ap]\.?m\b|o['’]clock)))[ \t:–—-]*",
    re.IGNORECASE,
)
# "Anna Kovács  0:05" and "[Anna] 10:12:33" on lines of their own; "Anna (00:05): text".
_HEADER = re.compile(
    rf"\s*(?:\[({NAME})\]|({NAME}?))[,\s]{{1,8}}(?:[\[(]({TIME})[\])]|({TIME}))\s*(?::(?:\s+(.*))?)?\Z"
)
_BOLD_LABEL = re.compile(r"\s*\*\*([^*\n]{1,40}?)(:?)\*\*(:?)(?=\s|\Z)")
_TURN = re.compile(r"\s*>{2,}\s*")
_BULLET = re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)])\s+\S")


def read_plain(text: str) -> tuple[Utterance, ...]:
    """Return the utterances of a plain transcript in their order; times are in seconds and never go back."""
    reader = _Lines()
    for number, line in enumerate(text.split("\n"), 1):
        reader.take(number, line)
    return tuple(reader.found)


@dataclass
class _Lines:
    """Reads line by line; what a line says of time and speaker counts for the next words."""

    found: list[Utterance] = field(default_factory=list)
    speaker: str = ""
    start: float | None = None
    end: float | None = None
    last: float = -1.0
    opens: bool = True

    def take(self, number: int, line: str) -> None:
        """Take in the next line."""
        if not line.strip():
            self.opens = True
            return
        if turn := _TURN.match(line):
            line, self.opens = line[turn.end() :], True
        line = self._without_time(line)
        if (header := _HEADER.match(line)) and self._is_name(header[1] or header[2]):
            self.speaker, self.opens = " ".join((header[1] or header[2]).split()), True
            self._at(read_time(header[3] or header[4]))
            line = header[5] or ""
        elif (label := _BOLD_LABEL.match(line)) and (label[2] or label[3]):
            line = f"{label[1]}: {line[label.end() :].lstrip()}"
        words = clean_words(line)
        if not words:
            return
        opens = self.opens or bool(_BULLET.match(line))
        self.found.append(Utterance(number, words, self.speaker, self.start, self.end, opens))
        self.speaker, self.start, self.end, self.opens = "", None, None, False

    def _without_time(self, line: str) -> str:
        """Return the line after the time it begins with; a bare time that goes back is part of the text."""
        match = _CLOCK.match(line)
        if match is None:
            return line
        start = read_time(match[1] or match[3] or match[4])
        if match[4] and start < self.last:
            return line
        self._at(start, None if match[2] is None else read_time(match[2]))
        return line[match.end() :]

    def _at(self, start: float, end: float | None = None) -> None:
        if start >= self.last:
            self.start, self.last = start, start
            self.end = end if end is not None and end >= start else None

    def _is_name(self, name: str) -> bool:
        words = name.split()
        return role_of(name) is not None or (
            len(words) <= 4 and all(not w[0].isalpha() or w[0].isupper() for w in words)
        )
