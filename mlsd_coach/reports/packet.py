"""The one page that a hiring panel would read: recommendation, strengths, concerns, signals, nudges and time.

Nothing is said in the candidate's name: every quote is a slice of an answer, cut at a word where it is long.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from mlsd_coach.content.texts import plain_text
from mlsd_coach.models import Attempt, Judgement, Levels, Reaction, Scorecard, Signal, StageScore, Turn, Verdict
from mlsd_coach.reports.debrief import as_deed, clock
from mlsd_coach.reports.markdown import render_template
from mlsd_coach.scoring.bars import parts_of
from mlsd_coach.scoring.summary import MET, reach_level

View = dict[str, Any]

STRENGTHS = 4
CONCERNS = 6
OF_THE_TALK = 2
"""Of the concerns, so many at most are red flags, and so many contradictions: a page needs both."""
NUDGES = 3
QUOTE = 130
"""Characters of a quote: a line and a half of the page."""

Pair = tuple[StageScore, Judgement]


def render_packet(attempt: Attempt, card: Scorecard, levels: Levels) -> str:
    """Return the packet of an attempt as markdown; `card` is its scorecard."""
    return render_template("packet.md.j2", build_packet(attempt, card, levels))


def build_packet(attempt: Attempt, card: Scorecard, levels: Levels) -> View:
    """Return the packet as a plain view."""
    titles = {bar.id: bar.title for bar in levels.bars}
    band = next((each for each in levels.bands if each.id == card.band), None)
    tally = reach_level(parts_of(card))
    strengths = list(_strengths(card))
    told = {each["quote"] for each in strengths}
    return {
        "title": plain_text(card.title),
        "scenario": card.scenario,
        "attempt": attempt.id,
        "date": attempt.finished_at[:10],
        "mode": attempt.mode.value,
        "interviewer": _named(attempt, "interviewer"),
        "candidate": _named(attempt, "candidate"),
        "level_title": titles.get(card.level, card.level.value.capitalize()),
        "score": f"{card.score:.0f}",
        "band": plain_text(band.title if band else card.band) or "no band",
        "meaning": plain_text(band.meaning) if band else "",
        "reached": titles.get(tally.reached, tally.reached.value) if tally.reached else "none yet",
        "tally": ", ".join(f"{met} of {asked} {level.value}" for level, met, asked in tally.met if asked),
        "strengths": strengths,
        "concerns": [*_from_talk(card), *_gaps(card)][:CONCERNS],
        "signals": [_signal(each.id, card, levels, told) for each in card.signals],
        "nudges": list(_nudges(card))[:NUDGES],
        "hints": _hints(attempt, card),
        "time": _time(card),
    }


def _named(attempt: Attempt, key: str) -> str:
    found = attempt.extra.get(key)
    return plain_text(found) if isinstance(found, str) else ""


def _pairs(card: Scorecard) -> Iterator[Pair]:
    for stage in parts_of(card):
        for judgement in stage.judgements:
            yield stage, judgement


def _strengths(card: Scorecard) -> Iterator[View]:
    """Yield what was said with reasons and earned most; a sentence once, and a stage twice at most."""
    earned = [(stage, each) for stage, each in _pairs(card) if each.evidence and each.verdict is Verdict.REASONED]
    earned.sort(key=lambda pair: -pair[1].points * pair[0].weight)
    quoted: set[str] = set()
    count: dict[str, int] = {}
    for stage, judgement in earned:
        quote = _quote(judgement)
        if quote in quoted or count.get(stage.id, 0) >= 2 or len(quoted) >= STRENGTHS:
            continue
        quoted.add(quote)
        count[stage.id] = count.get(stage.id, 0) + 1
        yield {**_criterion(stage, judgement), "quote": quote}


def _from_talk(card: Scorecard) -> list[View]:
    """Return the red flags that stayed, and where the design contradicts a fact that was told."""
    if card.interview is None:
        return []
    titles = {stage.id: plain_text(stage.title) for stage in parts_of(card)}
    flags = [
        {"kind": "red flag", "stage": titles.get(cue.stage, cue.stage), "says": plain_text(cue.lesson or cue.says)}
        | {"quote": shorten(cue.quote)}
        for cue in card.interview.cues
        if cue.turn is Turn.EYEBROW and cue.reaction is not Reaction.REPAIRED
    ]
    against = [
        {"kind": "contradiction", "stage": titles.get(each.stage, each.stage), "says": _to_panel(each.because)}
        | {"quote": shorten(each.quote)}
        for each in card.interview.contradictions
    ]
    return [*flags[:OF_THE_TALK], *against[:OF_THE_TALK]]


def _to_panel(text: str) -> str:
    """Return a sentence that was written to the candidate as one about them."""
    return plain_text(text).replace("You were told", "The candidate was told")


def _gaps(card: Scorecard) -> Iterator[View]:
    """Yield what was asked at the level and is not there, or only named: the weightiest of the lowest level first."""
    gaps = [
        (stage, each)
        for stage, each in _pairs(card)
        if each.criterion.level.rank <= card.level.rank and each.verdict is not Verdict.REASONED
    ]
    gaps.sort(
        key=lambda pair: (pair[1].criterion.level.rank, -(pair[1].criterion.weight - pair[1].points) * pair[0].weight)
    )
    empty: set[str] = set()
    for stage, judgement in gaps:
        if stage.attempted and not stage.guard:
            kind = {Verdict.NAMED: "only named", Verdict.MAYBE: "unclear"}.get(judgement.verdict, "missing")
            yield {"kind": kind, "quote": _quote(judgement), **_criterion(stage, judgement)}
        elif stage.id not in empty:  # a stage without an answer is one concern, not fifteen
            empty.add(stage.id)
            says = f"{plain_text(stage.guard).capitalize()}." if stage.guard else "Not answered."
            yield {"kind": "nothing to judge", "stage": plain_text(stage.title), "says": says, "quote": ""}


def _criterion(stage: StageScore, judgement: Judgement) -> View:
    return {"stage": plain_text(stage.title), "says": as_deed(judgement.criterion.statement)}


def _signal(signal: Signal, card: Scorecard, levels: Levels, told: Iterable[str]) -> View:
    score = next(each for each in card.signals if each.id is signal)
    title = next((text.title for text in levels.signals if text.id is signal), signal.value)
    earned = [(stage, each) for stage, each in _pairs(card) if each.criterion.signal is signal and each.evidence]
    earned = [pair for pair in earned if pair[1].verdict in MET]
    # A quote that stands above already is said once more only where there is no other.
    earned.sort(key=lambda pair: (_quote(pair[1]) in told, -pair[1].points * pair[0].weight))
    return {
        "title": plain_text(title),
        "score": "not asked" if score.score is None else f"{score.score:.0f}",
        "met": f"{score.met} of {score.asked}" if score.asked else "",
        "quote": _quote(earned[0][1]) if earned else "",
    }


def _nudges(card: Scorecard) -> Iterator[View]:
    found = [(stage, each) for stage, each in _pairs(card) if each.nudge is not None and each.nudge.points > 0]
    found.sort(key=lambda pair: -(pair[1].nudge.points if pair[1].nudge else 0.0) * pair[0].weight)
    for stage, judgement in found:
        if judgement.nudge is not None:
            evidence = judgement.nudge.evidence
            said = evidence[0].quote if evidence else judgement.nudge.reply
            yield {**_criterion(stage, judgement), "ask": shorten(judgement.nudge.ask), "quote": shorten(said)}


def _hints(attempt: Attempt, card: Scorecard) -> str:
    titles = {stage.id: plain_text(stage.title) for stage in card.stages}
    return ", ".join(f"{titles.get(stage, stage)} {count}" for stage, count in attempt.hints_used if count)


def _time(card: Scorecard) -> str:
    """Return the time in one line: all of it, and the stages that ran over or were cut short by a fifth."""
    timed = [(stage, stage.seconds) for stage in parts_of(card) if stage.seconds is not None]
    if not timed:
        return ""
    used, budget = sum(seconds for _, seconds in timed), sum(stage.budget_seconds for stage, _ in timed)
    text = f"{clock(used)} of {clock(budget)} minutes."
    for word, sign in (("over", 1), ("short", -1)):
        off = [(sign * (seconds - stage.budget_seconds), stage) for stage, seconds in timed]
        listed = [f"{plain_text(stage.title)} {clock(by)}" for by, stage in off if by >= 0.2 * stage.budget_seconds > 0]
        text += f" {word.capitalize()}: {', '.join(listed)}." if listed else ""
    return text


def _quote(judgement: Judgement) -> str:
    return shorten(judgement.evidence[0].quote) if judgement.evidence else ""


def shorten(text: str) -> str:
    """Return a quote on one line, cut after a word where it is long."""
    line = " ".join(plain_text(text).split())
    if len(line) <= QUOTE:
        return line
    head = line[:QUOTE].rsplit(" ", 1)[0]
    return f"{head} …"
