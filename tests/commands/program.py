"""The whole program in a process of its own, with a home of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlsd_coach.history.store import Store
from mlsd_coach.models import Attempt

ROOT = Path(__file__).parents[2]


@dataclass
class Program:
    """Runs commands; `home` keeps what they keep."""

    home: Path

    def run(self, *words: str, stdin: bytes | None = b"", env: dict[str, str] | None = None, **more: Any) -> "Ran":
        """Run one command to its end; `stdin` None closes it."""
        settings = {key: value for key, value in os.environ.items() if not key.startswith(("MLSD_COACH", "COLUMNS"))}
        settings |= {"MLSD_COACH_HOME": str(self.home), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)} | (env or {})
        command = [sys.executable, "-m", "mlsd_coach", *words]
        if stdin is None:
            command = ["sh", "-c", 'exec "$@" <&-', "sh", *command]
        done = subprocess.run(
            command, input=stdin, env=settings, capture_output=True, check=False, timeout=120, cwd=self.home, **more
        )
        ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in ran.err
        return ran

    def keep(self, *attempts: Attempt) -> None:
        """Put attempts into the history."""
        with Store(self.history) as store:
            for attempt in attempts:
                store.finish(None, attempt)

    @property
    def history(self) -> Path:
        """The file that keeps the attempts."""
        return self.home / "data" / "history.db"


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str
