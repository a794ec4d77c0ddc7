"""Numbers with their units: "200ms", "0.2 s", "10M DAU", "ten million", "1 %"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol


class Wordlike(Protocol):
    """What is needed of a token here."""

    @property
    def text(self) -> str: ...  # noqa: D102

    @property
    def folded(self) -> str: ...  # noqa: D102

    @property
    def start(self) -> int: ...  # noqa: D102

    @property
    def end(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in an answer, in base units: seconds, bytes, per second, fractions of one, or a plain count."""

    first: int
    """Index of its first word."""
    last: int
    """Index after its last word, unit included."""
    value: float
    kind: str
    """time, bytes, rate, percent or count."""
    unit: str = ""
    bare_last: int = 0
    """Index after the number itself, its unit left out."""


_ONES = {
    w: float(i)
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    w: float(i * 10)
    for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_SCALES = {
    "hundred": 1e2,
    "hundreds": 1e2,
    "thousand": 1e3,
    "thousands": 1e3,
    "k": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "m": 1e6,
    "mm": 1e6,
    "billion": 1e9,
    "billions": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
}
_VAGUE = {"half": 0.5, "dozen": 12.0, "dozens": 24.0, "couple": 2.0}
_TIME = {
    "ms": 1e-3,
    "msec": 1e-3,
    "millis": 1e-3,
    "millisecond": 1e-3,
    "milliseconds": 1e-3,
    "us": 1e-6,
    "s": 1.0,
    "sec": 1.0,
    "secs": 1.0,
    "second": 1.0,
    "seconds": 1.0,
    "min": 60.0,
    "mins": 60.0,
    "minute": 60.0,
    "minutes": 60.0,
    "h": 3600.0,
    "hr": 3600.0,
    "hrs": 3600.0,
    "hour": 3600.0,
    "hours": 3600.0,
    "hourly": 3600.0,
    "d": 86400.0,
    "day": 86400.0,
    "days": 86400.0,
    "week": 604800.0,
    "weeks": 604800.0,
    "wk": 604800.0,
    "wks": 604800.0,
    "month": 2629800.0,
    "months": 2629800.0,
    "quarter": 7889400.0,
    "quarters": 7889400.0,
    "year": 31557600.0,
    "years": 31557600.0,
}
_BYTES = {
    "byte": 1.0,
    "bytes": 1.0,
    "kb": 1e3,
    "mb": 1e6,
    "gb": 1e9,
    "tb": 1e12,
    "pb": 1e15,
    "gib": 2.0**30,
    "mib": 2.0**20,
    "kib": 2.0**10,
    "gigabytes": 1e9,
    "terabytes": 1e12,
    "megabytes": 1e6,
    "gigabyte": 1e9,
    "terabyte": 1e12,
}
_RATE = {"qps": 1.0, "rps": 1.0, "tps": 1.0}
_PERCENT = {"%", "percent", "pct", "percents"}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10, "twentieth": 20}
_PARTS |= {"hundredth": 100, "thousandth": 1000}


def find_quantities(words: Sequence[Wordlike], raw: str) -> list[Quantity]:
    """Find every number among the words of an answer; `raw` tells "10 m" from "10m"."""
    found: list[Quantity] = []
    index = 0
    while index < len(words):
        share = _read_share(words, index)
        if share is not None:
            found.append(share)
            index = share.last
            continue
        read = _read_digits(words, index) or _read_spelled(words, index)
        if read is None:
            index += 1
            continue
        value, after = read
        value, after = _read_scale(words, raw, value, after)
        quantity = _with_unit(words, index, after, value)
        found.append(quantity)
        index = max(quantity.last, index + 1)
    return found


def _read_share(words: Sequence[Wordlike], index: int) -> Quantity | None:
    """Read a share of the whole: "one in a hundred", "2 out of 5", "a tenth of", "two thirds of"."""
    count = _small(words, index)
    if count is None or index + 2 >= len(words):
        return None
    after = index + 1
    part = words[after].folded
    if part in _PARTS or part.removesuffix("s") in _PARTS:
        # "a third model" counts; "a third of the models" is a share.
        if words[after + 1].folded != "of" or (part == "half" and count != 1):
            return None
        return Quantity(
            index, after + 1, count / _PARTS[part if part in _PARTS else part.removesuffix("s")], "percent", "%"
        )
    if part == "out" and words[after + 1].folded == "of":
        after += 2
    elif part in {"in", "of"} and words[index].folded not in {"a", "an"}:
        after += 1
    else:
        return None
    return _share_of(words, index, after, count)


def _share_of(words: Sequence[Wordlike], index: int, after: int, count: float) -> Quantity | None:
    if after < len(words) and words[after].folded in {"a", "every", "each"}:
        after += 1
    if after >= len(words):
        return None
    read = _read_digits(words, after) or _read_spelled(words, after)
    if read is None:
        return None
    value, last = _read_scale(words, "", *read)
    if value < count or value < 2 or last == after or _is_measure(words, last):
        return None
    return Quantity(index, last, count / value, "percent", "%")


def _small(words: Sequence[Wordlike], index: int) -> float | None:
    word = words[index].folded
    if word in {"a", "an", "one"}:
        return 1.0
    if word in _ONES:
        return _ONES[word] or None
    return float(word) if word.isdecimal() and word.isascii() and len(word) <= 3 and int(word) else None


def _read_digits(words: Sequence[Wordlike], index: int) -> tuple[float, int] | None:
    text = words[index].text
    if not text[0].isdigit():
        return None
    before = words[index - 1] if index else None
    if before is not None and before.end == words[index].start and before.text.isalpha():
        return None  # p99, D7, L2: a name, not a quantity
    plain = text.replace(",", "") if _is_grouped(text) else text.replace(",", ".", 1).replace(",", "")
    try:
        return float(plain), index + 1
    except ValueError:
        digits = "".join(character for character in plain if character.isdecimal())
        return (float(digits), index + 1) if digits.isascii() and digits else None


def _is_grouped(text: str) -> bool:
    parts = text.split(",")
    return len(parts) > 1 and all(len(part.split(".")[0]) == 3 for part in parts[1:])


def _read_spelled(words: Sequence[Wordlike], index: int) -> tuple[float, int] | None:
    word = words[index].folded
    if word in _TENS:
        following = words[index + 1].folded if index + 1 < len(words) else ""
        if following in _ONES and 0 < _ONES[following] < 10:
            return _TENS[word] + _ONES[following], index + 2
        return _TENS[word], index + 1
    if word in _ONES:
        # "one" is mostly a pronoun: a number only before a scale or a unit.
        if word in {"one", "zero"} and not _is_measure(words, index + 1):
            return None
        return _ONES[word], index + 1
    if word in _SCALES and len(word) > 2:
        return 1.0, index
    if word in _VAGUE:
        return _VAGUE[word], index + 1
    return None


def _is_measure(words: Sequence[Wordlike], index: int) -> bool:
    if index >= len(words):
        return False
    word = words[index].folded
    return (word in _SCALES and len(word) > 2) or word in _TIME or word in _PERCENT or word in _RATE or word in _BYTES


def _read_scale(words: Sequence[Wordlike], raw: str, value: float, after: int) -> tuple[float, int]:
    while after < len(words) and words[after].folded in _SCALES:
        word = words[after].folded
        glued = after > 0 and words[after - 1].end == words[after].start
        if len(word) <= 2 and not glued and not raw[words[after].start].isupper():
            break
        value *= _SCALES[word]
        after += 1
    return value, after


def _with_unit(words: Sequence[Wordlike], first: int, after: int, value: float) -> Quantity:
    return replace(_measured(words, first, after, value), bare_last=after)


def _measured(words: Sequence[Wordlike], first: int, after: int, value: float) -> Quantity:
    if words[after - 1].folded in _VAGUE and after + 1 < len(words) and words[after].folded in {"a", "an", "of"}:
        # "half a second", "a couple of weeks"
        longer = _measured(words, first, after + 1, value)
        if longer.kind != "count":
            return longer
    unit = words[after].folded if after < len(words) else ""
    following = words[after + 1].folded if after + 1 < len(words) else ""
    if unit in _PERCENT:
        return Quantity(first, after + 1, value / 100, "percent", "%")
    if unit == "per" and following in {"cent", "centum"}:
        return Quantity(first, after + 2, value / 100, "percent", "%")
    if unit in _RATE:
        return Quantity(first, after + 1, value * _RATE[unit], "rate", "per second")
    if unit in {"queries", "requests", "searches", "events", "calls", "impressions"} and _is_per_second(
        words, after + 1
    ):
        return Quantity(
            first, after + 3 if following in {"per", "a", "each"} else after + 2, value, "rate", "per second"
        )
    if unit in _BYTES:
        return Quantity(first, after + 1, value * _BYTES[unit], "bytes", "bytes")
    if unit in _TIME:
        return Quantity(first, after + 1, value * _TIME[unit], "time", "s")
    return Quantity(first, after, value, "count")


def _is_per_second(words: Sequence[Wordlike], index: int) -> bool:
    nearby = [word.folded for word in words[index : index + 2]]
    return bool({"second", "sec", "s"} & set(nearby))
