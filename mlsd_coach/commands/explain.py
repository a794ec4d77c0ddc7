"""`mlsd-coach explain`: why each verdict on one answer came out as it did."""

from typing import TYPE_CHECKING, Annotated

import typer

from mlsd_coach.commands import completion
from mlsd_coach.commands.show_more import KIT
from mlsd_coach.commands.surroundings import ContentOption, JsonOption, PlainOption

if TYPE_CHECKING:
    from mlsd_coach.content.library import Library
    from mlsd_coach.models import Level, Scenario
    from mlsd_coach.scoring.explanation import StageExplanation


def explain(
    scenario: Annotated[
        str,
        typer.Argument(help="The scenario; without FILE also an attempt's id.", autocompletion=completion.scenarios),
    ],
    stage: Annotated[str, typer.Argument(help="The stage.", autocompletion=completion.stages)],
    answer: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]", help="The answer to that stage, or an answers file; - for stdin. [your newest attempt's]"
        ),
    ] = None,
    criterion: Annotated[
        list[str] | None, typer.Option("--criterion", metavar="ID", help="Only this criterion; may be given again.")
    ] = None,
    content: ContentOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Show why each verdict came out: rules met or nearly met, nearest sentences, words that did not count.

    Examples: mlsd-coach explain feed-ranking data; mlsd-coach explain feed-ranking data answer.txt --criterion
    positive-label; mlsd-coach explain feed-ranking data - --json
    """
    from mlsd_coach.commands.choices import one_of
    from mlsd_coach.commands.output import emit, emit_json
    from mlsd_coach.commands.surroundings import open_library
    from mlsd_coach.errors import UsageError
    from mlsd_coach.scoring.explanation import explain_stage, explanation_to_json
    from mlsd_coach.scoring.scorer import Scorer

    if json and plain:
        raise UsageError("Only one of --json and --plain at a time.", fix="Drop the other.")
    library = open_library(content)
    picked, stage_id, text, level = (
        _of_attempt(scenario, stage, library) if answer is None else _of_file(scenario, stage, answer, library)
    )
    if not text.strip():
        raise UsageError(f"There is no answer to '{stage_id}' to explain.", fix="Pass one as a file, or - for stdin.")
    known = [each.id for each in picked.stage(stage_id).criteria]
    fix = f"The criteria of '{stage_id}': {', '.join(known)}."
    only = [one_of(name, known, "criterion", fix) for name in criterion] if criterion else None
    scorer = Scorer(library.lexicon(), library.levels(), library.criteria)
    explanation = explain_stage(scorer, picked, stage_id, text, level=level, only=only)
    if json:
        emit_json(explanation_to_json(explanation))
    elif plain:
        from mlsd_coach.terminal.render_explanation import plain_explanation

        emit(plain_explanation(explanation))
    else:
        _on_screen(explanation)


def _of_file(name: str, stage: str, source: str, library: "Library") -> "tuple[Scenario, str, str, Level]":
    """Return scenario, stage, answer and level of an answer handed in."""
    from mlsd_coach.commands.choices import read_bytes, read_stages
    from mlsd_coach.content.answers import decode_answers, read_answers
    from mlsd_coach.content.texts import plain_text
    from mlsd_coach.models import Level

    scenario = library.scenario(name)
    known = [each.id for each in scenario.stages]
    (stage_id,) = read_stages([stage], known) or [stage]
    shown = "standard input" if source == "-" else source
    text = plain_text(decode_answers(read_bytes(source, "the answer"), source=shown)).strip()
    if text.startswith("#"):  # an answers file with a heading a stage
        text = read_answers(text, scenario, source=shown).get(stage_id, "")
    return scenario, stage_id, text, Level.SENIOR  # the level decides points, no verdict


def _of_attempt(wanted: str, stage: str, library: "Library") -> "tuple[Scenario, str, str, Level]":
    """Return scenario, stage, answer and level of an attempt: that of the id, or the newest at the scenario."""
    from mlsd_coach.commands import screen
    from mlsd_coach.commands.choices import find_attempt, open_history, read_stages
    from mlsd_coach.commands.surroundings import say
    from mlsd_coach.errors import UsageError

    with open_history() as store:
        heads = store.heads() if store is not None else ()
        is_scenario = any(head.id == wanted for head in library.heads())
        if is_scenario and not any(head.scenario == wanted for head in heads):
            fix = f"Pass an answer: mlsd-coach explain {wanted} {stage} FILE (- for stdin)"
            raise UsageError(f"There is no attempt at '{wanted}' yet.", fix=fix)
        kept = find_attempt(store, wanted)
    if kept.extra.get(KIT):
        message = f"The attempt {kept.id} was marked by an interviewer: the coach has no verdict to explain."
        raise UsageError(message, fix=f"Read it: mlsd-coach show {kept.id}")
    scenario = library.scenario(kept.scenario)
    (stage_id,) = read_stages([stage], [each.id for each in scenario.stages]) or [stage]
    answers = dict(kept.answers)
    if not answers.get(stage_id, "").strip():
        raise UsageError(f"The attempt {kept.id} has no answer to '{stage_id}'.", fix="Pass one as a file.")
    say(screen.wrapped(f"Your answer in the attempt {kept.id}, judged anew."))
    return scenario, stage_id, answers[stage_id], kept.level


def _on_screen(explanation: "StageExplanation") -> None:
    from mlsd_coach.commands import output, screen
    from mlsd_coach.terminal.render_explanation import render_explanation

    output.emit_long(
        render_explanation(
            explanation, width=screen.columns(), colour=output.has_colour(), ascii_only=output.is_ascii()
        )
    )
