"""Whether an answer says something: a rule met by words that are meant, and the sentence that holds them."""

from collections.abc import Collection
from functools import lru_cache
from json import dumps, loads

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.rules import CompiledRule, Hit, compile_rule, find_hits
from mlsd_coach.models import Rule, Status

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


def compiled_once(rule: Rule) -> CompiledRule:
    """Return an authored rule compiled; from memory when it was compiled before."""
    return _compiled(dumps(rule))


@lru_cache(maxsize=1024)
def _compiled(text: str) -> CompiledRule:
    rule: Rule = loads(text)
    return compile_rule(rule)
