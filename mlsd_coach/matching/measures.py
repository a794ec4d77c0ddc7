"""Figures of an answer in base units, to be compared with other figures: rates, bytes, times, shares, counts."""

import re
from dataclasses import dataclass, replace

from mlsd_coach.matching.numbers import Quantity, find_quantities
from mlsd_coach.matching.text import Text
from mlsd_coach.matching.units import BYTES, PERCENT, RATES, SECONDS, Unit, adverb_seconds, are_kin, in_time, word_set
from mlsd_coach.matching.words import stem

_SCALES = {
    "k": 1e3,
    "mn": 1e6,
    "mln": 1e6,
    "mio": 1e6,
    "bn": 1e9,
    "bln": 1e9,
    "tn": 1e12,
    "trillions": 1e12,
    "lakh": 1e5,
    "lakhs": 1e5,
    "crore": 1e7,
    "crores": 1e7,
}
"""Scales that `numbers` takes only where they are written onto the number, or not at all."""
_EXPONENT = re.compile(r"\s*[x×*·]\s*10\s*(?:\^|\*\*)\s*(\d{1,2})|[eE](\d{1,2})(?!\w)|\s*(?:\^|\*\*)\s*(\d{1,2})")
_THOUSANDS = re.compile(r"(?:[ \u00a0\u202f]\d{3})+(?![\d.,])")
_GAP = re.compile(r"[\s\-–~*_`]*")
_SLASH = re.compile(r"\s*/\s*")
_NO_NOUN = word_set(
    "a an the of and or in on at to for from by with without per each every apiece x times so we i it is are was be "
    "which that this then than but as if into over under about plus minus vs versus divided multiplied because since "
    "while only would will can could should must our their not no gives makes means equals out up down"
)
_MOST_NOUNS = 3
_UNDER = re.compile(
    r"(?:\b(?:under|below|less than|fewer than|lower than|smaller than|at most|up to|no more than|not more than|within"
    r"|max(?:imum)?(?: of)?|limit of|capped at|cap of)|<|<=|≤)\s*(?:about |roughly |~|a |an |the )?$",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"(?:\b(?:over|above|more than|greater than|larger than|at least|no less than|not less than|beyond|exceed(?:s|ing)?"
    r"|min(?:imum)?(?: of)?)|>|>=|≥)\s*(?:about |roughly |~|a |an |the )?$",
    re.IGNORECASE,
)
_OPERATOR = re.compile(
    r"\s*(?:each |apiece )?(?:[x×*·÷/+]|times|multiplied by|divided by|over|plus)\s*(?:the |a |~|about )?",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"(?:[=≈→]|->|=>|\b(?:equals|makes|gives|comes to|which is|that is|that's))\s*(?:~|about |roughly )?$"
)
_RANGE = re.compile(r"\s*(?:-|–|—|to|or|and)\s*")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of an answer; `text.raw[start:end]` is how it was written."""

    first: int
    """Index of its first word."""
    last: int
    """Index after its last word, what is counted included."""
    start: int
    end: int
    number: float
    """As written, the unit left out."""
    unit: Unit
    operand: bool = False
    """Goes into a product, quotient or sum, and is not what comes of it."""
    limit: str = ""
    """most or least, where the answer only says that something stays under or over it."""

    @property
    def kind(self) -> str:
        """time, bytes, flow, rate, percent or count."""
        return self.unit.kind

    @property
    def value(self) -> float:
        """The figure in base units."""
        return self.number * self.unit.factor


def find_measures(text: Text) -> tuple[Measure, ...]:
    """Return the figures of an answer in their order."""
    found: list[Measure] = []
    for quantity in text.quantities:
        if not found or quantity.first >= found[-1].last:
            found.append(_read(text, quantity))
    return _mark_operands(text, _share_units(text, found))


def comparable_value(measure: Measure, unit: Unit) -> float | None:
    """Return the figure in base units when it measures the same sort of thing as the unit does, else None.

    A figure for one user is no figure for all of them; a bare 0.02 may be a share; a time is a time, for whatever.
    """
    is_share = measure.kind == "count" and unit.kind == "percent" and not measure.unit.nouns and measure.number < 1
    if (measure.kind != unit.kind and not is_share) or measure.value <= 0:
        return None
    if unit.kind != "time" and measure.unit.per != unit.per and not _is_whole(measure.unit.per, unit):
        return None
    if unit.kind in {"count", "rate"} and unit.nouns and measure.unit.nouns:
        return measure.value if are_kin(measure.unit.nouns, unit.nouns) else None
    return measure.value


def _is_whole(per: str, unit: Unit) -> bool:
    return unit.kind == "percent" and bool(per)


def _read(text: Text, quantity: Quantity) -> Measure:
    words = text.words
    start = words[quantity.first].start
    if quantity.kind == "percent" and not quantity.bare_last:  # "one in a hundred", a share without a unit
        end = words[quantity.last - 1].end
        return _limited(text, Measure(quantity.first, quantity.last, start, end, quantity.value, Unit("percent", 1.0)))
    number, after, end = _number(text, quantity)
    unit, last = _unit(text, after, end)
    return _limited(text, Measure(quantity.first, last, start, max(end, words[last - 1].end), number, unit))


def _number(text: Text, quantity: Quantity) -> tuple[float, int, int]:
    """Return a number without its unit, the index after it, and the offset after it."""
    after = max(quantity.bare_last, quantity.first + 1)
    alone = find_quantities(text.words[quantity.first : after], text.raw)
    # "one second": a pronoun where no unit follows
    value = alone[0].value if alone else 1.0 if text.words[quantity.first].folded == "one" else quantity.value
    end = text.words[after - 1].end
    grouped = _THOUSANDS.match(text.raw, end)
    if grouped and text.raw[text.words[quantity.first].start : end].isdecimal() and value < 1000:
        value, end = float(f"{value:.0f}" + re.sub(r"\D", "", grouped.group())), grouped.end()
    power = _EXPONENT.match(text.raw, end)
    if power:
        exponent = int(next(group for group in power.groups() if group))
        plain = power.group(3) is not None  # 10^9, and not 3 x 10^9
        value, end = (value**exponent if value <= 10 else value) if plain else value * 10.0**exponent, power.end()
    while after < len(text.words) and text.words[after].start < end:
        after += 1
    while _follows(text, after, end) and text.words[after].folded in _SCALES:
        value, end = value * _SCALES[text.words[after].folded], text.words[after].end
        after += 1
    return value, after, end


def _follows(text: Text, at: int, end: int) -> bool:
    """Tell whether a word stands right behind an offset, in the same sentence."""
    if not 0 < at < len(text.words) or text.segment_of[at] != text.segment_of[at - 1]:
        return False
    return _GAP.fullmatch(text.raw, end, text.words[at].start) is not None


def _is_number(text: Text, at: int) -> bool:
    """Tell whether a word is part of a number itself, and not of its unit."""
    quantity = text.quantity_at.get(at)
    return quantity is not None and at < max(quantity.bare_last or quantity.last, quantity.first + 1)


def _unit(text: Text, after: int, end: int) -> tuple[Unit, int]:
    """Return the unit behind a number, and the index after it."""
    unit, last = Unit("count", 1.0), after
    if _follows(text, after, end):
        word = text.words[after].folded
        following = text.words[after + 1].folded if _follows(text, after + 1, text.words[after].end) else ""
        if word in {"a", "an", "of"} and following in SECONDS | BYTES and text.words[after - 1].folded in _VAGUE:
            return Unit("time", SECONDS[following]) if following in SECONDS else Unit(
                "bytes", BYTES[following]
            ), after + 2
        if word in PERCENT or (word == "per" and following in {"cent", "centum"}):
            return Unit("percent", 0.01), after + (1 if word in PERCENT else 2)
        if word in RATES:
            unit, last = Unit("rate", 1 / 60 if word.endswith("pm") else 1.0, (stem(RATES[word]),)), after + 1
        elif word in BYTES:
            unit, last = Unit("bytes", BYTES[word]), after + 1
        elif word in SECONDS:
            unit, last = Unit("time", SECONDS[word]), after + 1
        elif word in {"x", "fold"}:
            if _OPERATOR.match(text.raw, end) and _is_number(text, after + 1):
                return unit, after  # "64 x 4": the sign, and not "64 fold"
            return Unit("factor", 1.0), after + 1
        else:
            unit, last = _counted(text, after)
    return _per(text, unit, last, text.words[last - 1].end if last > after else end)


_VAGUE = frozenset({"half", "couple", "quarter", "dozen"})


def _counted(text: Text, after: int) -> tuple[Unit, int]:
    nouns: list[str] = []
    seconds = None
    at = after
    while len(nouns) < _MOST_NOUNS and at < len(text.words) and _follows(text, at, text.words[at - 1].end):
        word = text.words[at].folded
        if word in _NO_NOUN or _is_number(text, at) or word in SECONDS:
            break
        seconds = adverb_seconds(word) or seconds
        nouns.append(text.words[at].stem)
        at += 1
    unit = Unit("count", 1.0, tuple(nouns))
    return (in_time(unit, seconds) if seconds is not None else unit), at  # "3 bn daily requests"


def _per(text: Text, unit: Unit, last: int, end: int) -> tuple[Unit, int]:
    """Read "per second", "/day", "a day", "each" behind a unit, as often as they stand there."""
    while last < len(text.words) and not _is_number(text, last) and text.segment_of[last] == text.segment_of[last - 1]:
        word = text.words[last].folded
        following = text.words[last + 1].folded if _follows(text, last + 1, text.words[last].end) else ""
        adverb = adverb_seconds(word) if _follows(text, last, end) else None
        if _SLASH.fullmatch(text.raw, end, text.words[last].start):
            unit, step = _over(unit, word), 1
        elif not _follows(text, last, end):
            break
        elif adverb is not None and unit.kind in {"count", "bytes"}:
            unit, step = _over(unit, "", adverb), 1
        elif (word in {"per", "each", "every"} and following and not _is_number(text, last + 1)) or (
            word in {"a", "an"} and following in SECONDS
        ):
            unit, step = _over(unit, following), 2
        elif word in {"each", "apiece"}:
            unit, step = replace(unit, per=unit.per or "each"), 1
        else:
            break
        last += step
        end = text.words[last - 1].end
    return unit, last


def _over(unit: Unit, word: str, seconds: float | None = None) -> Unit:
    seconds = SECONDS.get(word) if seconds is None else seconds
    if seconds is not None and unit.kind in {"count", "bytes"}:
        return in_time(unit, seconds)
    return replace(unit, per=unit.per or stem(word)) if word and word not in _NO_NOUN else unit


def _limited(text: Text, measure: Measure) -> Measure:
    before = text.raw[max(0, measure.start - 28) : measure.start]
    limit = "most" if _UNDER.search(before) else "least" if _OVER.search(before) else ""
    return replace(measure, limit=limit) if limit else measure


def _share_units(text: Text, found: list[Measure]) -> list[Measure]:
    """Give the first figure of a range the unit of the second: "50 to 80 ms"."""
    for index in range(len(found) - 1):
        one, other = found[index], found[index + 1]
        gap = _RANGE.fullmatch(text.raw, one.end, other.start)
        is_bare = one.kind == "count" and not one.unit.nouns
        if is_bare and gap and text.segment_of[one.first] == text.segment_of[other.first]:
            scale = 1.0
            while one.number * scale < other.number / 1000 and scale < 1e12:  # "50 to 80k"
                scale *= 1000
            found[index] = replace(one, number=one.number * scale, unit=other.unit)
    return found


def _mark_operands(text: Text, found: list[Measure]) -> tuple[Measure, ...]:
    marked = list(found)
    for index in range(len(found) - 1):
        one, other = found[index], found[index + 1]
        if not _OPERATOR.fullmatch(text.raw, one.end, other.start):
            continue
        for place, measure in ((index, one), (index + 1, other)):
            if not _RESULT.search(text.raw[max(0, measure.start - 16) : measure.start]):
                marked[place] = replace(measure, operand=True)
    return tuple(marked)
