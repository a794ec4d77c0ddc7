"""`mlsd-coach score`: score answers, transcripts or a filled score sheet from files."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from mlsd_coach.commands import completion
from mlsd_coach.commands.judging import JudgeOption, YesOption, call_judges
from mlsd_coach.commands.surroundings import ContentOption, PlainOption

if TYPE_CHECKING:
    from mlsd_coach.commands.answer_files import AnswerFile
    from mlsd_coach.commands.hearing import Hearing
    from mlsd_coach.commands.scoring_work import Terms
    from mlsd_coach.content.library import Library

MOST_JOBS = 8
"""Processes that are started unasked; each takes some 100 MB."""


def score(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="Markdown with a heading a stage; - for stdin; or a folder of such files."
        ),
    ],
    scenario: Annotated[
        str | None,
        typer.Option(
            "--scenario",
            help="The scenario that the answers are for; without it the one whose id begins the file's name.",
            autocompletion=completion.scenarios,
        ),
    ] = None,
    level: Annotated[str, typer.Option("--level", help="The bar: mid, senior or staff.")] = "senior",
    minutes: Annotated[float, typer.Option("--minutes", help="Length of the round; budgets scale.")] = 45.0,
    stage: Annotated[list[str] | None, typer.Option("--stage", help="Score only this stage; may be repeated.")] = None,
    transcript: Annotated[
        bool, typer.Option("--transcript", help="The files are speech: plain text, WebVTT or SRT.")
    ] = False,
    by_clock: Annotated[
        bool, typer.Option("--by-clock", help="Cut a transcript by its times and the stages' minutes.")
    ] = False,
    speaker: Annotated[
        str, typer.Option("--speaker", metavar="NAME", help="The candidate, as the transcript names them.")
    ] = "",
    kit: Annotated[
        bool,
        typer.Option("--kit", help="The file is a score sheet filled by an interviewer; what it comes to is kept."),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", metavar="N", min=1, max=64, help="Processes for several files. [the cores, up to 8]"),
    ] = None,
    judge: JudgeOption = None,
    yes: YesOption = False,
    content: ContentOption = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print the scorecard as a JSON object; for several files, one a line.")
    ] = False,
    plain: PlainOption = False,
) -> None:
    """Score answers from a file and print the debrief, or from several and print a table; nothing is kept.

    Only what an interviewer marked on a score sheet (--kit, see `export --interviewer-kit`) is kept as an attempt.

    Examples: mlsd-coach score --scenario feed-ranking answers.md; mlsd-coach score --transcript feed-ranking.vtt;
    mlsd-coach score answers/ --json; mlsd-coach score --kit kit.md
    """
    from mlsd_coach.commands.answer_files import find_files, is_one
    from mlsd_coach.commands.choices import read_level, read_minutes, read_stages
    from mlsd_coach.commands.scoring_work import Terms
    from mlsd_coach.commands.surroundings import open_library
    from mlsd_coach.errors import UsageError
    from mlsd_coach.models import STAGES

    if kit:
        from mlsd_coach.commands.kit import refuse_others, score_sheet

        refuse_others(context)
        score_sheet(files, scenario, open_library(content), json=json, plain=plain)
        return
    if (by_clock or speaker) and not transcript:
        option = "--by-clock" if by_clock else "--speaker"
        raise UsageError(f"{option} is for transcripts.", fix="Add --transcript.")
    if judge and not is_one(files):
        raise UsageError("--judge takes one file at a time.", fix="Name one file.")
    judges = call_judges(judge, yes=yes, plain=plain)
    bar, length = read_level(level), read_minutes(minutes)
    terms = Terms(bar, length, None if not stage else tuple(stage), transcript, by_clock, speaker.strip())
    library = open_library(content)
    found = find_files(files, scenario, [head.id for head in library.heads()], transcript=transcript)
    if is_one(files):
        _score_one(found[0], terms, library, judges, json=json, plain=plain)
        return
    from mlsd_coach.commands.score_many import score_many

    read_stages(stage, STAGES)
    cores = min(MOST_JOBS, os.cpu_count() or 1)
    score_many(found, terms, library, content, jobs=jobs or cores, json=json, plain=plain)


def _score_one(
    file: "AnswerFile", terms: "Terms", library: "Library", judges: "Hearing | None", *, json: bool, plain: bool
) -> None:
    from mlsd_coach.commands import output, screen
    from mlsd_coach.commands.scoring_work import Desk
    from mlsd_coach.commands.surroundings import say

    desk = Desk(library)
    card, cut = desk.score(file, terms)
    scenario = desk.scenario(file.scenario)
    if cut is not None:
        from mlsd_coach.terminal.render_cut import render_cut

        width = screen.columns_of(sys.stderr)
        say(render_cut(cut, scenario, minutes=terms.minutes, width=width, ascii_only=output.is_ascii()))
    opinions = judges.hear(card, scenario) if judges else ()
    output.emit_card(card, scenario, library.levels(), json=json, plain=plain, opinions=opinions)
    if judges:
        judges.end()
