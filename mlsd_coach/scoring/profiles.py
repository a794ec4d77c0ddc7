"""The words that tell one criterion of a stage from its neighbours, weighed by log odds.

A paraphrase rarely lines up with one example sentence, but it draws on the same small vocabulary: "coin", "half",
"keep" and "old list" speak for a controlled experiment though no example holds them together.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.similarity import FUNCTION_WORDS
from mlsd_coach.matching.words import fold, split_words, stem
from mlsd_coach.models import Criterion, Rule, Status

SMOOTHING = 0.25
LEAST_ODDS = 0.4
STRONGEST = 4
"""So many words of a window speak; more of them would reward length."""
FULL = 10.0
"""The sum of log odds that counts as 1."""
_SIGN = re.compile(r"<number:?\w*>|@[\w-]+|\*")


def weigh_profiles(criteria: Sequence[Criterion]) -> dict[str, dict[str, float]]:
    """Return, for each criterion of a stage, the stems that speak for it against the others."""
    counts = {criterion.id: _count(criterion) for criterion in criteria}
    total: Counter[str] = Counter()
    for count in counts.values():
        total.update(count)
    everything, kinds = total.total(), len(total) or 1
    profiles: dict[str, dict[str, float]] = {}
    for criterion, count in counts.items():
        own = count.total()
        weights = {
            stem_: math.log((n + SMOOTHING) / (own + SMOOTHING * kinds))
            - math.log((total[stem_] - n + SMOOTHING) / (everything - own + SMOOTHING * kinds))
            for stem_, n in sorted(count.items())
        }
        profiles[criterion] = {stem_: weight for stem_, weight in weights.items() if weight > LEAST_ODDS}
    return profiles


def profile_scores(
    profile: Mapping[str, float], answer: Answer, statuses: frozenset[Status], windows: int
) -> list[float]:
    """Return, for each window of an answer, how much its strongest words speak for a criterion, 0..1."""
    index = answer.index(statuses)
    found: list[list[float]] = [[] for _ in range(windows)]
    for stem_, weight in profile.items():
        for window, score in index.get(stem_, ()):
            found[window].append(weight * score)
    return [min(1.0, sum(sorted(values, reverse=True)[:STRONGEST]) / FULL) for values in found]


def _count(criterion: Criterion) -> Counter[str]:
    count: Counter[str] = Counter()
    for text in (criterion.statement, criterion.earning, *(way for _, ways in criterion.ways for way in ways)):
        count.update(dict.fromkeys(_stems(text), 1))
    authored: Counter[str] = Counter()
    for phrase in rule_strings(criterion.evidence):
        authored.update(dict.fromkeys(_stems(_SIGN.sub(" ", phrase)), 1))
    # A word of many alternatives is one word all the same.
    count.update({stem_: min(2, (n + 1) // 2) for stem_, n in authored.items()})
    return count


def _stems(text: str) -> list[str]:
    return [stem(w) for w in split_words(text) if not w[0].isdigit() and fold(w) not in FUNCTION_WORDS]


def rule_strings(rule: Rule | list[Rule] | int | None) -> list[str]:
    """Return every phrase of an authored rule."""
    if isinstance(rule, str):
        return [] if rule.startswith("@") else [rule]
    if isinstance(rule, dict):
        return [text for value in rule.values() for text in rule_strings(value)]
    if isinstance(rule, list | tuple):
        return [text for value in rule for text in rule_strings(value)]
    return []
