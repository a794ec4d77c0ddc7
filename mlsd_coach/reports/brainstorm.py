"""How well a brainstorm of data sources covers the kinds there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from mlsd_coach.matching.lexicon import ConceptIndex
from mlsd_coach.matching.rules import CompiledRule, compile_rule, find_hits
from mlsd_coach.matching.text import read_text
from mlsd_coach.models import Lexicon, SourceKind

ENOUGH = 2
"""Lines of a kind that count; more of the same kind add nothing."""


@dataclass(frozen=True)
class KindCoverage:
    """One kind of source and the lines that name it."""

    kind: SourceKind
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """A brainstorm sorted by kind; a line may stand under several."""

    kinds: tuple[KindCoverage, ...]
    unsorted: tuple[str, ...]
    """Lines in which no kind was recognised."""
    score: float
    """0..100: two lines of every kind are all there is to get."""


def score_brainstorm(lines: Sequence[str], kinds: Sequence[SourceKind], lexicon: Lexicon) -> Coverage:
    """Sort the lines of a brainstorm by kind of source."""
    index = ConceptIndex(lexicon)
    compiled = [(kind, [compile_rule(pattern) for pattern in kind.patterns]) for kind in kinds]
    found: dict[str, list[str]] = {kind.id: [] for kind in kinds}
    unsorted: list[str] = []
    for line in lines:
        named = [kind.id for kind, rules in compiled if _names(line, rules, index)]
        for kind_id in named:
            found[kind_id].append(line)
        if not named:
            unsorted.append(line)
    covered = tuple(KindCoverage(kind, tuple(found[kind.id])) for kind in kinds)
    points = sum(min(ENOUGH, len(each.lines)) for each in covered)
    return Coverage(covered, tuple(unsorted), round(100 * points / (ENOUGH * len(kinds)), 1) if kinds else 0.0)


def _names(line: str, rules: Sequence[CompiledRule], index: ConceptIndex) -> bool:
    text = read_text(line)
    concepts = index.find_all(text)
    return any(find_hits(rule, text, lambda concept: concepts.get(concept, []), lambda _: True) for rule in rules)
