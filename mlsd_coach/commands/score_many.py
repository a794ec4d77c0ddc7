"""Several files scored: a line for each as it comes, a table at the end."""

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from mlsd_coach.commands import output, screen
from mlsd_coach.commands.scoring_work import Scored, Terms
from mlsd_coach.commands.surroundings import content_roots, folders
from mlsd_coach.commands.worker_pool import score_all
from mlsd_coach.errors import Interrupted
from mlsd_coach.terminal.render_table import columns_of, cut
from mlsd_coach.terminal.signals import Departure, Departures

if TYPE_CHECKING:
    from mlsd_coach.commands.answer_files import AnswerFile
    from mlsd_coach.content.library import Library
    from mlsd_coach.content.transcript import Cut

WIDE = 60
"""From this many columns on a file takes one row of the table."""


class Row(NamedTuple):
    """What the table says of one file."""

    path: str
    scenario: str
    score: float | None
    """0..100; None when it could not be scored."""
    reached: str
    """The level reached; empty when none was."""
    weakest: str
    """Id of the stage with the fewest points."""
    points: float
    is_answered: bool


def score_many(
    files: "Sequence[AnswerFile]",
    terms: Terms,
    library: "Library",
    content: Sequence[Path] | None,
    *,
    jobs: int,
    json: bool,
    plain: bool,
) -> None:
    """Score the files and print a table, or an object a line; Exit with code 1 when one could not be scored."""
    # Read once before the workers do, so that they find it in the cache.
    for scenario in {file.scenario for file in files if file.scenario}:
        library.scenario(scenario)
    library.lexicon()
    rows: list[Row] = []
    shows_progress = screen.is_terminal(sys.stderr)
    found = score_all(files, terms, content_roots(content or ()), folders().cache, jobs=jobs)
    try:
        with Departures(), closing(found):
            for number, scored in enumerate(found, 1):
                row = _row(scored)
                rows.append(row)
                if json:
                    _emit_line(scored, row)
                _tell(scored, row, f"{number}/{len(files)} " if shows_progress else "", library)
    except Departure as departure:
        message = f"Stopped after {len(rows)} of {len(files)} files."
        raise Interrupted(message, exit_code=departure.leave.exit_code) from None
    if not json:
        output.emit("\n".join(_plain(rows) if plain else _table(rows)))
    broken = sum(row.score is None for row in rows)
    if broken:
        output.tell(f"{broken} of {len(rows)} files could not be scored.")
        raise typer.Exit(1)


def _row(scored: Scored) -> Row:
    card = scored.card
    if card is None:
        return Row(scored.file.path, scored.file.scenario, None, "", "", 0.0, is_answered=False)
    weakest = min(card["stages"], key=lambda stage: (stage["score"], -stage["weight"]))
    return Row(
        scored.file.path,
        card["scenario"],
        card["score"],
        card["level_reached"] or "",
        weakest["id"],
        weakest["score"],
        weakest["attempted"],
    )


def _tell(scored: Scored, row: Row, counted: str, library: "Library") -> None:
    """Say on stderr what became of a file: always what is wrong or was cut, its score where somebody looks on."""
    name = Path(row.path).name
    if row.score is None:
        # Most errors name the file already.
        path = "" if row.path in scored.error else f"{row.path}: "
        output.tell(f"{counted}{path}{scored.error}")
    elif scored.cut is not None:
        from mlsd_coach.terminal.render_cut import cut_in_a_line

        how = cut_in_a_line(scored.cut, library.scenario(row.scenario))
        output.tell(f"{counted}{name}: {row.score:.0f}; {how}.")
    elif counted:
        output.tell(f"{counted}{name}: {row.score:.0f}")


def _emit_line(scored: Scored, row: Row) -> None:
    from json import dumps

    line = {
        "format": 1,
        "file": row.path,
        "scenario": row.scenario or None,
        "error": scored.error or None,
        "weakest": row.weakest or None,
        "cut": None if scored.cut is None else cut_to_json(scored.cut),
        "scorecard": scored.card,
    }
    output.emit(dumps(line, ensure_ascii=False))
    sys.stdout.flush()


def cut_to_json(found: "Cut") -> dict[str, Any]:
    """Return how a transcript was cut as the JSON contract has it."""
    return {
        "by": found.how.value,
        "candidate": [name for name in found.candidate if name],
        "not_counted": [{"speaker": speaker or None, "words": words} for speaker, words in found.others],
        "segments": [
            {
                "stage": each.stage,
                "words": each.words,
                "from_line": each.begins.line,
                "to_line": each.ends.line,
                "from": _rounded(each.begins.seconds),
                "to": _rounded(each.ends.seconds),
                "marker": each.why or None,
            }
            for each in found.segments
        ],
    }


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


def _plain(rows: Sequence[Row]) -> list[str]:
    return [
        "\t".join(
            (row.path, row.scenario or "-", "-" if row.score is None else f"{row.score:g}")
            + ((row.reached or "-", row.weakest, f"{row.points:g}") if row.score is not None else ("-", "-", "-"))
        )
        for row in rows
    ]


def _table(rows: Sequence[Row]) -> list[str]:
    ellipsis, width = "." if output.is_ascii() else "…", screen.columns()
    names = [Path(row.path).name for row in rows]
    if len(set(names)) < len(names):
        names = [row.path for row in rows]
    if width >= WIDE:
        head = ["FILE", "SCORE", "LEVEL", "WEAKEST STAGE"]
        fields = [
            [name, _score(row), row.reached or ("-" if row.score is None else "none yet"), _weakest(row)]
            for name, row in zip(names, rows, strict=True)
        ]
        return columns_of([head, *fields], width=width, give=0, right=(1,), ellipsis=ellipsis)
    lines = []
    for name, row in zip(names, rows, strict=True):
        lines.append(cut(name, width, ellipsis))
        reached = f" ({row.reached})" if row.reached else ""
        lines.append(
            cut(f"  {_score(row)}{reached}, {_weakest(row)}" if row.weakest else "  not scored", width, ellipsis)
        )
    return lines


def _score(row: Row) -> str:
    return "-" if row.score is None else f"{row.score:.0f}"


def _weakest(row: Row) -> str:
    if row.score is None:
        return "not scored"
    return f"{row.weakest} {row.points:.0f}" if row.is_answered else f"{row.weakest} (empty)"
