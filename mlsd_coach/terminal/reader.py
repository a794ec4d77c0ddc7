"""A text over the whole screen, for reading: the briefing, or the verdict on a stage."""

from collections.abc import Callable

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.controls import UIContent, UIControl

from mlsd_coach.terminal.panels import Lines


class ReaderControl(UIControl):
    """Shows rows made for the width at hand, and scrolls through them."""

    def __init__(self) -> None:
        self.rows_for: Callable[[int], Lines] = lambda _width: []
        self.top = 0
        self.height = 1
        self._count = 0

    def open(self, rows_for: Callable[[int], Lines]) -> None:
        """Show other rows from their top; `rows_for` is given the width and called at each drawing."""
        self.rows_for = rows_for
        self.top = 0

    def is_focusable(self) -> bool:
        """Tell the layout that keys may come here."""
        return True

    @property
    def has_more(self) -> bool:
        """Tell whether there are rows below the window."""
        return self.top + self.height < self._count

    def scroll(self, rows: int) -> None:
        """Move by so many rows, not past either end."""
        self.top = max(0, min(self.top + rows, self._count - self.height))

    def create_content(self, width: int, height: int) -> UIContent:
        """Return the rows to draw."""
        rows = self.rows_for(width)
        self._count, self.height = len(rows), height
        self.scroll(0)
        shown = rows[self.top : self.top + height]

        def line(index: int) -> StyleAndTextTuples:
            return [(style, text) for style, text in shown[index]]

        return UIContent(get_line=line, line_count=len(shown), show_cursor=False)
