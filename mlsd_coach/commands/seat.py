"""One process a sitting: a lock that the system gives back even after kill -9."""

import os
import sys
from pathlib import Path
from types import TracebackType


class Seat:
    """The right to write one sitting, held until it is left or the process ends."""

    def __init__(self, session_id: str, descriptor: int | None, path: Path) -> None:
        self.session_id = session_id
        self._descriptor = descriptor
        self._path = path

    @classmethod
    def take(cls, folder: Path, session_id: str) -> "Seat | None":
        """Take the seat of a session; None when another process sits there.

        Where files cannot be locked (some network folders) the seat is given without a lock.
        """
        path = folder / f"{session_id}.lock"
        while True:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError:
                return cls(session_id, None, path)
            if not _lock(descriptor):
                os.close(descriptor)
                return None
            if _is_same_file(descriptor, path):
                return cls(session_id, descriptor, path)
            # The one before removed the file between our opening and our lock.
            os.close(descriptor)

    def __enter__(self) -> "Seat":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def leave(self) -> None:
        """Give the seat back."""
        if self._descriptor is None:
            return
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            pass  # Windows keeps an open file; it is empty and does no harm
        os.close(self._descriptor)
        self._descriptor = None


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


def _is_same_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False
