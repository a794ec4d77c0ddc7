"""A criterion compiled for matching: its rules, its ways of saying it, its statement."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from mlsd_coach.matching.rules import CompiledRule, compile_rule
from mlsd_coach.matching.similarity import Bank, Sentence, Words, make_bank, read_sentence
from mlsd_coach.models import Criterion, Status
from mlsd_coach.scoring.bare import BareStatement
from mlsd_coach.scoring.kin import Relative

_BOILERPLATE = re.compile(r"^the candidate (?:also )?(?:says|names|states|asks for, or states,|asks)?\b", re.IGNORECASE)
_EARNING_LIKENESS = 0.8
"""How much the sentence that would earn a criterion stands for the ways of saying it that its author did not write."""
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
    bare: BareStatement | None = None
    """How to look for the statement itself, where there is neither a rule nor an example."""
    examples: Bank = field(init=False)
    """The ways of saying it, then the near misses."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "examples", make_bank((*self.ways, *self.near_misses)))


def compile_criterion(
    criterion: Criterion,
    words: Words,
    profile: Mapping[str, float],
    discount: Callable[[str], float] | None = None,
    compile_alone: Callable[[str, Sentence], BareStatement] | None = None,
) -> CompiledCriterion:
    """Compile a criterion.

    `profile` weighs the words that tell it from the stage's other criteria; `discount` weakens those that the prompt
    gave away; `compile_alone` prepares the statement of a criterion that has neither a rule nor an example.
    """

    def read(text: str) -> Sentence:
        return read_sentence(text, words, discount=discount)

    statuses = set(criterion.counts)
    if Status.STATED in statuses:
        # "We could log ..." proposes, as design talk does.
        statuses.add(Status.HYPOTHETICAL)
    rule = compile_rule(criterion.evidence) if criterion.evidence is not None else None
    statement = _BOILERPLATE.sub("", criterion.statement)
    sentence = read(statement)
    earning = read(criterion.earning) if criterion.earning else None
    bare = None
    if compile_alone is not None and rule is None and not criterion.ways:
        bare = compile_alone(criterion.statement, sentence)
        if earning is not None:
            bare = replace(bare, relatives=(Relative(_EARNING_LIKENESS, (earning,)), *bare.relatives))
    return CompiledCriterion(
        criterion,
        rule,
        compile_rule(criterion.reasoned) if criterion.reasoned is not None else None,
        sentence,
        read(_EXAMPLES.sub("", statement)),
        earning,
        tuple(read(way) for _, ways in criterion.ways for way in ways),
        tuple(read(miss) for miss in criterion.near_misses),
        frozenset(statuses),
        frozenset(_concepts(rule)) if rule else frozenset(),
        profile,
        bare,
    )


def _concepts(rule: CompiledRule) -> list[str]:
    return [*rule.concepts, *(concept for member in rule.members for concept in _concepts(member))]
