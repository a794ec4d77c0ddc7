"""`mlsd-coach export`: a study sheet in markdown."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlsd_coach.commands import completion
from mlsd_coach.commands.surroundings import ContentOption, say

if TYPE_CHECKING:
    from mlsd_coach.content.library import Library


def export(
    scenario: Annotated[
        str | None, typer.Argument(help="The scenario to study.", autocompletion=completion.scenarios)
    ] = None,
    all_scenarios: Annotated[bool, typer.Option("--all", help="All scenarios in one document.")] = False,
    attempt: Annotated[
        str | None,
        typer.Option("--attempt", help="What you missed in this attempt first: its id, its beginning, or a scenario."),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write it; - is standard output.")
    ] = "-",
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
    content: ContentOption = None,
) -> None:
    """Write a study sheet: the flow, the questions, what is looked for and why, the architecture, the concepts.

    Examples: mlsd-coach export feed-ranking -o feed.md; mlsd-coach export --attempt feed-ranking; export --all
    """
    from mlsd_coach.commands.output import emit
    from mlsd_coach.commands.surroundings import open_library
    from mlsd_coach.errors import UsageError

    if all_scenarios and (scenario or attempt):
        raise UsageError("--all takes neither a scenario nor an attempt.", fix="Drop one of them.")
    if not (scenario or all_scenarios or attempt):
        raise UsageError("Export what?", fix="Pass a scenario's id (see `mlsd-coach list`), --all or --attempt ID.")
    library = open_library(content)
    text = _book(library) if all_scenarios else _sheet(scenario, attempt, library)
    if output == "-":
        emit(text)
        return
    from mlsd_coach.commands.writing import write_file

    write_file(Path(output), text, force=force)
    say(f"Wrote {output}.")


def _book(library: "Library") -> str:
    from mlsd_coach.errors import CoachError
    from mlsd_coach.reports.study_sheet import render_study_book

    scenarios = [library.scenario(head.id) for head in library.heads()]
    if not scenarios:
        raise CoachError("No scenario was found.", fix="Run `mlsd-coach check` to see why.")
    return render_study_book(
        scenarios, lexicon=library.lexicon(), levels=library.levels(), checklist=library.checklist()
    )


def _sheet(scenario: str | None, attempt: str | None, library: "Library") -> str:
    from mlsd_coach.commands.choices import card_of, find_attempt, open_history
    from mlsd_coach.errors import UsageError
    from mlsd_coach.reports.study_sheet import render_study_sheet

    kept = None
    if attempt is not None:
        with open_history() as store:
            kept = find_attempt(store, attempt)
        if scenario is not None and scenario != kept.scenario:
            raise UsageError(
                f"The attempt {kept.id} is one at '{kept.scenario}', not at '{scenario}'.", fix="Drop one of the two."
            )
    return render_study_sheet(
        library.scenario(kept.scenario if kept else scenario or ""),
        lexicon=library.lexicon(),
        levels=library.levels(),
        checklist=library.checklist(),
        card=card_of(kept) if kept else None,
        attempt=kept.id if kept else "",
    )
