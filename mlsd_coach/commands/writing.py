"""Writing a file for the candidate: whole or not at all, and never over one that is there unless told to."""

import os
from pathlib import Path

from mlsd_coach.errors import CoachError, UsageError


def write_file(path: Path, text: str, *, force: bool) -> None:
    """Write a text file atomically; UsageError when it is there already and `force` is not given."""
    try:
        _check(path, force=force)
        _put(path, text, force=force)
    except FileExistsError:
        raise _is_there(path) from None
    except OSError as error:
        raise CoachError(f"Cannot write '{path}': {error.strerror}.", fix="Name another file with -o.") from None


def _check(path: Path, *, force: bool) -> None:
    if path.exists() and not path.is_file():
        raise UsageError(f"'{path}' is not a file.", fix="Name a file with -o, or - for standard output.")
    if path.exists() and not force:
        raise _is_there(path)


def _put(path: Path, text: str, *, force: bool) -> None:
    """Write beside the place and move it there."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        _write(fresh, text)
        if force:
            fresh.replace(path)
        else:
            _move_unless_there(fresh, path)
    finally:
        _remove(fresh)


def _is_there(path: Path) -> UsageError:
    return UsageError(f"'{path}' is there already.", fix="Pass --force to write over it, or name another file.")


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _move_unless_there(fresh: Path, path: Path) -> None:
    """Give the file its name; FileExistsError when another process was faster."""
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links.
        if path.exists():
            raise FileExistsError(str(path)) from None
        fresh.replace(path)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # it could not be made either
