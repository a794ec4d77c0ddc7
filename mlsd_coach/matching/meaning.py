"""Whether an answer says something: a rule met by words that are meant, and the sentence that holds them."""

import re
from collections.abc import Collection
from functools import lru_cache
from json import dumps, loads

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.rules import CompiledRule, Hit, compile_rule, find_hits
from mlsd_coach.models import Rule, Status

_WANTS_TO_KNOW = re.compile(
    r"\b(?:like|want|need|love|have|try\w*) to (?:know|find out|understand|ask|clarify|hear|learn)\b"
    r"|\b(?:i wonder|wondering|i'd ask|i would ask|tell me|my question)\b",
    re.IGNORECASE,
)
MEANT = frozenset({Status.STATED, Status.HYPOTHETICAL})
"""How a design is put forward: not denied, not asked, not somebody else's."""


def hits_of(rule: Rule, answer: Answer, statuses: Collection[Status] = MEANT) -> list[Hit]:
    """Return where an authored rule is met by words meant in one of these ways."""
    return find_hits(compiled_once(rule), answer.text, answer.find_concept, lambda span: answer.accepts(span, statuses))


def is_said(rule: Rule, answer: Answer) -> bool:
    """Tell whether a rule is met by words that are meant."""
    return bool(hits_of(rule, answer))


def sentence_at(answer: Answer, word: int) -> str:
    """Return the sentence or bullet that holds a word."""
    segment = answer.text.segments[answer.text.segment_of[word]]
    return answer.text.raw[segment.start : segment.end]


def asks_in_writing(raw: str) -> bool:
    """Tell, at little cost, whether a text may ask somebody something."""
    return "?" in raw or bool(_WANTS_TO_KNOW.search(raw))


def questions_in(answer: Answer) -> list[str]:
    """Return the sentences of an answer that ask somebody; not those that the answer itself answers."""
    text = answer.text
    sentences = (
        (" ".join(text.raw[segment.start : segment.end].split()), range(segment.first, segment.last))
        for segment in text.segments
    )
    return [
        sentence
        for sentence, words in sentences
        if _WANTS_TO_KNOW.search(sentence) or all(answer.statuses[word] is Status.ASKED for word in words)
    ]


def compiled_once(rule: Rule) -> CompiledRule:
    """Return an authored rule compiled; from memory when it was compiled before."""
    return _compiled(dumps(rule))


@lru_cache(maxsize=1024)
def _compiled(text: str) -> CompiledRule:
    rule: Rule = loads(text)
    return compile_rule(rule)
