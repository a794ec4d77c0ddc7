"""One attempt held against the three bars at once, and the criteria that separate it from the next level."""

from typing import Any

from mlsd_coach.content.texts import plain_text
from mlsd_coach.models import Level, Levels, Scorecard
from mlsd_coach.reports.debrief import MARKS, WORDS, as_deed
from mlsd_coach.reports.markdown import render_template
from mlsd_coach.scoring.bars import Bar, OpenCriterion, bars_of, next_level, open_at, parts_of
from mlsd_coach.scoring.summary import choose_band, reach_level

View = dict[str, Any]


def build_levels_view(card: Scorecard, levels: Levels, *, attempt: str = "", asked_to: Level | None = None) -> View:
    """Return the three bars as a plain view; `attempt` is its id.

    `asked_to` is the highest level whose criteria were asked at all: of the bars above it nothing can be said.
    """
    titles = {bar.id: bar.title for bar in levels.bars}
    bars = bars_of(card)
    reached = reach_level(parts_of(card)).reached
    return {
        "scenario": card.scenario,
        "title": plain_text(card.title),
        "attempt": attempt,
        "level": card.level.value,
        "reached": {
            "id": reached.value if reached else None,
            "title": titles.get(reached, reached.value.capitalize()) if reached else "none yet",
        },
        "bars": [_bar(bar, card, levels, titles, asked_to) for bar in bars],
        "next": _next(card, {bar.level: bar for bar in bars}, titles),
    }


def _bar(bar: Bar, card: Scorecard, levels: Levels, titles: dict[Level, str], asked_to: Level | None) -> View:
    is_known = asked_to is None or bar.level.rank <= asked_to.rank
    band = next((each for each in levels.bands if each.id == choose_band(bar.score, levels)), None)
    return {
        "level": bar.level.value,
        "title": titles.get(bar.level, bar.level.value.capitalize()),
        "is_known": is_known,
        "score": f"{bar.score:.0f}" if is_known else "-",
        "value": bar.score if is_known else None,
        "band": (band.title if band else "") if is_known else "not asked",
        "band_id": band.id if band and is_known else "",
        "met": bar.met,
        "asked": bar.asked,
        "short": bar.short,
        "is_held": bar.level is card.level,
    }


def _next(card: Scorecard, bars: dict[Level, Bar], titles: dict[Level, str]) -> View | None:
    """Return what separates the attempt from the level above the one reached; None when there is none to reach."""
    level = next_level(card)
    if level is None:
        return None
    bar = bars[level]
    return {
        "level": level.value,
        "title": titles.get(level, level.value.capitalize()),
        "short": bar.short,
        "met": bar.met,
        "asked": bar.asked,
        "words": _words(bar),
        "criteria": [_open(each) for each in open_at(card, level)],
    }


def _words(bar: Bar) -> str:
    name = bar.level.value
    if not bar.asked:
        return f"No {name} criterion was asked here, so {name} cannot be reached in this sitting."
    more = f"{bar.short} more {name} criteri{'on' if bar.short == 1 else 'a'} of the {bar.asked - bar.met} below"
    return f"{more} would reach {name}: it takes more than half of its criteria, and you met {bar.met} of {bar.asked}."


def _open(each: OpenCriterion) -> View:
    criterion, verdict = each.judgement.criterion, each.judgement.verdict
    return {
        "stage": each.stage.id,
        "stage_title": plain_text(each.stage.title),
        "id": criterion.id,
        "says": as_deed(criterion.statement),
        "kind": verdict.value,
        "verdict": WORDS[verdict],
        "mark": MARKS[verdict],
        "worth": each.worth,
        "stage_weight": each.stage.weight,
        "weight": criterion.weight,
        "attempted": each.stage.attempted,
        "quotes": [plain_text(evidence.quote) for evidence in each.judgement.evidence],
        "earning": plain_text(criterion.earning),
        "advice": plain_text(criterion.advice),
    }


def levels_to_json(view: View) -> View:
    """Return the view as the JSON contract has it."""
    bars = [
        {
            "id": bar["level"],
            "score": bar["value"],
            "band": bar["band_id"],
            "met": bar["met"],
            "asked": bar["asked"],
            "short": bar["short"],
        }
        for bar in view["bars"]
    ]
    keys = ("stage", "id", "says", "worth", "earning", "advice", "quotes")
    following = view["next"] and {
        "id": view["next"]["level"],
        "short": view["next"]["short"],
        "criteria": [
            {**{key: each[key] for key in keys}, "verdict": each["kind"]} for each in view["next"]["criteria"]
        ],
    }
    return {
        "format": 1,
        "attempt": view["attempt"],
        "scenario": view["scenario"],
        "level": view["level"],
        "level_reached": view["reached"]["id"],
        "levels": bars,
        "next": following,
    }


def render_levels_markdown(view: View) -> str:
    """Return the view as markdown."""
    return render_template("levels.md.j2", view)
