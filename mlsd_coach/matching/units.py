"""Units as authors and candidates write them: what is measured, and how much of it one unit is."""

import re
from dataclasses import dataclass, replace

from mlsd_coach.matching.words import split_words, stem

SECONDS = {
    **dict.fromkeys(("ns", "nanosecond", "nanoseconds"), 1e-9),
    **dict.fromkeys(("us", "µs", "μs", "microsecond", "microseconds"), 1e-6),
    **dict.fromkeys(("ms", "msec", "msecs", "millis", "millisecond", "milliseconds"), 1e-3),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1.0),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600.0),
    **dict.fromkeys(("d", "day", "days"), 86400.0),
    **dict.fromkeys(("wk", "wks", "week", "weeks"), 604800.0),
    **dict.fromkeys(("month", "months"), 2629800.0),
    **dict.fromkeys(("quarter", "quarters"), 7889400.0),
    **dict.fromkeys(("yr", "yrs", "year", "years"), 31557600.0),
}
_PREFIXES = {"k": ("kilo", 1), "m": ("mega", 2), "g": ("giga", 3), "t": ("tera", 4), "p": ("peta", 5), "e": ("exa", 6)}
BYTES = {"byte": 1.0, "bytes": 1.0}
for _letter, (_prefix, _power) in _PREFIXES.items():
    BYTES |= dict.fromkeys((f"{_letter}b", f"{_letter}bs", f"{_prefix}byte", f"{_prefix}bytes"), 1000.0**_power)
    BYTES[f"{_letter}ib"] = 1024.0**_power
BYTES |= {"gig": 1e9, "gigs": 1e9, "meg": 1e6, "megs": 1e6, "terab": 1e12}
RATES = {"qps": "query", "rps": "request", "tps": "request", "qpm": "query", "rpm": "request"}
"""Rates in one word, with what they count."""
PERCENT = {"%": 0.01, "percent": 0.01, "percents": 0.01, "pct": 0.01, "pp": 0.01}
_SHARES = {"share", "fraction", "ratio", "portion", "proportion", "probability"}
_ADVERBS = {"hourly": 3600.0, "daily": 86400.0, "weekly": 604800.0, "monthly": 2629800.0, "yearly": 31557600.0}

_KIN = (
    "user people person member customer viewer rider reader shopper account visitor participant human buyer dau",
    "post item document doc video candidate listing product ad picture thing article song entity content",
    "row example sample record event impression instance line label positive negative pair view click decision rating",
    "request query search call session qps rps lookup hit auction load fetch",
    "score inference prediction evaluation scoring pass forward",
    "vector embedding",
    "connection link edge friendship",
    "invitation invite",
    "gpu card",
)
"""Nouns that people put for one another."""
_KIN_OF: dict[str, frozenset[str]] = {}
for _family in _KIN:
    _stems = frozenset(map(stem, _family.split()))
    _KIN_OF |= dict.fromkeys(_stems, _stems)
PEOPLE = (stem("people"),)


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set: tables of words stay readable."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Unit:
    """What a figure is given in."""

    kind: str
    """time, bytes, flow (bytes in a time), rate (anything else in a time), percent or count."""
    factor: float
    """How much one of it is in seconds, bytes, bytes a second, per second, parts of one, or pieces."""
    nouns: tuple[str, ...] = ()
    """Stems of what is counted."""
    per: str = ""
    """Stem of what it is given for one of, besides a time: a user, a post."""


def read_unit(text: str) -> Unit:
    """Read a unit as an author writes it: requests/s, rows/day, bytes, GB, ms, share, users, per_second."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+|[%/]|1(?=/)", text.replace("_", " "))]
    if "/" in words or "per" in words:
        at = next(index for index, word in enumerate(words) if word in {"/", "per"})
        return _divided(_plain_unit(words[:at]), [word for word in words[at:] if word not in {"/", "per", "a"}])
    if words and words[-1] in SECONDS and len(words) > 2 and words[-2] in {"a", "an", "each", "every"}:
        return _divided(_plain_unit(words[:-2]), words[-1:])
    return _plain_unit(words)


def _divided(above: Unit, below: list[str]) -> Unit:
    unit = above
    for word in below:
        unit = in_time(unit, SECONDS[word]) if word in SECONDS else replace(unit, per=unit.per or stem(word))
    return unit


def in_time(unit: Unit, seconds: float) -> Unit:
    """Return a unit as so much in a time; people of a day or a month are counted, since they are the same people."""
    if unit.kind == "count" and seconds >= SECONDS["day"] and are_kin(unit.nouns, PEOPLE):
        return unit
    if unit.kind not in {"bytes", "count"}:
        return unit
    return replace(unit, kind="flow" if unit.kind == "bytes" else "rate", factor=unit.factor / seconds)


def _plain_unit(words: list[str]) -> Unit:
    last = words[-1] if words else ""
    if last in RATES:
        return Unit("rate", 1 / 60 if last.endswith("pm") else 1.0, (stem(RATES[last]),))
    if last in PERCENT:
        return Unit("percent", PERCENT[last])
    if last in _SHARES:
        return Unit("percent", 1.0)
    if last in BYTES:
        return Unit("bytes", BYTES[last])
    if last in SECONDS:
        return Unit("time", SECONDS[last])
    return Unit("count", 1.0, tuple(stem(word) for word in words if word != "1"))


def unit_of_number(name: str, unit: str) -> Unit:
    """Read the unit of one of a scenario's numbers, whose name may say what the unit does not: requests_per_day."""
    read = read_unit(unit)
    said = split_words(name.replace("_", " ").replace("-", " "))
    if read.nouns:
        # "uploads_per_day" in videos: people may count either
        counted = said[: said.index("per")] if "per" in said else said
        read = replace(read, nouns=(*read.nouns, *(stem(word) for word in counted)))
    lasting = _time_in_name(said)
    if read.kind not in {"count", "bytes"} or lasting is None:
        return read
    per = read.per or next((stem(said[at + 1]) for at in _places_of_per(said) if said[at + 1] not in SECONDS), "")
    return replace(in_time(read, lasting), per=per)


def _places_of_per(words: list[str]) -> list[int]:
    return [index for index, word in enumerate(words[:-1]) if word == "per"]


def _time_in_name(words: list[str]) -> float | None:
    for at in _places_of_per(words):
        if words[at + 1] in SECONDS:
            return SECONDS[words[at + 1]]
    return next((_ADVERBS[word] for word in words if word in _ADVERBS), None)


def adverb_seconds(word: str) -> float | None:
    """Return the seconds of "daily" and its like."""
    return _ADVERBS.get(word)


def are_kin(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two runs of nouns count the same sort of thing."""
    return any(noun == each or noun in _KIN_OF.get(each, ()) for noun in one for each in other)
