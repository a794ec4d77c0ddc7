"""The answer's own window: an editable buffer shown in rows broken between words, moved through by rows."""

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Point
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.controls import BufferControl, UIContent

from mlsd_coach.terminal.cells import cells
from mlsd_coach.terminal.wrapping import Rows, clip, lay_out

TAB = "  "
ANSWER_HERE = "Answer here, as you would say it aloud."
REPLY_HERE = "Reply here; ^D alone moves on."
"""What stands where nothing is written yet."""


class ProseControl(BufferControl):
    """A BufferControl that breaks between words.

    prompt_toolkit breaks in the middle of them, and moves up and down by whole paragraphs.
    """

    def __init__(self, buffer: Buffer) -> None:
        super().__init__(buffer=buffer, focusable=True)
        self.placeholder = ANSWER_HERE
        self.width = 80
        """Columns of the window at the last drawing."""
        self._laid_out: tuple[str, int, Rows] | None = None
        self._goal: tuple[int, int] | None = None
        """(offset, column): where the last vertical move ended and the column it aimed at."""

    def rows(self) -> Rows:
        """Lay the text out for the window's width; the last column is the cursor's at a row's end."""
        text, width = self.buffer.text, self.width
        if self._laid_out is None or self._laid_out[:2] != (text, width):
            self._laid_out = (text, width, lay_out(text, width - 1))
        return self._laid_out[2]

    def create_content(self, width: int, height: int, preview_search: bool = False) -> UIContent:
        """Return the rows to draw."""
        del height, preview_search
        self.width = width
        rows = self.rows()
        row, at = rows.locate(self.buffer.cursor_position)
        # Spaces may hang over the row's end; the cursor stays in the window.
        column = min(at, _last_place(rows.texts[row], width))

        def line(index: int) -> StyleAndTextTuples:
            if not self.buffer.text:
                return [("class:dim", clip(self.placeholder, width - 1, ""))]
            # The cursor needs a cell to stand on, also at the end of the text.
            return [("", rows.texts[index] + " ")]

        return UIContent(get_line=line, line_count=len(rows.texts), cursor_position=Point(x=column, y=row))

    def move(self, rows_down: int) -> None:
        """Move the cursor by rows, keeping to the column it set out from."""
        rows = self.rows()
        row, at = rows.locate(self.buffer.cursor_position)
        if self._goal is not None and self._goal[0] == self.buffer.cursor_position:
            column = self._goal[1]
        else:
            column = cells(rows.texts[row][:at])
        target = row + rows_down
        if target < 0:
            self.buffer.cursor_position = 0
        elif target >= len(rows.texts):
            self.buffer.cursor_position = len(self.buffer.text)
        else:
            self.buffer.cursor_position = rows.offset_at(target, column)
        self._goal = (self.buffer.cursor_position, column)


def _last_place(text: str, width: int) -> int:
    """Return how many characters of the row fit left of the last column."""
    used = 0
    for at, char in enumerate(text):
        used += cells(char)
        if used > width - 1:
            return at
    return len(text)
