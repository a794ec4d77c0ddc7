"""The scorer card as markdown: tables and failures of verdicts beside those of the readers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from benchmarks.figures import correlation, macro_f1, partial_correlation, precision_recall, ranking, weighted_kappa
from benchmarks.gold import GoldAnswer
from mlsd_coach.models import Judgement, Verdict

SAID = {Verdict.NAMED: 1, Verdict.REASONED: 2}
BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Case:
    """One verdict of the scorer beside those of the readers."""

    entry: GoldAnswer
    judgement: Judgement
    alone: Judgement
    """The verdict by the statement alone."""
    quoted: Verdict | None
    """The verdict on the quote alone; None where nothing is quoted."""
    first: int
    second: int
    settled: int

    @property
    def said(self) -> int:
        """0 missing (or in doubt), 1 named, 2 reasoned."""
        return SAID.get(self.judgement.verdict, 0)


HEAD = """# The scorer card

How often the scorer's verdicts are those of careful readers. Made by `python -m benchmarks.accuracy --write` and
checked for drift with every change; `--failures` prints each verdict that differs, with its text. The answers and
labels are in [tests/gold](../tests/gold/README.md), which says how they were made: by language models as writers and
readers, not by people. The part `aside` was not looked at while rules were written or coefficients fitted.

"""

WEAK = """What is weaker than wanted, and what was tried:

- **NAMED against REASONED** (kappa within 0.05 of the readers, stage scores within 7 points and r of 0.90 were wanted).
  Of the criteria that are found, about three in four get the readers' level. Signs of a reason in the evidence's own
  sentence rank named and reasoned apart with an AUC of 0.74; adding the sentences before and after, the length of the
  sentence, its punctuation, how often the thing is said, the likeness to the earning sentence, and boosted trees over
  all of these reached 0.77 with writers left out. A prior of each criterion reached 0.79, but only 0.76 on the other
  scenario, and was not taken.
- **Statements alone** (macro-F1 of 0.80 on REALSumm was wanted). Forty lexical features with near words, boosted trees
  and squares gave no more than 0.78 cross-validated by document; sentence embeddings rank worse than words do.
- **Speed** (a 400-word answer against 15 criteria in 20 ms, a whole sitting in 100 ms were wanted). The first
  takes some 50 ms on a quiet machine of two cores, a sitting 5 to 9 times a count to a million (`python -m
  benchmarks.scoring`); time grows in proportion to words and criteria. Reading the answer is half of it, the
  rules are most of the rest. Phrases are compiled and tried only where their first word stands, examples are
  compared in the likeliest windows.
"""


def render_card(cases: Sequence[Case], scores: Sequence[tuple[float, float, float]], part: str) -> str:
    """Return the whole card on the gold answers."""
    return HEAD + "\n".join(
        [
            *overall(cases, scores, part),
            "",
            WEAK,
            "## By stage",
            "",
            *table("stage", cases, lambda case: case.entry.stage),
            "",
            "## How sure it says it is",
            "",
            *calibration(cases),
            "",
            "## By criterion",
            "",
            *table("criterion", cases, lambda case: f"{case.entry.stage}/{case.judgement.criterion.id}"),
            "",
        ]
    )


def covered(cases: Iterable[Case]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of covered-or-not."""
    return precision_recall([(case.settled > 0, case.said > 0) for case in cases])


def overall(cases: Sequence[Case], scores: Sequence[tuple[float, float, float]], part: str) -> list[str]:
    """Return the table of the main figures."""
    precision, recall, f1 = covered(cases)
    readers = precision_recall([(c.first > 0, c.second > 0) for c in cases])[2]
    ours, theirs, words = (list(column) for column in zip(*scores, strict=True))
    kappa = weighted_kappa([(c.settled, c.said) for c in cases]), weighted_kappa([(c.first, c.second) for c in cases])
    same = fmean(c.settled == c.said for c in cases), fmean(c.first == c.second for c in cases)
    found = [c for c in cases if c.settled and c.said]
    level = fmean(c.settled == c.said for c in found) if found else 0.0
    error = fmean(abs(a - b) for a, b in zip(ours, theirs, strict=True))
    alone = [(case.settled > 0, case.alone.verdict in SAID) for case in cases]
    bare = precision_recall(alone)
    order = ranking([(case.alone.confidence, int(case.settled > 0)) for case in cases])
    quotes = [case for case in cases if case.quoted is not None]
    slices = sum(e.quote == c.entry.answer[e.start : e.end] for c in quotes for e in c.judgement.evidence)
    held = [case for case in quotes if case.quoted is case.judgement.verdict]
    rows = (
        ("answers, verdicts", f"{len(scores)}, {len(cases)}", ""),
        ("covered or not: precision", f"{precision:.3f}", ""),
        ("covered or not: recall", f"{recall:.3f}", ""),
        ("covered or not: F1", f"{f1:.3f}", f"{readers:.3f}"),
        ("three levels: quadratic-weighted kappa", f"{kappa[0]:.3f}", f"{kappa[1]:.3f}"),
        ("three levels: same verdict", f"{same[0]:.3f}", f"{same[1]:.3f}"),
        ("named or reasoned, where both found it: same", f"{level:.3f}", ""),
        ("stage score: mean absolute error, of 100", f"{error:.1f}", ""),
        ("stage score: r", f"{correlation(ours, theirs):.3f}", ""),
        ("stage score: r, partial on length", f"{partial_correlation(ours, theirs, words):.3f}", ""),
        ("quotes that are slices of the answer", f"{slices} of {sum(len(c.judgement.evidence) for c in quotes)}", ""),
        ("the quote alone gives the same verdict", f"{len(held) / len(quotes):.3f}" if quotes else "", ""),
        ("by the statement alone: precision, recall", f"{bare[0]:.3f}, {bare[1]:.3f}", ""),
        ("by the statement alone: macro-F1, AUC", f"{macro_f1(alone):.3f}, {order:.3f}", ""),
    )
    lines = [f"| on the part `{part}` | scorer | reader against reader |", "|---|---|---|"]
    lines += [f"| {name} | {figure} | {beside} |" for name, figure, beside in rows]
    return [
        *lines,
        "",
        "By the statement alone: the same answers as if the author had written nothing but statements, and no other",
        "criterion like it.",
    ]


def table(title: str, cases: Sequence[Case], key: Callable[[Case], str]) -> list[str]:
    """Return the figures of each group of cases."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[key(case)].append(case)
    lines = [f"| {title} | verdicts | covered | precision | recall | F1 | kappa | reader against reader |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    for name, group in groups.items():
        precision, recall, f1 = covered(group)
        kappa = weighted_kappa([(c.settled, c.said) for c in group])
        readers = weighted_kappa([(c.first, c.second) for c in group])
        there = sum(c.settled > 0 for c in group)
        figures = f"{precision:.2f} | {recall:.2f} | {f1:.2f} | {kappa:.2f} | {readers:.2f}"
        lines.append(f"| {name} | {len(group)} | {there} | {figures} |")
    return lines


def calibration(cases: Sequence[Case]) -> list[str]:
    """Return how many of the verdicts of each confidence are covered, and how the doubtful ones fare."""
    lines = ["| confidence | verdicts | of these covered |", "|---|---|---|"]
    for low, high in pairwise(BINS):
        inside = [c for c in cases if low <= c.judgement.confidence < high or (high == 1.0 == c.judgement.confidence)]
        if inside:
            lines.append(f"| {low:.1f} to {high:.1f} | {len(inside)} | {fmean(c.settled > 0 for c in inside):.2f} |")
    doubts = [case for case in cases if case.judgement.verdict is Verdict.MAYBE]
    rightly = f", of which {fmean(c.settled > 0 for c in doubts):.2f} are covered" if doubts else ""
    return [*lines, "", f"In doubt (maybe): {len(doubts)} verdicts{rightly}."]


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
