"""What the candidate says of a verdict: that it is wrong, or that a doubtful one was meant; it never earns points."""

from dataclasses import dataclass

from mlsd_coach.models.scorecard import Evidence
from mlsd_coach.models.terms import Verdict

APPEALED_TO = (Verdict.NAMED, Verdict.REASONED, Verdict.MISSING)
"""What a candidate may say that a verdict should have been."""


@dataclass(frozen=True)
class Appeal:
    """The candidate's word that a verdict of an attempt is wrong; it stands beside the verdict and changes nothing."""

    stage: str
    criterion: str
    verdict: Verdict
    """What it should have been, one of APPEALED_TO."""
    at: str
    """UTC, ISO 8601."""
    quote: Evidence | None = None
    """The words of the answer that say it: a slice of the stage's answer."""
    reason: str = ""


@dataclass(frozen=True)
class Confirmation:
    """The candidate's word that a MAYBE was meant; it stands beside the verdict and changes nothing."""

    stage: str
    criterion: str
    at: str
    """UTC, ISO 8601."""


Claim = Appeal | Confirmation
