"""Public sets that people have graded, for measuring how a statement alone is judged.

They are not part of the project: a benchmark takes the folder they lie in. REALSumm (Bhandari et al. 2020,
neulab/REALSumm, CC BY 4.0) as `realsumm-dev.jsonl`, SAF (Filighera et al. 2022, SebOchs/SAF, MIT) as `saf-train.jsonl`,
SemEval-2013 Task 7 (myrosia/semeval-2013-task7, CC BY-SA 3.0) as `semeval2013-train.jsonl`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILES = {"realsumm": "realsumm-dev.jsonl", "saf": "saf-train.jsonl", "semeval": "semeval2013-train.jsonl"}


@dataclass(frozen=True)
class PublicPair:
    """A text, the statements of which any may be covered by it, and what people said."""

    set: str
    """realsumm, saf, beetle or scientsbank."""
    group: str
    """The document or question: thresholds are never taken from the same one."""
    text: str
    statements: tuple[str, ...]
    prompt: str
    grade: float
    """0..1; for all but SAF 0 or 1."""


def missing_files(folder: Path) -> list[str]:
    """Return the names of the sets' files that are not in a folder."""
    return [name for name in FILES.values() if not (folder / name).is_file()]


def read_public(folder: Path) -> Iterator[PublicPair]:
    """Yield every pair of the sets that are in a folder."""
    for entry in _lines(folder / FILES["realsumm"]):
        for item in entry["items"]:
            yield PublicPair(
                "realsumm", str(entry["doc"]), entry["text"], (item["statement"],), "", float(item["covered"])
            )
    for entry in _lines(folder / FILES["semeval"]):
        grade = float(entry["label"] == "correct")
        corpus = str(entry["corpus"]).lower()
        references = tuple(entry["references"])
        yield PublicPair(corpus, entry["question_id"], entry["answer"], references, entry["question"], grade)
    for entry in _lines(folder / FILES["saf"]):
        references = tuple(entry["references"])
        yield PublicPair(
            "saf", entry["question_id"], entry["answer"], references, entry["question"], float(entry["score"])
        )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if path.is_file():
        with path.open(encoding="utf-8") as file:
            for line in file:
                if line.strip():
                    yield json.loads(line)
