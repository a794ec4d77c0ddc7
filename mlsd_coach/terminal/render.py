"""A page of text for the terminal: wrapped lines with hanging indents and colours; texts are never read as markup."""

from collections.abc import Sequence
from io import StringIO
from typing import Any

Part = str | tuple[str, str]
"""A text, or (text, style) with a style of rich such as "bold green"."""

WIDEST = 100
"""Longer rows of prose are hard to read."""
NARROWEST = 20
_ASCII = str.maketrans({"━": "=", "─": "-", "·": "-", "“": '"', "”": '"', "…": ".", "’": "'", "–": "-", "×": "x"})


class Page:
    """Collects lines; `text` returns them. Widths are in terminal cells."""

    def __init__(self, width: int, *, colour: bool, ascii_only: bool = False) -> None:
        from rich.console import Console

        self.width = max(NARROWEST, min(WIDEST, width))
        self._ascii = ascii_only
        self._file = StringIO()
        self._console = Console(
            file=self._file,
            width=self.width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
            _environ={},  # what the environment asks for has been read already
        )

    def line(self, *parts: Part, first: str = "", rest: str | None = None) -> None:
        """Add a paragraph of parts; `first` stands before its first row, `rest` before the others."""
        from rich.text import Text

        text = Text.assemble(*parts)
        after = " " * len(first) if rest is None else rest
        room = max(8, self.width - max(len(first), len(after)))
        for number, row in enumerate(text.wrap(self._console, room)):
            row.rstrip()
            self._console.print(Text(after if number else first) + row, soft_wrap=True)

    def quote(self, text: str, *, indent: int) -> None:
        """Add a quote on rows of its own; line breaks in it become spaces."""
        self.line((f"“{one_line(text)}”", "italic"), first=" " * indent)

    def labelled(self, label: str, text: str, *, indent: int, style: str = "") -> None:
        """Add `label: text`, the label dim; nothing when there is no text."""
        if text:
            self.line((f"{label}: ", "dim"), (one_line(text), style), first=" " * indent)

    def heading(self, text: str, aside: str = "") -> None:
        """Add an empty row and a bold heading, with something quieter beside it."""
        self.gap()
        self.line((text, "bold"), (f"  {aside}" if aside else "", "dim"))

    def gap(self) -> None:
        """Add an empty row."""
        self._console.print()

    def table(self, rows: Sequence[Sequence[Part]], *, right: Sequence[int] = (), fold: int = 0) -> None:
        """Add rows in columns; those in `right` are flush right, that in `fold` breaks when space is short."""
        from rich.table import Table
        from rich.text import Text

        table: Any = Table.grid(padding=(0, 2 if self.width >= 60 else 1))
        for column in range(len(rows[0]) if rows else 0):
            justify: Any = "right" if column in right else "left"
            table.add_column(justify=justify, no_wrap=column != fold, overflow="fold")
        for row in rows:
            table.add_row(*(Text(cell) if isinstance(cell, str) else Text(*cell) for cell in row))
        self._console.print(table)

    def text(self) -> str:
        """Return the page without spaces at the ends of its rows."""
        text = "\n".join(row.rstrip() for row in self._file.getvalue().splitlines()).strip("\n")
        return text.translate(_ASCII) if self._ascii else text


def one_line(text: str) -> str:
    """Return the text with every run of spaces and line breaks as one space."""
    return " ".join(text.split())


def bar(value: float, cells: int) -> str:
    """Return 0..100 as a bar of `cells` cells."""
    full = round(max(0.0, min(100.0, value)) / 100 * cells)
    return "━" * full + "─" * (cells - full)
