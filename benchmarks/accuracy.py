"""The scorer card: `python -m benchmarks.accuracy [--part aside|fit|rules] [--failures] [--write | --check]`.

Scores the gold answers that were set aside and says how often the verdicts are those of the readers. --write puts the
card into docs/accuracy.md, --check fails when that file differs from what is measured.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from benchmarks.figures import correlation, partial_correlation, precision_recall, weighted_kappa
from benchmarks.gold import RANK, GoldAnswer, read_gold
from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.models import Judgement, Level, Verdict
from mlsd_coach.scoring import Scorer
from mlsd_coach.scoring.scorer import stage_points

CARD = Path(__file__).parent.parent / "docs" / "accuracy.md"
SAID = {Verdict.NAMED: 1, Verdict.REASONED: 2}
SHARE = {0: 0.0, 1: 0.5, 2: 1.0}
WRONG_BY = 20


@dataclass(frozen=True)
class Case:
    """One verdict of the scorer beside those of the readers."""

    entry: GoldAnswer
    judgement: Judgement
    first: int
    second: int
    settled: int

    @property
    def said(self) -> int:
        """0 missing (or in doubt), 1 named, 2 reasoned."""
        return SAID.get(self.judgement.verdict, 0)


@dataclass(frozen=True)
class Measured:
    """All cases of a part, and the stage scores by scorer and by readers."""

    cases: tuple[Case, ...]
    scores: tuple[tuple[float, float, float], ...]
    """(the scorer's, the readers', words of the answer)."""


def measure(gold: Sequence[GoldAnswer]) -> Measured:
    """Score every answer."""
    library = Library([builtin_root()])
    scorer = Scorer(library.lexicon(), library.levels())
    cases: list[Case] = []
    scores: list[tuple[float, float, float]] = []
    for entry in gold:
        scenario = library.scenario(entry.scenario)
        result = scorer.score_stage(scenario, entry.stage, entry.answer, level=Level.SENIOR)
        read: list[Judgement] = []
        for judgement in result.judgements:
            criterion = judgement.criterion
            first, second, settled = (RANK[word] for word in entry.labels[criterion.id])
            cases.append(Case(entry, judgement, first, second, settled))
            read.append(Judgement(criterion, Verdict.MISSING, criterion.weight * SHARE[settled]))
        scores.append((result.score, stage_points(read, Level.SENIOR), float(len(entry.answer.split()))))
    return Measured(tuple(cases), tuple(scores))


def covered(cases: Sequence[Case]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of covered-or-not."""
    return precision_recall([(case.settled > 0, case.said > 0) for case in cases])


def card(measured: Measured, part: str) -> str:
    """Return the card as markdown."""
    cases = measured.cases
    precision, recall, f1 = covered(cases)
    readers = precision_recall([(c.first > 0, c.second > 0) for c in cases])[2]
    ours, theirs, words = (list(column) for column in zip(*measured.scores, strict=True))
    doubts = [case for case in cases if case.judgement.verdict is Verdict.MAYBE]
    kappa = weighted_kappa([(c.settled, c.said) for c in cases]), weighted_kappa([(c.first, c.second) for c in cases])
    same = fmean(c.settled == c.said for c in cases), fmean(c.first == c.second for c in cases)
    error = fmean(abs(a - b) for a, b in zip(ours, theirs, strict=True))
    rightly = fmean(c.settled > 0 for c in doubts) if doubts else 0.0
    rows = (
        ("answers, verdicts", f"{len(measured.scores)}, {len(cases)}", ""),
        ("covered or not: precision", f"{precision:.3f}", ""),
        ("covered or not: recall", f"{recall:.3f}", ""),
        ("covered or not: F1", f"{f1:.3f}", f"{readers:.3f}"),
        ("three levels: quadratic-weighted kappa", f"{kappa[0]:.3f}", f"{kappa[1]:.3f}"),
        ("three levels: same verdict", f"{same[0]:.3f}", f"{same[1]:.3f}"),
        ("stage score: mean absolute error, of 100", f"{error:.1f}", ""),
        ("stage score: r", f"{correlation(ours, theirs):.3f}", ""),
        ("stage score: r, partial on length", f"{partial_correlation(ours, theirs, words):.3f}", ""),
        ("verdicts in doubt (maybe), and the share of them that is covered", f"{len(doubts)}, {rightly:.2f}", ""),
    )
    lines = [f"| on the part `{part}` | scorer | reader against reader |", "|---|---|---|"]
    lines += [f"| {name} | {figure} | {beside} |" for name, figure, beside in rows]
    return "\n".join([*lines, "", *by_stage(cases), "", *worst_criteria(cases)])


def by_stage(cases: Sequence[Case]) -> list[str]:
    """Return the table of stages."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.entry.stage].append(case)
    lines = ["| stage | verdicts | precision | recall | F1 | kappa |", "|---|---|---|---|---|---|"]
    for stage, group in groups.items():
        precision, recall, f1 = covered(group)
        kappa = weighted_kappa([(c.settled, c.said) for c in group])
        lines.append(f"| {stage} | {len(group)} | {precision:.2f} | {recall:.2f} | {f1:.2f} | {kappa:.2f} |")
    return lines


def worst_criteria(cases: Sequence[Case]) -> list[str]:
    """Return the criteria that are wrong most often."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[f"{case.entry.stage}/{case.judgement.criterion.id}"].append(case)
    wrong = {name: sum((c.settled > 0) != (c.said > 0) for c in group) for name, group in groups.items()}
    lines = ["| criterion most often wrong | wrongly found | wrongly missed | of |", "|---|---|---|---|"]
    for name in sorted(wrong, key=lambda name: (-wrong[name], name))[:WRONG_BY]:
        group = groups[name]
        found = sum(c.said > 0 and not c.settled for c in group)
        lines.append(f"| {name} | {found} | {wrong[name] - found} | {len(group)} |")
    return lines


def failures(cases: Sequence[Case]) -> str:
    """Return every verdict that differs in covered-or-not, with its text."""
    parts = []
    for case in cases:
        if (case.settled > 0) != (case.said > 0):
            quotes = " … ".join(e.quote for e in case.judgement.evidence)
            judgement = case.judgement
            where = f"{case.entry.scenario}/{case.entry.stage}/{judgement.criterion.id} ({case.entry.writer})"
            said = f"readers {case.settled}, scorer {case.said} at {judgement.confidence}"
            parts.append(f"{where}: {said}\n  {judgement.criterion.statement}\n  {quotes or case.entry.answer}\n")
    return "\n".join(parts)


HEAD = """# The scorer card

How often the scorer's verdicts are those of careful readers. Made by `python -m benchmarks.accuracy --write` and
checked for drift with every change; `--failures` prints each verdict that differs, with its text. The answers and
labels are in [tests/gold](../tests/gold/README.md), which says how they were made: by language models as writers and
readers, not by people. The part `aside` was not looked at while rules were written or coefficients fitted.

"""


def main() -> int:
    """Print, write or check the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="aside", choices=("aside", "fit", "rules"))
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    measured = measure(list(read_gold(arguments.part)))
    text = HEAD + card(measured, arguments.part) + "\n"
    if arguments.failures:
        print(failures(measured.cases))
    if arguments.write:
        CARD.write_text(text, encoding="utf-8")
    elif arguments.check and (not CARD.exists() or CARD.read_text(encoding="utf-8") != text):
        sys.stderr.write("docs/accuracy.md is not what is measured: run `python -m benchmarks.accuracy --write`\n")
        return 1
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
