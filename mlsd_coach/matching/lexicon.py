"""The concepts of the field, found in an answer in one pass."""

from collections.abc import Iterable
from dataclasses import dataclass

from mlsd_coach.matching.phrases import Phrase, Span, compile_phrase, find_phrase, joined_forms, match_rest
from mlsd_coach.matching.text import Text
from mlsd_coach.models import Concept, Lexicon

COMPANY_WORDS = 12
"""How far the company of an ambiguous alias may stand."""


@dataclass(frozen=True, slots=True)
class _Entry:
    concept: str
    phrase: Phrase
    company: tuple[Phrase, ...] = ()
    not_company: tuple[Phrase, ...] = ()


class ConceptIndex:
    """All aliases of a lexicon, by their first stem."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        self._lookalikes: dict[str, tuple[Phrase, ...]] = {}
        for concept in lexicon.concepts:
            self._add(concept)

    def _add(self, concept: Concept) -> None:
        for alias in (concept.name, *concept.aliases):
            for phrase in _forms(alias):
                self._file(_Entry(concept.id, phrase))
        for ambiguous in concept.ambiguous:
            company = tuple(_phrases(ambiguous.company))
            not_company = tuple(_phrases(ambiguous.not_company))
            for phrase in _forms(ambiguous.alias):
                self._file(_Entry(concept.id, phrase, company, not_company))
        if concept.lookalikes:
            self._lookalikes[concept.id] = tuple(_phrases(concept.lookalikes))

    def _file(self, entry: _Entry) -> None:
        first = entry.phrase.atoms[0]
        if first.kind == "stem":
            self._entries.setdefault(first.value, []).append(entry)

    def vocabulary(self) -> set[str]:
        """Return every stem that an alias holds."""
        return {
            atom.value
            for entries in self._entries.values()
            for entry in entries
            for atom in entry.phrase.atoms
            if atom.kind == "stem"
        }

    def find_all(self, text: Text) -> dict[str, list[Span]]:
        """Return, for each concept in the answer, where it stands."""
        found: dict[str, list[Span]] = {}
        for stem, places in text.positions.items():
            for entry in self._entries.get(stem, ()):
                for start, end in places:
                    last = match_rest(entry.phrase.atoms, 1, end, text)
                    if last is not None and _has_company(entry, start, last, text):
                        found.setdefault(entry.concept, []).append(Span(start, last, entry.phrase.negative))
        for concept in list(found):
            masked = [span for phrase in self._lookalikes.get(concept, ()) for span in find_phrase(phrase, text)]
            kept = [span for span in found[concept] if not any(_inside(span, mask) for mask in masked)]
            found[concept] = sorted(set(kept), key=lambda span: (span.first, span.last))
            if not kept:
                del found[concept]
        return found


def _forms(alias: str) -> Iterable[Phrase]:
    for part in alias.split("|"):
        try:
            phrase = compile_phrase(part)
        except ValueError:
            continue
        yield phrase
        yield from joined_forms(phrase, part)


def _phrases(texts: Iterable[str]) -> Iterable[Phrase]:
    for text in texts:
        yield from _forms(text)


def _has_company(entry: _Entry, first: int, last: int, text: Text) -> bool:
    if not entry.company and not entry.not_company:
        return True

    def is_near(phrases: tuple[Phrase, ...]) -> bool:
        return any(
            span.first < last + COMPANY_WORDS and span.last > first - COMPANY_WORDS and not _overlaps(span, first, last)
            for phrase in phrases
            for span in find_phrase(phrase, text)
        )

    return (not entry.company or is_near(entry.company)) and not (entry.not_company and is_near(entry.not_company))


def _overlaps(span: Span, first: int, last: int) -> bool:
    return span.first < last and span.last > first


def _inside(span: Span, mask: Span) -> bool:
    return mask.first <= span.first and span.last <= mask.last
