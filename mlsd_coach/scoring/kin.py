"""Criteria that resemble a statement: how people put those speaks for how they will put this one.

A statement that comes with nothing else names its thing in one way only. The shipped criteria carry examples of how
candidates talk; a statement close to one of theirs borrows these examples, for as much as the two have in common.
"""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt

from mlsd_coach.matching.similarity import Sentence, Words, read_sentence
from mlsd_coach.models import Criterion

NEAREST = 5
"""So many criteria lend their examples."""
LEAST = 0.12
"""Statements that have less in common are strangers."""
SHARED_CONCEPTS = 0.3
"""What two statements about the same concepts have in common by that alone."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A criterion that resembles a statement."""

    likeness: float
    """0 to about 1.3: the share of each other's words that the two statements say, and of their concepts."""
    ways: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    criterion: Criterion
    sentence: Sentence
    said: dict[str, float]
    concepts: frozenset[str]


class Kin:
    """The criteria that have examples, by their statements."""

    def __init__(
        self, criteria: Iterable[Criterion], words: Words, find_concepts: Callable[[str], frozenset[str]]
    ) -> None:
        self._words = words
        self._known: list[_Known] = []
        seen: set[str] = set()
        for criterion in criteria:
            if criterion.ways and criterion.statement not in seen:
                seen.add(criterion.statement)
                sentence = read_sentence(criterion.statement, words)
                known = _Known(criterion, sentence, self._say(sentence), find_concepts(criterion.statement))
                self._known.append(known)
        self._ways: dict[str, tuple[Sentence, ...]] = {}

    def nearest(self, sentence: Sentence, concepts: frozenset[str], *, but: str = "") -> tuple[Relative, ...]:
        """Return the criteria that resemble a statement most, the nearest first; `but` is a statement left out."""
        said = self._say(sentence)
        rated = [
            (_likeness(sentence, said, concepts, known), place)
            for place, known in enumerate(self._known)
            if known.criterion.statement != but
        ]
        best = heapq.nlargest(NEAREST, rated, key=lambda pair: (pair[0], -pair[1]))
        return tuple(
            Relative(round(likeness, 4), self._ways_of(self._known[place].criterion))
            for likeness, place in best
            if likeness >= LEAST
        )

    def _ways_of(self, criterion: Criterion) -> tuple[Sentence, ...]:
        key = criterion.statement
        if key not in self._ways:
            self._ways[key] = tuple(read_sentence(way, self._words) for _, ways in criterion.ways for way in ways)
        return self._ways[key]

    def _say(self, sentence: Sentence) -> dict[str, float]:
        """Return the stems that a sentence says, and in part those near them."""
        said = dict.fromkeys(sentence.stems, 1.0)
        for stem in sentence.stems:
            for other, score in self._words.near.get(stem, {}).items():
                said[other] = max(said.get(other, 0.0), score)
        return said


def _likeness(sentence: Sentence, said: dict[str, float], concepts: frozenset[str], known: _Known) -> float:
    shared = sqrt(_recall(sentence, known.said) * _recall(known.sentence, said))
    both = len(concepts & known.concepts)
    return shared + (SHARED_CONCEPTS * both / sqrt(len(concepts) * len(known.concepts)) if both else 0.0)


def _recall(sentence: Sentence, said: dict[str, float]) -> float:
    return (
        sum(w * said.get(stem, 0.0) for stem, w in zip(sentence.stems, sentence.weights, strict=True)) / sentence.total
    )
