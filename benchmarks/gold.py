"""The gold answers of tests/gold, read and scored."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mlsd_coach.scoring import Scorer
from mlsd_coach.scoring.criteria import CompiledCriterion

GOLD = Path(__file__).parent.parent / "tests" / "gold"
RANK = {"missing": 0, "named": 1, "reasoned": 2}


@dataclass(frozen=True)
class GoldAnswer:
    """One answer to one stage, with the verdicts of its readers."""

    scenario: str
    stage: str
    writer: str
    part: str
    """`rules` (looked at while rules were widened), `fit` (coefficients are fitted on it) or `aside` (for the card)."""
    answer: str
    labels: dict[str, tuple[str, str, str]]
    """Criterion → verdict of the first reader, of the second, and the settled one."""


def read_gold(*parts: str) -> Iterator[GoldAnswer]:
    """Yield the gold answers of these parts, or of all."""
    for path in sorted(GOLD.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if not parts or entry["part"] in parts:
                labels = {criterion: tuple(readings) for criterion, readings in entry["labels"].items()}
                yield GoldAnswer(path.stem, entry["stage"], entry["writer"], entry["part"], entry["answer"], labels)


def bare_of(compiled: CompiledCriterion, scorer: Scorer) -> CompiledCriterion:
    """Return a criterion with its statement only, as if no other had ever been written like it."""
    statement = compiled.criterion.statement
    return replace(
        compiled,
        rule=None,
        reasoned=None,
        earning=None,
        ways=(),
        near_misses=(),
        concepts=frozenset(),
        profile={},
        bare=scorer.compile_alone(statement, compiled.statement, but=statement),
    )
