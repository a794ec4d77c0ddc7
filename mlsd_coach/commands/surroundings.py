"""What the program is told by its surroundings: the clock, the environment, the folders, the terminal.

The only place, with the commands beside it, that reads them; everything below takes them as arguments.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # imported where they are used: the start of every command pays for what stands at the top
    from datetime import datetime

    from mlsd_coach.content.library import Library
    from mlsd_coach.history.store import Store

ContentOption = Annotated[
    list[Path] | None,
    typer.Option("--content", help="A scenario file or a folder of scenarios to add; may be given again."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")]
PlainOption = Annotated[bool, typer.Option("--plain", help="No boxes, no redrawing: a record a line.")]


@dataclass(frozen=True)
class Folders:
    """Where this machine's candidate keeps things."""

    data: Path
    """The history and added packs."""
    config: Path
    cache: Path
    """May be deleted at any time."""
    state: Path
    """The log of unexpected errors."""


def folders() -> Folders:
    """Return the platform's folders, or those under MLSD_COACH_HOME when it is set."""
    home = os.environ.get("MLSD_COACH_HOME")
    if home:
        root = Path(home).expanduser()
        return Folders(root / "data", root / "config", root / "cache", root / "state")
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("mlsd-coach", appauthor=False)
    return Folders(dirs.user_data_path, dirs.user_config_path, dirs.user_cache_path, dirs.user_state_path)


def content_roots(content: Sequence[Path] = ()) -> list[Path]:
    """Return where content comes from, later over earlier: built in, the candidate's folder, environment, option."""
    from mlsd_coach.content.library import builtin_root

    roots = [builtin_root()]
    own = folders().data / "content"
    if own.is_dir():
        roots.append(own)
    roots.extend(Path(part) for part in os.environ.get("MLSD_COACH_CONTENT", "").split(os.pathsep) if part)
    roots.extend(content)
    return roots


def open_library(content: Sequence[Path] | None = None) -> "Library":
    """Return the library over all roots, with its cache in the cache folder."""
    from mlsd_coach.content.library import Library

    cache = folders().cache
    if not cache.is_dir() and _is_terminal(sys.stderr):
        # Two seconds of YAML, once: a word on what is happening.
        say("Reading the scenarios for the first time ...")
    return Library(content_roots(content or ()), cache_dir=cache)


def history_path() -> Path:
    """Return the file that keeps sessions and attempts."""
    return folders().data / "history.db"


def open_store() -> "Store":
    """Open the history; StoreError with the fix when it cannot be used."""
    from mlsd_coach.history.store import Store

    return Store(history_path())


def now() -> "datetime":
    """Return the time in UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC)


def is_interactive() -> bool:
    """Tell whether a person can be asked: stdin and stdout are terminals that can draw."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb"


def can_ask() -> bool:
    """Tell whether a line can be asked for: stdin is a terminal, even one that cannot draw."""
    return _is_terminal(sys.stdin)


def _is_terminal(stream: object) -> bool:
    # A stream closed before the start is None, one closed later raises.
    try:
        return bool(stream is not None and stream.isatty())  # type: ignore[attr-defined]
    except ValueError:
        return False


def say(message: str) -> None:
    """Print a message for the person on stderr."""
    typer.echo(message, err=True)
