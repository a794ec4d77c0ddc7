"""An answer with its figures, and those that go into the working of an estimate: dimensions, days, bytes an event."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.attachment import figures_beside
from mlsd_coach.matching.measures import Measure
from mlsd_coach.matching.rules import CompiledRule
from mlsd_coach.matching.units import BYTES, SECONDS

INPUT_WORDS = 4
"""Words between an input and what says what it is, at most: "64 dimensions", "a dimension of 64"."""
FARTHEST, FARTHEST_ELSEWHERE = 100.0, 20.0
"""A figure farther than this factor from the default is something else."""
_TIMES = ("ms", "s", "hours", "days")


@dataclass(frozen=True)
class ReadAnswer:
    """An answer with its figures."""

    stage: str
    answer: Answer
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Input:
    """An input by its name in the formula, what stands beside it, and what is taken without it."""

    name: str
    where: CompiledRule
    default: float


def input_values(
    answer: Answer, measures: Sequence[Measure], inputs: Iterable[Input], segments: Iterable[int], *, within: float
) -> dict[str, float]:
    """Return the inputs that the candidate gives in these segments, the first mention of each.

    `within` is the factor around the default outside of which a figure is something else.
    """
    order = [index for index in segments if 0 <= index < len(answer.text.segments)]
    found: dict[str, float] = {}
    for each in inputs:
        for index in order:
            value = _value_in(answer, measures, each, index, within)
            if value is not None:
                found[each.name] = value
                break
    return found


def _value_in(answer: Answer, measures: Sequence[Measure], wanted: Input, index: int, within: float) -> float | None:
    beside = figures_beside(answer, wanted.where, measures, index, lambda m: as_input(m, wanted, within) is not None)
    near = [each for each in beside if each.gap <= INPUT_WORDS and each.close]
    if not near:
        return None
    return as_input(min(near, key=lambda each: each.gap).measure, wanted, within)


def as_input(measure: Measure, wanted: Input, within: float = FARTHEST) -> float | None:
    """Return a figure in the unit that the formula works with, None when it cannot be that input.

    The unit is told by the input's name (`days`, `event_kb`, `events_per_user_per_day`); where it is not, times and
    rates are taken in the unit that brings them nearest to the default.
    """
    value = _converted(measure, wanted)
    if value is None or value <= 0 or wanted.default <= 0:
        return None
    return value if abs(math.log(value / wanted.default)) <= math.log(within) else None


def _converted(measure: Measure, wanted: Input) -> float | None:
    words = re.split(r"[^a-z]+", wanted.name.casefold())
    seconds = next((SECONDS[word] for word in reversed(words) if word in SECONDS), None)
    if measure.kind == "time":
        return _nearest(measure.value, wanted.default) if seconds is None else measure.value / seconds
    if measure.kind == "rate":
        choices = (1.0, 86400.0) if seconds is None else (seconds,)
        return min((measure.value * each for each in choices), key=lambda value: _distance(value, wanted.default))
    if measure.kind == "bytes":
        return measure.value / next((BYTES[word] for word in reversed(words) if word in BYTES), 1.0)
    if measure.kind == "percent":
        return measure.value * 100 if wanted.default > 1 else measure.value
    if measure.kind == "flow":
        return None
    return measure.number


def _nearest(seconds: float, default: float) -> float:
    return min((seconds / SECONDS[unit] for unit in _TIMES), key=lambda value: _distance(value, default))


def _distance(value: float, default: float) -> float:
    return abs(math.log(value / default)) if value > 0 and default > 0 else math.inf
