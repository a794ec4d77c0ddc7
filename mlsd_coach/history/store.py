"""The history of one candidate in one SQLite file; what a method has returned from is on the disk."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from mlsd_coach.errors import StoreError, UsageError
from mlsd_coach.history.failures import explain
from mlsd_coach.history.opening import open_database
from mlsd_coach.history.records import (
    AttemptHead,
    attempt_from_text,
    attempt_to_text,
    session_from_text,
    session_to_text,
)
from mlsd_coach.models.terms import Level

if TYPE_CHECKING:
    from mlsd_coach.models import Attempt, Session

_HEAD = "id, scenario, level, score, band, prediction, finished_at"
_NEWEST = "ORDER BY finished_at DESC, rowid DESC"


class Store:
    """Sessions, attempts, ticks and brainstorms; StoreError with the fix for whatever goes wrong.

    Any number of processes may use the same file at once. A connection belongs to the thread that opened it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = open_database(path)

    def close(self) -> None:
        """Close the file; closing twice does nothing."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Sessions -------------------------------------------------------------------------------------------------------

    def save_session(self, session: "Session") -> None:
        """Keep a sitting under way, over what was kept of it before."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO session (id, scenario, updated_at, touched, body)"
                " VALUES (?1, ?2, ?3, (SELECT coalesce(max(touched), 0) + 1 FROM session), ?4)"
                " ON CONFLICT (id) DO UPDATE SET updated_at = ?3, body = ?4, touched = excluded.touched",
                (session.id, session.scenario, session.updated_at, session_to_text(session)),
            )

    def session(self, session_id: str | None = None) -> "Session | None":
        """Return an open sitting, the one saved last when no id is given; None when there is none."""
        if session_id is None:
            rows = self._rows("SELECT body FROM session ORDER BY touched DESC LIMIT 1")
        else:
            rows = self._rows("SELECT body FROM session WHERE id = ?", session_id)
        return self._session(rows[0][0]) if rows else None

    def sessions(self) -> "tuple[Session, ...]":
        """Return the open sittings, the one saved last first."""
        rows = self._rows("SELECT body FROM session ORDER BY touched DESC")
        return tuple(self._session(body) for (body,) in rows)

    def discard_session(self, session_id: str) -> None:
        """Forget an open sitting; an unknown one is no error."""
        with self._writing() as db:
            db.execute("DELETE FROM session WHERE id = ?", (session_id,))

    # Attempts -------------------------------------------------------------------------------------------------------

    def finish(self, session_id: str | None, attempt: "Attempt") -> str:
        """Put an attempt into the history and take its session out, both or neither; return the attempt's id.

        The id gets a number when another process has taken it in the same second.
        """
        with self._writing() as db:
            kept_as = _free_id(db, attempt.id)
            kept = attempt if kept_as == attempt.id else replace(attempt, id=kept_as)
            db.execute(
                f"INSERT INTO attempt ({_HEAD}, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own names
                (
                    kept_as,
                    kept.scenario,
                    kept.level.value,
                    float(kept.scorecard["score"]),
                    str(kept.scorecard.get("band", "")),
                    kept.prediction,
                    kept.finished_at,
                    attempt_to_text(kept),
                ),
            )
            if session_id is not None:
                db.execute("DELETE FROM session WHERE id = ?", (session_id,))
        return kept_as

    def change(self, attempt_id: str, change: "Callable[[Attempt], Attempt]") -> "Attempt":
        """Put what `change` makes of a kept attempt in its place, unless it raises; return it as it then is.

        UsageError when there is no attempt of that id. Id, scenario, level and times are not to be changed.
        """
        with self._writing() as db:
            row = db.execute("SELECT body FROM attempt WHERE id = ?", (attempt_id,)).fetchone()
            if row is None:
                raise UsageError(f"Unknown attempt '{attempt_id}'.", fix="Run `mlsd-coach history` for all attempts.")
            changed = change(self._attempt(row[0]))
            card = changed.scorecard
            db.execute(
                "UPDATE attempt SET score = ?, band = ?, body = ? WHERE id = ?",
                (float(card["score"]), str(card.get("band", "")), attempt_to_text(changed), attempt_id),
            )
        return changed

    def attempt(self, attempt_id: str | None = None) -> "Attempt | None":
        """Return an attempt by its id or the beginning of it, the newest when none is given; None when there is none.

        UsageError when several begin so.
        """
        if attempt_id is None:
            rows = self._rows(f"SELECT id, body FROM attempt {_NEWEST} LIMIT 1")  # noqa: S608
        else:
            rows = self._rows("SELECT id, body FROM attempt WHERE id = ?", attempt_id) or self._rows(
                f"SELECT id, body FROM attempt WHERE substr(id, 1, length(?1)) = ?1 {_NEWEST}",  # noqa: S608
                attempt_id,
            )
            if len(rows) > 1:
                some = ", ".join(row[0] for row in rows[:3]) + (", ..." if len(rows) > 3 else "")
                raise UsageError(f"{len(rows)} attempts begin with '{attempt_id}'.", fix=f"Which one: {some}?")
        return self._attempt(rows[0][1]) if rows else None

    def attempts(self, scenario: str | None = None) -> "tuple[Attempt, ...]":
        """Return the attempts, of one scenario or of all, newest first."""
        rows = self._rows(
            f"SELECT body FROM attempt WHERE ?1 IS NULL OR scenario = ?1 {_NEWEST}",  # noqa: S608
            scenario,
        )
        return tuple(self._attempt(body) for (body,) in rows)

    def heads(self, scenario: str | None = None) -> tuple[AttemptHead, ...]:
        """Return what a list shows of the attempts, newest first, without reading their answers."""
        rows = self._rows(
            f"SELECT {_HEAD} FROM attempt WHERE ?1 IS NULL OR scenario = ?1 {_NEWEST}",  # noqa: S608
            scenario,
        )
        return tuple(AttemptHead(i, s, Level(level), score, *rest) for i, s, level, score, *rest in rows)

    # Checklist ------------------------------------------------------------------------------------------------------

    def ticks(self) -> dict[str, str]:
        """Return when each ticked step ("item/step") was ticked."""
        return dict(self._rows("SELECT key, at FROM tick ORDER BY key"))

    def set_tick(self, key: str, on: bool, *, now: str) -> None:
        """Tick a step or take its tick away; a step that is ticked already keeps its time."""
        with self._writing() as db:
            if on:
                db.execute("INSERT INTO tick (key, at) VALUES (?, ?) ON CONFLICT DO NOTHING", (key, now))
            else:
                db.execute("DELETE FROM tick WHERE key = ?", (key,))

    def save_brainstorm(self, company: str, lines: Sequence[str], *, now: str) -> None:
        """Keep a company's brainstorm over what was kept of it before."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO brainstorm (company, updated_at, lines) VALUES (?1, ?2, ?3)"
                " ON CONFLICT (company) DO UPDATE SET updated_at = ?2, lines = ?3",
                (company, now, json.dumps(list(lines))),
            )

    def brainstorm(self, company: str) -> tuple[str, ...]:
        """Return the lines kept for a company; empty when there are none."""
        rows = self._rows("SELECT lines FROM brainstorm WHERE company = ?", company)
        return tuple(json.loads(rows[0][0])) if rows else ()

    def companies(self) -> tuple[str, ...]:
        """Return the companies that have a brainstorm, the one changed last first."""
        return tuple(row[0] for row in self._rows("SELECT company FROM brainstorm ORDER BY updated_at DESC, company"))

    # SQLite ---------------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the only write transaction; all of it is on the disk afterwards, or none."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself after some failures.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise explain(error, self._path) from None

    def _rows(self, sql: str, *values: str | None) -> list[Any]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise explain(error, self._path) from None

    def _session(self, body: str) -> "Session":
        try:
            return session_from_text(body)
        except (ValueError, KeyError, TypeError):
            raise self._unreadable("a sitting") from None

    def _attempt(self, body: str) -> "Attempt":
        try:
            return attempt_from_text(body)
        except (ValueError, KeyError, TypeError):
            raise self._unreadable("an attempt") from None

    def _unreadable(self, what: str) -> StoreError:
        message = f"The history {self._path} holds {what} that cannot be read."
        return StoreError(message, fix="Put a good copy of the file in its place, or move it away to begin a new one.")


def _free_id(db: sqlite3.Connection, wanted: str) -> str:
    name, number = wanted, 1
    while db.execute("SELECT 1 FROM attempt WHERE id = ?", (name,)).fetchone():
        number += 1
        name = f"{wanted}-{number}"
    return name
