"""The scorecard as the JSON contract of docs/json.md, there and back."""

from dataclasses import asdict
from typing import Any

from mlsd_coach.models import (
    FORMAT,
    Criterion,
    Digests,
    Evidence,
    FirstGap,
    Judgement,
    Level,
    LevelResult,
    Scorecard,
    Signal,
    SignalScore,
    StageScore,
    Verdict,
)
from mlsd_coach.scoring.interview_contract import (
    interview_from_json,
    interview_to_json,
    nudge_from_json,
    nudge_to_json,
)


def scorecard_to_json(card: Scorecard) -> dict[str, Any]:
    """Return the contract's object: plain dicts, lists, strings and numbers, in a fixed order of keys."""
    reached = card.level_result
    return {
        "format": FORMAT,
        "scenario": card.scenario,
        "title": card.title,
        "level": card.level.value,
        "score": card.score,
        "band": card.band,
        "level_reached": reached.reached.value if reached.reached else None,
        "level_reason": reached.why,
        "levels": [{"id": level.value, "met": met, "asked": asked} for level, met, asked in reached.met],
        "signals": [{"id": s.id.value, "score": s.score, "met": s.met, "asked": s.asked} for s in card.signals],
        "stages": [stage_to_json(stage) for stage in card.stages],
        "first_gap": _gap_to_json(card.first_gap),
        "digests": asdict(card.digests),
        **({"change": stage_to_json(card.change)} if card.change else {}),
        **({"interview": interview_to_json(card.interview)} if card.interview else {}),
    }


def stage_to_json(stage: StageScore) -> dict[str, Any]:
    """Return one stage of the contract."""
    return {
        "id": stage.id,
        "title": stage.title,
        "weight": stage.weight,
        "score": stage.score,
        "seconds": stage.seconds,
        "budget_seconds": stage.budget_seconds,
        "attempted": stage.attempted,
        "guard": stage.guard,
        "answer": stage.answer,
        "criteria": [_judgement_to_json(judgement) for judgement in stage.judgements],
    }


def _judgement_to_json(judgement: Judgement) -> dict[str, Any]:
    criterion = judgement.criterion
    return {
        "id": criterion.id,
        "statement": criterion.statement,
        "signal": criterion.signal.value,
        "level": criterion.level.value,
        "weight": criterion.weight,
        "verdict": judgement.verdict.value,
        "points": judgement.points,
        "confidence": judgement.confidence,
        "reason": judgement.reason,
        "why": criterion.why,
        "advice": criterion.advice,
        "earning": criterion.earning,
        "evidence": [{"quote": e.quote, "start": e.start, "end": e.end} for e in judgement.evidence],
        **({"nudge": nudge_to_json(judgement.nudge)} if judgement.nudge else {}),
    }


def _gap_to_json(gap: FirstGap | None) -> dict[str, Any] | None:
    if gap is None:
        return None
    return {**asdict(gap), "verdict": gap.verdict.value}


def scorecard_from_json(obj: dict[str, Any]) -> Scorecard:
    """Return the scorecard that `scorecard_to_json` made the object from; KeyError or ValueError when it is not one."""
    gap = obj["first_gap"]
    reached = obj["level_reached"]
    return Scorecard(
        obj["scenario"],
        obj["title"],
        Level(obj["level"]),
        obj["score"],
        tuple(_stage_from_json(stage) for stage in obj["stages"]),
        tuple(SignalScore(Signal(s["id"]), s["score"], s["met"], s["asked"]) for s in obj["signals"]),
        LevelResult(
            Level(reached) if reached else None,
            tuple((Level(entry["id"]), entry["met"], entry["asked"]) for entry in obj["levels"]),
            obj["level_reason"],
        ),
        obj["band"],
        FirstGap(**{**gap, "verdict": Verdict(gap["verdict"])}) if gap else None,
        Digests(**obj["digests"]),
        _stage_from_json(obj["change"]) if "change" in obj else None,
        interview_from_json(obj["interview"]) if "interview" in obj else None,
    )


def _stage_from_json(obj: dict[str, Any]) -> StageScore:
    return StageScore(
        obj["id"],
        obj["title"],
        obj["weight"],
        obj["score"],
        obj["answer"],
        tuple(_judgement_from_json(judgement) for judgement in obj["criteria"]),
        obj["seconds"],
        obj["budget_seconds"],
        obj["attempted"],
        obj["guard"],
    )


def _judgement_from_json(obj: dict[str, Any]) -> Judgement:
    criterion = Criterion(
        obj["id"],
        obj["statement"],
        Signal(obj["signal"]),
        Level(obj["level"]),
        obj["weight"],
        why=obj["why"],
        advice=obj["advice"],
        earning=obj["earning"],
    )
    evidence = tuple(Evidence(e["quote"], e["start"], e["end"]) for e in obj["evidence"])
    nudge = nudge_from_json(obj["nudge"]) if "nudge" in obj else None
    return Judgement(
        criterion, Verdict(obj["verdict"]), obj["points"], evidence, obj["confidence"], obj["reason"], nudge
    )
