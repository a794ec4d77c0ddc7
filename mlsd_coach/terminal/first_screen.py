"""The first screen, on the terminal before the editor is loaded: the candidate reads while it loads.

The editor then draws the same rows again in the same places, and adds the keys once it reads them.
"""

import os
import sys
from types import TracebackType
from typing import Any, TextIO

from mlsd_coach.interview.live import LiveSitting
from mlsd_coach.terminal import panels
from mlsd_coach.terminal.panels import Glyphs, Lines
from mlsd_coach.terminal.style import STYLE

ENTER, LEAVE, HOME = "\x1b[?1049h", "\x1b[?1049l", "\x1b[2J\x1b[H"
_SGR = {
    "bold": "1",
    "reverse": "7",
    "ansibrightblack": "90",
    "ansired": "31",
    "ansigreen": "32",
    "ansiyellow": "33",
    "ansicyan": "36",
}


class FirstScreen:
    """While entered, the terminal shows the first screen and keeps what is typed for the editor to read."""

    def __init__(self, live: LiveSitting, glyphs: Glyphs, stream: TextIO, *, colour: bool) -> None:
        self._live = live
        self._glyphs = glyphs
        self._stream = stream
        self._colour = colour
        self._is_ours = False
        self._settings: Any = None

    def __enter__(self) -> "FirstScreen":
        if sys.platform == "win32":
            return self  # its console may not know these sequences; prompt_toolkit finds out
        self._settings = _keep_keys(0)
        columns, lines = _size(self._stream)
        rows = first_rows(self._live, columns, lines, self._glyphs)
        text = "\r\n".join("".join(self._drawn(style, piece) for style, piece in row) for row in rows)
        self._stream.write(f"{ENTER}{HOME}{text}")
        self._stream.flush()
        self._is_ours = True
        return self

    def hand_over(self) -> None:
        """Leave the screen to the editor, which closes it itself."""
        self._is_ours = False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_ours:
            self._stream.write(LEAVE)
            self._stream.flush()
        _restore(0, self._settings)

    def _drawn(self, style: str, text: str) -> str:
        words = STYLE.get(style.removeprefix("class:"), "").split()
        codes = [_SGR[word] for word in words if self._colour or not word.startswith("ansi")]
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if codes and text else text


def first_rows(live: LiveSitting, columns: int, rows: int, glyphs: Glyphs) -> Lines:
    """Return the rows above the answer, as the editor will draw them."""
    said, is_cut = panels.shared_rows(live, columns, rows, 0)
    above: Lines = [panels.rule_row(columns, glyphs)]
    below: Lines = [panels.rule_row(columns, glyphs, is_cut=is_cut)]
    has_rules = rows >= panels.ROWS_FOR_RULES
    return [
        panels.title_row(live, columns, glyphs),
        panels.clock_row(live, columns, glyphs, hidden=False),
        *(above if has_rules else []),
        *said,
        *(below if has_rules else []),
    ]


def _size(stream: TextIO) -> tuple[int, int]:
    """Return columns and rows, 80 x 24 where the terminal reports none, as prompt_toolkit takes it."""
    try:
        size = os.get_terminal_size(stream.fileno())
    except OSError:
        return 80, 24
    return size.columns or 80, size.lines or 24


def _keep_keys(descriptor: int) -> Any:  # noqa: ANN401 - the attributes of a terminal are an untyped list
    """Stop the terminal from echoing keys and from acting on them; return how it was set before."""
    if sys.platform == "win32":
        return None
    import termios
    import tty

    try:
        before = termios.tcgetattr(descriptor)
        tty.setraw(descriptor, termios.TCSANOW)
    except termios.error:
        return None
    return before


def _restore(descriptor: int, settings: Any) -> None:  # noqa: ANN401
    if sys.platform == "win32" or settings is None:
        return
    import termios

    try:
        termios.tcsetattr(descriptor, termios.TCSANOW, settings)
    except termios.error:
        return  # the terminal is gone
