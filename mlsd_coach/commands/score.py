"""`mlsd-coach score`: score an answers file without keeping it."""

from typing import Annotated

import typer

from mlsd_coach.commands import completion
from mlsd_coach.commands.surroundings import ContentOption, JsonOption, PlainOption


def score(
    answers: Annotated[str, typer.Argument(metavar="FILE", help="Markdown with a heading a stage; - for stdin.")],
    scenario: Annotated[
        str,
        typer.Option("--scenario", help="The scenario that the answers are for.", autocompletion=completion.scenarios),
    ],
    level: Annotated[str, typer.Option("--level", help="The bar: mid, senior or staff.")] = "senior",
    minutes: Annotated[float, typer.Option("--minutes", help="Length of the round; budgets scale.")] = 45.0,
    stage: Annotated[list[str] | None, typer.Option("--stage", help="Score only this stage; may be repeated.")] = None,
    content: ContentOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Score a file of answers and print the debrief; nothing is kept.

    Examples: mlsd-coach score --scenario feed-ranking answers.md; mlsd-coach score --scenario feed-ranking - --json
    """
    from mlsd_coach.commands import output, screen
    from mlsd_coach.commands.choices import read_bytes, read_level, read_minutes, read_stages
    from mlsd_coach.commands.surroundings import open_library
    from mlsd_coach.content.answers import decode_answers, read_answers
    from mlsd_coach.scoring import Scorer, scorecard_to_json

    bar, length = read_level(level), read_minutes(minutes)
    library = open_library(content)
    picked = library.scenario(scenario)
    stages = read_stages(stage, [plan.id for plan in picked.stages])
    source = "standard input" if answers == "-" else answers
    texts = read_answers(decode_answers(read_bytes(answers, "the answers"), source=source), picked, source=source)
    scorer = Scorer(library.lexicon(), library.levels())
    card = scorer.score(picked, texts, level=bar, minutes=length, stages=stages)
    if json:
        output.emit_json(scorecard_to_json(card))
        return
    from mlsd_coach.terminal.render_debrief import render_debrief_screen

    output.emit_long(
        render_debrief_screen(
            card,
            picked,
            library.levels(),
            prediction=None,
            mode=None,
            width=screen.columns(),
            plain=plain,
            colour=output.has_colour(),
            ascii_only=output.is_ascii(),
        )
    )
