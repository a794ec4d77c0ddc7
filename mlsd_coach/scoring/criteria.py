"""A criterion compiled for matching: its rules, its ways of saying it, its statement."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mlsd_coach.matching.rules import CompiledRule, compile_rule
from mlsd_coach.matching.similarity import Sentence, Words, read_sentence
from mlsd_coach.models import Criterion, Status

_BOILERPLATE = re.compile(r"^the candidate (?:also )?(?:says|names|states|asks for, or states,|asks)?\b", re.IGNORECASE)
_EXAMPLES = re.compile(r"\((?:for example|such as|e\.g\.)?([^)]*)\)")


@dataclass(frozen=True, slots=True)
class CompiledCriterion:
    """What is looked for, ready to be found."""

    criterion: Criterion
    rule: CompiledRule | None
    reasoned: CompiledRule | None
    statement: Sentence
    core: Sentence
    """The statement without the examples in brackets."""
    earning: Sentence | None
    ways: tuple[Sentence, ...]
    near_misses: tuple[Sentence, ...]
    statuses: frozenset[Status]
    concepts: frozenset[str]
    profile: Mapping[str, float]


def compile_criterion(
    criterion: Criterion,
    words: Words,
    profile: Mapping[str, float],
    discount: Callable[[str], float] | None = None,
) -> CompiledCriterion:
    """Compile a criterion.

    `profile` weighs the words that tell it from the stage's other criteria; `discount` weakens those that the prompt
    gave away.
    """

    def read(text: str) -> Sentence:
        return read_sentence(text, words, discount=discount)

    statuses = set(criterion.counts)
    if Status.STATED in statuses:
        # "We could log ..." proposes, as design talk does.
        statuses.add(Status.HYPOTHETICAL)
    rule = compile_rule(criterion.evidence) if criterion.evidence is not None else None
    statement = _BOILERPLATE.sub("", criterion.statement)
    return CompiledCriterion(
        criterion,
        rule,
        compile_rule(criterion.reasoned) if criterion.reasoned is not None else None,
        read(statement),
        read(_EXAMPLES.sub("", statement)),
        read(criterion.earning) if criterion.earning else None,
        tuple(read(way) for _, ways in criterion.ways for way in ways),
        tuple(read(miss) for miss in criterion.near_misses),
        frozenset(statuses),
        frozenset(_concepts(rule)) if rule else frozenset(),
        profile,
    )


def _concepts(rule: CompiledRule) -> list[str]:
    return [*rule.concepts, *(concept for member in rule.members for concept in _concepts(member))]
