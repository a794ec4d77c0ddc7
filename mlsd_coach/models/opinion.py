"""What a second judge says beside the scorer: opinions, which earn nothing, and what they cost."""

from dataclasses import dataclass

from mlsd_coach.models.scorecard import Evidence
from mlsd_coach.models.terms import Verdict


@dataclass(frozen=True)
class Opinion:
    """A second judge's verdict on one criterion of one stage."""

    stage: str
    criterion: str
    verdict: Verdict
    """A judge that cannot tell a reason says at most NAMED; NOT_JUDGED neither passes nor fails."""
    reason: str = ""
    """The judge's own sentence, or why there is no verdict or a lower one."""
    evidence: tuple[Evidence, ...] = ()
    """Quotes that were found in the answer as they stand."""
    similarity: float | None = None
    """-1..1, the best cosine; None for a judge that reads."""


@dataclass(frozen=True)
class Tally:
    """What asking took."""

    calls: int = 0
    """Requests sent, repeated ones included."""
    cached: int = 0
    failed: int = 0
    """Criteria that got no verdict."""
    tokens_sent: int | None = None
    """By the server's count; None when it gave none."""
    tokens_received: int | None = None


@dataclass(frozen=True)
class SecondOpinion:
    """Everything that one second judge says about a scorecard."""

    judge: str
    """`llm` or `semantic`."""
    model: str
    opinions: tuple[Opinion, ...]
    host: str = ""
    """Where the answers were sent; empty when they stayed in the process."""
    reads_reasons: bool = True
    """False when the judge only tells covered from not covered."""
    tally: Tally = Tally()

    def agrees(self, first: Verdict, opinion: Opinion) -> bool | None:
        """Tell whether an opinion is the scorer's verdict; None when the two cannot be compared.

        A judge that only tells covered from not covered is compared in that, and where neither is in doubt.
        """
        said = (first, opinion.verdict)
        if Verdict.NOT_JUDGED in said or (not self.reads_reasons and Verdict.MAYBE in said):
            return None
        if self.reads_reasons:
            return first is opinion.verdict
        return (first is Verdict.MISSING) is (opinion.verdict is Verdict.MISSING)
