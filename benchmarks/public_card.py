"""The part of the scorer card on public sets: a text judged by one statement, as people judged it."""

from collections import defaultdict
from pathlib import Path
from statistics import fmean

from benchmarks.figures import correlation, macro_f1, partial_correlation, ranking
from benchmarks.fit import balanced_threshold, folds_of
from benchmarks.public import PublicPair, read_public
from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.models import Judgement, Verdict
from mlsd_coach.scoring import Scorer

TITLES = {"realsumm": "REALSumm", "beetle": "SemEval Beetle", "scientsbank": "SemEval SciEntsBank", "saf": "SAF"}
COVERED = (Verdict.NAMED, Verdict.REASONED)
PASSED = 0.75
"""Grade from which an answer of SAF counts as covering its reference."""


def render_public(folder: Path) -> str:
    """Return the table of the public sets."""
    library = Library([builtin_root()])
    scorer = Scorer(library.lexicon(), library.levels(), library.criteria)
    groups: dict[str, list[tuple[PublicPair, Judgement]]] = defaultdict(list)
    for pair in read_public(folder):
        if pair.text.strip() and pair.text.strip().casefold() != "no submission.":
            judged = [scorer.judge_statement(pair.text, each, prompt=pair.prompt) for each in pair.statements]
            groups[pair.set].append((pair, max(judged, key=lambda judgement: judgement.confidence)))
    lines = [
        "Measured with `python -m benchmarks.accuracy --data FOLDER --write` on the sets that",
        "benchmarks/public.py names; they are graded by people and not part of the project. The coefficients for",
        "statements outside the field are fitted on a third of REALSumm and parts of SemEval;",
        "`python -m benchmarks.fit --data FOLDER` prints the figures for documents and questions left out of the fit.",
        "",
        "| set | pairs | covered | macro-F1 as shipped | macro-F1, threshold from other documents | AUC |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_line(TITLES[name], groups[name]) for name in TITLES if name in groups]
    if graded := groups.get("saf"):
        said = [judgement.confidence for _, judgement in graded]
        grades = [pair.grade for pair, _ in graded]
        words = [float(len(pair.text.split())) for pair, _ in graded]
        r, partial = correlation(said, grades), partial_correlation(said, grades, words)
        lines += [
            "",
            f"SAF, confidence beside the grade, blank answers left out: r {r:.3f}, partial on length {partial:.3f}.",
        ]
    return "\n".join(lines)


def _line(title: str, cases: list[tuple[PublicPair, Judgement]]) -> str:
    labels = [pair.grade >= PASSED for pair, _ in cases]
    shipped = macro_f1([(label, j.verdict in COVERED) for label, (_, j) in zip(labels, cases, strict=True)])
    scored = [(j.confidence, int(label)) for label, (_, j) in zip(labels, cases, strict=True)]
    groups = [pair.group for pair, _ in cases]
    pairs: list[tuple[bool, bool]] = []
    for fold in folds_of(groups):
        cut = balanced_threshold([s for s, group in zip(scored, groups, strict=True) if group not in fold])
        pairs += [(bool(s[1]), s[0] >= cut) for s, group in zip(scored, groups, strict=True) if group in fold]
    figures = f"{shipped:.3f} | {macro_f1(pairs):.3f} | {ranking(scored):.3f}"
    return f"| {title} | {len(cases)} | {fmean(labels):.2f} | {figures} |"
