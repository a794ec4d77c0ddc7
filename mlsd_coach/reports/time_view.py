"""Where the time of a sitting went: the score on the way, points per minute, overtime that brought little."""

from collections.abc import Iterator, Mapping
from typing import Any

from mlsd_coach.content.texts import plain_text
from mlsd_coach.models import Scorecard, StageScore
from mlsd_coach.reports.debrief import clock
from mlsd_coach.reports.markdown import render_template
from mlsd_coach.scoring.bars import parts_of
from mlsd_coach.scoring.replay import Replay

View = dict[str, Any]

SLACK = 15.0
"""Seconds over or under a budget that are not worth a word."""
LITTLE = 0.5
"""Overtime brought little when its points per minute are below this share of the whole sitting's."""
NO_CUTS = "This attempt has no snapshots, so the score on the way and what overtime brought cannot be told."


def build_time_view(card: Scorecard, replay: Replay | None = None, *, attempt: str = "", note: str = "") -> View:
    """Return where the time went as a plain view; `replay` are the snapshots scored, `note` why there are none."""
    parts = parts_of(card)
    weight = sum(stage.weight for stage in parts) or 1
    timed = [stage for stage in parts if stage.seconds is not None]
    used = sum(stage.seconds or 0.0 for stage in timed)
    pace = 60 * sum(_share(stage, weight) for stage in timed) / used if used else 0.0
    overtime = _overtime(card, replay, weight, pace) if replay else {}
    return {
        "scenario": card.scenario,
        "title": plain_text(card.title),
        "level": card.level.value,
        "attempt": attempt,
        "score": _points(card.score),
        "value": card.score,
        "used": clock(used) if timed else "",
        "seconds": round(used, 1),
        "pace": f"{pace:.1f}" if used else "",
        "took": _took(card, used, pace, len(timed), len(parts)),
        "marks": _marks(replay, used) if replay and replay.cuts else [],
        "stages": [_row(stage, weight, overtime.get(stage.id)) for stage in parts],
        "advice": list(_advice(overtime, parts, weight)),
        "note": note or _note(card, replay),
    }


def _note(card: Scorecard, replay: Replay | None) -> str:
    if replay is None or not (replay.cuts or replay.at_zero):
        return NO_CUTS
    if replay.cuts and round(replay.end) != round(card.score):
        # What was won in the conversation, or content and scorer that have changed since.
        return (
            f"On the way it is the stages' answers alone, as they would score today; the sitting got {card.score:.0f}."
        )
    return ""


def _took(card: Scorecard, used: float, pace: float, timed: int, parts: int) -> str:
    if not used:
        return ""
    if timed < parts:
        return f"{clock(used)} on {timed} of {parts} parts, {pace:.1f} points a minute there"
    return f"{_points(card.score)} points in {clock(used)}, {pace:.1f} a minute"


def _share(stage: StageScore, weight: float) -> float:
    """Return a stage's part of the overall points."""
    return stage.score * stage.weight / weight


def _marks(replay: Replay, used: float) -> list[View]:
    marks = [
        {"label": f"{minutes:g} min", "minutes": minutes, "score": f"{score:.0f}", "value": score}
        for minutes, score in replay.cuts
    ]
    return [
        *marks,
        {"label": "the end", "minutes": round(used / 60, 2), "score": f"{replay.end:.0f}", "value": replay.end},
    ]


def _row(stage: StageScore, weight: float, over: View | None) -> View:
    points, seconds = _share(stage, weight), stage.seconds
    rate = 60 * points / seconds if seconds else None
    return {
        "id": stage.id,
        "title": plain_text(stage.title),
        "seconds": seconds,
        "budget_seconds": stage.budget_seconds,
        "used": "" if seconds is None else clock(seconds),
        "budget": clock(stage.budget_seconds),
        "points": _points(points),
        "value": round(points, 1),
        "of": _points(100 * stage.weight / weight),
        "worth": round(100 * stage.weight / weight, 1),
        "rate": "" if rate is None else f"{rate:.1f}",
        "per_minute": None if rate is None else round(rate, 2),
        "overtime": over,
    }


def _overtime(card: Scorecard, replay: Replay, weight: float, pace: float) -> dict[str, View]:
    """Return what overtime brought, for each stage that had any and has a snapshot."""
    found: dict[str, View] = {}
    for stage in card.stages:
        seconds = (stage.seconds or 0.0) - stage.budget_seconds
        if seconds < SLACK or stage.id not in replay.at_zero or stage.id not in replay.stages:
            continue
        gain = _share(replay.stages[stage.id], weight) - _share(replay.at_zero[stage.id], weight)
        is_little = 60 * gain / seconds < LITTLE * pace or gain < LITTLE
        found[stage.id] = {"seconds": round(seconds, 1), "points": round(gain, 1), "is_little": is_little}
    return found


def _advice(overtime: Mapping[str, View], parts: tuple[StageScore, ...], weight: float) -> Iterator[str]:
    """Yield one sentence for each stage whose overtime brought little, with where that time was missed."""
    titles = {stage.id: plain_text(stage.title) for stage in parts}
    missed = _missed(parts, weight)
    for stage, over in overtime.items():
        if over["is_little"]:
            spent = f"{clock(over['seconds'])} over on {titles[stage]}"
            yield f"Stop here next time: {spent} {_brought(over['points'])}{missed}."


def _brought(points: float) -> str:
    word = "point" if abs(points) == 1 else "points"
    return f"cost {_points(-points)} {word}" if points < 0 else f"brought {_points(points)} {word}"


def _missed(parts: tuple[StageScore, ...], weight: float) -> str:
    """Return the stage that was cut shortest for what it still had to give; empty when none was cut short."""
    short = [
        (stage.weight / weight * (100 - stage.score), stage.budget_seconds - stage.seconds, stage)
        for stage in parts
        if stage.seconds is not None and stage.budget_seconds - stage.seconds >= SLACK
    ]
    lost, seconds, stage = max(short, key=lambda each: each[0], default=(0.0, 0.0, None))
    if stage is None or lost < 1:
        return ""
    return f"; {plain_text(stage.title)}, {clock(seconds)} short, had {lost:.0f} to give"


def _points(value: float) -> str:
    return f"{abs(value) if abs(value) < 0.05 else value:.1f}".removesuffix(".0")  # -0.0 is no number to read


def time_to_json(view: View) -> View:
    """Return the view as the JSON contract has it."""
    keys = ("id", "seconds", "budget_seconds", "per_minute", "overtime")
    return {
        "format": 1,
        "attempt": view["attempt"],
        "scenario": view["scenario"],
        "level": view["level"],
        "score": view["value"],
        "seconds": view["seconds"],
        "cuts": [{"minutes": mark["minutes"], "score": mark["value"]} for mark in view["marks"][:-1]],
        "end": view["marks"][-1]["value"] if view["marks"] else None,
        "stages": [
            {**{key: row[key] for key in keys}, "points": row["value"], "worth": row["worth"]} for row in view["stages"]
        ],
        "advice": view["advice"],
        "note": view["note"] or None,
    }


def render_time_markdown(view: View) -> str:
    """Return the view as markdown."""
    return render_template("time.md.j2", view)
