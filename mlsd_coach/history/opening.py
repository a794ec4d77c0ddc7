"""Opening the history's file: made once and whole, checked for what it is, brought up to this coach's schema."""

import os
import sqlite3
from pathlib import Path

from mlsd_coach.history.failures import explain, explain_os, refuse_empty, refuse_foreign, refuse_newer, refuse_orphan

APPLICATION = 0x6D6C7364
"""Marks the file as ours ("mlsd" in ASCII; `file` and other programs can tell)."""
STEPS = ("schema.sql",)
"""The file at index n brings a database of schema n to schema n + 1."""
BUSY_SECONDS = 10.0


def open_database(path: Path) -> sqlite3.Connection:
    """Return a connection in autocommit mode to the history at `path`, made when there is none.

    StoreError when it cannot be made or used. An existing file is never replaced.
    """
    try:
        # The log first: another process makes the database before the log.
        if path.with_name(f"{path.name}-wal").exists() and not path.exists():
            raise refuse_orphan(path)
        if not path.exists():
            _make(path)
        if path.stat().st_size == 0:
            raise refuse_empty(path)
    except OSError as error:
        raise explain_os(error, path) from None
    try:
        return _checked(_connect(path), path)
    except sqlite3.Error as error:
        raise explain(error, path) from None


def _make(path: Path) -> None:
    """Make a new history beside its place and move it there whole: nobody ever sees a half-made one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    try:
        db = _connect(fresh)
        try:
            upgrade(db)
        finally:
            db.close()
        _move_unless_there(fresh, path)
    except sqlite3.Error as error:
        raise explain(error, path) from None
    finally:
        for rest in (fresh, fresh.with_name(f"{fresh.name}-wal"), fresh.with_name(f"{fresh.name}-shm")):
            rest.unlink(missing_ok=True)


def _move_unless_there(fresh: Path, path: Path) -> None:
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        return  # another process was faster: theirs is as good
    except OSError:
        # A file system without hard links.
        if not path.exists():
            fresh.rename(path)


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        # A commit is on the disk when it returns, also after a power cut.
        db.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        db.close()
        raise
    return db


def _checked(db: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    try:
        version = _version(db, path)
        if version < len(STEPS):
            upgrade(db)
    except BaseException:
        db.close()
        raise
    return db


def _version(db: sqlite3.Connection, path: Path) -> int:
    if _pragma(db, "application_id") != APPLICATION:
        raise refuse_foreign(path)
    version = _pragma(db, "user_version")
    if version > len(STEPS):
        raise refuse_newer(path, version, len(STEPS))
    return version


def upgrade(db: sqlite3.Connection) -> None:
    """Bring a database to the newest schema in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    try:
        # Read inside the transaction: another process may have been faster.
        for number in range(_pragma(db, "user_version"), len(STEPS)):
            for statement in _statements(Path(__file__).with_name(STEPS[number]).read_text(encoding="utf-8")):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(STEPS)}")
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    found: list[str] = []
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):
            found.append(waiting)
            waiting = ""
    return found


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
