"""The editor's windows: who gets how many rows, and what is drawn in them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from prompt_toolkit.data_structures import Size
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.containers import ConditionalContainer, Container, DynamicContainer, HSplit, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.layout.layout import Layout

from mlsd_coach.terminal import panels
from mlsd_coach.terminal.panels import Lines

if TYPE_CHECKING:
    from mlsd_coach.terminal.editor import AnswerEditor


class Screen:
    """Builds the layout once; everything in it is drawn from the editor's state as it is at that moment."""

    def __init__(self, editor: "AnswerEditor") -> None:
        self._editor = editor
        self.answer_window = Window(editor.prose, style="class:answer")
        self.reader_window = Window(editor.reader, always_hide_cursor=True)
        reading = HSplit([self.reader_window, self._rule(lambda: False), self._row(self._reader_keys)])
        foot = HSplit(
            [
                Window(FormattedTextControl(self._status), height=self._status_height, dont_extend_height=True),
                self._row(lambda: panels.key_row(editor.live, self.columns)),
            ]
        )
        bar = editor.asking.container()
        foot_or_bar = DynamicContainer(lambda: bar if editor.asking.is_open else foot)
        writing = HSplit(
            [
                self._row(lambda: panels.title_row(editor.live, self.columns, editor.glyphs)),
                self._row(self._clocks),
                self._rule(lambda: False),
                Window(FormattedTextControl(self._interviewer), height=self._interviewer_height),
                self._rule(lambda: self._interviewer_rows()[1]),
                self.answer_window,
                foot_or_bar,
            ],
            window_too_small=Window(FormattedTextControl("mlsd-coach: the window is too small")),
        )
        nothing = Window()

        def current() -> Container:
            # The application draws once more as it closes, when there may be no stage left to show.
            if editor.is_closed:
                return nothing
            return reading if editor.is_reading else writing

        self.layout = Layout(DynamicContainer(current), focused_element=self.answer_window)

    @property
    def size(self) -> Size:
        """Rows and columns of the terminal; 24 x 80 where it reports none."""
        return self._editor.output_size()

    @property
    def columns(self) -> int:
        """Columns of the terminal."""
        return self.size.columns

    def _row(self, fragments: Callable[[], panels.Fragments]) -> Window:
        def text() -> StyleAndTextTuples:
            return [(style, piece) for style, piece in fragments()]

        return Window(FormattedTextControl(text), height=1, dont_extend_height=True)

    def _rule(self, is_cut: Callable[[], bool]) -> ConditionalContainer:
        glyphs = self._editor.glyphs
        return ConditionalContainer(
            self._row(lambda: panels.rule_row(self.columns, glyphs, is_cut=is_cut())),
            filter=Condition(lambda: self.size.rows >= panels.ROWS_FOR_RULES),
        )

    def _clocks(self) -> panels.Fragments:
        editor = self._editor
        return panels.clock_row(editor.live, self.columns, editor.glyphs, hidden=editor.hides_clock)

    def _status_rows(self) -> Lines:
        editor = self._editor
        return panels.status_rows(editor.live, editor.notice, self.columns, editor.glyphs)

    def _status_height(self) -> Dimension:
        return Dimension.exact(len(self._status_rows()))

    def _status(self) -> StyleAndTextTuples:
        return joined(self._status_rows())

    def _reader_keys(self) -> panels.Fragments:
        more: panels.Fragments = [("class:key", "PgDn"), ("class:dim", " more")] if self._editor.reader.has_more else []
        left: panels.Fragments = [("class:key", " Enter"), ("class:dim", f": {self._editor.reader_done}")]
        return panels.spread(left, more, self.columns, ellipsis=self._editor.glyphs.ellipsis)

    def _interviewer_rows(self) -> tuple[Lines, bool]:
        editor = self._editor
        answer = len(editor.prose.rows().texts) if editor.prose.buffer.text else 0
        foot = editor.asking.rows(self.columns) + 1 if editor.asking.is_open else panels.FOOT_ROWS
        return panels.shared_rows(editor.live, self.columns, self.size.rows, answer, foot)

    def _interviewer_height(self) -> Dimension:
        return Dimension.exact(len(self._interviewer_rows()[0]))

    def _interviewer(self) -> StyleAndTextTuples:
        return joined(self._interviewer_rows()[0])


def joined(rows: Lines) -> StyleAndTextTuples:
    """Return rows as one text for a window."""
    text: StyleAndTextTuples = []
    for at, row in enumerate(rows):
        if at:
            text.append(("", "\n"))
        text.extend(row)
    return text
