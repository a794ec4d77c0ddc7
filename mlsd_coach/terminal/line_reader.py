"""Lines from standard input one at a time, with a pause now and then in which the clock can be looked at."""

import codecs
import os
import select
import sys


class LineReader:
    """Reads whole lines from a file descriptor.

    Reading it ourselves keeps a piped answer whole and lets the caller save while nothing comes.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._pending = ""

    def read(self, seconds: float) -> str | None:
        """Return the next line without its end, or None when none came within `seconds`.

        EOFError at the end of the input; on a terminal more may follow after that.
        """
        while "\n" not in self._pending:
            if not self._is_ready(seconds):
                return None
            chunk = os.read(self._descriptor, 65536)
            if not chunk:
                rest, self._pending = self._pending, ""
                if rest:
                    return rest
                raise EOFError
            self._pending += self._decoder.decode(chunk)
        line, _, self._pending = self._pending.partition("\n")
        return line.removesuffix("\r")

    def wait(self) -> str:
        """Return the next line, however long it takes; EOFError at the end of the input."""
        while True:
            line = self.read(1.0)
            if line is not None:
                return line

    def _is_ready(self, seconds: float) -> bool:
        if sys.platform == "win32":
            return True  # select knows only sockets there; the read waits for a line
        return bool(select.select([self._descriptor], [], [], seconds)[0])
