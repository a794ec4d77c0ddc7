"""Words that were mistyped, read as the word that was meant: distance 1 from four letters, 2 from eight."""

from collections.abc import Collection

from mlsd_coach.matching.text import Text
from mlsd_coach.matching.words import fold, stem

SHORTEST = 4
TWO_FROM = 8


class Spelling:
    """The words that count as written right, and the ones a wrong word may be mended to."""

    def __init__(self, known: Collection[str], wanted: Collection[str]) -> None:
        """Take `known` words (any English word, folded) and `wanted` ones (those the content is written in)."""
        self._known = known
        self._wanted: dict[int, list[str]] = {}
        self._single = {word for word in wanted if len(word) >= 6}
        for word in sorted(set(wanted)):
            if len(word) >= SHORTEST:
                self._wanted.setdefault(len(word), []).append(word)
        self._mended: dict[str, str | None] = {}

    def mend(self, text: Text) -> None:
        """Add a reading to each mistyped word, and to two words that are one elsewhere ("drop out")."""
        for position, word in enumerate(text.words):
            if len(word.folded) >= SHORTEST and word.folded.isalpha() and word.folded not in self._known:
                mended = self._nearest(word.folded)
                if mended is not None and stem(mended) != word.stem:
                    text.add_reading(position, position + 1, stem(mended))
            if position + 1 < len(text.words):
                joined = fold(word.folded + text.words[position + 1].folded)
                if joined in self._single:
                    text.add_reading(position, position + 2, stem(joined))

    def _nearest(self, word: str) -> str | None:
        if word not in self._mended:
            self._mended[word] = self._search(word)
        return self._mended[word]

    def _search(self, word: str) -> str | None:
        # Imported here: an answer without a mistyped word does not pay for it.
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        limit = 2 if len(word) >= TWO_FROM else 1
        candidates = [
            other
            for length in range(len(word) - limit, len(word) + limit + 1)
            for other in self._wanted.get(length, ())
        ]
        best = process.extractOne(word, candidates, scorer=OSA.distance, score_cutoff=limit)
        if best is None:
            return None
        # The shorter of the two decides how much may be wrong.
        return best[0] if best[1] <= (2 if min(len(word), len(best[0])) >= TWO_FROM else 1) else None
