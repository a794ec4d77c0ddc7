"""What SQLite says when it fails, as a sentence with the fix."""

import sqlite3
from pathlib import Path

from mlsd_coach.errors import StoreError

_READ_ONLY = "Make the folder writable, or set MLSD_COACH_HOME to one that is."
_KEEP = "Move that file away to begin a new history, or put a good copy in its place; nothing was changed."
_WAYS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_NOTADB: ("is not a database", _KEEP),
    sqlite3.SQLITE_CORRUPT: ("is damaged", _KEEP),
    sqlite3.SQLITE_FULL: ("cannot grow: the disk is full", "Free some space and try again; what was saved is kept."),
    sqlite3.SQLITE_IOERR: ("cannot be read or written: the disk failed", "Check the disk and its free space."),
    sqlite3.SQLITE_READONLY: ("is read-only", _READ_ONLY),
    sqlite3.SQLITE_PERM: ("may not be opened", _READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", _READ_ONLY),
    sqlite3.SQLITE_AUTH: ("may not be opened", _READ_ONLY),
    sqlite3.SQLITE_BUSY: ("is locked by another program", "Close the other mlsd-coach and try again."),
    sqlite3.SQLITE_LOCKED: ("is locked by another program", "Close the other mlsd-coach and try again."),
}


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """Return the error to show for one of SQLite's."""
    # The low byte is the primary code: an extended one says which kind of read or write it was.
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and "not a database" in str(error):
        code = sqlite3.SQLITE_NOTADB
    what, fix = _WAYS.get((code or 0) & 0xFF, (f"failed ({error})", _KEEP))
    return StoreError(f"The history {path} {what}.", fix=fix)


def explain_os(error: OSError, path: Path) -> StoreError:
    """Return the error to show when the history's file or folder cannot be made."""
    return StoreError(f"The history {path} cannot be made: {error.strerror}.", fix=_READ_ONLY)


def refuse_empty(path: Path) -> StoreError:
    """Return the error for a history that lost everything, its header too."""
    return StoreError(f"The history {path} is an empty file, not a database.", fix=_KEEP)


def refuse_foreign(path: Path) -> StoreError:
    """Return the error for another program's database."""
    return StoreError(f"The file {path} is a database of another program.", fix=_KEEP)


def refuse_newer(path: Path, version: int, known: int) -> StoreError:
    """Return the error for a history that a newer coach has written."""
    message = f"The history {path} was written by a newer mlsd-coach (schema {version}; this one knows {known})."
    return StoreError(message, fix="Update mlsd-coach, or set MLSD_COACH_HOME to another folder.")


def refuse_orphan(path: Path) -> StoreError:
    """Return the error for a write-ahead log whose database is gone: SQLite would play it into a new one."""
    message = f"The history {path} is gone, but its log {path.name}-wal is still there."
    return StoreError(message, fix=f"Put {path.name} back, or move the log away to begin a new history.")
