"""`show --levels` and `show --time`: one attempt against three bars, and where its time went."""

from typing import TYPE_CHECKING, Any

from mlsd_coach.commands import output, screen

if TYPE_CHECKING:
    from mlsd_coach.content.library import Library
    from mlsd_coach.models import Attempt, Scorecard
    from mlsd_coach.scoring.replay import Replay

KIT = "kit"
"""Key of `extra`: True where a person judged, on a score sheet."""


def show_levels(kept: "Attempt", card: "Scorecard", library: "Library", *, form: str) -> None:
    """Print an attempt against the three bars; `form` is json, markdown, plain or nothing for the screen."""
    from mlsd_coach.reports.levels_view import build_levels_view, levels_to_json, render_levels_markdown
    from mlsd_coach.terminal.render_levels import plain_levels, render_levels

    # A sheet has no boxes above its level.
    asked_to = card.level if kept.extra.get(KIT) else None
    view = build_levels_view(card, library.levels(), attempt=kept.id, asked_to=asked_to)
    if form == "json":
        output.emit_json(levels_to_json(view))
    elif form == "markdown":
        output.emit(render_levels_markdown(view))
    elif form == "plain":
        output.emit(plain_levels(view))
    else:
        output.emit_long(render_levels(view, **_drawn()))


def show_time(kept: "Attempt", card: "Scorecard", library: "Library", *, form: str) -> None:
    """Print where the time of an attempt went; `form` is json, markdown, plain or nothing for the screen."""
    from mlsd_coach.reports.time_view import render_time_markdown, time_to_json
    from mlsd_coach.terminal.render_time import plain_time, render_time

    view = time_view(kept, card, library)
    if form == "json":
        output.emit_json(time_to_json(view))
    elif form == "markdown":
        output.emit(render_time_markdown(view))
    elif form == "plain":
        output.emit("\n".join(plain_time(view)))
    else:
        output.emit_long(render_time(view, **_drawn()))


def time_view(kept: "Attempt", card: "Scorecard", library: "Library") -> dict[str, Any]:
    """Return where the time of an attempt went, its snapshots scored."""
    from mlsd_coach.reports.time_view import build_time_view

    replay, note = _replay(kept, card, library)
    return build_time_view(card, replay, attempt=kept.id, note=note)


def _replay(kept: "Attempt", card: "Scorecard", library: "Library") -> "tuple[Replay | None, str]":
    """Return the snapshots of an attempt scored, or None and why they cannot be."""
    from mlsd_coach.commands.choices import scenario_if_there
    from mlsd_coach.scoring.replay import read_snapshots, replay
    from mlsd_coach.scoring.scorer import Scorer

    try:
        snapshots = read_snapshots(kept.extra)
    except (ValueError, KeyError, TypeError):
        return None, "The snapshots of this attempt cannot be read by this mlsd-coach."
    if snapshots.is_empty:
        return None, ""
    scenario = scenario_if_there(library, kept.scenario)
    if scenario is None:
        return None, f"The snapshots cannot be scored: the scenario '{kept.scenario}' is not here any more."
    scorer = Scorer(library.lexicon(), library.levels(), library.criteria)
    return replay(snapshots, card, scenario, scorer), ""


def _drawn() -> dict[str, Any]:
    return {"width": screen.columns(), "colour": output.has_colour(), "ascii_only": output.is_ascii()}
