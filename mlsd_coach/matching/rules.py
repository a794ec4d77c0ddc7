"""Evidence rules: any, all, near, count and not over phrases and concepts, compiled once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from mlsd_coach.matching.phrases import (
    NUMBER_KINDS,
    Phrase,
    Span,
    compile_phrase,
    find_phrase,
    first_stems,
    phrase_forms,
)
from mlsd_coach.matching.text import Text
from mlsd_coach.models import Rule

NEAR_WORDS = 25
"""The stretch within which the members of `near` must stand; one word is never its own company."""
_KEYS = ("any", "all", "near", "count", "not")
_MOST_COMBINATIONS = 400

ConceptFinder = Callable[[str], list[Span]]


@dataclass(frozen=True, slots=True)
class Hit:
    """One way in which a rule is met: the words that met it."""

    spans: tuple[Span, ...]
    first: int
    """The first word of all spans."""
    last: int
    """The position after the last word of all spans."""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule ready to be matched."""

    kind: str
    by_first: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The phrases by their first stem, compiled when an answer holds it; those that begin otherwise under ""."""
    compiled: dict[str, tuple[Phrase, ...]] = field(default_factory=dict, compare=False)
    """Those that were compiled so far."""
    concepts: tuple[str, ...] = ()
    members: tuple["CompiledRule", ...] = ()
    at_least: int = 1
    firsts: frozenset[str] | None = None
    """The stems one of which a text must hold for the rule to be met; None when that cannot be told from stems."""

    def can_be_met(self, text: Text) -> bool:
        """Tell, at the cost of a set operation, whether a text may meet the rule at all."""
        return self.firsts is None or not text.stem_set.isdisjoint(self.firsts)


def check_rule(rule: Rule, known_concepts: Collection[str]) -> list[str]:
    """Return what is wrong with an authored rule, one sentence each; empty when it can be compiled."""
    if isinstance(rule, str):
        return _check_string(rule, known_concepts)
    if not isinstance(rule, dict) or len(rule) != 1:
        return [f"a rule is a phrase or a mapping with one of {', '.join(_KEYS)}"]
    ((key, value),) = rule.items()
    if key == "not":
        return check_rule(value, known_concepts)
    if key == "count":
        if not isinstance(value, dict) or set(value) != {"at_least", "of"} or not isinstance(value["at_least"], int):
            return ["count takes `at_least: N` and `of: [...]`"]
        return _check_members(value["of"], known_concepts)
    if key not in _KEYS:
        return [f"unknown rule key {key!r}: known are {', '.join(_KEYS)}"]
    return _check_members(value, known_concepts)


def _check_members(members: object, known_concepts: Collection[str]) -> list[str]:
    if not isinstance(members, list) or not members:
        return ["a rule's members are a list that is not empty"]
    return [problem for member in members for problem in check_rule(member, known_concepts)]


def _check_string(text: str, known_concepts: Collection[str]) -> list[str]:
    problems: list[str] = []
    for part in text.split("|"):
        alternative = part.strip()
        if alternative.startswith("@"):
            if alternative[1:] not in known_concepts:
                problems.append(f"unknown concept {alternative!r}")
            continue
        try:
            phrase = compile_phrase(alternative)
        except ValueError:
            problems.append(f"an alternative of {text!r} holds nothing to match")
            continue
        problems += [
            f"unknown kind of number <number:{atom.value}>: known are {', '.join(sorted(NUMBER_KINDS - {''}))}"
            for atom in phrase.atoms
            if atom.kind == "number" and atom.value not in NUMBER_KINDS
        ]
    return problems


def compile_rule(rule: Rule) -> CompiledRule:
    """Compile an authored rule that `check_rule` has passed."""
    if isinstance(rule, str):
        return _compile_string(rule)
    ((key, value),) = rule.items()
    if key == "not":
        return CompiledRule("not", members=(compile_rule(value),))
    if key == "count":
        return CompiledRule("count", members=tuple(map(compile_rule, value["of"])), at_least=value["at_least"])
    members = tuple(map(compile_rule, value))
    return CompiledRule(key, members=members, firsts=_all_firsts(members) if key == "any" else None)


def _all_firsts(members: Sequence[CompiledRule]) -> frozenset[str] | None:
    found: set[str] = set()
    for member in members:
        if member.firsts is None:
            return None
        found |= member.firsts
    return frozenset(found)


def _compile_string(text: str) -> CompiledRule:
    by_first: dict[str, list[str]] = {}
    concepts: list[str] = []
    for part in text.split("|"):
        alternative = part.strip()
        if alternative.startswith("@"):
            concepts.append(alternative[1:])
            continue
        for first in first_stems(alternative):
            by_first.setdefault(first, []).append(alternative)
    firsts = {first: tuple(members) for first, members in by_first.items()}
    is_plain = not concepts and "" not in firsts
    return CompiledRule("phrase", firsts, concepts=tuple(concepts), firsts=frozenset(firsts) if is_plain else None)


def find_hits(
    rule: CompiledRule, text: Text, find_concept: ConceptFinder, accepts: Callable[[Span], bool]
) -> list[Hit]:
    """Return the ways in which the rule is met by spans that are accepted; empty when it is not met."""
    if not rule.can_be_met(text):
        return []
    if rule.kind == "phrase":
        return _phrase_hits(rule, text, find_concept, accepts)
    if rule.kind == "any":
        return [hit for member in rule.members for hit in find_hits(member, text, find_concept, accepts)]
    if rule.kind == "count":
        met = [hits[0] for member in rule.members if (hits := find_hits(member, text, find_concept, accepts))]
        return [_together(met)] if len(met) >= rule.at_least else []
    wanted = [member for member in rule.members if member.kind != "not"]
    unwanted = [member.members[0] for member in rule.members if member.kind == "not"]
    if not all(member.can_be_met(text) for member in wanted):
        return []
    groups: list[list[Hit]] = []
    for member in wanted:
        group = find_hits(member, text, find_concept, accepts)
        if not group:
            return []
        groups.append(group)
    vetoes = [hit for member in unwanted for hit in find_hits(member, text, find_concept, lambda _: True)]
    if rule.kind == "all":
        return [] if vetoes else [_together([group[0] for group in groups])]
    hits = [_together(list(combination)) for combination in _close_combinations(groups, text)]
    return [hit for hit in hits if not any(_is_close(hit, veto, text) for veto in vetoes)]


def _phrase_hits(
    rule: CompiledRule, text: Text, find_concept: ConceptFinder, accepts: Callable[[Span], bool]
) -> list[Hit]:
    spans: list[Span] = []
    stems = text.stem_set
    for first in rule.by_first:
        if first and first not in stems:
            continue
        phrases = rule.compiled.get(first)
        if phrases is None:
            phrases = tuple(phrase for part in rule.by_first[first] for phrase in phrase_forms(part))
            rule.compiled[first] = phrases
        for phrase in phrases:
            if phrase.required <= stems:  # asked here once more: most phrases end at this, and a call costs as much
                spans += find_phrase(phrase, text)
    for concept in rule.concepts:
        spans += find_concept(concept)
    if not spans:
        return []
    if len(spans) > 1:
        spans = sorted(set(spans), key=_place_of)
    return [Hit((span,), span.first, span.last) for span in spans if accepts(span)]


def _place_of(span: Span) -> tuple[int, int]:
    return span.first, span.last


def _together(hits: Sequence[Hit]) -> Hit:
    spans = tuple(dict.fromkeys(span for hit in hits for span in hit.spans))
    return Hit(spans, min(hit.first for hit in hits), max(hit.last for hit in hits))


def _close_combinations(groups: list[list[Hit]], text: Text) -> list[tuple[Hit, ...]]:
    """Return the combinations, one member of each group, that stand within one stretch; grown group by group."""
    partial: list[tuple[Hit, ...]] = [(hit,) for hit in groups[0]]
    for group in groups[1:]:
        partial = [
            (*chosen, hit)
            for chosen in partial
            for hit in group
            if _is_stretch(min(hit.first, chosen[0].first), max(hit.last, chosen[0].last), text)
            and all((hit.first, hit.last) != (other.first, other.last) for other in chosen)
        ][:_MOST_COMBINATIONS]
    return [chosen for chosen in partial if _spans_stretch(chosen, text)]


def _spans_stretch(chosen: Sequence[Hit], text: Text) -> bool:
    return _is_stretch(min(hit.first for hit in chosen), max(hit.last for hit in chosen), text)


def _is_stretch(first: int, last: int, text: Text) -> bool:
    return last - first <= NEAR_WORDS and text.segment_of[last - 1] - text.segment_of[first] <= 1


def _is_close(hit: Hit, other: Hit, text: Text) -> bool:
    return _is_stretch(min(hit.first, other.first), max(hit.last, other.last), text)
