"""Phrases of the rule language, compiled once and found in an answer by their stems."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mlsd_coach.matching.text import WORD_PATTERN, Text, is_word
from mlsd_coach.matching.words import fold, stem

NUMBER_KINDS = frozenset({"", "time", "percent", "count", "bytes", "rate"})
GAP = 4
"""Words that `...` may stand for."""
_LIGHT = frozenset(
    [
        "the",
        "a",
        "an",
        "our",
        "their",
        "its",
        "his",
        "her",
        "this",
        "that",
        "these",
        "those",
        "each",
        "every",
        "any",
        "all",
        "some",
        "very",
        "really",
        "just",
        "also",
        "um",
        "uh",
        "like",
        "own",
        "such",
        "both",
        "either",
        "same",
        "whole",
        "of",
        "to",
        "be",
        "is",
        "are",
        "then",
        "actually",
        "basically",
        "maybe",
        "sort",
        "kind",
    ]
)
"""Words that a candidate may slip between two words of a phrase."""
LIGHT_SKIP = 2
_NEGATIONS = frozenset({"not", "no", "never", "without", "nor", "neither", "cannot", "dont", "n't"})
_PIECE = re.compile(r"<number(?::(\w+))?>|\.\.\.|([^\W\d_]+)\*|" + WORD_PATTERN)
"""Written as answers are read, or "word2vec" and "0.05" would never meet."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One element of a phrase: a stem, a prefix, a number or a gap."""

    kind: str
    """stem, prefix, number or gap."""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sequence of atoms."""

    atoms: tuple[Atom, ...]
    negative: bool = False
    """Holds a negation itself, so that a denial around it is part of what is meant."""
    required: frozenset[str] = frozenset()
    """The stems without which the phrase cannot stand in a text."""


def make_phrase(atoms: Iterable[Atom], *, negative: bool) -> Phrase:
    """Return a phrase of the atoms."""
    kept = tuple(atoms)
    return Phrase(kept, negative, frozenset(atom.value for atom in kept if atom.kind == "stem"))


@dataclass(frozen=True, slots=True)
class Span:
    """Words `first` to `last` (exclusive) of an answer."""

    first: int
    last: int
    negative: bool = False


def compile_phrase(text: str) -> Phrase:
    """Compile one phrase (no alternatives); ValueError when it holds nothing to match."""
    atoms: list[Atom] = []
    negative = False
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece == "...":
            atoms.append(Atom("gap"))
        elif piece.startswith("<number"):
            atoms.append(Atom("number", match.group(1) or ""))
        elif match.group(2):
            # "randomis*" is to meet "randomized" too: words are read in their American spelling.
            atoms.append(Atom("prefix", re.sub(r"(?<=.{4}i)s$", "", fold(match.group(2)))))
        elif is_word(piece):
            folded = fold(piece)
            negative = negative or folded in _NEGATIONS or folded.endswith("n't")
            atoms.append(Atom("stem", stem(piece)))
    while atoms and atoms[0].kind == "gap":
        atoms.pop(0)
    while atoms and atoms[-1].kind == "gap":
        atoms.pop()
    if not atoms:
        raise ValueError(f"nothing to match in {text!r}")
    return make_phrase(atoms, negative=negative)


def joined_forms(phrase: Phrase, text: str) -> Iterator[Phrase]:
    """Yield the phrase with two neighbouring words written as one: "real time" → "realtime"."""
    words = text.split()
    if len(words) != len(phrase.atoms) or not 2 <= len(words) <= 4 or not text.replace(" ", "").isalpha():
        return
    for index in range(len(words) - 1):
        if len(words[index]) + len(words[index + 1]) >= 6:
            # The stem of the joined word without asking the stemmer: only the end of a word changes, and a long
            # word loses its last "e" there ("time", but "realtim").
            joined = Atom("stem", fold(words[index]) + phrase.atoms[index + 1].value.removesuffix("e"))
            atoms = (*phrase.atoms[:index], joined, *phrase.atoms[index + 2 :])
            yield make_phrase(atoms, negative=phrase.negative)


_FIRST_WORDS = re.compile(
    r"\s*(?:(<number|\.\.\.)"
    r"|([^\W\d_]+(?:['’‘][^\W\d_]+)*|\d+(?:[.,]\d+)*)(\*)?(?:[\s/-]+([^\W\d_]+))?)"
)


def first_stems(text: str) -> tuple[str, ...]:
    """Return the stems one of which a phrase begins with, uncompiled; "" when it begins with no plain word."""
    match = _FIRST_WORDS.match(text)
    if match is None or match.group(1) or match.group(3):
        return ("",)
    first, second = match.group(2), match.group(4)
    if second is None:
        return (stem(first),)
    return (stem(first), fold(first) + stem(second).removesuffix("e"))


@lru_cache(maxsize=65536)
def phrase_forms(text: str) -> tuple[Phrase, ...]:
    """Return a phrase compiled, with its forms in which two words are written as one; empty when it holds nothing."""
    try:
        phrase = compile_phrase(text)
    except ValueError:
        return ()
    return (phrase, *joined_forms(phrase, text))


def find_phrase(phrase: Phrase, text: Text) -> list[Span]:
    """Return every place where the phrase stands in the answer, in order."""
    atoms = phrase.atoms
    if len(atoms) == 1 and atoms[0].kind == "stem":
        negative = phrase.negative
        return [Span(start, end, negative) for start, end in text.positions.get(atoms[0].value, ())]
    if not phrase.required <= text.stem_set:
        return []
    starts = text.positions.get(atoms[0].value) if atoms[0].kind == "stem" else _starts(atoms[0], text)
    if not starts:
        return []
    found: list[Span] = []
    for start, end in starts:
        last = match_rest(atoms, 1, end, text)
        if last is not None:
            found.append(Span(start, last, phrase.negative))
    return found


def _starts(atom: Atom, text: Text) -> list[tuple[int, int]]:
    if atom.kind == "prefix":
        return text.beginning_with(atom.value)
    whole = [(q.first, q.last) for q in text.quantities if not atom.value or q.kind == atom.value]
    return whole if atom.value else sorted({*whole, *((q.first, q.bare_last) for q in text.quantities)})


def match_rest(atoms: tuple[Atom, ...], index: int, position: int, text: Text) -> int | None:
    """Match atoms[index:] from a word position on; return the position after the match, or None."""
    if index == len(atoms):
        return position
    atom = atoms[index]
    if atom.kind == "gap":
        for skip in range(GAP + 1):
            last = match_rest(atoms, index + 1, position + skip, text)
            if last is not None:
                return last
        return None
    for skip in range(LIGHT_SKIP + 1):
        at = position + skip
        if at >= len(text.words) or (skip and text.words[at - 1].folded not in _LIGHT):
            return None
        if text.segment_of[at] != text.segment_of[position - 1]:
            return None
        for end in _ends(atom, at, text):
            last = match_rest(atoms, index + 1, end, text)
            if last is not None:
                return last
    return None


def _ends(atom: Atom, position: int, text: Text) -> tuple[int, ...]:
    """Return where an atom that begins at a word may end: after a number alone, or after its unit too."""
    if atom.kind == "stem":
        if text.words[position].stem == atom.value:
            return (position + 1,)
        return tuple(end for stem_, end in text.readings.get(position, ()) if stem_ == atom.value)
    if atom.kind == "prefix":
        return (position + 1,) if text.words[position].folded.startswith(atom.value) else ()
    quantity = text.quantity_at.get(position)
    if quantity is None or quantity.first != position or (atom.value and quantity.kind != atom.value):
        return ()
    return (quantity.last,) if atom.value or quantity.unit == "" else (quantity.last, quantity.bare_last)
