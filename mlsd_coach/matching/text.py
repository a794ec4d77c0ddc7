"""An answer as tokens, numbers and segments, each with its offsets into the text as it was typed."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from mlsd_coach.matching.numbers import Quantity, find_quantities
from mlsd_coach.matching.words import fold, stem

WORD_PATTERN = (
    r"\d+(?:[.,]\d+)*"  # 200, 1.5, 10,000
    r"|[^\W\d_]+(?:['’‘][^\W\d_]+)*"  # words, with contractions
    r"|->|=>|→|⇒|[%/?!.;:,|@&+<>=~€$£()\[\]*#`-]"
)
_TOKEN = re.compile(WORD_PATTERN)
_WORDLIKE = re.compile(r"[^\W_]")
# Not the end of a sentence: "e.g. clicks", "vs. random".
_ABBREVIATIONS = frozenset(
    [
        "e",
        "g",
        "i",
        "eg",
        "ie",
        "vs",
        "v",
        "etc",
        "approx",
        "fig",
        "cf",
        "al",
        "resp",
        "incl",
        "no",
        "nr",
        "dr",
        "mr",
        "ms",
        "st",
        "dept",
        "est",
        "min",
        "max",
        "avg",
    ]
)
_BULLET = re.compile(r"^\s{0,12}(?:[-*+•‣◦–]\s+|\(?\d{1,2}[.)]\s+|\(?[a-zA-Z][.)]\s+|#{1,6}\s+|>\s+|\|)")
_NOT_WORDS = frozenset(["cannot", "cant", "dont", "doesnt", "didnt", "wont", "wouldnt", "shouldnt", "isnt", "arent"])
_ENDS = frozenset(".!?|")
_CLOSERS = frozenset("*)]`")
_JOINTS = frozenset({"and", "so", "but", "then", "also", "um", "uh", "okay", "ok", "because", "plus", "now"})
WRAPPED_FROM = 48
"""Characters from which a line without an end is taken for wrapped prose."""
LONG_SEGMENT = 42
"""Words after which a run without any full stop (speech) is cut at the next joint."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign of the answer."""

    start: int
    end: int
    text: str
    folded: str
    stem: str
    is_word: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, a bullet or a table cell: a run of words that says one thing."""

    first: int
    """Index of its first word."""
    last: int
    """Index after its last word."""
    start: int
    end: int
    question: bool = False
    bullet: bool = False
    """Stands on a line of its own list."""
    continues: bool = False
    """Goes on with the sentence of the segment before it (after a semicolon, or where long speech was cut)."""
    block: int = 0
    """Paragraphs and list items of one answer are numbered."""


@dataclass(slots=True)
class Text:
    """An answer, read once."""

    raw: str
    words: list[Token]
    """Words and numbers only, in order: all matching counts in these."""
    segments: list[Segment]
    segment_of: list[int]
    """For each word, the index of its segment."""
    quantities: list[Quantity]
    positions: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """Stem → the places (first word, after last word) that read as it."""
    quantity_at: dict[int, Quantity] = field(default_factory=dict)
    readings: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    """Further readings of a word: a typo mended, or two words that are written as one elsewhere."""

    stem_set: frozenset[str] = frozenset()
    """Every stem that the answer holds."""
    _sorted: list[tuple[str, int]] = field(default_factory=list)

    def beginning_with(self, prefix: str) -> list[tuple[int, int]]:
        """Return the places of the words that begin with a prefix, in order."""
        if not self._sorted:
            self._sorted = sorted((word.folded, position) for position, word in enumerate(self.words))
        low = bisect_left(self._sorted, (prefix, 0))
        high = bisect_left(self._sorted, (prefix + "\U0010ffff", 0))
        return sorted((position, position + 1) for _, position in self._sorted[low:high])

    def add_reading(self, first: int, last: int, stem_: str) -> None:
        """Let words `first` to `last` also be read as this stem."""
        self.readings.setdefault(first, []).append((stem_, last))
        places = self.positions.setdefault(stem_, [])
        places.append((first, last))
        places.sort()
        if stem_ not in self.stem_set:
            self.stem_set |= {stem_}


def read_text(raw: str) -> Text:
    """Read an answer into words and segments; any text is accepted, also an empty one."""
    tokens = _tokens(raw)
    words: list[Token] = []
    segments: list[Segment] = []
    block = 0
    for start, end, is_bullet, new_block in _lines(raw):
        block += new_block
        continues = False
        for piece, question in _sentences(_between(tokens, start, end)):
            first = len(words)
            words.extend(token for token in piece if token.is_word)
            if len(words) > first:
                segments.append(
                    Segment(first, len(words), words[first].start, piece[-1].end, question, is_bullet, continues, block)
                )
                continues = piece[-1].text not in _ENDS
    segment_of = [0] * len(words)
    for index, segment in enumerate(segments):
        for position in range(segment.first, segment.last):
            segment_of[position] = index
    text = Text(raw, words, segments, segment_of, find_quantities(words, raw))
    for position, word in enumerate(words):
        text.positions.setdefault(word.stem, []).append((position, position + 1))
    text.stem_set = frozenset(text.positions)
    for position, word in enumerate(words):
        if word.folded.endswith("n't") or word.folded in _NOT_WORDS:
            text.add_reading(position, position + 1, "not")
    for quantity in text.quantities:
        for position in range(quantity.first, quantity.last):
            text.quantity_at[position] = quantity
    return text


def _tokens(raw: str) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(raw):
        text = match.group()
        if is_word(text):
            found.append(Token(match.start(), match.end(), text, fold(text), stem(text), is_word=True))
        else:
            found.append(Token(match.start(), match.end(), text, text, text, is_word=False))
    return found


def is_word(text: str) -> bool:
    """Tell whether a token is a word or a number, and not a sign; the per cent sign counts as one."""
    return bool(_WORDLIKE.match(text)) or text == "%"


def _between(tokens: list[Token], start: int, end: int) -> list[Token]:
    low = bisect_left(tokens, start, key=_start_of)
    return tokens[low : bisect_left(tokens, end, key=_start_of)]


def _start_of(token: Token) -> int:
    return token.start


def _lines(raw: str) -> list[tuple[int, int, bool, bool]]:
    """Return (start, end, is a bullet, starts a new block) of logical lines; hard-wrapped prose is put together."""
    lines: list[tuple[int, int, bool, bool]] = []
    start = 0
    previous = ""
    for line in raw.splitlines(keepends=True):
        end = start + len(line)
        if line.strip():
            marker = _BULLET.match(line)
            bullet = marker is not None
            start += marker.end() if marker else 0
            # A long line without a full stop that goes on in the next one was wrapped by an editor.
            wrapped = len(previous) >= WRAPPED_FROM and not bullet and previous[-1] not in ".!?:|;"
            if wrapped:
                begun, _, was_bullet, new = lines[-1]
                lines[-1] = (begun, end, was_bullet, new)
            else:
                lines.append((start, end, bullet, bullet or not previous))
        previous = line.strip()
        start = end
    return lines


def _sentences(run: list[Token]) -> list[tuple[list[Token], bool]]:
    pieces: list[tuple[list[Token], bool]] = []
    current: list[Token] = []
    count = 0
    for index, token in enumerate(run):
        if not current and not token.is_word and token.text not in {"->", "=>", "→"}:
            continue
        current.append(token)
        count += token.is_word
        following = run[index + 1] if index + 1 < len(run) else None
        ends = token.text in {"?", "!", ";", "|"} or (token.text == "." and _ends_sentence(run, index, following))
        if not ends and count >= LONG_SEGMENT and following and following.folded in _JOINTS:
            ends = True
        if ends:
            pieces.append((current, token.text == "?"))
            current, count = [], 0
    if current:
        pieces.append((current, False))
    return pieces


def _ends_sentence(run: list[Token], index: int, following: Token | None) -> bool:
    if following is None:
        return True
    before = run[index - 1] if index else None
    if before is not None and before.folded in _ABBREVIATIONS and before.end == run[index].start:
        # "min." and the like end a sentence only before a capital.
        return (
            following.text[:1].isupper()
            and len(before.folded) > 1
            and before.folded not in {"eg", "ie", "vs", "approx"}
        )
    last = index
    while last + 1 < len(run) and run[last + 1].text in _CLOSERS and run[last + 1].start == run[last].end:
        last += 1  # "**The target.** Minutes watched."
    if last + 1 == len(run):
        return True
    return run[last + 1].start > run[last].end or run[last + 1].text[:1].isupper()
