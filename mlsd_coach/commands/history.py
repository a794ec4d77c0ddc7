"""`mlsd-coach history`: the attempts kept, and how the scores went."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mlsd_coach.commands import completion
from mlsd_coach.commands.surroundings import ContentOption, JsonOption, PlainOption

if TYPE_CHECKING:
    from mlsd_coach.history.records import AttemptHead

NARROW = 70
"""Below this many columns each attempt takes two rows."""
WITH_IDS = 98
"""From this many columns on there is room for the attempts' ids."""
SPARKS = 20
"""Attempts that a sparkline shows, the newest ones."""


def history(
    scenario: Annotated[
        str | None, typer.Argument(help="Only attempts at this scenario.", autocompletion=completion.scenarios)
    ] = None,
    content: ContentOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """List the attempts, newest first: date, scenario, level, score, band, and how far off the prediction was.

    Examples: mlsd-coach history; mlsd-coach history feed-ranking --json
    """
    from mlsd_coach.commands.choices import open_history
    from mlsd_coach.commands.output import emit, emit_json
    from mlsd_coach.commands.surroundings import open_library, say

    with open_history() as store:
        attempts = store.heads(scenario) if store is not None else ()
    library = open_library(content)
    if scenario is not None and not attempts:
        from mlsd_coach.commands.choices import one_of

        known = [head.id for head in library.heads()]
        scenario = one_of(scenario, known, "scenario", "Run `mlsd-coach list` for all scenarios.")
    entries = [_entry(attempt) for attempt in attempts]
    if json:
        emit_json({"format": 1, "attempts": entries})
    elif not entries:
        say(f"No attempt yet. Sit one: mlsd-coach practice {scenario or ''}".rstrip())
    elif plain:
        emit("".join("\t".join(_plain_fields(entry)) + "\n" for entry in entries))
    else:
        bands = {band.id: band.title for band in library.levels().bands}
        emit("\n".join([*_rows(entries, bands), "", *_courses(attempts)]))


def _entry(attempt: "AttemptHead") -> dict[str, Any]:
    prediction = attempt.prediction
    return {
        "id": attempt.id,
        "finished_at": attempt.finished_at,
        "scenario": attempt.scenario,
        "level": attempt.level.value,
        "score": attempt.score,
        "band": attempt.band,
        "prediction": prediction,
        "delta": None if prediction is None else round(attempt.score - prediction, 1),
    }


def _plain_fields(entry: dict[str, Any]) -> list[str]:
    off = "-" if entry["delta"] is None else f"{entry['delta']:+.0f}"
    score = f"{entry['score']:g}"
    return [entry["id"], entry["finished_at"], entry["scenario"], entry["level"], score, entry["band"] or "-", off]


def _rows(entries: Sequence[dict[str, Any]], bands: dict[str, str]) -> list[str]:
    from mlsd_coach.commands import screen
    from mlsd_coach.commands.output import is_ascii
    from mlsd_coach.terminal.render_table import columns_of, cut

    ellipsis, width = "." if is_ascii() else "…", screen.columns()
    fields = []
    for entry in entries:
        _, _, scenario, level, _, band, off = _plain_fields(entry)
        title = bands.get(band, band)
        row = [_local(entry["finished_at"]), scenario, level, f"{entry['score']:.0f}", title, off]
        fields.append([*row, entry["id"]] if width >= WITH_IDS else row)
    if width >= NARROW:
        head = ["DATE", "SCENARIO", "LEVEL", "SCORE", "BAND", "OFF", "ID"][: len(fields[0])]
        return columns_of([head, *fields], width=width, give=1, right=(3, 5), ellipsis=ellipsis)
    rows: list[str] = []
    for date, scenario, level, score, title, off in fields:
        rows += [cut(f"{date}  {scenario}", width, ellipsis)]
        rows += [cut(f"  {score} ({level}), {title}" + (f", {off}" if off != "-" else ""), width, ellipsis)]
    return rows


def _local(moment: str) -> str:
    """Return a stored time as the candidate's own clock shows it."""
    from datetime import datetime

    try:
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return moment[:16]


def _courses(attempts: "Sequence[AttemptHead]") -> list[str]:
    """Return one line a scenario: its scores as a sparkline, oldest first."""
    from mlsd_coach.commands.output import is_ascii
    from mlsd_coach.terminal.render_table import columns_of, sparkline

    by_scenario: dict[str, list[float]] = {}
    for attempt in reversed(attempts):
        by_scenario.setdefault(attempt.scenario, []).append(attempt.score)
    rows = []
    for scenario, scores in sorted(by_scenario.items()):
        sparks = sparkline(scores[-SPARKS:], ascii_only=is_ascii())
        words = (
            f"{scores[0]:.0f} to {scores[-1]:.0f}, best {max(scores):.0f}" if len(scores) > 1 else f"{scores[0]:.0f}"
        )
        rows.append([scenario, sparks, words])
    return columns_of(rows, width=200, give=0)
