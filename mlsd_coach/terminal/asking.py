"""The line at the foot of the screen in which a question is put to the interviewer."""

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.containers import HSplit, VSplit, Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.dimension import Dimension

from mlsd_coach.errors import CoachError
from mlsd_coach.interview.text import clean, count_words
from mlsd_coach.models import Heard
from mlsd_coach.terminal.cells import cells

if TYPE_CHECKING:
    from mlsd_coach.terminal.editor import AnswerEditor

LABELS = {None: "Ask", Heard.ASKED_BACK: "Which", Heard.UNKNOWN: "Assume"}
"""What is wanted of the candidate: a question, which fact was meant, or an assumption."""
MOST_ROWS = 3


class AskBar:
    """Takes a question while the answer waits; the reply stands with what the interviewer says."""

    def __init__(self, editor: "AnswerEditor") -> None:
        self._editor = editor
        self.is_open = False
        self._wants: Heard | None = None
        self.buffer = Buffer(multiline=False)
        self.window = Window(
            BufferControl(self.buffer),
            wrap_lines=True,
            height=lambda: Dimension.exact(self.rows(editor.output_size().columns)),
            dont_extend_height=True,
            style="class:answer",
        )

    def rows(self, columns: int) -> int:
        """Return how many rows the line takes."""
        room = max(1, columns - len(LABELS[self._wants]) - 3)
        return min(MOST_ROWS, cells(self.buffer.text) // room + 1)

    def container(self) -> HSplit:
        """Return the rows of the bar: the label, the line, and the keys."""
        label = Window(
            FormattedTextControl(lambda: [("class:key", f" {LABELS[self._wants]}: ")]),
            width=lambda: Dimension.exact(len(LABELS[self._wants]) + 3),
            dont_extend_height=True,
        )
        keys = Window(FormattedTextControl(self._keys), height=1, dont_extend_height=True)
        return HSplit([VSplit([label, self.window]), keys])

    def open(self) -> None:
        """Begin a question, or go on with the one that was left."""
        self._editor.keep_text()
        self.is_open = True
        self._editor.focus(self.window)
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        # What cannot be read is told when the question is put.
        with suppress(CoachError):
            self._editor.live.listen()

    def close(self) -> None:
        """Go back to the answer; a question half typed is there again the next time."""
        self.is_open = False
        if not self.buffer.text:
            self._wants = None
        self._editor.focus()

    def send(self) -> None:
        """Put the question; the bar stays open while the interviewer wants something more."""
        says = clean(self.buffer.text).strip()
        asked = self._editor.live.ask(says) if count_words(says) else None
        self.buffer.reset()
        if asked is None or asked.heard not in LABELS:
            self.close()
        else:
            self._wants = asked.heard

    def _keys(self) -> StyleAndTextTuples:
        does = "keeps it" if self._wants is Heard.UNKNOWN else "asks"
        back = ("class:dim", " back to the answer")
        return [("class:key", " Enter"), ("class:dim", f" {does}  "), ("class:key", "Esc"), back]
