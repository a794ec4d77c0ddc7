"""Processes that write to one history at once."""

from pathlib import Path

from mlsd_coach.history.store import Store
from tests.reports.samples import small_attempt


def write_attempts(path: Path, writer: int, count: int) -> None:
    """Keep `count` attempts and tick as many steps, as one of several processes would."""
    with Store(path) as store:
        for number in range(count):
            store.finish(None, small_attempt(f"w{writer}-{number}"))
            store.set_tick(f"item/{writer}-{number}", on=True, now="2025-01-02T03:04:05+00:00")


def write_same_id(path: Path, count: int) -> None:
    """Keep attempts that all want the same id."""
    with Store(path) as store:
        for _ in range(count):
            store.finish(None, small_attempt("same"))
