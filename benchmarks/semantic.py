"""What nearness in meaning adds: `python -m benchmarks.semantic --model FOLDER [--name NAME] [--write]`.

Takes the cosine of the nearest sentence for every criterion of the gold answers, finds the thresholds of the judge
`semantic` on the part `fit`, and prints covered-or-not F1 of the scorer alone, of the cosine alone, and of both put
together by a small logistic model: on `fit` with each writer left out in turn, then on `aside`. --write puts the
thresholds into mlsd_coach/judges/data/semantic.json. The model has to be on this machine.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from benchmarks.figures import precision_recall
from benchmarks.gold import RANK, read_gold
from benchmarks.logistic import fit
from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.judges.encoder import load_encoder
from mlsd_coach.judges.semantic import (
    PROBE,
    Encoder,
    Space,
    Thresholds,
    cosine,
    sentences_of,
    thresholds_table,
    wanted_texts,
)
from mlsd_coach.models import Level, Verdict
from mlsd_coach.scoring import Scorer

DATA = Path(__file__).parent.parent / "mlsd_coach" / "judges" / "data" / "semantic.json"
SURE = 0.8
"""Share of what the judge calls covered that is to be covered."""
FOUND = (Verdict.NAMED, Verdict.REASONED)
DOUBT = 0.5
"""Share of the cases about a cosine that makes it worth a maybe."""
DOUBT_CASES = 60
_LEAST = 0.01


@dataclass(frozen=True)
class Case:
    """One criterion of one gold answer."""

    writer: str
    covered: bool
    found: bool
    """By the scorer's verdict."""
    confidence: float
    similarity: float


Score = Callable[[Case], float]
Learn = Callable[[Sequence[Case]], Score]
"""Cases to a score that is 0 or higher where a criterion is covered."""


def collect(part: str, space: Space) -> list[Case]:
    """Score the gold answers of a part both ways."""
    library = Library([builtin_root()])
    scorer = Scorer(library.lexicon(), library.levels(), library.criteria)
    gold = list(read_gold(part))
    space.add(quote.quote for entry in gold for quote in sentences_of(entry.answer))
    cases: list[Case] = []
    for entry in gold:
        scenario = library.scenario(entry.scenario)
        judged = {
            judgement.criterion.id: judgement
            for judgement in scorer.score_stage(scenario, entry.stage, entry.answer, level=Level.SENIOR).judgements
        }
        for criterion in scenario.stage(entry.stage).criteria:
            if criterion.id not in entry.labels:
                continue
            space.add(wanted_texts(criterion))
            nearest = space.nearest(entry.answer, criterion)
            judgement = judged[criterion.id]
            covered = RANK[entry.labels[criterion.id][2]] > 0
            similarity = nearest.similarity if nearest else 0.0
            cases.append(Case(entry.writer, covered, judgement.verdict in FOUND, judgement.confidence, similarity))
    return cases


def as_said(_cases: Sequence[Case]) -> Score:
    """Take the scorer's verdicts as they are."""
    return lambda case: 1.0 if case.found else -1.0


def by_confidence(cases: Sequence[Case]) -> Score:
    """Cut the scorer's confidence where F1 is best, as the others are cut."""
    return _cut(lambda case: case.confidence, cases)


def by_similarity(cases: Sequence[Case]) -> Score:
    """Cut the cosine where F1 is best."""
    return _cut(lambda case: case.similarity, cases)


def by_both(cases: Sequence[Case]) -> Score:
    """Put both together by a logistic model, cut where F1 is best."""
    bias, weights = fit([_row(case) for case in cases], [int(case.covered) for case in cases], [1, 1])
    return _cut(lambda case: bias + sum(w * v for w, v in zip(weights, _row(case), strict=True)), cases)


WAYS: dict[str, Learn] = {
    "the scorer's verdicts": as_said,
    "the scorer's confidence, cut for F1": by_confidence,
    "semantic alone": by_similarity,
    "both, by a logistic model": by_both,
}


def _row(case: Case) -> list[float]:
    sure = min(1 - _LEAST, max(_LEAST, case.confidence))
    return [log(sure / (1 - sure)), case.similarity]


def _cut(score: Score, cases: Sequence[Case]) -> Score:
    """Return the score less the cut at which F1 is best."""
    least = best_cut([(score(case), case.covered) for case in cases])
    return lambda case: score(case) - least


def best_cut(scored: Sequence[tuple[float, bool]]) -> float:
    """Return the score from which on calling everything covered has the best F1."""
    ranked = sorted(scored, reverse=True)
    positives = sum(covered for _, covered in ranked)
    right, best, top = 0, ranked[0][0], 0.0
    for place, (score, covered) in enumerate(ranked, 1):
        right += covered
        f1 = 2 * right / (place + positives)
        if f1 > top:
            best, top = score, f1
    return best


def sure_cut(scored: Sequence[tuple[float, bool]]) -> float:
    """Return the lowest score from which on enough of everything is covered."""
    ranked = sorted(scored, reverse=True)
    right, best = 0, ranked[0][0]
    for place, (score, covered) in enumerate(ranked, 1):
        right += covered
        if right / place >= SURE:
            best = score
    return best


def doubt_cut(scored: Sequence[tuple[float, bool]]) -> float:
    """Return the lowest score about which at least half of the cases are covered."""
    ranked = sorted(scored, reverse=True)
    best = ranked[0][0]
    for place in range(DOUBT_CASES, len(ranked) + 1):
        recent = ranked[place - DOUBT_CASES : place]
        if sum(covered for _, covered in recent) / len(recent) >= DOUBT:
            best = recent[-1][0]
    return best


def left_out(cases: Sequence[Case], learn: Learn) -> list[tuple[bool, bool]]:
    """Return (covered, said) of every case by what was learned without its writer."""
    pairs: list[tuple[bool, bool]] = []
    for writer in sorted({case.writer for case in cases}):
        score = learn([case for case in cases if case.writer != writer])
        pairs += [(case.covered, score(case) >= 0) for case in cases if case.writer == writer]
    return pairs


def applied(cases: Sequence[Case], learn: Learn, learned_on: Sequence[Case]) -> list[tuple[bool, bool]]:
    """Return (covered, said) of every case by what was learned on others."""
    score = learn(learned_on)
    return [(case.covered, score(case) >= 0) for case in cases]


def table(title: str, pairs: dict[str, list[tuple[bool, bool]]]) -> str:
    """Return the figures as a markdown table."""
    lines = [f"| {title} | precision | recall | F1 |", "|---|---|---|---|"]
    for name, said in pairs.items():
        precision, recall, f1 = precision_recall(said)
        lines.append(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
    return "\n".join(lines)


def find_thresholds(cases: Sequence[Case], encoder: Encoder, name: str) -> Thresholds:
    """Return the cosines from which on the judge says covered and maybe: the best F1 would call almost all covered."""
    scored = [(case.similarity, case.covered) for case in cases]
    high = sure_cut(scored)
    low = min(high, doubt_cut(scored))
    first, second = encoder.encode(PROBE)
    return Thresholds(name, round(cosine(first, second), 3), round(low, 3), round(high, 3))


def main() -> int:
    """Measure, print and, when asked, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", required=True, help="folder of a sentence-transformers model")
    parser.add_argument("--name", help="the model's name, for the data file; else the folder's")
    parser.add_argument("--write", action="store_true", help="write the thresholds into the data file")
    options = parser.parse_args()
    encoder = load_encoder(options.model)
    if encoder is None:
        sys.stderr.write(f"The model '{options.model}' is not on this machine: pass its folder.\n")
        return 1
    space = Space(encoder)
    fitted, aside = (collect(part, space) for part in ("fit", "aside"))
    thresholds = find_thresholds(fitted, encoder, options.name or encoder.name)
    title = f"covered or not, on `fit`, writer left out ({len(fitted)})"
    print(table(title, {name: left_out(fitted, learn) for name, learn in WAYS.items()}))
    title = f"the same on `aside`, learned on `fit` ({len(aside)})"
    print(f"\n{table(title, {name: applied(aside, learn, fitted) for name, learn in WAYS.items()})}")
    bias, weights = fit([_row(case) for case in fitted], [int(case.covered) for case in fitted], [1, 1])
    print(f"\nboth: {bias:.2f} {weights[0]:+.2f} x log-odds of the confidence {weights[1]:+.2f} x cosine")
    print("The scorer's own coefficients were fitted on all of `fit`: there its figures are kinder than on `aside`.")
    print(f"thresholds: maybe from {thresholds.low}, covered from {thresholds.high}; probe {thresholds.probe}")
    if options.write:
        made_by = "python -m benchmarks.semantic --write"
        DATA.write_text(json.dumps(thresholds_table(thresholds, made_by), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
