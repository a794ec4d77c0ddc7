"""The program in a pseudo-terminal, with a screen to read it from."""

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pexpect
import pyte

from mlsd_coach.history.store import Store

PATIENCE = 30.0
"""Seconds that a busy machine may take for anything."""


class AnsweringScreen(pyte.Screen):
    """A screen that answers a cursor-position request as a real terminal would."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self.answer: Callable[[str], object] = lambda _data: None

    def write_process_input(self, data: str) -> None:
        self.answer(data)


OURS = {"VISUAL", "EDITOR", "NO_COLOR", "COLUMNS", "LINES"}
"""What a child does not inherit: whoever runs the tests in parallel says a width of its own there."""


class Terminal:
    """A child process on a pyte screen; keys go in by name or as text, rows come out."""

    def __init__(
        self,
        command: Sequence[str],
        home: Path,
        *,
        columns: int = 80,
        rows: int = 24,
        env: dict[str, str] | None = None,
    ) -> None:
        settings = {key: value for key, value in os.environ.items() if key not in OURS}
        settings |= {"MLSD_COACH_HOME": str(home), "TERM": "xterm-256color", "PYTHONUTF8": "1"} | (env or {})
        self.screen = AnsweringScreen(columns or 80, rows or 24)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            command[0], list(command[1:]), env=settings, dimensions=(rows, columns), timeout=PATIENCE
        )
        self.child.delaybeforesend = None
        self.screen.answer = self.child.send

    def read(self, seconds: float = 0.05) -> None:
        """Take in what the child draws for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                chunk = self.child.read_nonblocking(65536, timeout=left)
            except pexpect.TIMEOUT:
                return
            except pexpect.EOF:
                time.sleep(min(left, 0.05))
                return
            self.raw += chunk
            self._stream.feed(chunk)

    def wait_until(self, is_there: Callable[[], bool], what: str) -> None:
        """Read until the condition holds; AssertionError with the screen when it never does."""
        end = time.monotonic() + PATIENCE
        while not is_there():
            assert time.monotonic() < end, f"never saw {what}; the screen was:\n{self.text}"
            self.read()

    def wait_for(self, *texts: str) -> "Terminal":
        """Read until all the texts stand on the screen."""
        self.wait_until(lambda: all(text in self.text for text in texts), repr(texts))
        return self

    def to_the_debrief(self) -> "Terminal":
        """Answer no to whatever the coach doubts, until it says where the attempt is kept."""
        kept, answered, end = "Kept as 20", 0, time.monotonic() + PATIENCE
        while kept not in self.text:
            assert time.monotonic() < end, f"never saw the debrief; the screen was:\n{self.text}"
            self.read()
            if self._doubts > answered:
                answered = self._doubts
                self.read(0.3)
                self.send("\r")
        return self

    @property
    def _doubts(self) -> int:
        """How often a doubt was drawn; one that is drawn again is answered again, which does no harm."""
        return self.raw.count(b"Did you mean this?") + self.raw.count(b"y/N?")

    def send(self, text: str) -> "Terminal":
        """Type."""
        self.child.send(text)
        return self

    def key(self, name: str) -> "Terminal":
        """Press a key such as ^D, F1, up."""
        codes = {
            "up": "\x1b[A",
            "down": "\x1b[B",
            "enter": "\r",
            "escape": "\x1b",
            "F1": "\x1bOP",
            "F8": "\x1b[19~",
            "F10": "\x1b[21~",
            "F11": "\x1b[23~",
            "pagedown": "\x1b[6~",
        }
        self.child.send(codes.get(name) or chr(ord(name[1]) & 0x1F))
        return self

    def paste(self, text: str) -> "Terminal":
        """Paste as a terminal does that marks it."""
        self.child.send(f"\x1b[200~{text}\x1b[201~")
        return self

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self.child.setwinsize(rows, columns)
        self.screen.resize(rows, columns)

    @property
    def text(self) -> str:
        """What the screen shows, a row a line."""
        return "\n".join(row.rstrip() for row in self.screen.display)

    @property
    def words(self) -> str:
        """What the screen shows with all white space as single spaces."""
        return " ".join(self.text.split())

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send the child a signal."""
        self.child.kill(number)

    def hang_up(self) -> int:
        """Close the terminal under the child, as a closed window does; return its exit code."""
        # All that holds the descriptor has to let go, or it is closed a second time under another file.
        process: Any = self.child.ptyproc  # type: ignore[attr-defined]
        process.fileobj.close()
        process.closed = self.child.closed = True
        _, status = os.waitpid(self.child.pid or 0, 0)
        return os.waitstatus_to_exitcode(status)

    def exit_code(self) -> int:
        """Wait for the end; return the exit code, negative for a signal."""
        self.wait_until(lambda: not self.child.isalive(), "the end")
        self.read(0.1)
        assert "Traceback" not in self.text
        self.child.close()
        code = self.child.exitstatus
        return -int(self.child.signalstatus or 0) if code is None else int(code)

    def close(self) -> None:
        """End the child whatever it does."""
        if not self.child.closed:
            self.child.close(force=True)


def coach(*words: str) -> list[str]:
    """Return the command line that runs the program."""
    return [sys.executable, "-m", "mlsd_coach", *words]


def stored_answers(home: Path) -> str:
    """Return the answers of the last sitting as they are on disk, read beside the running program."""
    with Store(home / "data" / "history.db") as store:
        session = store.session()
    return "\n".join(stage.answer for stage in session.stages) if session else ""
