"""Judge pairs of a text and a statement, by the statement alone: `python -m benchmarks.judge_pairs IN.jsonl OUT.jsonl`.

In: one object a line, {"id", "text", "statement", "prompt"?}. Out: {"id", "verdict", "confidence", "evidence"}, with
the verdicts of the coach, a confidence of 0..1 that rises with how surely the statement is covered, and quotes.
"""

import json
import sys
from pathlib import Path
from typing import Any

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.scoring import Scorer


def judge_pair(scorer: Scorer, pair: dict[str, Any]) -> dict[str, Any]:
    """Return the verdict on one pair."""
    judgement = scorer.judge_statement(pair["text"], pair["statement"], prompt=pair.get("prompt") or "")
    return {
        "id": pair["id"],
        "verdict": judgement.verdict.value,
        "confidence": judgement.confidence,
        "evidence": [{"quote": e.quote, "start": e.start, "end": e.end} for e in judgement.evidence],
    }


def main() -> int:
    """Judge a file."""
    if len(sys.argv) != 3:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    library = Library([builtin_root()])
    scorer = Scorer(library.lexicon(), library.levels(), library.criteria)
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    judged = [json.dumps(judge_pair(scorer, json.loads(line)), ensure_ascii=False) for line in lines if line.strip()]
    Path(sys.argv[2]).write_text("\n".join(judged) + "\n", encoding="utf-8")
    print(f"{len(judged)} pairs judged")
    return 0


if __name__ == "__main__":
    sys.exit(main())
