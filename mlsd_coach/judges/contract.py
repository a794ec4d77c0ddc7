"""Opinions as JSON: kept with an attempt, there and back, and beside the verdicts in the scorecard's object."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from mlsd_coach.models import Evidence, Opinion, SecondOpinion, Tally, Verdict


def opinion_to_json(second: SecondOpinion) -> dict[str, Any]:
    """Return a second opinion as it is kept."""
    return {**asdict(second), "opinions": [asdict(opinion) for opinion in second.opinions]}


def opinion_from_json(obj: dict[str, Any]) -> SecondOpinion:
    """Return what `opinion_to_json` made the object from; KeyError, ValueError or TypeError when it is not one."""
    opinions = tuple(
        Opinion(
            **{
                **each,
                "verdict": Verdict(each["verdict"]),
                "evidence": tuple(Evidence(**quote) for quote in each["evidence"]),
            }
        )
        for each in obj["opinions"]
    )
    return SecondOpinion(**{**obj, "opinions": opinions, "tally": Tally(**obj["tally"])})


def with_opinions(card: dict[str, Any], seconds: Sequence[SecondOpinion]) -> dict[str, Any]:
    """Return the scorecard's JSON object with `judges`, and `opinions` in each criterion that has some."""
    if not seconds:
        return card
    by_place: dict[tuple[str, str], list[tuple[SecondOpinion, Opinion]]] = {}
    for second in seconds:
        for opinion in second.opinions:
            by_place.setdefault((opinion.stage, opinion.criterion), []).append((second, opinion))
    stages = [
        {**stage, "criteria": [_criterion(c, by_place.get((stage["id"], c["id"]), ())) for c in stage["criteria"]]}
        for stage in card["stages"]
    ]
    verdicts = {(s["id"], c["id"]): Verdict(c["verdict"]) for s in card["stages"] for c in s["criteria"]}
    return {**card, "stages": stages, "judges": [_judge(second, verdicts) for second in seconds]}


def _criterion(obj: dict[str, Any], opinions: Sequence[tuple[SecondOpinion, Opinion]]) -> dict[str, Any]:
    first = Verdict(obj["verdict"])
    said = [
        {
            "judge": second.judge,
            "verdict": opinion.verdict.value,
            "agrees": second.agrees(first, opinion),
            "reason": opinion.reason,
            "similarity": opinion.similarity,
            "evidence": [asdict(quote) for quote in opinion.evidence],
        }
        for second, opinion in opinions
    ]
    return {**obj, "opinions": said} if said else obj


def _judge(second: SecondOpinion, verdicts: dict[tuple[str, str], Verdict]) -> dict[str, Any]:
    held = [
        second.agrees(verdicts[opinion.stage, opinion.criterion], opinion)
        for opinion in second.opinions
        if (opinion.stage, opinion.criterion) in verdicts
    ]
    return {
        "id": second.judge,
        "model": second.model,
        "host": second.host,
        "agree": held.count(True),
        "compared": len(held) - held.count(None),
        "not_compared": held.count(None),
        **asdict(second.tally),
    }
