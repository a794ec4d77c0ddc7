"""What asking a language model will take, roughly, and what it took."""

from collections.abc import Sequence
from dataclasses import dataclass

from mlsd_coach.judges.prompt import messages_of
from mlsd_coach.judges.tasks import Task

_CHARACTERS_A_TOKEN = 4
_REPLY_TOKENS = 120
_NONCE = "0" * 32


@dataclass(frozen=True)
class Prices:
    """What a million tokens cost, as the candidate has written it down."""

    sent: float
    received: float
    currency: str = "USD"

    def of(self, sent: int, received: int) -> str:
        """Return the price of so many tokens in words."""
        price = (sent * self.sent + received * self.received) / 1_000_000
        return f"about {price:.2f} {self.currency}" if price >= 0.01 else f"less than 0.01 {self.currency}"


def estimate(tasks: Sequence[Task]) -> tuple[int, int]:
    """Return roughly how many tokens are sent and received for these tasks, a call each."""
    told = (message["content"] for task in tasks for message in messages_of(task, _NONCE))
    return sum(len(text) for text in told) // _CHARACTERS_A_TOKEN, _REPLY_TOKENS * len(tasks)
