"""What the interview needs of whatever the candidate sits in front of."""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from mlsd_coach.interview.live import LiveSitting


class Leave(Enum):
    """A way to leave a sitting before its end; the value is the exit code."""

    QUIT = 0
    INPUT_ENDED = 1
    HANGUP = 129
    INTERRUPT = 130
    TERMINATE = 143

    @property
    def exit_code(self) -> int:
        """The program's exit code after leaving this way."""
        return self.value


class Doubt(NamedTuple):
    """A MAYBE of the scorer, to be put to the candidate."""

    stage: str
    criterion: str
    stage_title: str
    says: str
    """What the criterion looks for."""
    quotes: tuple[str, ...]
    """The words in question, each on one line."""


class Prompter(Protocol):
    """Puts the stages before the candidate and hands what they do to the live sitting.

    The full-screen editor and the line mode fulfil it; tests hand in a script.
    """

    def sit(self, live: LiveSitting) -> Leave | None:
        """Hold the sitting until it is over (None) or the candidate or the system leaves it."""

    def predict(self) -> int | None:
        """Ask for the score the candidate expects, 0..100; None when they would rather not say."""

    def confirm(self, doubts: Sequence[Doubt]) -> Iterable[Doubt]:
        """Return, as they are answered, the doubts that the candidate did mean.

        KeyboardInterrupt when they leave; what came before it stands.
        """
