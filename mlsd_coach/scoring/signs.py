"""The words that are taken as signs of a reason: `matching.reasons` only counts them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.reasons import Reasons, find_reasons
from mlsd_coach.scoring.rule_trace import Place, place_of

SORTS = tuple(field.name for field in fields(Reasons))


@dataclass(frozen=True)
class Sign:
    """One sign of a reason, and where it stands."""

    sort: str
    """cause, purpose, contrast, condition, example or number."""
    place: Place


def find_signs(answer: Answer, runs: Sequence[tuple[int, int]]) -> tuple[Sign, ...]:
    """Return the signs in runs of words (first, after last) of an answer, in the answer's order."""
    found = {sign for first, last in runs for sort in SORTS for sign in _signs(answer, sort, first, last)}
    return tuple(sorted(found, key=lambda sign: (sign.place.start, sign.sort)))


def _signs(answer: Answer, sort: str, first: int, last: int) -> list[Sign]:
    """Return the signs of one sort.

    The count is asked for longer and longer beginnings of the run: where it grows for good a sign has ended.
    """
    if not _count(answer, sort, first, last):
        return []
    counts = [_count(answer, sort, first, end) for end in range(first, last + 1)]
    found: list[Sign] = []
    for n in range(1, len(counts)):
        # What follows may take a sign away again: "since" is one, "since yesterday" is none.
        if counts[n - 1] < counts[n] == min(counts[n:]):
            end = first + n
            begin = max(at for at in range(first, end) if _count(answer, sort, at, end))
            found.append(Sign(sort, place_of(answer, begin, end)))
    return found


def _count(answer: Answer, sort: str, first: int, last: int) -> int:
    count: int = getattr(find_reasons(answer.text, first, last), sort)
    return count
