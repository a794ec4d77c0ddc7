"""Validated content kept as JSON, so that an unchanged file needs neither YAML nor the schema; may be lost any time."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from mlsd_coach import __version__

_KEPT = 4
"""Versions of one file that stay: an author's last saves, or the same id in several packs."""


class Cache:
    """JSON objects by name and digest in one folder; without a folder, or a writable one, it keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = None if folder is None else folder / "content"
        self._stamp = _stamp()

    def get(self, name: str, digest: str) -> dict[str, Any] | None:
        """Return the value kept under `name` for this digest, or None."""
        return None if self._folder is None else _read(self._path(self._folder, name, digest))

    def has(self, name: str, digest: str) -> bool:
        """Tell whether a value is kept, without reading it."""
        return self.written_at(name, digest) > 0

    def put(self, name: str, digest: str, value: dict[str, Any]) -> None:
        """Keep a JSON object, and forget all but the newest few of the same name."""
        if self._folder is None:
            return
        _write(self._path(self._folder, name, digest), value)
        _prune(self._folder, name)

    def written_at(self, name: str, digest: str) -> int:
        """Return when a value was kept, in nanoseconds of the file's clock; 0 when it was not."""
        try:
            return 0 if self._folder is None else self._path(self._folder, name, digest).stat().st_mtime_ns
        except OSError:
            return 0

    def _path(self, folder: Path, name: str, digest: str) -> Path:
        return folder / f"{name}-{self._stamp}-{digest[:20]}.json"


def _prune(folder: Path, name: str) -> None:
    try:
        # The stamp and the digest hold no hyphen: "feed" does not take "feed-ranking" for its own.
        mine = [path for path in folder.iterdir() if path.suffix == ".json" and path.stem.rsplit("-", 2)[0] == name]
        for path in sorted(mine, key=lambda path: path.stat().st_mtime_ns, reverse=True)[_KEPT:]:
            path.unlink()
    except OSError:
        return  # another process was faster, or the folder is read-only


def _stamp() -> str:
    """Name this coach: its version, and the state of its loader's own files for those who work on it."""
    parts = [__version__]
    with os.scandir(Path(__file__).parent) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith(".py"):
                status = entry.stat()
                parts.append(f"{entry.name}:{status.st_size}:{status.st_mtime_ns}")
    return f"{crc32(' '.join(parts).encode()):08x}"


def _read(path: Path) -> dict[str, Any] | None:
    try:
        raw = path.read_bytes()
        head, _, body = raw.partition(b"\n")
        value = json.loads(body) if head == b"%08x" % crc32(body) else None
    except (OSError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _write(path: Path, value: dict[str, Any]) -> None:
    body = json.dumps(value, separators=(",", ":")).encode()
    fresh = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(b"%08x\n%b" % (crc32(body), body))
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
