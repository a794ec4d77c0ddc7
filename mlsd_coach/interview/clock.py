"""A clock that is told the time: it counts what goes by while it runs and never runs backwards."""

from typing import NamedTuple


class Clock(NamedTuple):
    """Seconds counted so far, and the moment up to which they are counted while it runs."""

    counted: float = 0.0
    since: float | None = None
    """The caller's time in seconds at the last count; None while the clock stands still."""

    @property
    def is_running(self) -> bool:
        """Tell whether time counts."""
        return self.since is not None

    def at(self, now: float) -> "Clock":
        """Return the clock with the time up to `now` counted; a `now` that jumped back counts as no time."""
        if self.since is None:
            return self
        return Clock(self.counted + max(0.0, now - self.since), now)

    def run(self, now: float) -> "Clock":
        """Return the clock running from `now` on."""
        return self.at(now) if self.is_running else Clock(self.counted, now)

    def stop(self, now: float) -> "Clock":
        """Return the clock standing still at what it has counted by `now`."""
        return Clock(self.at(now).counted, None)
