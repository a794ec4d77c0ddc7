"""Appeals and confirmations of an attempt, kept in its `extra`: the scorecard beside them stays as it was scored."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mlsd_coach.errors import StoreError
from mlsd_coach.models.appeal import Appeal, Claim, Confirmation
from mlsd_coach.models.scorecard import Evidence
from mlsd_coach.models.terms import Verdict

if TYPE_CHECKING:
    from mlsd_coach.models import Attempt

APPEALS, CONFIRMED = "appeals", "confirmed"
"""Keys of `extra`; attempts of older coaches have neither."""


def claims_of(attempt: "Attempt") -> tuple[Claim, ...]:
    """Return all that the candidate says of an attempt's verdicts; StoreError when it cannot be read."""
    return (*appeals_of(attempt), *confirmations_of(attempt))


def appeals_of(attempt: "Attempt") -> tuple[Appeal, ...]:
    """Return the appeals of an attempt, the oldest first; StoreError when they cannot be read."""
    try:
        return tuple(_appeal(obj) for obj in attempt.extra.get(APPEALS, ()))
    except (KeyError, ValueError, TypeError, AttributeError):
        raise _unreadable(attempt, APPEALS) from None


def confirmations_of(attempt: "Attempt") -> tuple[Confirmation, ...]:
    """Return the doubtful verdicts that the candidate has confirmed; StoreError when they cannot be read."""
    try:
        found = attempt.extra.get(CONFIRMED, ())
        return tuple(Confirmation(str(obj["stage"]), str(obj["criterion"]), str(obj["at"])) for obj in found)
    except (KeyError, ValueError, TypeError):
        raise _unreadable(attempt, CONFIRMED) from None


def with_appeal(attempt: "Attempt", appeal: Appeal) -> "Attempt":
    """Return the attempt with an appeal, in the place of an earlier one against the same verdict."""
    kept = appeals_of(without_appeal(attempt, appeal.stage, appeal.criterion))
    return _with(attempt, APPEALS, [appeal_to_json(each) for each in (*kept, appeal)])


def without_appeal(attempt: "Attempt", stage: str, criterion: str) -> "Attempt":
    """Return the attempt without the appeal against one verdict; the same when there is none."""
    kept = [each for each in appeals_of(attempt) if (each.stage, each.criterion) != (stage, criterion)]
    return _with(attempt, APPEALS, [appeal_to_json(each) for each in kept])


def with_confirmations(attempt: "Attempt", confirmations: Sequence[Confirmation]) -> "Attempt":
    """Return the attempt with more confirmations; one that is there already keeps its time."""
    kept = {(each.stage, each.criterion): each for each in (*confirmations, *confirmations_of(attempt))}
    plain = [{"stage": each.stage, "criterion": each.criterion, "at": each.at} for each in kept.values()]
    return _with(attempt, CONFIRMED, plain)


def appeal_to_json(appeal: Appeal) -> dict[str, Any]:
    """Return an appeal as a plain dict."""
    quote = appeal.quote
    return {
        "stage": appeal.stage,
        "criterion": appeal.criterion,
        "verdict": appeal.verdict.value,
        "quote": {"quote": quote.quote, "start": quote.start, "end": quote.end} if quote else None,
        "reason": appeal.reason,
        "at": appeal.at,
    }


def _appeal(obj: dict[str, Any]) -> Appeal:
    quote = obj["quote"]
    return Appeal(
        str(obj["stage"]),
        str(obj["criterion"]),
        Verdict(obj["verdict"]),
        str(obj["at"]),
        Evidence(str(quote["quote"]), int(quote["start"]), int(quote["end"])) if quote else None,
        str(obj["reason"]),
    )


def _with(attempt: "Attempt", key: str, value: list[dict[str, Any]]) -> "Attempt":
    """Return the attempt with one key of its `extra` set; an empty list is left out."""
    extra = {name: kept for name, kept in attempt.extra.items() if name != key}
    return replace(attempt, extra={**extra, key: value} if value else extra)


def _unreadable(attempt: "Attempt", what: str) -> StoreError:
    message = f"The attempt {attempt.id} holds `{what}` that this mlsd-coach cannot read."
    return StoreError(message, fix="Update mlsd-coach, or read the attempt with an older copy of the history.")
