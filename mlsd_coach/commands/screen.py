"""What can be drawn, and with what the candidate writes: width, colour, characters, their own editor."""

import os
import shutil
import sys
from typing import TextIO

LEAST_COLUMNS = 20
MOST_COLUMNS = 100
"""Longer rows of prose are hard to read."""


def columns() -> int:
    """Return the columns to lay text out for: the terminal's, within reason; 80 where none is reported."""
    return max(LEAST_COLUMNS, min(MOST_COLUMNS, shutil.get_terminal_size((80, 24)).columns))


def columns_of(stream: TextIO | None) -> int:
    """Return the columns of the terminal that a stream goes to, within reason; those of standard output without one."""
    try:
        if stream is None or os.environ.get("COLUMNS"):
            return columns()
        return max(LEAST_COLUMNS, min(MOST_COLUMNS, os.get_terminal_size(stream.fileno()).columns or 80))
    except (OSError, ValueError):
        return columns()


def has_colour(stream: TextIO) -> bool:
    """Tell whether to colour what goes to the stream: on a terminal, unless NO_COLOR; FORCE_COLOR everywhere."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def is_ascii(stream: TextIO) -> bool:
    """Tell whether the stream can take nothing beyond ASCII."""
    return "utf" not in (stream.encoding or "").lower()


def editor_command() -> str:
    """Return the candidate's own editor as a command line; empty when none is set."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream is there and is a terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def wrapped(text: str) -> str:
    """Return a message for standard error, broken between words where that is a terminal."""
    if not is_terminal(sys.stderr):
        return text
    from mlsd_coach.terminal.wrapping import wrap

    return "\n".join(wrap(text, columns()))


def conversation_stream(*, json: bool) -> TextIO:
    """Return where the interviewer speaks in line mode: never into data that goes to a file or a pipe."""
    return sys.stdout if is_terminal(sys.stdout) and not json else sys.stderr
