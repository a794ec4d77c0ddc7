"""From features to a verdict, by two small logistic models whose coefficients are committed as data."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp
from typing import Any

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.reasons import find_reasons, goes_on
from mlsd_coach.matching.rules import find_hits
from mlsd_coach.models import Evidence, Judgement, Verdict
from mlsd_coach.scoring.criteria import CompiledCriterion
from mlsd_coach.scoring.features import FEATURES, Candidate, find_candidates

POINTS = {Verdict.MISSING: 0.0, Verdict.NAMED: 0.5, Verdict.REASONED: 1.0, Verdict.MAYBE: 0.0, Verdict.NOT_JUDGED: 0.0}
"""Share of a criterion's weight that each verdict earns."""
REASON_FEATURES = ("cause", "purpose", "contrast", "condition", "example", "number", "extra")


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: coefficients by feature name, and the two thresholds between which stands doubt."""

    intercept: float
    weights: dict[str, float]
    low: float = 0.5
    high: float = 0.5

    def probability(self, values: dict[str, float]) -> float:
        """Return the probability for the given features; unknown ones do not count."""
        score = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in values.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


@cache
def load_models() -> dict[str, Model]:
    """Return the models `authored`, `statement` and `reasoned` (`python -m benchmarks.fit` writes them)."""
    text = resources.files("mlsd_coach.scoring").joinpath("data", "models.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return {
        name: Model(entry["intercept"], entry["weights"], entry["low"], entry["high"])
        for name, entry in table["models"].items()
    }


def judge(compiled: CompiledCriterion, answer: Answer) -> Judgement:
    """Return the verdict on one criterion with the quote that earns it."""
    models = load_models()
    model = models["authored" if compiled.rule is not None or compiled.ways else "statement"]
    best, confidence = _best(model, find_candidates(compiled, answer))
    confidence = round(confidence, 4)
    criterion = compiled.criterion
    if best is None or confidence < model.low:
        return Judgement(criterion, Verdict.MISSING, 0.0, (), confidence, "Nothing in the answer says this.")
    evidence = _quotes(best, answer)
    if confidence < model.high:
        return Judgement(criterion, Verdict.MAYBE, 0.0, evidence, confidence, "This may say it; the coach is not sure.")
    if is_reasoned(compiled, answer, best):
        return Judgement(criterion, Verdict.REASONED, float(criterion.weight), evidence, confidence)
    points = criterion.weight * POINTS[Verdict.NAMED]
    reason = "It is named, without a reason, a number, a consequence or a trade-off beside it."
    return Judgement(criterion, Verdict.NAMED, points, evidence, confidence, reason)


def _best(model: Model, candidates: list[Candidate]) -> tuple[Candidate | None, float]:
    best: Candidate | None = None
    top = 0.0
    for candidate in candidates:
        probability = model.probability(dict(zip(FEATURES, candidate.values, strict=True)))
        # A longer window must be clearly better: the quote stays as small as it can.
        margin = 0.02 if best is not None and _size(candidate) > _size(best) else 0.0
        if probability > top + margin:
            best, top = candidate, probability
    return best, top


def _size(candidate: Candidate) -> int:
    return sum(window.last - window.first for window in candidate.windows)


def is_reasoned(compiled: CompiledCriterion, answer: Answer, candidate: Candidate) -> bool:
    """Tell whether a reason, number, consequence, comparison or condition stands beside the evidence."""
    if compiled.reasoned is not None:
        hits = find_hits(
            compiled.reasoned, answer.text, answer.find_concept, lambda span: answer.accepts(span, compiled.statuses)
        )
        if not any(window.first <= hit.first < window.last for hit in hits for window in _reach(candidate, answer)):
            return False
    return load_models()["reasoned"].probability(reason_values(answer, candidate)) >= load_models()["reasoned"].high


def reason_values(answer: Answer, candidate: Candidate) -> dict[str, float]:
    """Return the features of the model that tells REASONED from NAMED."""
    totals = [find_reasons(answer.text, window.first, window.last) for window in _reach(candidate, answer)]
    values = {name: float(min(2, sum(getattr(t, name) for t in totals))) for name in REASON_FEATURES[:-1]}
    values["extra"] = float(min(3, sum(1 for name in REASON_FEATURES[:-1] if values[name])))
    return values


def _reach(candidate: Candidate, answer: Answer) -> list[Any]:
    """Return the evidence's windows, with the sentence after when it goes on with the reason."""
    windows = list(candidate.windows)
    after = windows[-1].last_segment
    if goes_on(answer.text, after):
        segment = answer.text.segments[after]
        windows.append(type(windows[-1])(after, after + 1, segment.first, segment.last))
    return windows


def _quotes(candidate: Candidate, answer: Answer) -> tuple[Evidence, ...]:
    quotes: list[Evidence] = []
    for window in candidate.windows:
        start = answer.text.segments[window.first_segment].start
        end = answer.text.segments[window.last_segment - 1].end
        quotes.append(Evidence(answer.text.raw[start:end], start, end))
    return tuple(quotes)
