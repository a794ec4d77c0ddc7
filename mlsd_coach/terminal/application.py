"""prompt_toolkit's application with our manners: a bug ends it, and a lost terminal is told from one."""

import errno
from asyncio import AbstractEventLoop
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import ANSI, to_formatted_text
from prompt_toolkit.formatted_text.utils import split_lines

from mlsd_coach.interview.prompter import Leave
from mlsd_coach.terminal.panels import Lines

_GONE = frozenset({errno.EIO, errno.ENXIO, errno.EBADF, errno.EPIPE, errno.ENOTTY})
"""What reading or drawing fails with once the terminal is gone."""


class SittingApplication(Application[Leave | None]):
    """An application whose bugs end it with the exception, where prompt_toolkit would print a trace and wait."""

    def _handle_exception(self, loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        del loop
        error = context.get("exception")
        if error is not None and self.future is not None and not self.future.done():
            self.exit(exception=error)


def is_terminal_gone(error: OSError) -> bool:
    """Tell whether the error means that there is no terminal any more."""
    return error.errno in _GONE


def ansi_rows(text: str) -> Lines:
    """Return rows of a text that carries ANSI colours and nothing else."""
    return [[(piece[0], piece[1]) for piece in row] for row in split_lines(to_formatted_text(ANSI(text)))]
