"""Which of several topics a question asks for: what is learned from known questions, and authored rules.

A question is short, and people ask for the same thing in very different words, so neither source is enough alone. The
known questions speak for every topic; a rule that is met speaks for one, and cannot decide against all of them.
Questions that no topic answers are topics too: "" for what belongs to no interview, and the kinds of question that this
scenario has no fact for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mlsd_coach.matching.complement import ComplementBayes
from mlsd_coach.matching.lexicon import ConceptIndex
from mlsd_coach.matching.meaning import compiled_once
from mlsd_coach.matching.phrases import Span
from mlsd_coach.matching.rules import find_hits
from mlsd_coach.matching.text import Text, read_text
from mlsd_coach.matching.typos import Spelling
from mlsd_coach.models import Rule

NOTHING = ""
"""The topic of questions that none answers."""
RULE, KIND_RULE, BOTH = 0.1, 0.85, 1.0
"""What a met rule is worth: the topic's own, one that it shares with others, and the two together."""
OTHER_RULE = 0.11
"""What a rule is worth for a topic that has no answer."""
RULE_ALONE, FEW = 1.5, 8
"""By how much a met rule of its own puts a topic ahead that has fewer known questions than this."""
NEAR = 5.1
"""What nearness to known questions of a topic is worth."""
NOTHING_AHEAD, OTHER_AHEAD = 0.45, 0.14
"""What is given to NOTHING, and to a topic that has no answer: silence costs less than a wrong answer.

These were fitted on questions by writers who had seen no rule (`python -m benchmarks.desk` measures others).
"""


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
    """How much a question asks for a topic; only differences mean anything."""

    topic: str
    score: float
    by_rule: bool


class TopicMatcher:
    """Rates topics for questions; everything that decides is given at the start."""

    def __init__(
        self, topics: Sequence[Topic], elsewhere: Sequence[str], *, concepts: ConceptIndex, spelling: Spelling
    ) -> None:
        self._topics = topics
        self._concepts = concepts
        self._spelling = spelling
        known = [(topic.id, text) for topic in topics for text in topic.questions]
        self._learned = ComplementBayes([*known, *((NOTHING, text) for text in elsewhere)])

    def rate(self, question: str) -> list[Rated]:
        """Return every topic with its score, the best first; NOTHING among them."""
        text = read_text(question)
        self._spelling.mend(text)
        concepts = self._concepts.find_all(text)
        learned = self._learned.rate(question)
        for name, nearness in self._learned.nearness(question).items():
            learned[name] += NEAR * nearness
        least = min(learned.values(), default=0.0)
        found = [Rated(NOTHING, round(learned.get(NOTHING, least) + NOTHING_AHEAD, 4), by_rule=False)]
        most = max(learned.values(), default=0.0)
        for topic in self._topics:
            own = is_met(topic.rules, text, concepts)
            shared = is_met(topic.kind_rules, text, concepts)
            score = learned.get(topic.id, least) + rule_worth(own=own, shared=shared, is_answered=topic.is_answered)
            if own and len(topic.questions) < FEW:
                # So few known questions teach nothing: the author's rule has to decide.
                score = max(score, most + RULE_ALONE)
            found.append(Rated(topic.id, round(score, 4), by_rule=own or shared))
        return sorted(found, key=lambda rated: -rated.score)


def rule_worth(*, own: bool, shared: bool, is_answered: bool) -> float:
    """Return what the met rules of a topic are worth."""
    if not is_answered:
        return OTHER_AHEAD + (OTHER_RULE if shared else 0.0)
    if own and shared:
        return BOTH
    return RULE if own else KIND_RULE if shared else 0.0


def is_met(rules: Sequence[Rule], text: Text, concepts: Mapping[str, list[Span]]) -> bool:
    """Tell whether any of the rules is met by a question, however its words are meant."""

    def find(concept: str) -> list[Span]:
        return concepts.get(concept, [])

    return any(find_hits(compiled_once(rule), text, find, lambda _span: True) for rule in rules)
