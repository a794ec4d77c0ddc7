"""An answer read for scoring: words, statuses, concepts, and an index of what each window of it says."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from mlsd_coach.matching.guards import Source, copied_words
from mlsd_coach.matching.lexicon import ConceptIndex
from mlsd_coach.matching.phrases import Span
from mlsd_coach.matching.similarity import FUNCTION_WORDS, Sentence, Words
from mlsd_coach.matching.status import DENYING, read_meaning
from mlsd_coach.matching.text import Text, read_text
from mlsd_coach.matching.typos import Spelling
from mlsd_coach.models import Status

WINDOW_WORDS = 70
"""Two neighbouring sentences longer than this together are not taken as one window."""


@dataclass(frozen=True, slots=True)
class Window:
    """One sentence, or two neighbouring ones, of an answer."""

    first_segment: int
    last_segment: int
    """Exclusive."""
    first: int
    last: int


@dataclass(slots=True)
class Answer:
    """An answer with everything the scorer asks of it."""

    text: Text
    statuses: list[Status]
    concepts: dict[str, list[Span]]
    windows: list[Window]
    masked: list[bool]
    """Words that were copied from the prompt or the rubric."""
    wholesale: bool = False
    """The answer denies nearly all that it says."""
    _index: dict[frozenset[Status], dict[str, list[tuple[int, float]]]] = field(default_factory=dict)
    _said: dict[frozenset[Status], list[dict[str, float]]] = field(default_factory=dict)
    _words: Words | None = None

    def accepts(self, span: Span, statuses: Collection[Status]) -> bool:
        """Tell whether every word of a span is meant in one of these ways and is the candidate's own."""
        positions = range(span.first, span.last)
        if any(self.masked[position] for position in positions):
            return False
        if span.negative and not self.wholesale and not self._is_denied_before(span):
            return True  # a phrase that holds its own negation ("not to everyone") is meant as it stands
        return all(self.statuses[position] in statuses for position in positions)

    def _is_denied_before(self, span: Span) -> bool:
        segment = self.text.segments[self.text.segment_of[span.first]]
        return span.first > segment.first and self.statuses[span.first - 1] in DENYING

    def find_concept(self, concept: str) -> list[Span]:
        """Return where a concept stands."""
        return self.concepts.get(concept, [])

    def index(self, statuses: frozenset[Status]) -> dict[str, list[tuple[int, float]]]:
        """Return, for each stem said or meant in these ways, the windows it stands in and how nearly (0..1)."""
        if statuses not in self._index:
            self._index[statuses] = self._build_index(statuses)
        return self._index[statuses]

    def said(self, statuses: frozenset[Status]) -> list[dict[str, float]]:
        """Return, for each window, the stems said there and meant in these ways, and how nearly (0..1)."""
        if statuses not in self._said:
            said: list[dict[str, float]] = [{} for _ in self.windows]
            for stem, places in self.index(statuses).items():
                for window, score in places:
                    said[window][stem] = score
            self._said[statuses] = said
        return self._said[statuses]

    def _build_index(self, statuses: frozenset[Status]) -> dict[str, list[tuple[int, float]]]:
        near = self._words.near if self._words else {}
        places: dict[str, dict[int, float]] = {}
        pairs_of = self._pairs_of()
        for stem, spans in self.text.positions.items():
            for first, last in spans:
                if (
                    self.masked[first]
                    or self.statuses[first] not in statuses
                    or self.statuses[last - 1] not in statuses
                ):
                    continue
                segment = self.text.segment_of[first]
                for window in (segment, *pairs_of[segment]):
                    places.setdefault(stem, {})[window] = 1.0
        soft: dict[str, dict[int, float]] = {}
        for stem, windows in places.items():
            if stem not in FUNCTION_WORDS:
                for other, score in near.get(stem, {}).items():
                    found = soft.setdefault(other, {})
                    for window in windows:
                        if found.get(window, 0.0) < score:
                            found[window] = score
        for stem, windows in soft.items():
            places[stem] = {**windows, **places.get(stem, {})}
        return {stem: list(windows.items()) for stem, windows in places.items()}

    def _pairs_of(self) -> list[list[int]]:
        """For each segment, the windows of two segments that it is part of."""
        found: list[list[int]] = [[] for _ in self.text.segments]
        for number in range(len(self.text.segments), len(self.windows)):
            window = self.windows[number]
            found[window.first_segment].append(number)
            found[window.last_segment - 1].append(number)
        return found

    def recalls(self, sentence: Sentence, statuses: frozenset[Status]) -> dict[int, float]:
        """Return, for each window that says any of a sentence, the share of the sentence's weight that it says."""
        index = self.index(statuses)
        found: dict[int, float] = {}
        for stem, weight in zip(sentence.stems, sentence.weights, strict=True):
            for window, score in index.get(stem, ()):
                found[window] = found.get(window, 0.0) + weight * score
        return {window: value / sentence.total for window, value in found.items()}


class Reader:
    """Reads answers with a lexicon, a spelling and word weights."""

    def __init__(self, concepts: ConceptIndex, spelling: Spelling, words: Words) -> None:
        self._concepts = concepts
        self._spelling = spelling
        self._words = words

    def read(self, raw: str, *, copied_from: Sequence[Source] = ()) -> Answer:
        """Read an answer; `copied_from` are texts whose long verbatim runs do not count as the candidate's own."""
        text = read_text(raw)
        self._spelling.mend(text)
        statuses, wholesale = read_meaning(text)
        return Answer(
            text,
            statuses,
            self._concepts.find_all(text),
            _windows(text),
            copied_words(text, copied_from),
            wholesale,
            _words=self._words,
        )


def _windows(text: Text) -> list[Window]:
    singles = [Window(i, i + 1, segment.first, segment.last) for i, segment in enumerate(text.segments)]
    pairs = [
        Window(i, i + 2, left.first, right.last)
        for i, (left, right) in enumerate(zip(text.segments, text.segments[1:], strict=False))
        if right.last - left.first <= WINDOW_WORDS
    ]
    return singles + pairs
