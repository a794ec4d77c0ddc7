"""The scorer card: `python -m benchmarks.accuracy [--part PART] [--failures] [--data FOLDER] [--write | --check]`.

Scores the gold answers that were set aside and says how often the verdicts are those of the readers; with a folder of
the public sets (benchmarks/public.py says which) also how a statement alone is judged on them. --write puts the card
into docs/accuracy.md, --check fails when that file differs from what is measured. The part on the public sets is kept
as it was last measured where there is no folder.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.card import Case, failures, render_card
from benchmarks.gold import RANK, GoldAnswer, bare_of, read_gold
from benchmarks.public import missing_files
from benchmarks.public_card import render_public
from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.models import Judgement, Level, Verdict
from mlsd_coach.scoring import Scorer
from mlsd_coach.scoring.criteria import CompiledCriterion
from mlsd_coach.scoring.verdicts import judge
from mlsd_coach.scoring.weighing import stage_points

CARD = Path(__file__).parent.parent / "docs" / "accuracy.md"
SHARE = {0: 0.0, 1: 0.5, 2: 1.0}
PUBLIC = "## Public sets, by the statement alone"


@dataclass(frozen=True)
class Measured:
    """All cases of a part, and the stage scores by scorer and by readers."""

    cases: tuple[Case, ...]
    scores: tuple[tuple[float, float, float], ...]
    """(the scorer's, the readers', words of the answer)."""


def measure(gold: Sequence[GoldAnswer]) -> Measured:
    """Score every answer."""
    library = Library([builtin_root()])
    scorer = Scorer(library.lexicon(), library.levels(), library.criteria)
    alone: dict[str, CompiledCriterion] = {}
    cases: list[Case] = []
    scores: list[tuple[float, float, float]] = []
    for entry in gold:
        scenario = library.scenario(entry.scenario)
        result = scorer.score_stage(scenario, entry.stage, entry.answer, level=Level.SENIOR)
        answer, compiled = scorer.read(scenario, entry.stage, entry.answer)
        read: list[Judgement] = []
        for judgement, known in zip(result.judgements, compiled, strict=True):
            criterion = judgement.criterion
            if criterion.statement not in alone:
                alone[criterion.statement] = bare_of(known, scorer)
            quoted = None
            if judgement.evidence:
                quote = "\n".join(evidence.quote for evidence in judgement.evidence)
                quoted = judge(known, scorer.read(scenario, entry.stage, quote)[0]).verdict
            first, second, settled = (RANK[word] for word in entry.labels[criterion.id])
            by_statement = judge(alone[criterion.statement], answer)
            cases.append(Case(entry, judgement, by_statement, quoted, first, second, settled))
            read.append(Judgement(criterion, Verdict.MISSING, criterion.weight * SHARE[settled]))
        scores.append((result.score, stage_points(read, Level.SENIOR), float(len(entry.answer.split()))))
    return Measured(tuple(cases), tuple(scores))


def main() -> int:
    """Print, write or check the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="aside", choices=("aside", "fit", "rules"))
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--data", type=Path, help="folder of the public sets")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    measured = measure(list(read_gold(arguments.part)))
    text = render_card(measured.cases, measured.scores, arguments.part)
    old = CARD.read_text(encoding="utf-8") if CARD.exists() else ""
    public = PUBLIC + old.partition(PUBLIC)[2] if PUBLIC in old else ""
    if arguments.data and missing_files(arguments.data):
        sys.stderr.write(f"Not measured: {', '.join(missing_files(arguments.data))} not in {arguments.data}.\n")
    elif arguments.data:
        public = f"{PUBLIC}\n\n{render_public(arguments.data)}\n"
    else:
        sys.stderr.write("The public sets are not measured: --data FOLDER says where they are.\n")
    text = text + "\n" + public
    if arguments.failures:
        print(failures(measured.cases))
    if arguments.write:
        CARD.write_text(text, encoding="utf-8")
    elif arguments.check and old != text:
        sys.stderr.write("docs/accuracy.md is not what is measured: run `python -m benchmarks.accuracy --write`\n")
        return 1
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
