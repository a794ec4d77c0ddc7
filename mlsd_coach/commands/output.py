"""What the reading commands print: data on standard output, long texts through a pager on a terminal."""

import sys
from typing import Any

from mlsd_coach.commands import screen
from mlsd_coach.commands.surroundings import is_interactive


def emit(text: str) -> None:
    """Print data on standard output, with a newline at its end."""
    from mlsd_coach.errors import CoachError

    if sys.stdout is None or sys.stdout.closed:
        raise CoachError("Standard output is closed.", fix="Run it without closing the output, or with -o FILE.")
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def emit_json(value: dict[str, Any]) -> None:
    """Print one JSON object."""
    from json import dumps

    emit(dumps(value, ensure_ascii=False, indent=2))


def emit_long(text: str) -> None:
    """Print a text; where it is longer than the terminal, through the pager, so that its beginning is read first."""
    import os
    import shutil

    if is_interactive() and text.count("\n") + 2 > shutil.get_terminal_size().lines:
        from mlsd_coach.terminal.paging import page

        sys.stdout.flush()
        if page(text, os.environ):
            return
    emit(text)


def is_ascii() -> bool:
    """Tell whether standard output can take nothing beyond ASCII."""
    return sys.stdout is not None and screen.is_ascii(sys.stdout)


def has_colour() -> bool:
    """Tell whether to colour standard output."""
    return sys.stdout is not None and screen.has_colour(sys.stdout)
