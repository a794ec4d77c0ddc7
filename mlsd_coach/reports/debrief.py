"""A scorecard as a plain view: the words, orders and sums that the debrief on screen and in markdown share.

Nothing is judged here. Every text of the view is free of control characters; texts of the candidate are still just
text, to be escaped by whoever draws them.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mlsd_coach.content.texts import plain_text
from mlsd_coach.models import (
    Claim,
    FirstGap,
    Judgement,
    Level,
    Levels,
    Mode,
    Scenario,
    Scorecard,
    SecondOpinion,
    SignalScore,
    StageScore,
    Verdict,
)
from mlsd_coach.reports.claims import claimed, with_claims
from mlsd_coach.reports.conversation import conversation_view, nudge_view
from mlsd_coach.reports.opinions import judges_view, with_said
from mlsd_coach.reports.thread import build_thread_view

View = dict[str, Any]

BEST = 3
"""Things done well that stand on the first screen."""
CLOSE = 5.0
"""A prediction this near counts as right."""
ORDER = (Verdict.REASONED, Verdict.NAMED, Verdict.MAYBE, Verdict.MISSING, Verdict.NOT_JUDGED)
WORDS = {
    Verdict.REASONED: "reasoned",
    Verdict.NAMED: "named",
    Verdict.MAYBE: "maybe",
    Verdict.MISSING: "missing",
    Verdict.NOT_JUDGED: "not judged",
}
MARKS = {
    Verdict.REASONED: "+",
    Verdict.NAMED: "~",
    Verdict.MAYBE: "?",
    Verdict.MISSING: "-",
    Verdict.NOT_JUDGED: " ",
}
_PREFIX = "The candidate "


def build_debrief(
    card: Scorecard,
    scenario: Scenario | None,
    levels: Levels,
    *,
    prediction: int | None,
    mode: Mode | None,
    stages: Sequence[str] | None = None,
    opinions: Sequence[SecondOpinion] = (),
    claims: Sequence[Claim] = (),
) -> View:
    """Return the debrief of a scorecard as dicts, lists, strings and numbers.

    `scenario` adds the strong samples of the stages that were attempted; `stages` limits the details, not the sums;
    `opinions` of second judges and `claims` of the candidate stand beside the verdicts and change nothing.
    """
    titles = {bar.id: bar.title for bar in levels.bars}
    sat = (*card.stages, *([card.change] if card.change else []))
    shown = [stage for stage in sat if stages is None or stage.id in stages]
    weight = sum(stage.weight for stage in sat) or 1
    names = {stage.id: plain_text(stage.title) for stage in sat}
    details = [
        stage_view(stage, card.level, _sample(scenario, stage), also=claimed(claims, stage.id)) for stage in shown
    ]
    return {
        "scenario": card.scenario,
        "title": plain_text(card.title),
        "level": card.level.value,
        "level_title": titles.get(card.level, card.level.value.capitalize()),
        "mode": mode.value if mode else "",
        "score": _points(card.score),
        "band": _band(card, levels),
        "reached": _reached(card, titles),
        "prediction": _prediction(card.score, prediction),
        "first_gap": _first_gap(card.first_gap, card.stages),
        "best": _best(card),
        "overview": [stage_row(stage, share=100 * stage.weight / weight) for stage in sat],
        "stages": with_claims(with_said(details, card, opinions), claims),
        "judges": judges_view(card, opinions),
        "signals": [_signal(signal, levels) for signal in card.signals],
        "usual": _usual_reasons(shown),
        "conversation": conversation_view(card.interview, names) if card.interview else None,
        "thread": build_thread_view(card.interview, names) if card.interview else None,
    }


def stage_view(stage: StageScore, level: Level | None = None, sample: str = "", *, also: Collection[str] = ()) -> View:
    """Return one stage with its criteria: those with a verdict to read, and those above the level that stayed out.

    Without a level every criterion counts as asked for. The criteria in `also` are shown whatever their verdict.
    """
    asked = [
        j
        for j in stage.judgements
        if level is None or j.criterion.level.rank <= level.rank or _says(j) or j.criterion.id in also
    ]
    above = [j for j in stage.judgements if j not in asked]
    ordered = sorted(asked, key=lambda judgement: ORDER.index(judgement.verdict))
    is_judged = stage.attempted and not stage.guard
    return {
        **stage_row(stage),
        "guard": plain_text(stage.guard),
        "criteria": [criterion_view(j, level) for j in ordered if is_judged or j.criterion.id in also],
        "above": [as_deed(j.criterion.statement).rstrip(".") for j in above] if is_judged else [],
        "unread": len(stage.judgements),
        "sample": sample,
    }


def stage_row(stage: StageScore, *, share: float = 0.0) -> View:
    """Return what the table of stages shows of one; `share` is its part of the overall score in per cent."""
    counts = {WORDS[verdict]: sum(j.verdict is verdict for j in stage.judgements) for verdict in ORDER}
    over = stage.seconds is not None and stage.budget_seconds > 0 and stage.seconds > stage.budget_seconds
    return {
        "id": stage.id,
        "title": plain_text(stage.title),
        "score": f"{stage.score:.0f}",
        "value": stage.score,
        "weight": stage.weight,
        "share": round(share),
        "attempted": stage.attempted,
        "is_judged": stage.attempted and not stage.guard,
        "counts": counts,
        "used": clock(stage.seconds) if stage.seconds is not None else "",
        "budget": clock(stage.budget_seconds),
        "over": clock((stage.seconds or 0) - stage.budget_seconds) if over else "",
        "words": len(stage.answer.split()),
    }


def criterion_view(judgement: Judgement, level: Level | None = None) -> View:
    """Return one criterion with its verdict, quotes, what is missing and, unless it is reasoned, what would earn it."""
    criterion, verdict = judgement.criterion, judgement.verdict
    is_full = verdict is Verdict.REASONED
    return {
        "id": criterion.id,
        "statement": plain_text(criterion.statement),
        "says": as_deed(criterion.statement),
        "verdict": WORDS[verdict],
        "kind": verdict.value,
        "mark": MARKS[verdict],
        "points": _points(judgement.points),
        "weight": criterion.weight,
        "level": criterion.level.value,
        "is_bonus": level is not None and criterion.level.rank > level.rank,
        "quotes": [plain_text(evidence.quote) for evidence in judgement.evidence],
        "missing": "" if is_full else plain_text(judgement.reason),
        "why": plain_text(criterion.why),
        "advice": "" if is_full else plain_text(criterion.advice),
        "earning": "" if is_full else plain_text(criterion.earning),
        "nudge": nudge_view(judgement.nudge, WORDS),
    }


def clock(seconds: float) -> str:
    """Return seconds as m:ss."""
    whole = round(max(0.0, seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def _says(judgement: Judgement) -> bool:
    return judgement.verdict in (Verdict.REASONED, Verdict.NAMED, Verdict.MAYBE)


def as_deed(statement: str) -> str:
    """Return a criterion's statement without its subject: "Says what counts as a positive example."."""
    text = plain_text(statement).removeprefix(_PREFIX)
    return text[:1].upper() + text[1:]


def _usual_reasons(stages: Sequence[StageScore]) -> dict[str, str]:
    """Return the reason that most criteria of a verdict share: a screen says it once."""
    reasons: dict[str, Counter[str]] = {}
    for stage in stages:
        for judgement in stage.judgements:
            if judgement.reason and stage.attempted and not stage.guard:
                counter = reasons.setdefault(judgement.verdict.value, Counter())
                counter[plain_text(judgement.reason)] += 1
    return {verdict: counter.most_common(1)[0][0] for verdict, counter in reasons.items()}


def _points(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _band(card: Scorecard, levels: Levels) -> View | None:
    for band in levels.bands:
        if band.id == card.band:
            return {"id": band.id, "title": band.title, "meaning": band.meaning}
    return {"id": card.band, "title": card.band, "meaning": ""} if card.band else None


def _reached(card: Scorecard, titles: Mapping[Level, str]) -> View:
    reached = card.level_result.reached
    title = titles.get(reached, reached.value.capitalize()) if reached else "none yet"
    return {"id": reached.value if reached else None, "title": title, "why": plain_text(card.level_result.why)}


def _prediction(score: float, prediction: int | None) -> View | None:
    if prediction is None:
        return None
    delta = round(score - prediction, 1)
    if abs(delta) <= CLOSE:
        words = "you read yourself well"
    else:
        words = f"{abs(delta):.0f} {'higher' if delta > 0 else 'lower'} than you thought"
    return {"predicted": prediction, "delta": delta, "words": words}


def _first_gap(gap: FirstGap | None, stages: Sequence[StageScore]) -> View | None:
    if gap is None:
        return None
    titles = {stage.id: stage.title for stage in stages}
    judged = [
        j for stage in stages if stage.id == gap.stage for j in stage.judgements if j.criterion.id == gap.criterion
    ]
    return {
        "stage": gap.stage,
        "stage_title": plain_text(titles.get(gap.stage, gap.stage)),
        "criterion": gap.criterion,
        "says": as_deed(gap.statement),
        "verdict": WORDS[gap.verdict],
        "quotes": [plain_text(evidence.quote) for judgement in judged for evidence in judgement.evidence],
        "why": plain_text(gap.why),
        "fix": plain_text(gap.fix),
        "earning": plain_text(gap.earning),
    }


def _best(card: Scorecard) -> list[View]:
    """Return what earned most: reasoned before named, and by what it weighs in the whole."""
    earned = [
        (judgement.verdict is Verdict.REASONED, judgement.points * stage.weight, stage, judgement)
        for stage in card.stages
        for judgement in stage.judgements
        if judgement.points > 0 and judgement.evidence
    ]
    earned.sort(key=lambda entry: entry[:2], reverse=True)
    best: list[View] = []
    praised: list[tuple[str, int, int]] = []
    for _, _, stage, judgement in earned:
        evidence = judgement.evidence[0]
        # One sentence may earn twice; it is praised once.
        is_new = all(i != stage.id or evidence.end <= start or end <= evidence.start for i, start, end in praised)
        if len(best) < BEST and is_new:
            praised.append((stage.id, evidence.start, evidence.end))
            best.append({"stage": plain_text(stage.title), **criterion_view(judgement)})
    return best


def _signal(signal: SignalScore, levels: Levels) -> View:
    text = next((text for text in levels.signals if text.id is signal.id), None)
    return {
        "id": signal.id.value,
        "title": text.title if text else signal.id.value,
        "meaning": text.meaning if text else "",
        "score": None if signal.score is None else f"{signal.score:.0f}",
        "value": signal.score,
        "met": signal.met,
        "asked": signal.asked,
    }


def _sample(scenario: Scenario | None, stage: StageScore) -> str:
    """Return the strong sample of a stage that was attempted: before that it would spoil it."""
    if scenario is None or not stage.attempted:
        return ""
    try:
        return plain_text(scenario.stage(stage.id).samples.strong)
    except KeyError:
        return ""
