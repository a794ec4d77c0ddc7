"""Text to rows of a given width in terminal cells, broken between words; wide characters count as two."""

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from mlsd_coach.terminal.cells import cells


class Rows(NamedTuple):
    """A text laid out: `starts[i]` is the offset at which row i begins, `texts[i]` what it shows."""

    starts: tuple[int, ...]
    texts: tuple[str, ...]

    def locate(self, offset: int) -> tuple[int, int]:
        """Return (row, characters into the row) of an offset into the text."""
        row = max(0, bisect_right(self.starts, offset) - 1)
        return row, min(offset - self.starts[row], len(self.texts[row]))

    def offset_at(self, row: int, column: int) -> int:
        """Return the offset of the character at that column of a row, or of the row's end when it is shorter.

        The end of a row that goes on in the next one belongs to the next, so the last place is before its last space.
        """
        text = self.texts[row]
        is_wrapped = row + 1 < len(self.starts) and self.starts[row + 1] == self.starts[row] + len(text)
        limit = max(0, len(text) - 1) if is_wrapped else len(text)
        at = used = 0
        while at < limit and used + cells(text[at]) <= column:
            used += cells(text[at])
            at += 1
        return self.starts[row] + at


def lay_out(text: str, width: int) -> Rows:
    """Lay a text out in rows of at most `width` cells.

    Spaces at a row's end may hang over; a tab counts as one space.
    """
    starts: list[int] = []
    texts: list[str] = []
    offset = 0
    for line in text.replace("\t", " ").split("\n"):
        breaks = _breaks(line, max(2, width))
        for begin, end in zip(breaks, (*breaks[1:], len(line)), strict=True):
            starts.append(offset + begin)
            texts.append(line[begin:end])
        offset += len(line) + 1
    return Rows(tuple(starts), tuple(texts))


def wrap(text: str, width: int) -> list[str]:
    """Return the rows of a text for reading only: no spaces at their ends."""
    return [row.rstrip() for row in lay_out(text, width).texts]


def clip(text: str, width: int, ellipsis: str = "…") -> str:
    """Return the text cut to `width` cells, its end marked by the ellipsis when something was cut."""
    if cells(text) <= width:
        return text
    room = width - cells(ellipsis)
    if room <= 0:
        return ""
    kept = 0
    for at, char in enumerate(text):
        kept += cells(char)
        if kept > room:
            return text[:at].rstrip() + ellipsis
    return text


@lru_cache(maxsize=2048)
def _breaks(line: str, width: int) -> tuple[int, ...]:
    """Return the offsets at which the rows of one line begin."""
    if line.isascii():
        return _ascii_breaks(line, width)
    starts = [0]
    used = 0
    last_gap = 0
    """Where the last word began that could go to the next row."""
    for at, char in enumerate(line):
        taken = cells(char)
        if used + taken > width and char != " ":
            begin = last_gap if last_gap > starts[-1] else at
            starts.append(begin)
            used = cells(line[begin:at])
            if used + taken > width:
                starts.append(at)
                used = 0
        used += taken
        if char == " " or taken > 1:
            last_gap = at + 1
    return tuple(starts)


def _ascii_breaks(line: str, width: int) -> tuple[int, ...]:
    starts = [0]
    length = len(line)
    while length - starts[-1] > width:
        begin = starts[-1]
        gap = line.rfind(" ", begin, begin + width + 1)
        if gap < 0:
            after = begin + width
        else:
            after = gap + 1
            while after < length and line[after] == " ":
                after += 1
        if after >= length:
            break
        starts.append(after)
    return tuple(starts)
