"""`mlsd-coach show`: the debrief of an attempt again."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from mlsd_coach.commands.surroundings import ContentOption, JsonOption, PlainOption

if TYPE_CHECKING:
    from mlsd_coach.models import Attempt, Levels, Scenario, Scorecard, SecondOpinion


def show(
    attempt: Annotated[
        str | None,
        typer.Argument(help="An attempt's id or the beginning of one, or a scenario; without it the newest attempt."),
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the debrief as markdown.")] = False,
    samples: Annotated[
        bool, typer.Option("--samples", help="Add the strong sample of every stage you attempted.")
    ] = False,
    stage: Annotated[list[str] | None, typer.Option("--stage", help="Only this stage; may be given again.")] = None,
    original: Annotated[
        bool, typer.Option("--original", help="The first scorecard, where the attempt was rescored since.")
    ] = False,
    by_levels: Annotated[
        bool, typer.Option("--levels", help="Held against all three bars, and what separates it from the next level.")
    ] = False,
    by_time: Annotated[
        bool, typer.Option("--time", help="Where the time went: points on the way, points a minute, overtime.")
    ] = False,
    transcript: Annotated[
        bool, typer.Option("--transcript", help="What was said, from the opening to the last reply, as markdown.")
    ] = False,
    content: ContentOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Read a debrief again: the score, the first gap, and every criterion with its quote.

    Examples: mlsd-coach show; mlsd-coach show feed-ranking --samples; mlsd-coach show --markdown > debrief.md;
    mlsd-coach show --levels; mlsd-coach show --time; mlsd-coach show --transcript
    """
    from mlsd_coach.commands.choices import card_of, find_attempt, open_history, read_stages, scenario_if_there
    from mlsd_coach.commands.judging import kept_opinions
    from mlsd_coach.commands.output import emit, emit_json, emit_long
    from mlsd_coach.commands.surroundings import open_library
    from mlsd_coach.errors import UsageError
    from mlsd_coach.history.claims import claims_of
    from mlsd_coach.judges.contract import with_opinions

    if markdown + json + plain > 1:
        raise UsageError("Only one of --markdown, --json and --plain at a time.", fix="Drop the others.")
    chosen = {"--levels": by_levels, "--time": by_time, "--transcript": transcript}
    details = {"--samples": samples, "--stage": bool(stage)}
    if transcript:
        details |= {"--markdown": markdown, "--json": json, "--plain": plain}
    _check_view([name for name, is_on in chosen.items() if is_on], [name for name, is_on in details.items() if is_on])
    with open_history() as store:
        kept = _chosen(find_attempt(store, attempt), original=original)
    card = card_of(kept)
    if transcript:
        from mlsd_coach.reports.transcript import render_transcript

        emit(render_transcript(kept, scenario_if_there(open_library(content), kept.scenario)))
        return
    if by_levels or by_time:
        from mlsd_coach.commands.show_more import show_levels, show_time

        form = "json" if json else "markdown" if markdown else "plain" if plain else ""
        (show_levels if by_levels else show_time)(kept, card, open_library(content), form=form)
        return
    stages = read_stages(stage, [each.id for each in card.stages])
    opinions, claims = kept_opinions(kept), claims_of(kept)
    if json:
        from mlsd_coach.reports.claims import contract_with_claims

        wanted = [each for each in kept.scorecard["stages"] if stages is None or each["id"] in stages]
        emit_json(contract_with_claims(with_opinions({**kept.scorecard, "stages": wanted}, opinions), claims))
        return
    library = open_library(content)
    scenario = scenario_if_there(library, card.scenario)
    _warn(scenario, card, samples=samples)
    if markdown:
        from mlsd_coach.reports.markdown import render_debrief_markdown

        emit(
            render_debrief_markdown(
                card,
                scenario,
                library.levels(),
                prediction=kept.prediction,
                mode=kept.mode,
                samples=samples,
                stages=stages,
                heading=_heading(kept),
                opinions=opinions,
                claims=claims,
            )
        )
        return
    emit_long(_on_screen(card, scenario, kept, stages, library.levels(), opinions, samples=samples, plain=plain))


def _check_view(views: Sequence[str], details: Sequence[str]) -> None:
    """Refuse what does not go together; `details` are options that the chosen view does not have."""
    from mlsd_coach.errors import UsageError

    if len(views) > 1:
        raise UsageError(f"Only one of {' and '.join(views)} at a time.", fix="Drop the others.")
    if views and details:
        message = f"{views[0]} is of the whole attempt: {details[0]} does not go with it."
        raise UsageError(message, fix=f"Drop {details[0]}.")


def _chosen(kept: "Attempt", *, original: bool) -> "Attempt":
    """Return the attempt with the scorecard that is wanted, and say so where it has more than one."""
    from mlsd_coach.commands.surroundings import say
    from mlsd_coach.history.rescoring import first_scorecard, rescored_at

    moment = rescored_at(kept)
    if moment and original:
        say(f"As it was scored first; it was rescored on {moment[:10]}.")
    elif moment:
        say(f"Rescored on {moment[:10]}. As it was scored first: mlsd-coach show {kept.id} --original")
    return replace(kept, scorecard=first_scorecard(kept)) if original else kept


def _on_screen(
    card: "Scorecard",
    scenario: "Scenario | None",
    kept: "Attempt",
    stages: Sequence[str] | None,
    levels: "Levels",
    opinions: "Sequence[SecondOpinion]",
    *,
    samples: bool,
    plain: bool,
) -> str:
    from mlsd_coach.commands import output, screen
    from mlsd_coach.history.claims import claims_of
    from mlsd_coach.terminal.render_debrief import render_debrief_screen

    return render_debrief_screen(
        card,
        scenario,
        levels,
        prediction=kept.prediction,
        mode=kept.mode,
        width=screen.columns(),
        plain=plain,
        colour=output.has_colour(),
        samples=samples,
        stages=stages,
        ascii_only=output.is_ascii(),
        opinions=opinions,
        claims=claims_of(kept),
    )


def _heading(kept: "Attempt") -> str:
    return f"Attempt {kept.id}, finished {kept.finished_at[:10]}"


def _warn(scenario: "Scenario | None", card: "Scorecard", *, samples: bool) -> None:
    """Say what the reader would miss: samples that are gone, content that has changed since."""
    from mlsd_coach.commands.surroundings import say

    if scenario is None:
        if samples:
            say(f"No samples: the scenario '{card.scenario}' is not here any more, or is broken (mlsd-coach check).")
    elif (scenario.digest, scenario.rubrics_digest) != (card.digests.scenario, card.digests.rubrics):
        say("The scenario or its rubrics have changed since this attempt; the debrief is as it was scored then.")
