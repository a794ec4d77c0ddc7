"""How much of a sentence an answer says, in these or in other words.

Coverage of the sentence's own words, weighted by how telling they are, beats a cosine by far: a cosine punishes all
else that the answer says. A word counts in full where its stem stands, and in part where a word of near meaning does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mlsd_coach.matching.text import Text, read_text

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
    concepts: frozenset[str] = frozenset()
    numbers: tuple[float, ...] = ()
    negative: bool = False
    neighbours: tuple[Mapping[str, float], ...] = field(default=(), repr=False)


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


_NEGATIVE = frozenset({"not", "no", "never", "without", "nor", "neither", "cannot", "none", "nothing"})


def read_sentence(
    raw: str, words: Words, *, discount: Callable[[str], float] | None = None, concepts: frozenset[str] = frozenset()
) -> Sentence:
    """Read a sentence to be looked for; `discount` returns a factor for stems that the prompt gave away."""
    text = read_text(raw)
    stems: list[str] = []
    weights: list[float] = []
    seen: set[str] = set()
    for token in text.words:
        if token.folded in FUNCTION_WORDS or token.stem in seen or token.text == "%":
            continue
        seen.add(token.stem)
        weight = words.weight(token.stem) * (discount(token.stem) if discount else 1.0)
        if weight > 0:
            stems.append(token.stem)
            weights.append(weight)
    return Sentence(
        tuple(stems),
        tuple(weights),
        sum(weights) or 1.0,
        concepts,
        tuple(quantity.value for quantity in text.quantities),
        is_negative(text, 0, len(text.words)),
        tuple(words.near.get(stem, {}) for stem in stems),
    )


def is_negative(text: Text, first: int, last: int) -> bool:
    """Tell whether a run of words holds a negation."""
    return any(word.folded in _NEGATIVE or word.folded.endswith("n't") for word in text.words[first:last])


def matches(sentence: Sentence, stems: Mapping[str, object] | set[str]) -> list[float]:
    """Return for each stem of the sentence how well the given stems hold it, 0..1."""
    found: list[float] = []
    for stem, near in zip(sentence.stems, sentence.neighbours, strict=True):
        if stem in stems:
            found.append(1.0)
        elif near:
            found.append(max((score for other, score in near.items() if other in stems), default=0.0))
        else:
            found.append(0.0)
    return found


def recall(sentence: Sentence, found: Sequence[float]) -> float:
    """Return the share of the sentence's weight that was found."""
    return sum(weight * score for weight, score in zip(sentence.weights, found, strict=True)) / sentence.total
