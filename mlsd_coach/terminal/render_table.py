"""Tables and sparklines as plain text, with nothing imported: `list` has to start fast."""

from collections.abc import Sequence
from unicodedata import combining, east_asian_width

SPARKS = "▁▂▃▄▅▆▇█"
ASCII_SPARKS = "_.-=+*%#"


def cells(text: str) -> int:
    """Return how many terminal cells a text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """Return the text in at most `width` cells, its end marked where something was cut."""
    if cells(text) <= width:
        return text
    kept = ""
    for char in text:
        if cells(kept + char) > width - len(ellipsis):
            break
        kept += char
    return kept.rstrip() + ellipsis


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return the text with spaces to `width` cells."""
    space = " " * max(0, width - cells(text))
    return space + text if right else text + space


def columns_of(
    rows: Sequence[Sequence[str]], *, width: int, give: int, right: Sequence[int] = (), ellipsis: str = "…"
) -> list[str]:
    """Return rows in columns two spaces apart; column `give` is cut so that a row fits in `width` cells.

    Columns in `right` are flush right.
    """
    if not rows:
        return []
    widths = [max(cells(row[column]) for row in rows) for column in range(len(rows[0]))]
    others = sum(widths) - widths[give] + 2 * (len(widths) - 1)
    widths[give] = max(8, min(widths[give], width - others))
    return [
        "  ".join(
            pad(cut(text, widths[column], ellipsis), widths[column], right=column in right)
            for column, text in enumerate(row)
        ).rstrip()
        for row in rows
    ]


def sparkline(values: Sequence[float], *, ascii_only: bool = False) -> str:
    """Return values of 0..100 as one character each, oldest first as given."""
    sparks = ASCII_SPARKS if ascii_only else SPARKS
    return "".join(sparks[min(len(sparks) - 1, int(max(0.0, value) / 100 * len(sparks)))] for value in values)
