"""Which of several topics a question asks for: authored rules, and likeness to the ways in which people ask.

A question is short, and people ask for the same thing in very different words, so neither source is enough alone. A
rule that is met speaks strongly; the words of all known questions, weighed by how telling they are for a topic, speak
for the rest, and against a rule that was met by chance. Questions that no topic answers are a topic of their own, "".
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from mlsd_coach.matching.lexicon import ConceptIndex
from mlsd_coach.matching.meaning import compiled_once
from mlsd_coach.matching.phrases import Span
from mlsd_coach.matching.rules import find_hits
from mlsd_coach.matching.similarity import FUNCTION_WORDS
from mlsd_coach.matching.text import Text, read_text
from mlsd_coach.matching.typos import Spelling
from mlsd_coach.matching.words import fold, split_words, stem
from mlsd_coach.models import Rule

NOTHING = ""
"""The topic of questions that none answers."""
RULE, KIND_RULE, BOTH = 1.0, 0.6, 3.6
"""What a met rule is worth: the topic's own, one that it shares with others, and the two together."""
OTHER_RULE = 0.85
"""What a rule is worth for a topic that has no answer."""
LIKENESS, WORDS = 5.8, 0.43
"""What likeness to the nearest questions, and the words by themselves, are worth.

These were fitted on questions by writers who had seen none of the rules (`python -m benchmarks.desk` measures others).
"""
NEAREST = 3
PAIR = 0.6
"""What two neighbouring words weigh against one."""
NEAR_SHARE = 0.7
"""How much a word of near meaning stands for the word itself, at most."""
SMOOTH = 0.15
CAP = 2.5
"""The most that one word may say for a topic, as a log ratio; and half of it against."""
_DIGITS = "<n>"


@dataclass(frozen=True)
class Topic:
    """Something that can be asked for."""

    id: str
    rules: tuple[Rule, ...] = ()
    kind_rules: tuple[Rule, ...] = ()
    """Rules of the kinds of question that it shares with other topics."""
    questions: tuple[str, ...] = ()
    is_answered: bool = True
    """False for one that is known only so that its questions are not taken for another's."""


@dataclass(frozen=True)
class Rated:
    """How much a question asks for a topic."""

    topic: str
    score: float
    by_rule: bool


class TopicMatcher:
    """Rates topics for questions; everything that decides is given at the start."""

    def __init__(
        self,
        topics: Sequence[Topic],
        elsewhere: Sequence[str],
        *,
        concepts: ConceptIndex,
        spelling: Spelling,
        near: Mapping[str, Mapping[str, float]],
    ) -> None:
        self._topics = topics
        self._concepts = concepts
        self._spelling = spelling
        self._near = near
        known = [(topic.id, read_features(text)) for topic in topics for text in topic.questions]
        known += [(NOTHING, read_features(text)) for text in elsewhere]
        self._idf = _weights([features for _, features in known])
        self._rarest = max(self._idf.values(), default=1.0)
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in (NOTHING, *(each.id for each in topics))}
        self._sizes: Counter[str] = Counter()
        for name, features in known:
            self._counts[name].update(features)
            self._sizes[name] += 1
        self._whole: Counter[str] = Counter()
        for counts in self._counts.values():
            self._whole.update(counts)
        self._vectors = [(name, self._vector(features)) for name, features in known]

    def rate(self, question: str) -> list[Rated]:
        """Return every topic with its score, the best first; NOTHING among them."""
        text = read_text(question)
        self._spelling.mend(text)
        concepts = self._concepts.find_all(text)
        features = read_features(question)
        likeness = self._likeness(features)
        nothing = LIKENESS * likeness.get(NOTHING, 0.0) + WORDS * self._words(NOTHING, features)
        found = [Rated(NOTHING, round(nothing, 4), by_rule=False)]
        for topic in self._topics:
            own = is_met(topic.rules, text, concepts)
            shared = is_met(topic.kind_rules, text, concepts)
            score = LIKENESS * likeness.get(topic.id, 0.0) + WORDS * self._words(topic.id, features)
            score += rule_worth(own=own, shared=shared, is_answered=topic.is_answered)
            found.append(Rated(topic.id, round(score, 4), by_rule=own or shared))
        return sorted(found, key=lambda rated: -rated.score)

    def _likeness(self, features: frozenset[str]) -> dict[str, float]:
        vector = self._vector(features, is_widened=True)
        nearest: dict[str, list[float]] = {}
        for name, other in self._vectors:
            nearest.setdefault(name, []).append(sum(value * other.get(key, 0.0) for key, value in vector.items()))
        found: dict[str, float] = {}
        for name, values in nearest.items():
            top = sorted(values, reverse=True)[:NEAREST]
            found[name] = 0.6 * top[0] + 0.4 * sum(top) / len(top)
        return found

    def _words(self, name: str, features: frozenset[str]) -> float:
        """Return what the words of a question say for a topic, each as a capped log ratio."""
        size, whole = self._sizes[name], sum(self._sizes.values())
        total = 0.0
        for feature in sorted(features):
            everywhere = self._whole[feature]
            if not everywhere:
                continue
            here = self._counts[name][feature]
            inside = (here + SMOOTH) / (size + 2 * SMOOTH)
            outside = (everywhere - here + SMOOTH) / (whole - size + 2 * SMOOTH)
            ratio = max(-CAP / 2, min(CAP, log(inside / outside)))
            total += ratio * (PAIR if " " in feature else 1.0)
        return total

    def _vector(self, features: frozenset[str], *, is_widened: bool = False) -> dict[str, float]:
        """Return the weights of a question's features at length 1; widened by words of near meaning that are known."""
        found: dict[str, float] = {}
        for feature in sorted(features):
            weight = self._idf.get(feature, self._rarest) * (PAIR if " " in feature else 1.0)
            found[feature] = max(found.get(feature, 0.0), weight)
            for other, nearness in self._near.get(feature, {}).items() if is_widened else ():
                if other in self._idf and other not in features:
                    found[other] = max(found.get(other, 0.0), NEAR_SHARE * weight * nearness)
        length = sqrt(sum(value * value for value in found.values())) or 1.0
        return {key: value / length for key, value in found.items()}


def rule_worth(*, own: bool, shared: bool, is_answered: bool) -> float:
    """Return what the met rules of a topic are worth."""
    if not is_answered:
        return OTHER_RULE if shared else 0.0
    if own and shared:
        return BOTH
    return RULE if own else KIND_RULE if shared else 0.0


def read_features(question: str) -> frozenset[str]:
    """Return the telling stems of a question, and its neighbouring ones as pairs; "how many" counts as a pair."""
    words = [_DIGITS if word[0].isdigit() else fold(word) for word in split_words(question)]
    found = {stem(word) for word in words if word not in FUNCTION_WORDS}
    for left, right in pairwise(words):
        is_measure = left == "how"
        if is_measure or not (left in FUNCTION_WORDS or right in FUNCTION_WORDS):
            found.add(f"{stem(left)} {stem(right)}")
    return frozenset(found)


def _weights(questions: Sequence[frozenset[str]]) -> dict[str, float]:
    counts = Counter(feature for features in questions for feature in features)
    return {feature: log((len(questions) + 1) / (count + 0.5)) for feature, count in counts.items()}


def is_met(rules: Sequence[Rule], text: Text, concepts: Mapping[str, list[Span]]) -> bool:
    """Tell whether any of the rules is met by a question, however its words are meant."""

    def find(concept: str) -> list[Span]:
        return concepts.get(concept, [])

    return any(find_hits(compiled_once(rule), text, find, lambda _span: True) for rule in rules)
