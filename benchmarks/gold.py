"""The gold answers of tests/gold, read and scored."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GOLD = Path(__file__).parent.parent / "tests" / "gold"
RANK = {"missing": 0, "named": 1, "reasoned": 2}


@dataclass(frozen=True)
class GoldAnswer:
    """One answer to one stage, with the verdicts of its readers."""

    scenario: str
    stage: str
    writer: str
    aside: bool
    """Set aside: never looked at while rules were written or coefficients fitted."""
    answer: str
    labels: dict[str, tuple[str, str, str]]
    """Criterion → verdict of the first reader, of the second, and the settled one."""


def read_gold(*, aside: bool | None = None) -> Iterator[GoldAnswer]:
    """Yield the gold answers: the development part (aside False), the part set aside (True), or all (None)."""
    for path in sorted(GOLD.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if aside is None or entry["aside"] is aside:
                labels = {
                    criterion: (first, second, settled)
                    for criterion, (first, second, settled) in entry["labels"].items()
                }
                yield GoldAnswer(path.stem, entry["stage"], entry["writer"], entry["aside"], entry["answer"], labels)
