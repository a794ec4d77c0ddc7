"""What speaks for a criterion in each window of an answer, as numbers that only ever speak for it (or only against)."""

import heapq
from dataclasses import dataclass

from mlsd_coach.matching.answer import Answer, Window
from mlsd_coach.matching.phrases import Span
from mlsd_coach.matching.rules import Hit, find_hits
from mlsd_coach.models import Status
from mlsd_coach.scoring.bare import BARE_FEATURES, bare_values
from mlsd_coach.scoring.criteria import CompiledCriterion
from mlsd_coach.scoring.profiles import profile_scores

AUTHORED_FEATURES = ("rule", "rules", "way", "ways", "statement", "core", "earning", "concept", "profile", "miss")
FEATURES = (*AUTHORED_FEATURES, *BARE_FEATURES)
"""Names of the features, in the order of the coefficients. All speak for the criterion but `miss`: how much more the
place says of a sentence that must not count than of one that does. Those of a bare statement are 0 for any other."""
UNWRITTEN = {"way": (0.30, 0.20), "ways": (0.23, 0.15), "earning": (0.12, 0.07)}
"""What an author did not write can neither speak for a criterion nor against it: the mean of the feature over places
of the gold answers where the rule is met, and over the others, stands in."""
_NOT_BARE = (0.0,) * len(BARE_FEATURES)
MOST_SCATTERED = 3
"""Rules met by words that stand far apart: so many ways of it are looked at."""
MOST_LIKE = 6
"""Beside the windows that meet the rule, so many that resemble the criterion most are looked at."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place of the answer that may show the criterion."""

    windows: tuple[Window, ...]
    """One window; several when a rule is met by words that stand far apart."""
    values: tuple[float, ...]
    """The features, in the order of FEATURES."""
    spans: tuple[Span, ...] = ()
    """The words that met the rule, if any."""


def find_candidates(compiled: CompiledCriterion, answer: Answer) -> list[Candidate]:
    """Return the places where the criterion may be shown, with their features."""
    statuses = compiled.statuses
    hits = _hits(compiled, answer, statuses)
    statement = answer.recalls(compiled.statement, statuses)
    core = answer.recalls(compiled.core, statuses)
    earning = answer.recalls(compiled.earning, statuses) if compiled.earning else {}
    profile = profile_scores(compiled.profile, answer, statuses, len(answer.windows))
    alone = bare_values(compiled.bare, answer, statuses) if compiled.bare else lambda _: _NOT_BARE
    by_window: dict[int, list[Hit]] = {}
    scattered: list[Hit] = []
    for hit in hits:
        number = _smallest_window(answer, hit)
        if number is None:
            scattered.append(hit)
        else:
            by_window.setdefault(number, []).append(hit)
    _lift_to_pairs(answer, by_window)
    said, known = answer.said(statuses), len(compiled.ways)
    found: list[Candidate] = []
    liked = heapq.nlargest(
        MOST_LIKE,
        range(len(answer.windows)),
        key=lambda n: profile[n] + statement.get(n, 0.0) + earning.get(n, 0.0) + alone(n)[-1],
    )
    apart = {answer.text.segment_of[span.first] for hit in scattered[:MOST_SCATTERED] for span in hit.spans}
    for number in sorted({*liked, *by_window, *apart}):
        met = by_window.get(number, [])
        examples = compiled.examples.recalls(said[number])
        best_ways = sorted(examples[:known])[:-4:-1]
        unwritten = 0 if met else 1
        worst = max(examples[known:], default=0.0)
        values = (
            float(bool(met)),
            min(len({hit.spans for hit in met}), 4) / 4,
            best_ways[0] if compiled.ways else UNWRITTEN["way"][unwritten],
            sum(best_ways) / 3 if compiled.ways else UNWRITTEN["ways"][unwritten],
            statement.get(number, 0.0),
            core.get(number, 0.0),
            earning.get(number, 0.0) if compiled.earning else UNWRITTEN["earning"][unwritten],
            float(_has_concept(compiled, answer, answer.windows[number])),
            profile[number],
            max(0.0, worst - best_ways[0]) if best_ways else worst,
            *alone(number),
        )
        spans = tuple(span for hit in met for span in hit.spans)
        found.append(Candidate((answer.windows[number],), values, spans))
    found.extend(_scattered(answer, hit, found) for hit in scattered[:MOST_SCATTERED])
    return found


def _hits(compiled: CompiledCriterion, answer: Answer, statuses: frozenset[Status]) -> list[Hit]:
    if compiled.rule is None:
        return []
    return find_hits(compiled.rule, answer.text, answer.find_concept, lambda span: answer.accepts(span, statuses))


def _smallest_window(answer: Answer, hit: Hit) -> int | None:
    first = answer.text.segment_of[hit.first]
    last = answer.text.segment_of[hit.last - 1]
    if first == last:
        return first
    if last == first + 1:
        for number in range(len(answer.text.segments), len(answer.windows)):
            if answer.windows[number].first_segment == first:
                return number
    return None


def _lift_to_pairs(answer: Answer, by_window: dict[int, list[Hit]]) -> None:
    for number in range(len(answer.text.segments), len(answer.windows)):
        window = answer.windows[number]
        inside = by_window.get(window.first_segment, []) + by_window.get(window.last_segment - 1, [])
        if inside:
            by_window.setdefault(number, []).extend(inside)


def _has_concept(compiled: CompiledCriterion, answer: Answer, window: Window) -> bool:
    return any(
        window.first <= span.first and span.last <= window.last and answer.accepts(span, compiled.statuses)
        for concept in compiled.concepts
        for span in answer.find_concept(concept)
    )


def _scattered(answer: Answer, hit: Hit, found: list[Candidate]) -> Candidate:
    segments = sorted({answer.text.segment_of[span.first] for span in hit.spans})
    windows = tuple(answer.windows[number] for number in segments)
    inside = [c.values for c in found if len(c.windows) == 1 and c.windows[0] in windows]
    best = [max((values[i] for values in inside), default=0.0) for i in range(len(FEATURES))]
    best[0] = 1.0
    best[1] = max(best[1], 0.25)
    best[FEATURES.index("miss")] = min((values[FEATURES.index("miss")] for values in inside), default=0.0)
    return Candidate(windows, tuple(best), hit.spans)
