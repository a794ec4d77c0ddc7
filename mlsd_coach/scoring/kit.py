"""A score sheet filled by a person to a scorecard: the verdicts are theirs, the sums are the coach's."""

from collections.abc import Mapping, Sequence

from mlsd_coach.content.kit import Box, FilledSheet, asked_at, parts_in
from mlsd_coach.content.kit_marks import Mark
from mlsd_coach.models import (
    CHANGE,
    Criterion,
    Digests,
    Evidence,
    Judgement,
    Levels,
    Scenario,
    Scorecard,
    StagePlan,
    StageScore,
    Verdict,
)
from mlsd_coach.scoring.summary import choose_band, find_first_gap, reach_level, score_signals
from mlsd_coach.scoring.verdicts import POINTS
from mlsd_coach.scoring.weighing import overall, stage_points

BY_HAND = "interviewer"
"""Stands in the digests where the scorer's would: no scorer had a part in it."""

_VERDICTS = {
    Mark.EMPTY: Verdict.MISSING,
    Mark.MISSING: Verdict.MISSING,
    Mark.TICKED: Verdict.NAMED,
    Mark.NAMED: Verdict.NAMED,
    Mark.REASONED: Verdict.REASONED,
}
_REASONS = {
    Mark.EMPTY: "The interviewer left the box empty.",
    Mark.MISSING: "The interviewer did not hear it.",
    Mark.TICKED: "The interviewer ticked it, which does not tell whether there was a reason.",
    Mark.NAMED: "The interviewer heard it, but no reason beside it.",
    Mark.REASONED: "",
}


def score_kit(sheet: FilledSheet, scenario: Scenario, levels: Levels) -> Scorecard:
    """Return the scorecard that a filled sheet comes to.

    Only what the sheet asked for is judged. The change of requirements counts where anything was written down of it.
    """
    boxes = {(box.stage, box.criterion): box for box in sheet.boxes}
    seconds = dict(sheet.seconds)
    scored = [
        _stage(plan, asked_at(plan, sheet.level), boxes, seconds.get(plan.id), sheet)
        for plan in parts_in(scenario)
        if plan.id in sheet.stages
    ]
    stages = tuple(stage for stage in scored if stage.id != CHANGE)
    change = next((stage for stage in scored if stage.id == CHANGE and (stage.attempted or stage.seconds)), None)
    counted = (*stages, change) if change else stages
    score = overall(counted)
    return Scorecard(
        scenario.id,
        scenario.title,
        sheet.level,
        score,
        stages,
        score_signals(counted, sheet.level),
        reach_level(counted),
        choose_band(score, levels),
        find_first_gap(stages, sheet.level),
        Digests(scenario.digest, scenario.rubrics_digest, BY_HAND),
        change,
    )


def _stage(
    plan: StagePlan,
    asked: Sequence[str],
    boxes: Mapping[tuple[str, str], Box],
    seconds: float | None,
    sheet: FilledSheet,
) -> StageScore:
    found = [boxes[plan.id, each.id] for each in plan.criteria if (plan.id, each.id) in boxes]
    answer = "\n".join(quote for box in found for quote in box.quotes)
    judgements: list[Judgement] = []
    start = 0
    for criterion in plan.criteria:
        box = boxes.get((plan.id, criterion.id))
        if box is None and criterion.id not in asked:
            continue
        evidence, start = _evidence(box.quotes if box else (), start)
        judgements.append(_judgement(criterion, box.mark if box else Mark.EMPTY, evidence))
    score = stage_points(judgements, sheet.level)
    is_attempted = bool(answer) or any(box.mark is not Mark.EMPTY for box in found)
    budget = round(60.0 * plan.minutes, 1)
    return StageScore(
        plan.id, plan.title, plan.weight, score, answer, tuple(judgements), seconds, budget, attempted=is_attempted
    )


def _evidence(quotes: Sequence[str], start: int) -> tuple[tuple[Evidence, ...], int]:
    """Return the quotes as slices of the answer that begins with them at `start`, and where the next one begins."""
    found: list[Evidence] = []
    for quote in quotes:
        found.append(Evidence(quote, start, start + len(quote)))
        start += len(quote) + 1
    return tuple(found), start


def _judgement(criterion: Criterion, mark: Mark, evidence: tuple[Evidence, ...]) -> Judgement:
    verdict = _VERDICTS[mark]
    # What earned nothing is no evidence; the words stay in the answer.
    kept = evidence if verdict is not Verdict.MISSING else ()
    confidence = 0.0 if verdict is Verdict.MISSING else 1.0
    return Judgement(criterion, verdict, POINTS[verdict] * criterion.weight, kept, confidence, _REASONS[mark])
