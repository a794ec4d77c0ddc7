"""Which of several classes a short text belongs to, by its words, word pairs and pieces of words.

Complement naive Bayes (Rennie et al. 2003): a class is rated by how little the features of a text are used by all other
classes together. It is trained by counting, so a scenario's own questions are learned when it is opened, and with few
short examples for each of many classes it does as well as a trained linear model. Pieces of words see through endings,
compounds and most typos. The texts that are nearest to a new one are a second view: where they are of one class, the
class is surer than its words alone make it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt

SMOOTH = 0.3
"""What every feature is given in every class."""
PIECES = (3, 4)
"""Letters in a piece of a word, its edges included."""
NEAREST, NEAREST_SHARE = 3, 0.6
"""So many known texts of a class count, and the nearest one for so much."""
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d[\d.,]*")


class ComplementBayes:
    """Rates classes for texts, and tells how near a text is to the known ones of each class."""

    def __init__(self, examples: Sequence[tuple[str, str]]) -> None:
        """Learn from (class, text) pairs."""
        read = [(name, _features(text)) for name, text in examples]
        documents = Counter(feature for _, features in read for feature in features)
        self._idf = {feature: 1.0 + log((1 + len(read)) / (1 + count)) for feature, count in documents.items()}
        self._counts: dict[str, dict[str, float]] = {}
        self._whole: dict[str, float] = {}
        self._totals: dict[str, float] = {}
        self._names: list[str] = []
        """The class of each known text."""
        self._places: dict[str, list[tuple[int, float]]] = {}
        """Feature → (number of a known text, its weight there)."""
        for name, features in read:
            counts = self._counts.setdefault(name, {})
            for feature, value in self._weighed(features).items():
                counts[feature] = counts.get(feature, 0.0) + value
                self._whole[feature] = self._whole.get(feature, 0.0) + value
                self._totals[name] = self._totals.get(name, 0.0) + value
                self._places.setdefault(feature, []).append((len(self._names), value))
            self._names.append(name)
        self._total = sum(self._totals.values())

    def rate(self, text: str) -> dict[str, float]:
        """Return class → score; only differences between classes mean anything."""
        weighed = self._weighed(_features(text))
        known = [(feature, value) for feature, value in weighed.items() if feature in self._whole]
        smoothing = SMOOTH * len(self._whole)
        found: dict[str, float] = {}
        for name, counts in self._counts.items():
            rest = log(self._total - self._totals[name] + smoothing)
            found[name] = sum(
                value * (rest - log(self._whole[feature] - counts.get(feature, 0.0) + SMOOTH))
                for feature, value in known
            )
        return found

    def nearness(self, text: str) -> dict[str, float]:
        """Return class → how near the text is to the nearest known ones of that class, 0..1."""
        likeness = [0.0] * len(self._names)
        for feature, value in self._weighed(_features(text)).items():
            for number, weight in self._places.get(feature, ()):
                likeness[number] += value * weight
        by_class: dict[str, list[float]] = {}
        for name, value in zip(self._names, likeness, strict=True):
            by_class.setdefault(name, []).append(value / 2)  # words and pieces have length 1 each
        found: dict[str, float] = {}
        for name, values in by_class.items():
            top = sorted(values, reverse=True)[:NEAREST]
            found[name] = NEAREST_SHARE * top[0] + (1 - NEAREST_SHARE) * sum(top) / len(top)
        return found

    def _weighed(self, features: Mapping[str, int]) -> dict[str, float]:
        """Return the features of a text with their weights, words and pieces each at length 1."""
        found: dict[str, float] = {}
        for is_piece in (False, True):
            part = {
                feature: (1.0 + log(count)) * self._idf.get(feature, 0.0)
                for feature, count in features.items()
                if feature.startswith("#") is is_piece
            }
            length = sqrt(sum(value * value for value in part.values())) or 1.0
            found.update((feature, value / length) for feature, value in part.items())
        return found


def _features(text: str) -> Counter[str]:
    """Count words, pairs of words and pieces of words; a number counts as a number, whatever it is."""
    words = _WORD.findall(_NUMBER.sub(" 0 ", text.casefold()))
    return Counter(_all_features(words))


def _all_features(words: Sequence[str]) -> Iterable[str]:
    yield from words
    yield from (f"{left} {right}" for left, right in pairwise(words))
    for word in words:
        yield from _pieces(word)


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[str, ...]:
    edged = f" {word} "
    return tuple(f"#{edged[at : at + size]}" for size in PIECES for at in range(max(1, len(edged) - size + 1)))
