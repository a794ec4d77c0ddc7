"""How much of a sentence an answer says, in these or in other words.

Coverage of the sentence's own words, weighted by how telling they are, beats a cosine by far: a cosine punishes all
else that the answer says. A word counts in full where its stem stands, and in part where a word of near meaning does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mlsd_coach.matching.words import fold, split_words, stem

FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "do",
        "does",
        "did",
        "have",
        "has",
        "had",
        "having",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "there",
        "here",
        "he",
        "she",
        "they",
        "them",
        "their",
        "his",
        "her",
        "i",
        "we",
        "you",
        "me",
        "us",
        "our",
        "your",
        "my",
        "mine",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "where",
        "when",
        "how",
        "and",
        "or",
        "but",
        "if",
        "then",
        "than",
        "so",
        "not",
        "no",
        "nor",
        "can",
        "could",
        "will",
        "would",
        "shall",
        "should",
        "may",
        "might",
        "must",
        "also",
        "just",
        "very",
        "really",
        "such",
        "some",
        "any",
        "each",
        "every",
        "all",
        "both",
        "more",
        "most",
        "other",
        "into",
        "onto",
        "over",
        "under",
        "about",
        "between",
        "through",
        "during",
        "before",
        "after",
        "again",
        "further",
        "once",
        "only",
        "own",
        "same",
        "too",
        "up",
        "down",
        "out",
        "off",
        "s",
        "t",
        "d",
        "ll",
        "ve",
        "re",
        "m",
        "um",
        "uh",
        "okay",
        "ok",
        "yeah",
        "well",
        "like",
        "one",
        "get",
        "got",
        "let",
        "because",
        "since",
        "while",
        "until",
        "although",
        "though",
    ]
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to be looked for: its telling stems in order, with their weights."""

    stems: tuple[str, ...]
    weights: tuple[float, ...]
    total: float


@dataclass(frozen=True, slots=True)
class Words:
    """The weight of each stem (IDF) and its near ones in meaning (0..1)."""

    idf: Mapping[str, float]
    rare: float
    """The weight of a stem that the table does not hold."""
    near: Mapping[str, Mapping[str, float]]

    def weight(self, stem: str) -> float:
        """Return how telling a stem is."""
        return self.idf.get(stem, self.rare)


def read_sentence(raw: str, words: Words, *, discount: Callable[[str], float] | None = None) -> Sentence:
    """Read a sentence to be looked for; `discount` returns a factor for stems that the prompt gave away."""
    stems: list[str] = []
    weights: list[float] = []
    seen: set[str] = set()
    for word in split_words(raw):
        if word.isdecimal() or fold(word) in FUNCTION_WORDS or stem(word) in seen:
            continue
        seen.add(stem(word))
        weight = words.weight(stem(word)) * (discount(stem(word)) if discount else 1.0)
        if weight > 0:
            stems.append(stem(word))
            weights.append(weight)
    return Sentence(tuple(stems), tuple(weights), sum(weights) or 1.0)


@dataclass(frozen=True, slots=True)
class Bank:
    """Many sentences to be looked for at once: each stem with the sentences it is in and its share of their weight."""

    size: int
    by_stem: Mapping[str, tuple[tuple[int, float], ...]]

    def recalls(self, said: Mapping[str, float]) -> list[float]:
        """Return, for each sentence, the share of its weight that is said; `said` is stem → 0..1."""
        found = [0.0] * self.size
        # In the order of the alphabet: a sum of fractions depends on its order, and a set's differs from run to run.
        for stem_ in sorted(self.by_stem.keys() & said.keys()):
            score = said[stem_]
            for sentence, share in self.by_stem[stem_]:
                found[sentence] += share * score
        return found


def make_bank(sentences: Sequence[Sentence]) -> Bank:
    """Put sentences together."""
    by_stem: dict[str, list[tuple[int, float]]] = {}
    for number, sentence in enumerate(sentences):
        for stem_, weight in zip(sentence.stems, sentence.weights, strict=True):
            by_stem.setdefault(stem_, []).append((number, weight / sentence.total))
    return Bank(len(sentences), {stem_: tuple(places) for stem_, places in by_stem.items()})
