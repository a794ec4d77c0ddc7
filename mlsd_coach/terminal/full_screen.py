"""The full-screen prompter: shows the first screen at once, then loads the editor behind it."""

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence

from mlsd_coach.interview.live import LiveSitting
from mlsd_coach.interview.prompter import Doubt, Leave
from mlsd_coach.models import StageState
from mlsd_coach.terminal.first_screen import FirstScreen
from mlsd_coach.terminal.outside import OutsideEditor
from mlsd_coach.terminal.panels import Glyphs
from mlsd_coach.terminal.signals import Departures


class FullScreen:
    """Sits the candidate in front of the stages in a terminal that can draw."""

    def __init__(
        self,
        *,
        departures: Departures,
        outside: OutsideEditor,
        verdict: Callable[[StageState, int], str],
        ask: Callable[[], int | None],
        glyphs: Glyphs,
        begun: Callable[[], str],
        colour: bool,
    ) -> None:
        self._departures = departures
        self._outside = outside
        self._verdict = verdict
        self._ask = ask
        self._glyphs = glyphs
        self._begun = begun
        self._colour = colour

    def predict(self) -> int | None:
        """Ask for the expected score, below the closed editor."""
        return self._ask()

    def confirm(self, doubts: Sequence[Doubt]) -> Iterable[Doubt]:
        """Ask which of the doubts were meant, on one screen of boxes."""
        from mlsd_coach.terminal.confirming import tick_meant
        from mlsd_coach.terminal.render import WIDEST

        return tick_meant(doubts, width=min(WIDEST, shutil.get_terminal_size((80, 24)).columns))

    def sit(self, live: LiveSitting) -> Leave | None:
        """Hold the sitting; everything typed is stored when this returns or raises."""
        with FirstScreen(live, self._glyphs, sys.stdout, colour=self._colour) as first:

            def begun() -> str:
                first.hand_over()
                return self._begun()

            # prompt_toolkit takes longer to load than all before it.
            from mlsd_coach.terminal.editor import AnswerEditor

            editor = AnswerEditor(
                departures=self._departures,
                outside=self._outside,
                verdict=self._verdict,
                glyphs=self._glyphs,
                begun=begun,
            )
            return editor.sit(live)
