"""Replies kept by what was asked, in private files: a second run asks nothing twice; may be lost any time."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

MOST_KEPT = 5000
"""Replies; about fifty whole sittings."""
_MOST_BYTES = 100_000


class KeptReplies:
    """JSON objects by digest in one folder; without a folder, or a writable one, it keeps nothing."""

    def __init__(self, folder: Path | None, *, most: int = MOST_KEPT) -> None:
        self._folder = folder
        self._most = most

    def get(self, key: str) -> str | None:
        """Return the JSON text kept under a digest, or None."""
        if self._folder is None:
            return None
        try:
            with self._path(self._folder, key).open(encoding="utf-8") as file:
                return file.read(_MOST_BYTES)
        except (OSError, ValueError):
            return None

    def put(self, key: str, value: dict[str, Any]) -> None:
        """Keep a JSON object in a file that only its owner can read."""
        if self._folder is None:
            return
        path = self._path(self._folder, key)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(value, file)  # ASCII: it holds in any encoding
            fresh.replace(path)
        except OSError:
            with suppress(OSError):
                fresh.unlink()

    def prune(self) -> None:
        """Forget the oldest replies beyond the most that are kept."""
        if self._folder is None:
            return
        with suppress(OSError):
            paths = [path for path in self._folder.iterdir() if path.suffix in {".json", ".tmp"}]
            if len(paths) > self._most:
                for path in sorted(paths, key=lambda path: path.stat().st_mtime_ns)[: len(paths) - self._most]:
                    path.unlink()

    def _path(self, folder: Path, key: str) -> Path:
        return folder / f"{key}.json"
