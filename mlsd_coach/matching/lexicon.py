"""The concepts of the field, found in an answer in one pass."""

from dataclasses import dataclass

from mlsd_coach.matching.phrases import Phrase, Span, find_phrase, first_stems, match_rest, phrase_forms
from mlsd_coach.matching.text import Text
from mlsd_coach.models import AmbiguousAlias, Lexicon

COMPANY_WORDS = 12
"""How far the company of an ambiguous alias may stand."""


@dataclass(frozen=True, slots=True)
class _Entry:
    concept: str
    phrase: Phrase
    company: tuple[Phrase, ...] = ()
    not_company: tuple[Phrase, ...] = ()


class ConceptIndex:
    """All aliases of a lexicon by their first stem, each compiled when an answer first holds that stem."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._waiting: dict[str, list[tuple[str, str, AmbiguousAlias | None]]] = {}
        self._entries: dict[str, tuple[_Entry, ...]] = {}
        self._lookalikes: dict[str, tuple[str, ...]] = {}
        for concept in lexicon.concepts:
            for alias in (concept.name, *concept.aliases):
                self._file(concept.id, alias, None)
            for ambiguous in concept.ambiguous:
                self._file(concept.id, ambiguous.alias, ambiguous)
            if concept.lookalikes:
                self._lookalikes[concept.id] = concept.lookalikes

    def _file(self, concept: str, alias: str, ambiguous: AmbiguousAlias | None) -> None:
        for part in alias.split("|"):
            for first in first_stems(part):
                self._waiting.setdefault(first, []).append((concept, part, ambiguous))

    def _entries_for(self, first: str) -> tuple[_Entry, ...]:
        entries = self._entries.get(first)
        if entries is None:
            entries = tuple(
                _Entry(concept, phrase, _phrases(known.company), _phrases(known.not_company))
                if known
                else _Entry(concept, phrase)
                for concept, alias, known in self._waiting.get(first, ())
                for phrase in phrase_forms(alias)
                if phrase.atoms[0].value == first
            )
            self._entries[first] = entries
        return entries

    def find_all(self, text: Text) -> dict[str, list[Span]]:
        """Return, for each concept in the answer, where it stands."""
        found: dict[str, list[Span]] = {}
        for first, places in text.positions.items():
            for entry in self._entries_for(first):
                if not entry.phrase.required <= text.stem_set:
                    continue
                for start, end in places:
                    last = match_rest(entry.phrase.atoms, 1, end, text)
                    if last is not None and _has_company(entry, start, last, text):
                        found.setdefault(entry.concept, []).append(Span(start, last, entry.phrase.negative))
        for concept in list(found):
            masked = [
                span for phrase in _phrases(self._lookalikes.get(concept, ())) for span in find_phrase(phrase, text)
            ]
            kept = [span for span in found[concept] if not any(_inside(span, mask) for mask in masked)]
            found[concept] = sorted(set(kept), key=lambda span: (span.first, span.last))
            if not kept:
                del found[concept]
        return found


def _phrases(texts: tuple[str, ...]) -> tuple[Phrase, ...]:
    return tuple(phrase for text in texts for part in text.split("|") for phrase in phrase_forms(part))


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
