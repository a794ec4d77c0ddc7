"""The index of scenario heads: what `list` and completion show, without opening a single content file."""

from collections.abc import Callable
from typing import Any

from mlsd_coach.content.cache import Cache
from mlsd_coach.content.sources import Source
from mlsd_coach.models.head import ScenarioHead
from mlsd_coach.models.terms import Level

_NAME, _DIGEST = "heads", "index"
_TICK_NS = 20_000_000
"""File times advance in steps of a few milliseconds: a file as young as the index may have changed unseen."""


class HeadIndex:
    """Heads by file, trusted while size and times of the file are the same."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._kept = cache.get(_NAME, _DIGEST) or {}
        self._kept_at = cache.written_at(_NAME, _DIGEST)
        self._is_changed = False

    def head(self, source: Source, read: Callable[[Source], ScenarioHead | None]) -> ScenarioHead | None:
        """Return the head of a file, by `read` when it is new or changed; None when the file cannot be used."""
        path = str(source.path.absolute())
        try:
            status = source.path.stat()
        except OSError:
            return None
        state = [status.st_size, status.st_mtime_ns, status.st_ctime_ns]
        kept = self._kept.get(path)
        if kept is not None and kept[0] == state and status.st_ctime_ns + _TICK_NS < self._kept_at:
            return _unpacked(source.id, kept[1])
        head = read(source)
        self._kept[path] = [state, _packed(head)]
        self._is_changed = True
        return head

    def save(self) -> None:
        """Keep the index, if it changed."""
        if self._is_changed:
            self._cache.put(_NAME, _DIGEST, self._kept)


def _packed(head: ScenarioHead | None) -> list[Any] | None:
    return None if head is None else [head.title, head.family, list(head.tags), list(head.levels)]


def _unpacked(scenario_id: str, packed: list[Any] | None) -> ScenarioHead | None:
    if packed is None:
        return None
    title, family, tags, levels = packed
    return ScenarioHead(scenario_id, title, family, tuple(tags), tuple(Level(word) for word in levels))
