"""`mlsd-coach list`: the scenarios there are, and how far the candidate got in each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mlsd_coach.commands.surroundings import ContentOption, JsonOption, PlainOption

if TYPE_CHECKING:
    from mlsd_coach.history.records import AttemptHead
    from mlsd_coach.models import ScenarioHead

NARROW = 70
ROOM_FOR_FAMILY = 110
"""Below this many columns each scenario takes two rows."""


def list_(
    family: Annotated[str | None, typer.Option("--family", help="Only scenarios of this family.")] = None,
    content: ContentOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """List the scenarios: title, family, level, last and best score, and whether each is new.

    Examples: mlsd-coach list; mlsd-coach list --family search
    """
    from mlsd_coach.commands import screen
    from mlsd_coach.commands.choices import open_history
    from mlsd_coach.commands.output import emit, emit_json, is_ascii
    from mlsd_coach.commands.surroundings import open_library, say

    heads = _of_family(open_library(content).heads(), family)
    with open_history() as store:
        attempts = store.heads() if store is not None else ()
    entries = [_entry(head, [each for each in attempts if each.scenario == head.id]) for head in heads]
    if json:
        emit_json({"format": 1, "scenarios": entries})
    elif plain:
        emit("".join("\t".join(_fields(entry)) + "\n" for entry in entries))
    elif entries:
        emit("\n".join(_rows(entries, screen.columns(), ellipsis="." if is_ascii() else "…")))
    if not entries:
        say("No scenario was found. Run `mlsd-coach check` to see why.")


def _of_family(heads: "Sequence[ScenarioHead]", family: str | None) -> "Sequence[ScenarioHead]":
    if family is None:
        return heads
    from mlsd_coach.commands.choices import one_of

    known = sorted({head.family for head in heads if head.family})
    wanted = one_of(family, known, "family", f"There are: {', '.join(known)}.")
    return [head for head in heads if head.family == wanted]


def _entry(head: "ScenarioHead", attempts: "Sequence[AttemptHead]") -> dict[str, Any]:
    """Return one scenario with its attempts, newest first, summed up."""
    last = attempts[0] if attempts else None
    return {
        "id": head.id,
        "title": head.title,
        "family": head.family,
        "levels": [level.value for level in head.levels],
        "attempts": len(attempts),
        "last": last.score if last else None,
        "last_level": last.level.value if last else None,
        "last_at": last.finished_at if last else None,
        "best": max((attempt.score for attempt in attempts), default=None),
        # "due" comes with the review schedule.
        "due": "done" if attempts else "new",
    }


def _fields(entry: dict[str, Any]) -> list[str]:
    """Return an entry as texts: id, title, family, level, last, best, due."""
    levels = entry["levels"]
    level = f"{levels[0]}-{levels[-1]}" if len(levels) > 1 else "".join(levels)
    scores = ["-" if entry[key] is None else f"{entry[key]:.0f}" for key in ("last", "best")]
    return [entry["id"], entry["title"], entry["family"] or "-", entry["last_level"] or level, *scores, entry["due"]]


def _rows(entries: Sequence[dict[str, Any]], width: int, *, ellipsis: str) -> list[str]:
    from mlsd_coach.terminal.render_table import columns_of, cut

    fields = [_fields(entry) for entry in entries]
    if width >= NARROW:
        rows = [["ID", "TITLE", "FAMILY", "LEVEL", "LAST", "BEST", "DUE"], *fields]
        if width >= ROOM_FOR_FAMILY:
            return columns_of(rows, width=width, give=1, right=(4, 5), ellipsis=ellipsis)
        # The title says what it is about; the family would leave it no room.
        short = [[row[0], row[1], *row[3:]] for row in rows]
        return columns_of(short, width=width, give=1, right=(3, 4), ellipsis=ellipsis)
    lines: list[str] = []
    for name, title, family, level, last, best, due in fields:
        lines += [cut(f"{name}  {due}", width, ellipsis), cut(f"  {title}", width, ellipsis)]
        lines += [cut(f"  {family}, {level}, last {last}, best {best}", width, ellipsis)]
    return lines
