"""Fit the scorer's coefficients on gold answers: `python -m benchmarks.fit`.

Three small logistic models: `authored` (criteria with rules or ways of saying it), `statement` (a statement and
nothing else), `reasoned` (REASONED against NAMED). Thresholds are chosen so that precision holds when a whole writer is
left out. Only the part `fit` is read: on the answers that rules were widened with a rule looks better than it is, and
the part set aside is for the card alone.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import exp
from pathlib import Path
from typing import Any

from benchmarks.figures import macro_f1, weighted_kappa
from benchmarks.gold import RANK, GoldAnswer, read_gold
from benchmarks.logistic import fit
from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.matching.answer import Answer
from mlsd_coach.scoring import Scorer
from mlsd_coach.scoring.criteria import CompiledCriterion
from mlsd_coach.scoring.features import FEATURES, Candidate, find_candidates
from mlsd_coach.scoring.verdicts import REASON_FEATURES, load_models, reason_values

MODELS = Path(__file__).parent.parent / "mlsd_coach" / "scoring" / "data" / "models.json"
PRECISION = 0.92
"""Precision wanted of the verdicts above MAYBE, with the writer left out."""
DOUBT_PRECISION = 0.62
"""From this precision on a match is worth asking the candidate about."""
SIGNS = [1] * len(FEATURES)
ROUNDS = 3


@dataclass(frozen=True)
class Case:
    """One criterion of one answer."""

    writer: str
    label: int
    answer: Answer
    candidates: tuple[Candidate, ...]


def collect(gold: Sequence[GoldAnswer], scorer: Scorer, library: Library, *, bare: bool = False) -> list[Case]:
    """Read each answer against each of its criteria; `bare` leaves them nothing but their statement."""
    cases: list[Case] = []
    for entry in gold:
        answer, compiled = scorer.read(library.scenario(entry.scenario), entry.stage, entry.answer)
        for criterion in compiled:
            label = entry.labels.get(criterion.criterion.id)
            if label is not None:
                shown = bare_of(criterion) if bare else criterion
                cases.append(Case(entry.writer, RANK[label[2]], answer, tuple(find_candidates(shown, answer))))
    return cases


def bare_of(criterion: CompiledCriterion) -> CompiledCriterion:
    """Return a criterion with its statement only."""
    return replace(
        criterion, rule=None, reasoned=None, earning=None, ways=(), near_misses=(), concepts=frozenset(), profile={}
    )


Model = tuple[float, list[float]]


def margin(model: Model, values: Sequence[float]) -> float:
    """Return the model's score before the logistic function."""
    return model[0] + sum(c * v for c, v in zip(model[1], values, strict=True))


def best_values(case: Case, model: Model) -> Sequence[float]:
    """Return the features of the place that the model likes best."""
    if not case.candidates:
        return [0.0] * len(FEATURES)
    return max((c.values for c in case.candidates), key=lambda values: margin(model, values))


def fit_covered(cases: Sequence[Case], start: Model, used: Callable[[str], bool]) -> Model:
    """Fit covered-or-not: choose each case's best place by the model, fit, and choose again."""
    model = start
    signs = [sign if used(name) else 2 for name, sign in zip(FEATURES, SIGNS, strict=True)]
    for _ in range(ROUNDS):
        rows = [[v if s != 2 else 0.0 for v, s in zip(best_values(c, model), signs, strict=True)] for c in cases]
        model = fit(rows, [int(c.label > 0) for c in cases], [1 if s == 2 else s for s in signs])
    return model


def left_out_margins(cases: Sequence[Case], start: Model, used: Callable[[str], bool]) -> list[tuple[float, int]]:
    """Return (score, label) of every case by a model that has not seen its writer."""
    found: list[tuple[float, int]] = []
    for writer in sorted({case.writer for case in cases}):
        model = fit_covered([case for case in cases if case.writer != writer], start, used)
        found += [(margin(model, best_values(c, model)), int(c.label > 0)) for c in cases if c.writer == writer]
    return found


def threshold(scored: Sequence[tuple[float, int]], precision: float, *, of_marginal: bool = False) -> float:
    """Return the lowest score from which on the verdicts hold the wanted precision; marginal ones in tens if asked."""
    ranked = sorted(scored, reverse=True)
    right, best = 0, ranked[0][0]
    for place, (score, label) in enumerate(ranked, 1):
        right += label
        recent = ranked[max(0, place - 60) : place]
        value = sum(label for _, label in recent) / len(recent) if of_marginal else right / place
        if value >= precision:
            best = score
    return best


def best_threshold(scored: Sequence[tuple[float, int]], floor: float) -> float:
    """Return the score with the best F1 among those whose precision is at least `floor`."""
    ranked = sorted(scored, reverse=True)
    positives = sum(label for _, label in ranked)
    right, best, top = 0, ranked[0][0], 0.0
    for place, (score, label) in enumerate(ranked, 1):
        right += label
        f1 = 2 * right / (place + positives)
        if right / place >= floor and f1 > top:
            best, top = score, f1
    return best


def balanced_threshold(scored: Sequence[tuple[float, int]]) -> float:
    """Return the score with the best mean F1 of covered and not covered: what share is covered is not known."""
    cuts = sorted({score for score, _ in scored})[:: max(1, len(scored) // 200)]
    return max(cuts, key=lambda cut: macro_f1([(bool(label), score >= cut) for score, label in scored]))


def probability(score: float) -> float:
    """Return the logistic function of a score."""
    return 1 / (1 + exp(-score))


def entry(model: Model, names: Sequence[str], low: float, high: float) -> dict[str, Any]:
    """Return a model as it is committed."""
    weights = {name: round(c, 3) for name, c in zip(names, model[1], strict=True) if round(c, 3)}
    return {"intercept": round(model[0], 3), "weights": weights, "low": round(low, 3), "high": round(high, 3)}


def fit_reasoned(cases: Sequence[Case], model: Model, high: float) -> dict[str, Any]:
    """Fit REASONED against NAMED on the cases that are covered and found.

    A criterion is shown by the best reasoned of its sure places: each is chosen by the model, and chosen again.
    """
    places: list[list[list[float]]] = []
    labels: list[int] = []
    for case in cases:
        sure = [c for c in case.candidates if probability(margin(model, c.values)) >= high]
        if case.label and sure:
            found = [reason_values(case.answer, candidate) for candidate in sure]
            places.append([[values[name] for name in REASON_FEATURES] for values in found])
            labels.append(int(case.label == 2))
    committed = load_models()["reasoned"]
    fitted: Model = (committed.intercept, [committed.weights.get(name, 0.0) for name in REASON_FEATURES])
    rows: list[list[float]] = []
    for _ in range(ROUNDS):
        current = fitted
        rows = [max(found, key=lambda values: margin(current, values)) for found in places]
        fitted = fit(rows, labels, [1] * len(REASON_FEATURES))
    scores = [max(probability(margin(fitted, values)) for values in found) for found in places]

    def agreement(cut: float) -> float:
        return weighted_kappa([(label, int(s >= cut)) for s, label in zip(scores, labels, strict=True)], 2)

    cut = max(sorted(set(scores)), key=agreement)
    right = sum((s >= cut) == bool(label) for s, label in zip(scores, labels, strict=True)) / len(scores)
    print(f"reasoned: {len(scores)} cases, {right:.3f} right, kappa {agreement(cut):.3f}")
    return entry(fitted, REASON_FEATURES, cut, cut)


def start_model(name: str) -> Model:
    """Return the committed model to start from."""
    model = load_models()[name]
    return model.intercept, [model.weights.get(feature, 0.0) for feature in FEATURES]


def is_feature(name: str) -> bool:
    """Tell whether a feature exists at all."""
    return name in FEATURES


def is_bare_feature(name: str) -> bool:
    """Tell whether a feature can be had from the statement alone."""
    return name in {"statement", "core"}


def main() -> None:
    """Fit and write."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    library = Library([builtin_root()])
    scorer = Scorer(library.lexicon(), library.levels())
    gold = list(read_gold("fit"))
    models: dict[str, Any] = {}
    for name, bare in (("authored", False), ("statement", True)):
        cases = collect(gold, scorer, library, bare=bare)
        used = is_bare_feature if bare else is_feature
        start = start_model(name)
        scored = left_out_margins(cases, start, used)
        high = balanced_threshold(scored) if bare else best_threshold(scored, PRECISION)
        low = min(high, threshold(scored, DOUBT_PRECISION, of_marginal=True))
        model = fit_covered(cases, start, used)
        models[name] = entry(model, FEATURES, probability(low), probability(high))
        right = sum((score >= high) and label for score, label in scored)
        called = sum(score >= high for score, _ in scored)
        positives = sum(label for _, label in scored)
        f1 = 2 * right / (called + positives)
        print(f"{name}: {len(cases)} cases, writer left out: ", end="")
        print(f"precision {right / called:.3f}, recall {right / positives:.3f}, F1 {f1:.3f}")
        if not bare:
            # What a reason looks like does not depend on the rules: the answers they were widened with serve too.
            more = collect(list(read_gold("rules")), scorer, library)
            models["reasoned"] = fit_reasoned([*cases, *more], model, probability(high))
    MODELS.write_text(
        json.dumps({"made_by": "python -m benchmarks.fit", "models": models}, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
