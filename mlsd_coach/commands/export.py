"""`mlsd-coach export`: a study sheet, a packet for a panel or a kit for an interviewer, in markdown."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlsd_coach.commands import completion
from mlsd_coach.commands.surroundings import ContentOption, say

if TYPE_CHECKING:
    from mlsd_coach.content.library import Library
    from mlsd_coach.models import Attempt


def export(
    scenario: Annotated[
        str | None, typer.Argument(help="The scenario to study.", autocompletion=completion.scenarios)
    ] = None,
    all_scenarios: Annotated[bool, typer.Option("--all", help="All scenarios in one document.")] = False,
    attempt: Annotated[
        str | None,
        typer.Option("--attempt", help="What you missed in this attempt first: its id, its beginning, or a scenario."),
    ] = None,
    packet: Annotated[
        bool, typer.Option("--packet", help="The page that a hiring panel would read of an attempt, the newest one.")
    ] = False,
    kit: Annotated[
        bool,
        typer.Option("--interviewer-kit", help="Script, facts, cues and a score sheet for a friend who interviews."),
    ] = False,
    level: Annotated[
        str | None,
        typer.Option("--level", help="With --interviewer-kit: the bar, mid, senior or staff. [senior]"),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write it; - is standard output.")
    ] = "-",
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
    content: ContentOption = None,
) -> None:
    """Write a study sheet: the flow, the questions, what is looked for and why, the architecture, the concepts.

    Or the page on an attempt that a panel would read, or a kit with which a friend interviews you.

    Examples: mlsd-coach export feed-ranking -o feed.md; mlsd-coach export --attempt feed-ranking; mlsd-coach export
    --packet; mlsd-coach export feed-ranking --interviewer-kit -o kit.md
    """
    from mlsd_coach.commands.output import emit
    from mlsd_coach.commands.surroundings import open_library

    _check(scenario, attempt, level, is_all=all_scenarios, is_packet=packet, is_kit=kit)
    library = open_library(content)
    if all_scenarios:
        text = _book(library)
    elif packet:
        text = _packet(scenario, attempt, library)
    elif kit:
        text = _kit(scenario or "", level or "senior", library)
    else:
        text = _sheet(scenario, attempt, library)
    if output == "-":
        emit(text)
        return
    from mlsd_coach.commands.writing import write_file

    write_file(Path(output), text, force=force)
    say(f"Wrote {output}.")


def _check(
    scenario: str | None, attempt: str | None, level: str | None, *, is_all: bool, is_packet: bool, is_kit: bool
) -> None:
    """Refuse options that contradict each other or say nothing."""
    from mlsd_coach.errors import UsageError

    if is_all + is_packet + is_kit > 1:
        raise UsageError("Only one of --all, --packet and --interviewer-kit at a time.", fix="Drop the others.")
    if is_all and (scenario or attempt):
        raise UsageError("--all takes neither a scenario nor an attempt.", fix="Drop one of them.")
    if is_kit and attempt:
        raise UsageError("--interviewer-kit is for an interview to come: it takes no attempt.", fix="Drop --attempt.")
    if is_kit and not scenario:
        raise UsageError("A kit for which scenario?", fix="Pass its id (see `mlsd-coach list`).")
    if level is not None and not is_kit:
        raise UsageError("--level is for --interviewer-kit.", fix="Drop it, or add --interviewer-kit.")
    if not (scenario or is_all or attempt or is_packet):
        raise UsageError("Export what?", fix="Pass a scenario's id (see `mlsd-coach list`), --all or --attempt ID.")


def _kit(scenario: str, level: str, library: "Library") -> str:
    from mlsd_coach.commands.choices import read_level
    from mlsd_coach.reports.kit import render_kit

    bar = read_level(level)
    return render_kit(library.scenario(scenario), library.levels(), library.interviewer(), level=bar)


def _packet(scenario: str | None, attempt: str | None, library: "Library") -> str:
    from mlsd_coach.commands.choices import card_of
    from mlsd_coach.reports.packet import render_packet

    kept = _attempt(scenario, attempt)
    return render_packet(kept, card_of(kept), library.levels())


def _attempt(scenario: str | None, attempt: str | None) -> "Attempt":
    """Return the attempt meant, the newest at the scenario without one; UsageError when it is not at that scenario."""
    from mlsd_coach.commands.choices import find_attempt, open_history
    from mlsd_coach.errors import UsageError

    with open_history() as store:
        kept = find_attempt(store, attempt or scenario)
    if scenario is not None and scenario != kept.scenario:
        raise UsageError(
            f"The attempt {kept.id} is one at '{kept.scenario}', not at '{scenario}'.", fix="Drop one of the two."
        )
    return kept


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
    from mlsd_coach.commands.choices import card_of
    from mlsd_coach.reports.study_sheet import render_study_sheet

    kept = _attempt(scenario, attempt) if attempt is not None else None
    return render_study_sheet(
        library.scenario(kept.scenario if kept else scenario or ""),
        lexicon=library.lexicon(),
        levels=library.levels(),
        checklist=library.checklist(),
        card=card_of(kept) if kept else None,
        attempt=kept.id if kept else "",
    )
