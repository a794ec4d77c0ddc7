"""What speaks for a statement that comes with no rule and no example: its own words, concepts and relatives."""

import heapq
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import pairwise

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.lexicon import ConceptIndex
from mlsd_coach.matching.similarity import Sentence
from mlsd_coach.matching.status import DENYING, read_statuses
from mlsd_coach.matching.text import Text, read_text
from mlsd_coach.models import Status
from mlsd_coach.scoring.kin import Kin, Relative

BARE_FEATURES = ("whole", "last", "numbers", "pairs", "concepts", "kin")
FIELD_FROM, FIELD_FULL = 0.8, 1.05
"""The share of a statement's words that are terms of the field, and its likeness to the nearest known criterion, added
up: from here on, and from there on surely, it is a statement of the field."""
_DENIES = re.compile(
    r"^(?:the (?:candidate|answer|design|system) )?(?:does not|doesn't|never|will not|won't|refuses|declines|rejects"
    r"|rules out|advises against|argues against)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class BareStatement:
    """A statement ready to be looked for by itself."""

    sentence: Sentence
    pairs: frozenset[tuple[str, str]]
    """Neighbouring words of it, little ones as well."""
    numbers: frozenset[float]
    concepts: frozenset[str]
    relatives: tuple[Relative, ...]
    of_field: float
    """0..1: how far the statement speaks the language of the field. Other people's statements on other things are
    mostly said again in their own words; statements about a design are said in the candidate's."""


def compile_bare(
    statement: str, sentence: Sentence, terms: Collection[str], concepts: ConceptIndex, kin: Kin, *, but: str = ""
) -> BareStatement:
    """Compile a statement; `terms` are the stems of the field's terms, `but` a known statement that may not help."""
    text = read_text(statement)
    named = frozenset(concepts.find_all(text))
    relatives = kin.nearest(sentence, named, but=but)
    share = sum(stem in terms for stem in sentence.stems) / max(1, len(sentence.stems))
    field = share + (relatives[0].likeness if relatives else 0.0)
    return BareStatement(
        sentence,
        _pairs(text),
        frozenset(quantity.value for quantity in text.quantities),
        named,
        relatives,
        round(min(1.0, max(0.0, (field - FIELD_FROM) / (FIELD_FULL - FIELD_FROM))), 3),
    )


def statuses_of(statement: str) -> frozenset[Status]:
    """Return how a statement may be meant in an answer: one that denies something is met by a denial."""
    stated = frozenset({Status.STATED, Status.HYPOTHETICAL})
    denies = _DENIES.search(statement) or any(status in DENYING for status in read_statuses(read_text(statement)))
    return stated | DENYING if denies else stated


def bare_values(bare: BareStatement, answer: Answer, statuses: frozenset[Status]) -> Callable[[int], tuple[float, ...]]:
    """Return a function from a window's number to the values of BARE_FEATURES there; most hold for the whole answer."""
    index = answer.index(statuses)
    said = [max((score for _, score in index.get(stem, ())), default=0.0) for stem in bare.sentence.stems]
    whole = sum(w * v for w, v in zip(bare.sentence.weights, said, strict=True)) / bare.sentence.total
    pairs = len(bare.pairs & _pairs(answer.text)) / len(bare.pairs) if bare.pairs else 0.0
    given = {quantity.value for quantity in answer.text.quantities}
    numbers = len(bare.numbers & given) / len(bare.numbers) if bare.numbers else 1.0
    found = sum(any(answer.accepts(span, statuses) for span in answer.find_concept(c)) for c in bare.concepts)
    concepts = found / len(bare.concepts) if bare.concepts else 0.0
    before = (whole, said[-1] if said else 0.0, numbers, pairs, concepts)
    kin = _kin(bare, answer, statuses)
    return lambda window: (*before, kin.get(window, 0.0))


def _kin(bare: BareStatement, answer: Answer, statuses: frozenset[Status]) -> dict[int, float]:
    """Return, for each window, how much it says of the three nearest examples of the relative that helps most."""
    best: dict[int, float] = {}
    for relative in bare.relatives:
        by_window: dict[int, list[float]] = {}
        for way in relative.ways:
            for window, value in answer.recalls(way, statuses).items():
                by_window.setdefault(window, []).append(value)
        for window, values in by_window.items():
            score = relative.likeness * sum(heapq.nlargest(3, values)) / min(3, len(relative.ways))
            if score > best.get(window, 0.0):
                best[window] = score
    return best


def _pairs(text: Text) -> frozenset[tuple[str, str]]:
    stems = [word.stem for word in text.words if word.folded[0].isalnum()]
    return frozenset(pairwise(stems))
