"""What an interviewer writes into a score sheet: marks in boxes, minutes, dates, as people write them."""

import re
from datetime import date
from enum import StrEnum
from unicodedata import normalize


class Mark(StrEnum):
    """What stands in the box of one criterion."""

    EMPTY = "empty"
    MISSING = "missing"
    TICKED = "ticked"
    """A tick or an x: it was said; whether with a reason it does not tell."""
    NAMED = "named"
    REASONED = "reasoned"


_MARKS = {
    Mark.EMPTY: ("", "_"),
    Mark.MISSING: ("0", "m", "missing", "-", "–", "—", "−", "no", "none"),
    Mark.TICKED: ("x", "✓", "✔", "☑", "☒", "v", "yes", "ok"),
    Mark.NAMED: ("1", "n", "named"),
    Mark.REASONED: ("2", "r", "reasoned"),
}
_BY_WORD = {word: mark for mark, words in _MARKS.items() for word in words}
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)\Z")
_NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:m|min|mins|minutes?|')?\.?\Z")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")


def read_mark(text: str) -> Mark | None:
    """Return the mark that a box holds, case and blanks aside; None when it is none."""
    return _BY_WORD.get(_plain(text).strip("_"))


def read_seconds(text: str) -> float | None:
    """Return the seconds of "7", "7,5 min" or "7:30"; ValueError when it is no time, None when nothing is there."""
    plain = _plain(text).strip("_").strip()
    if not plain:
        return None
    if match := _CLOCK.match(plain):
        return 60.0 * int(match[1]) + int(match[2])
    if match := _NUMBER.match(plain):
        return round(60.0 * float(match[1].replace(",", ".")), 1)
    raise ValueError(text)


def read_date(text: str) -> date | None:
    """Return the date of "2026-11-25" or "25.11.2026"; ValueError when it is none, None when nothing is there."""
    plain = _plain(text).strip("_").strip()
    if not plain:
        return None
    if match := _ISO.match(plain):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.match(plain):
        return date(int(match[3]), int(match[2]), int(match[1]))
    raise ValueError(text)


def _plain(text: str) -> str:
    """Return a text without case, blanks around it and the widths and emphasis of other keyboards and editors."""
    return normalize("NFKC", text).casefold().strip().strip("*`\\").strip()
