"""One process a sitting: a lock that the system gives back even after kill -9, and an id that nobody else has."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

KEPT_SECONDS = 86_400.0
"""Locks of ended sittings stay a day: their ids are not given out again in the same second."""


class Seat:
    """The right to write one sitting, held until it is left or the process ends."""

    def __init__(self, session_id: str, descriptor: int | None, path: Path) -> None:
        self.session_id = session_id
        self._descriptor = descriptor
        self._path = path

    def __enter__(self) -> "Seat":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            _prune(self._path.parent)
            os.close(self._descriptor)
            self._descriptor = None


def new_seat(folder: Path, base: str) -> Seat:
    """Return the seat of a sitting that is to begin, under the id `base` or, when that was given out, `base-2` and on.

    Where files cannot be made or locked (some network folders) the seat comes without a lock.
    """
    number = 1
    while True:
        session_id = base if number == 1 else f"{base}-{number}"
        path = folder / f"{session_id}.lock"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            number += 1
        except OSError:
            return Seat(session_id, None, path)
        else:
            _lock(descriptor)
            return Seat(session_id, descriptor, path)


def old_seat(folder: Path, session_id: str) -> Seat | None:
    """Return the seat of a sitting that was begun before; None when another process sits there."""
    path = folder / f"{session_id}.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return Seat(session_id, None, path)
    if not _lock(descriptor):
        os.close(descriptor)
        return None
    return Seat(session_id, descriptor, path)


def _prune(folder: Path) -> None:
    """Remove the locks of sittings that ended long ago."""
    with suppress(OSError):
        for path in folder.glob("*.lock"):
            if time.time() - path.stat().st_mtime > KEPT_SECONDS and _is_free(path):
                path.unlink()


def _is_free(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDWR)
    try:
        return _lock(descriptor)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Lock the file for this process; False when another has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # Windows says so when it is taken; elsewhere it means that there are no locks here.
        return sys.platform != "win32"
    return True
