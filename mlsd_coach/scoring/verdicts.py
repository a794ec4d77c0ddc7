"""From features to a verdict, by two small logistic models whose coefficients are committed as data."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp
from operator import mul
from typing import Any

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.reasons import find_reasons, goes_on
from mlsd_coach.matching.rules import CompiledRule, find_hits
from mlsd_coach.models import Evidence, Judgement, Verdict
from mlsd_coach.scoring.criteria import CompiledCriterion
from mlsd_coach.scoring.features import FEATURES, Candidate, find_candidates

POINTS = {Verdict.MISSING: 0.0, Verdict.NAMED: 0.5, Verdict.REASONED: 1.0, Verdict.MAYBE: 0.0, Verdict.NOT_JUDGED: 0.0}
"""Share of a criterion's weight that each verdict earns."""
REACH = 22
"""Words from the evidence within which a reason is taken to be about it."""
AS_SURE = 0.06
"""Places whose confidence differs by no more than this show a criterion equally well."""
WORD_COST = 0.0005
"""What each word of a window costs: the quote stays as small as it can."""
REASON_FEATURES = ("cause", "purpose", "contrast", "condition", "example", "number", "extra")


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A logistic model: coefficients by feature name, and the two thresholds between which stands doubt."""

    intercept: float
    weights: dict[str, float]
    low: float = 0.5
    high: float = 0.5
    ordered: tuple[float, ...] = ()
    """The coefficients in the order of FEATURES."""

    def rate(self, values: Sequence[float]) -> float:
        """Return the probability for the features of a place, in the order of FEATURES."""
        score = self.intercept + sum(map(mul, self.ordered, values))
        return 1 / (1 + exp(-max(-30.0, min(30.0, score))))

    def probability(self, values: dict[str, float]) -> float:
        """Return the probability for the given features; unknown ones do not count."""
        score = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in values.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


@cache
def load_models() -> dict[str, Model]:
    """Return the models `authored`, `statement`, `general` and `reasoned` (`python -m benchmarks.fit` writes them)."""
    text = resources.files("mlsd_coach.scoring").joinpath("data", "models.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return {
        name: Model(
            entry["intercept"],
            entry["weights"],
            entry["low"],
            entry["high"],
            tuple(entry["weights"].get(feature, 0.0) for feature in FEATURES),
        )
        for name, entry in table["models"].items()
    }


def model_of(compiled: CompiledCriterion) -> tuple[str, Model]:
    """Return the model that judges a criterion, and its name.

    A bare statement is judged by two, for as much as it is `of_field` by `statement` and for the rest by `general`.
    """
    models = load_models()
    if compiled.bare is None:
        return "authored", models["authored"]
    return "statement", _blend(models["statement"], models["general"], compiled.bare.of_field)


@cache
def _blend(one: Model, other: Model, share: float) -> Model:
    def mix(a: float, b: float) -> float:
        return share * a + (1 - share) * b

    weights = {name: mix(one.weights.get(name, 0.0), other.weights.get(name, 0.0)) for name in FEATURES}
    return Model(
        mix(one.intercept, other.intercept),
        weights,
        mix(one.low, other.low),
        mix(one.high, other.high),
        tuple(weights[name] for name in FEATURES),
    )


def judge(compiled: CompiledCriterion, answer: Answer) -> Judgement:
    """Return the verdict on one criterion with the quote that earns it."""
    _, model = model_of(compiled)
    reasoned = load_models()["reasoned"]
    criterion = compiled.criterion
    best = choose(compiled, answer, find_candidates(compiled, answer), model, reasoned)
    if best is None or best.confidence < model.low:
        confidence = best.confidence if best else 0.0
        return Judgement(criterion, Verdict.MISSING, 0.0, (), confidence, "Nothing in the answer says this.")
    evidence = _quotes(best.candidate, answer)
    if best.confidence < model.high:
        reason = "This may say it; the coach is not sure."
        return Judgement(criterion, Verdict.MAYBE, 0.0, evidence, best.confidence, reason)
    if best.reason >= reasoned.high:
        return Judgement(criterion, Verdict.REASONED, float(criterion.weight), evidence, best.confidence)
    points = criterion.weight * POINTS[Verdict.NAMED]
    reason = "It is named, without a reason, a number, a consequence or a trade-off beside it."
    return Judgement(criterion, Verdict.NAMED, points, evidence, best.confidence, reason)


@dataclass(frozen=True, slots=True)
class Choice:
    """The place of an answer that shows a criterion best."""

    candidate: Candidate
    confidence: float
    """Probability that the criterion is covered."""
    reason: float
    """Probability that it is reasoned, given that it is covered."""


def choose(
    compiled: CompiledCriterion, answer: Answer, candidates: list[Candidate], model: Model, reasoned: Model
) -> Choice | None:
    """Return the place that shows the criterion best: of those that surely do, the best reasoned one."""
    rated = [(model.rate(c.values) - _size(c) * WORD_COST, c) for c in candidates]
    if not rated:
        return None
    sure = [(p, c) for p, c in rated if p >= model.high]
    if not sure:
        top, candidate = max(rated, key=lambda pair: pair[0])
        return Choice(candidate, round(max(top, 0.0), 4), 0.0)
    wanted = None if compiled.reasoned is None else _wanted_places(compiled.reasoned, compiled, answer)
    choices = [Choice(c, round(p, 4), reason_probability(wanted, answer, c, reasoned)) for p, c in sure]
    reasoned_ones = [choice for choice in choices if choice.reason >= reasoned.high]
    good = reasoned_ones or choices
    top = max(choice.confidence for choice in good)
    # The smallest quote that shows it about as surely: nobody wants two sentences where one says it.
    close = [choice for choice in good if choice.confidence >= top - AS_SURE]
    return min(close, key=lambda choice: (_size(choice.candidate), -choice.confidence))


def _size(candidate: Candidate) -> int:
    return sum(window.last - window.first for window in candidate.windows)


def _wanted_places(rule: CompiledRule, compiled: CompiledCriterion, answer: Answer) -> list[int]:
    """Return where the answer gives what the criterion wants of a reason."""
    accepted = compiled.statuses
    hits = find_hits(rule, answer.text, answer.find_concept, lambda span: answer.accepts(span, accepted))
    return [hit.first for hit in hits]


def reason_probability(wanted: Sequence[int] | None, answer: Answer, candidate: Candidate, model: Model) -> float:
    """Return how surely a reason, number, consequence, comparison or condition stands beside the evidence, 0..1.

    `wanted` are the places of what the criterion asks of a reason; None when any reason will do.
    """
    if wanted is not None and not any(f <= place < last for place in wanted for f, last in reach(candidate, answer)):
        return 0.0
    return round(model.probability(reason_values(answer, candidate)), 4)


def reason_values(answer: Answer, candidate: Candidate) -> dict[str, float]:
    """Return the features of the model that tells REASONED from NAMED."""
    totals = [find_reasons(answer.text, first, last) for first, last in reach(candidate, answer)]
    values = {name: float(min(2, sum(getattr(t, name) for t in totals))) for name in REASON_FEATURES[:-1]}
    values["extra"] = float(min(3, sum(1 for name in REASON_FEATURES[:-1] if values[name])))
    return values


def reach(candidate: Candidate, answer: Answer) -> list[tuple[int, int]]:
    """Return the runs of words around the evidence in which a reason is about it.

    The sentence of the words that met the rule (or the window, where no rule was met), no further than REACH words from
    them, and the sentence after when it goes on with the reason.
    """
    text = answer.text
    runs: dict[int, list[int]] = {}
    for span in candidate.spans:
        runs.setdefault(text.segment_of[span.first], []).extend((span.first, span.last))
    if not runs:
        runs = {n: [] for window in candidate.windows for n in range(window.first_segment, window.last_segment)}
    found: list[tuple[int, int]] = []
    for number, places in runs.items():
        segment = text.segments[number]
        first = max(segment.first, min(places) - REACH) if places else segment.first
        last = min(segment.last, max(places) + REACH) if places else segment.last
        found.append((first, last))
    after = max(runs) + 1
    if goes_on(text, after):
        found.append((text.segments[after].first, text.segments[after].last))
    return found


def _quotes(candidate: Candidate, answer: Answer) -> tuple[Evidence, ...]:
    quotes: list[Evidence] = []
    for window in candidate.windows:
        start = answer.text.segments[window.first_segment].start
        end = answer.text.segments[window.last_segment - 1].end
        quotes.append(Evidence(answer.text.raw[start:end], start, end))
    return tuple(quotes)
