"""Fit the scorer's coefficients on gold answers: `python -m benchmarks.fit`.

Three small logistic models: `authored` (criteria with rules or ways of saying it), `statement` (a statement and
nothing else), `reasoned` (REASONED against NAMED). Thresholds are chosen so that precision holds when a whole writer is
left out. Only the part `fit` is read: on the answers that rules were widened with a rule looks better than it is, and
the part set aside is for the card alone.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import exp
from pathlib import Path
from typing import Any

from benchmarks.figures import macro_f1, precision_recall, ranking, weighted_kappa
from benchmarks.gold import RANK, GoldAnswer, bare_of, read_gold
from benchmarks.logistic import fit
from benchmarks.public import missing_files, read_public
from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.matching.answer import Answer
from mlsd_coach.scoring import Scorer
from mlsd_coach.scoring.criteria import CompiledCriterion
from mlsd_coach.scoring.features import AUTHORED_FEATURES, FEATURES, Candidate, find_candidates
from mlsd_coach.scoring.verdicts import REASON_FEATURES, load_models, reason_values

MODELS = Path(__file__).parent.parent / "mlsd_coach" / "scoring" / "data" / "models.json"
PRECISION = 0.92
"""Precision wanted of the verdicts above MAYBE, with the writer left out."""
DOUBT_PRECISION = {"authored": 0.62, "statement": 0.5, "general": 0.62}
"""From this precision on a match is worth asking the candidate about; a statement alone finds less by itself, so there
more is asked."""
SIGNS = [-1 if name == "miss" else 1 for name in FEATURES]
NEAR_MISS_WEIGHT = 0.15
"""How much a sentence that must not count weighs beside the verdict on an answer."""
SHARES = {"realsumm": 3, "beetle": 2, "scientsbank": 4}
"""Every which pair of a public set is read."""
ROUNDS = 3
MOST_FOLDS = 10


@dataclass(frozen=True)
class Case:
    """One criterion of one answer."""

    group: str
    """The writer; for a bare statement the statement, for a public set the document."""
    label: int
    answer: Answer
    candidates: tuple[Candidate, ...]
    weight: float = 1.0


def collect(gold: Sequence[GoldAnswer], scorer: Scorer, library: Library, *, bare: bool = False) -> list[Case]:
    """Read each answer against each of its criteria; `bare` leaves them nothing but their statement."""
    cases: list[Case] = []
    alone: dict[str, CompiledCriterion] = {}
    for entry in gold:
        answer, compiled = scorer.read(library.scenario(entry.scenario), entry.stage, entry.answer)
        for criterion in compiled:
            label = entry.labels.get(criterion.criterion.id)
            if label is not None:
                statement = criterion.criterion.statement
                if bare and statement not in alone:
                    alone[statement] = bare_of(criterion, scorer)
                shown = alone[statement] if bare else criterion
                group = statement if bare else entry.writer
                cases.append(Case(group, RANK[label[2]], answer, tuple(find_candidates(shown, answer))))
    return cases


def collect_public(folder: Path, scorer: Scorer) -> list[Case]:
    """Read the public pairs with a label of yes or no; of several statements whichever is nearest."""
    cases: list[Case] = []
    for number, pair in enumerate(pair for pair in read_public(folder) if pair.set in SHARES):
        if number % SHARES[pair.set] == 0:
            read = [scorer.read_statement(pair.text, each, prompt=pair.prompt) for each in pair.statements]
            places = tuple(candidate for answer, compiled in read for candidate in find_candidates(compiled, answer))
            cases.append(Case(f"{pair.set}/{pair.group}", int(pair.grade), read[0][0], places))
    return cases


def collect_near_misses(scorer: Scorer, library: Library) -> list[Case]:
    """Read each sentence that must not count as an answer of its own; it is not among the criterion's own then."""
    cases: list[Case] = []
    seen: set[str] = set()
    for head in library.heads():
        scenario = library.scenario(head.id)
        for stage in scenario.stages:
            for compiled in scorer.read(scenario, stage.id, "")[1]:
                if compiled.criterion.statement in seen:
                    continue
                seen.add(compiled.criterion.statement)
                for number, miss in enumerate(compiled.criterion.near_misses):
                    others = compiled.near_misses[:number] + compiled.near_misses[number + 1 :]
                    answer = scorer.read(scenario, stage.id, miss)[0]
                    places = tuple(find_candidates(replace(compiled, near_misses=others), answer))
                    cases.append(Case("near misses", 0, answer, places, NEAR_MISS_WEIGHT))
    return cases


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
        weights = [case.weight for case in cases]
        model = fit(rows, [int(c.label > 0) for c in cases], [1 if s == 2 else s for s in signs], weights=weights)
    return model


def folds_of(names: Iterable[str]) -> list[frozenset[str]]:
    """Return the groups in at most MOST_FOLDS parts; each is left out once."""
    groups = sorted(set(names))
    parts = min(MOST_FOLDS, len(groups))
    return [frozenset(groups[part::parts]) for part in range(parts)]


def left_out_margins(
    cases: Sequence[Case], start: Model, used: Callable[[str], bool], more: Sequence[Case] = ()
) -> list[tuple[float, int]]:
    """Return (score, label) of every case by a model that has not seen its group."""
    found: list[tuple[float, int]] = []
    for group in folds_of(case.group for case in cases):
        model = fit_covered([*(case for case in cases if case.group not in group), *more], start, used)
        found += [(margin(model, best_values(c, model)), int(c.label > 0)) for c in cases if c.group in group]
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


USED = {
    "authored": frozenset(AUTHORED_FEATURES),
    "statement": frozenset({"statement", "whole", "concepts", "kin"}),
    "general": frozenset({"statement", "whole", "last", "numbers", "pairs"}),
}
"""The features of each model of covered-or-not."""


def fit_model(name: str, cases: Sequence[Case], more: Sequence[Case] = ()) -> tuple[Model, float, dict[str, Any]]:
    """Fit a model of covered-or-not; return it with its threshold, and as it is committed.

    `more` are cases to learn from that say nothing of how often a verdict on an answer is right.
    """
    start = start_model(name)

    def used(feature: str) -> bool:
        return feature in USED[name]

    scored = left_out_margins(cases, start, used, more)
    high = best_threshold(scored, PRECISION) if name == "authored" else balanced_threshold(scored)
    low = min(high, threshold(scored, DOUBT_PRECISION[name], of_marginal=True))
    model = fit_covered([*cases, *more], start, used)
    pairs = [(bool(label), score >= high) for score, label in scored]
    precision, recall, f1 = precision_recall(pairs)
    print(f"{name}: {len(cases)} cases, group left out: precision {precision:.3f}, recall {recall:.3f}, ", end="")
    print(f"F1 {f1:.3f}, macro-F1 {macro_f1(pairs):.3f}, AUC {ranking(scored):.3f}", flush=True)
    return model, high, entry(model, FEATURES, probability(low), probability(high))


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the public sets; without it `general` stays as it is")
    parser.add_argument("--only", choices=list(USED), help="fit only this model")
    arguments = parser.parse_args()
    if arguments.data and missing_files(arguments.data):
        parser.error(f"not in {arguments.data}: {', '.join(missing_files(arguments.data))}")
    library = Library([builtin_root()])
    scorer = Scorer(library.lexicon(), library.levels(), library.criteria)
    models: dict[str, Any] = json.loads(MODELS.read_text(encoding="utf-8"))["models"]
    wanted = [arguments.only] if arguments.only else list(USED)
    if "authored" in wanted:
        cases = collect(list(read_gold("fit")), scorer, library)
        near_misses = collect_near_misses(scorer, library)
        model, high, models["authored"] = fit_model("authored", cases, near_misses)
        wrong = sum(margin(model, best_values(case, model)) >= high for case in near_misses)
        print(f"near misses judged covered: {wrong} of {len(near_misses)}")
        # What a reason looks like does not depend on the rules: the answers they were widened with serve too.
        widened = collect(list(read_gold("rules")), scorer, library)
        models["reasoned"] = fit_reasoned([*cases, *widened], model, probability(high))
    if "statement" in wanted:
        # Nor does a statement alone know any rule.
        models["statement"] = fit_model(
            "statement", collect(list(read_gold("fit", "rules")), scorer, library, bare=True)
        )[2]
    if "general" in wanted and arguments.data:
        models["general"] = fit_model("general", collect_public(arguments.data, scorer))[2]
    MODELS.write_text(
        json.dumps({"made_by": "python -m benchmarks.fit", "models": models}, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
