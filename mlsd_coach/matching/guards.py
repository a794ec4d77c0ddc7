"""Texts that are no answer: soup, gibberish, repetition; and words that were copied from the question."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mlsd_coach.matching.similarity import FUNCTION_WORDS
from mlsd_coach.matching.text import Text
from mlsd_coach.matching.words import split_words, stem

FEWEST_WORDS = 4
SOUP_SHARE = 0.16
"""Share of function words under which prose is doubted; natural answers lie far above."""
SOUP_RUN = 24
"""A run of content words that natural writing practically never has (99th percentile 12-21)."""
UNKNOWN_SHARE = 0.55
REPEATED_SHARE = 0.34


@dataclass(frozen=True)
class Source:
    """Texts of the content, and how many words in a row of them make a copy."""

    texts: tuple[str, ...]
    run: int


def copied_words(text: Text, sources: Sequence[Source]) -> list[bool]:
    """Mark the words that stand in a long verbatim run of one of the sources."""
    marked = [False] * len(text.words)
    places = [position for position, word in enumerate(text.words) if word.folded != "%"]
    stems = [text.words[position].stem for position in places]
    for source in sources:
        runs = _runs(source) if len(stems) >= source.run else frozenset[tuple[str, ...]]()
        for start in range(len(stems) - source.run + 1):
            if tuple(stems[start : start + source.run]) in runs:
                for position in places[start : start + source.run]:
                    marked[position] = True
    return marked


@lru_cache(maxsize=256)
def _runs(source: Source) -> frozenset[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for text in source.texts:
        stems = [stem(word) for word in split_words(text)]
        found.update(tuple(stems[i : i + source.run]) for i in range(len(stems) - source.run + 1))
    return frozenset(found)


def why_not_prose(text: Text, known: Sequence[str] | frozenset[str], masked: Sequence[bool]) -> str:
    """Return why a text is no answer to be judged, or "" when it is one."""
    words = [word for word in text.words if word.folded != "%"]
    if len(words) < FEWEST_WORDS:
        return "not prose: too short to say anything" if words else ""
    letters = [word.folded for word in words if word.folded.isalpha()]
    unknown = sum(1 for word in letters if len(word) >= 4 and word not in known)
    long = sum(1 for word in letters if len(word) >= 4)
    if long >= 4 and unknown / long > UNKNOWN_SHARE:
        return "not prose: most of the words are not words"
    if sum(masked) / len(masked) > 0.6:
        return "not an answer: it is copied from the question or the rubric"
    return why_not_sentences(text)


def why_not_sentences(text: Text) -> str:
    """Return why a text of any length is not written in sentences or bullets, or "" when it is."""
    if len(text.segments) >= 3 and len(repeated_segments(text)) / len(text.segments) > REPEATED_SHARE:
        return "not prose: the same sentences again and again"
    if _is_soup(text):
        return "not prose: a list of words without sentences"
    return ""


def _is_soup(text: Text) -> bool:
    longest = run = 0
    function = 0
    counted = 0
    for segment in text.segments:
        for position in range(segment.first, segment.last):
            word = text.words[position]
            if not word.folded.isalpha():
                continue
            counted += 1
            if word.folded in FUNCTION_WORDS:
                function += 1
                run = 0
            else:
                run += 1
                longest = max(longest, run)
        # An honest bullet list starts anew on every line; soup goes on and on.
        if segment.bullet:
            run = 0
    return counted >= 12 and function / counted < SOUP_SHARE and longest >= SOUP_RUN


def repeated_segments(text: Text) -> set[int]:
    """Return the segments that say again, word for word, what an earlier one said."""
    seen: Counter[tuple[str, ...]] = Counter()
    again: set[int] = set()
    for index, segment in enumerate(text.segments):
        key = tuple(word.stem for word in text.words[segment.first : segment.last])
        if len(key) >= 4 and seen[key]:
            again.add(index)
        seen[key] += 1
    return again
