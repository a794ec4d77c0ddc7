"""Appeals as lines of JSON for a pull request: what the scorer's maintainers need to judge and test a verdict anew."""

from collections.abc import Sequence
from json import dumps
from typing import Any

from mlsd_coach.models import Appeal, Attempt
from mlsd_coach.reports.claims import evidence_to_json

WRITER, PART = "candidate", "appeal"
"""What stands for writer and part, where tests/gold names those of its answers."""


def appeal_lines(attempt: Attempt, appeals: Sequence[Appeal]) -> list[str]:
    """Return one line of JSON a stage's answer that is appealed, in the order of the stages.

    The keys of tests/gold are as they are there (`labels` holds the appealed criteria alone, one reader's verdict three
    times over); beside them stand the appeals with what the scorer said, and the digests of what it was made from.
    Nothing else of the attempt is in a line: no id, no time, no other answer.
    """
    lines = []
    for stage in attempt.scorecard["stages"]:
        against = {appeal.criterion: appeal for appeal in appeals if appeal.stage == stage["id"]}
        judged = [each for each in stage["criteria"] if each["id"] in against]
        if not judged:
            continue
        line = {
            "scenario": attempt.scenario,
            "stage": stage["id"],
            "writer": WRITER,
            "part": PART,
            "answer": stage["answer"],
            "labels": {each["id"]: [against[each["id"]].verdict.value] * 3 for each in judged},
            "appeals": [_entry(each, against[each["id"]]) for each in judged],
            "guard": stage["guard"],
            "level": attempt.level.value,
            "digests": attempt.scorecard["digests"],
        }
        lines.append(dumps(line, ensure_ascii=False))
    return lines


def _entry(judged: dict[str, Any], appeal: Appeal) -> dict[str, Any]:
    return {
        "criterion": judged["id"],
        "statement": judged["statement"],
        "machine": {key: judged[key] for key in ("verdict", "confidence", "evidence")},
        "candidate": {
            "verdict": appeal.verdict.value,
            "quote": evidence_to_json(appeal.quote),
            "reason": appeal.reason,
        },
    }
