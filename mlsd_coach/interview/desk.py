"""The fact desk: what the interviewer makes of a question, and what they answer; they never volunteer."""

import re
from collections.abc import Sequence

from mlsd_coach.interview.text import clean
from mlsd_coach.matching.lexicon import ConceptIndex
from mlsd_coach.matching.questions import NOTHING, Rated, Topic, TopicMatcher, is_met
from mlsd_coach.matching.similarity import FUNCTION_WORDS
from mlsd_coach.matching.tables import load_known
from mlsd_coach.matching.text import read_text
from mlsd_coach.matching.typos import Spelling
from mlsd_coach.matching.words import fold, split_words
from mlsd_coach.models import Asked, Heard, Lexicon, Persona, Questions, Scenario

CLEAR = 0.7
"""By how much the best fact must lead to be answered; nearer ones are asked back."""
CHOSEN = 0.3
"""By how much a fact must lead the others that the interviewer has just asked back about."""
SHORTEST_PART = 2
OTHER = "~"
"""Before the id of a kind of question that no fact answers."""
ALREADY = "As I said: {}"
ABOUT_WHAT = "About what, exactly?"
WHICH = "Do you mean {}, or {}?"

_PARTS = re.compile(r"[?;\n]|\.\s|,\s*(?=(?:and|or|plus|also)\b)|\b(?:and|plus|as well as|also)\b", re.IGNORECASE)
_EMPTY = frozenset(
    [
        *("tell", "more", "say", "bit", "thing", "things", "stuff", "something", "anything", "explain", "elaborate"),
        *("detail", "details", "please", "know", "little", "give", "info", "information", "clarify", "question", "ask"),
        *("help", "understand", "sorry", "again", "repeat", "what's", "how's", "it's", "that's"),
    ]
)
"""Words that name nothing a question could be about."""
_QUESTION = re.compile(
    r"\?|^\W*(?:so |um |uh |ok(?:ay)? |and |also )*(?:how|what|which|who|whose|where|when|why|do|does|did|is|are|was"
    r"|were|can|could|should|shall|will|would|may|have|has|any)\b",
    re.IGNORECASE,
)


class FactDesk:
    """Answers questions out of a scenario's facts, in the interviewer's words."""

    def __init__(self, scenario: Scenario, questions: Questions, lexicon: Lexicon, persona: Persona) -> None:
        self._facts = {fact.id: fact for fact in scenario.facts}
        self._vague = scenario.vague
        self._persona = persona
        kinds = {kind.id: kind for kind in questions.kinds}
        topics = [
            Topic(
                fact.id,
                fact.asks,
                tuple(rule for name in fact.kinds if name in kinds for rule in kinds[name].asks),
                (*fact.questions, *(text for name in fact.kinds if name in kinds for text in kinds[name].questions)),
            )
            for fact in scenario.facts
        ]
        # A kind of question that no fact answers keeps such questions away from the facts.
        claimed = {name for fact in scenario.facts for name in fact.kinds}
        topics += [
            Topic(OTHER + kind.id, (), kind.asks, kind.questions, is_answered=False)
            for kind in questions.kinds
            if kind.id not in claimed
        ]
        vocabulary = {fold(word) for topic in topics for text in topic.questions for word in split_words(text)}
        self._concepts = ConceptIndex(lexicon)
        self._matcher = TopicMatcher(
            topics,
            (*questions.elsewhere, *scenario.elsewhere),
            concepts=self._concepts,
            spelling=Spelling(load_known(), vocabulary),
        )

    def hear(self, says: str, *, stage: str, before: Sequence[Asked]) -> Asked:
        """Return a question with what the interviewer makes of it; `before` is what was asked so far, oldest first."""
        said = " ".join(clean(says).split())
        last = before[-1] if before and before[-1].stage == stage else None
        if last is not None and last.heard is Heard.UNKNOWN and not is_question(said):
            return Asked(stage, said, Heard.ASSUMED, self._persona.noted, last.facts)
        among = last.facts if last is not None and last.heard is Heard.ASKED_BACK else ()
        if not said_anything(said) and not among:
            return Asked(stage, said, Heard.ASKED_BACK, ABOUT_WHAT)
        facts, asked_back = self.find(said, among=among)
        if facts:
            told = {fact for each in before if each.heard is Heard.TOLD for fact in each.facts}
            reply = " ".join(self._answer(fact, is_told=fact in told) for fact in facts)
            return Asked(stage, said, Heard.TOLD, reply, facts)
        if asked_back:
            return Asked(stage, said, Heard.ASKED_BACK, asked_back[0], asked_back[1])
        return Asked(stage, said, Heard.UNKNOWN, self._persona.unknown)

    def find(
        self, question: str, *, among: Sequence[str] = ()
    ) -> tuple[tuple[str, ...], tuple[str, tuple[str, ...]] | None]:
        """Return the facts asked for and, where it is not clear which, (what to ask back, the facts it could mean).

        `among` are the facts that the interviewer has just asked back about.
        """
        rated = self._matcher.rate(question)
        best = rated[0]
        vague = self._vaguely(question)
        if among and vague is None and (meant := self._meant_of(rated, among)):
            return (meant,), None
        parts = self._parts(question)
        if len(parts) > 1:
            several = self._several(parts)
            if len(several) > 1:
                return several, None
        if best.topic not in self._facts or (vague is not None and not best.by_rule):
            return (), vague
        if self._is_clear(rated):
            return (best.topic,), None
        second = rated[1]
        if second.topic in self._facts and best.by_rule:
            pair = (best.topic, second.topic)
            return (), vague or (WHICH.format(*(self._facts[name].about for name in pair)), pair)
        return (), vague

    def _meant_of(self, rated: Sequence[Rated], among: Sequence[str]) -> str:
        """Return the fact that is meant of those asked back about; "" when the words are about something else."""
        named = [each for each in rated if each.topic in among]
        nothing = next(each.score for each in rated if each.topic == NOTHING)
        is_elsewhere = rated[0].topic not in among and self._is_clear(rated)
        is_chosen = len(named) > 1 and named[0].score - named[1].score >= CHOSEN
        return named[0].topic if is_chosen and not is_elsewhere and named[0].score > nothing else ""

    def _is_clear(self, rated: Sequence[Rated]) -> bool:
        return rated[0].score - rated[1].score >= CLEAR

    def _parts(self, question: str) -> list[str]:
        return [part for part in _PARTS.split(question) if len(split_words(part)) >= SHORTEST_PART]

    def _several(self, parts: Sequence[str]) -> tuple[str, ...]:
        """Return the facts of which each has a part of the question to itself."""
        found: list[str] = []
        for part in parts:
            rated = self._matcher.rate(part)
            if rated[0].topic in self._facts and rated[0].by_rule and self._is_clear(rated):
                found.append(rated[0].topic)
        return tuple(dict.fromkeys(found))

    def _vaguely(self, question: str) -> tuple[str, tuple[str, ...]] | None:
        text = read_text(question)
        concepts = self._concepts.find_all(text)
        for vague in self._vague:
            if is_met(vague.asks, text, concepts):
                return vague.says, vague.between
        return None

    def _answer(self, name: str, *, is_told: bool) -> str:
        says = self._facts[name].told_by(self._persona.id).says
        return ALREADY.format(says) if is_told else says


def said_anything(text: str) -> bool:
    """Tell whether a question names anything that it could be about."""
    return any(fold(word) not in FUNCTION_WORDS | _EMPTY for word in split_words(text))


def is_question(text: str) -> bool:
    """Tell whether a text asks something; what does not is an assumption, once the interviewer wants one."""
    return bool(_QUESTION.search(text))
