"""The stages of a sitting as a list to call the next one from."""

from typing import TYPE_CHECKING

from mlsd_coach.interview.live import LiveSitting
from mlsd_coach.interview.pacing import format_clock
from mlsd_coach.models import StageState
from mlsd_coach.terminal.panels import Lines
from mlsd_coach.terminal.wrapping import clip, wrap

if TYPE_CHECKING:
    from mlsd_coach.terminal.editor import AnswerEditor

_LEAD = "Where next? Type the number of a stage; this one ends as it stands, and every stage can be opened again."


class StagePicker:
    """Lets the candidate call the next stage; while it is open, digits choose."""

    def __init__(self, editor: "AnswerEditor") -> None:
        self._editor = editor
        self.is_open = False

    def open(self) -> None:
        """Show the stages."""
        editor = self._editor
        editor.keep_text()
        if not editor.live.may_call:
            is_reply = editor.live.exchange is not None
            editor.say("Reply first: ^D ends it." if is_reply else "Here the interviewer leads; ^D goes on.")
            return
        self.is_open = True
        editor.read(lambda width: stage_rows(editor.live, width), "stay here")

    def choose(self, number: int) -> None:
        """Go to the stage of that number, once this one is ended."""
        live = self._editor.live
        if not 1 <= number <= len(live.session.stages):
            return
        wanted = live.session.stages[number - 1].id
        is_here = wanted == live.stage.id
        self._editor.close_reader()
        if not is_here:
            live.call(wanted)
            self._editor.after_part()


def stage_rows(live: LiveSitting, width: int) -> Lines:
    """Return the stages with their numbers, state and time left."""
    rows: Lines = [[("class:stage", f" {row}")] for row in wrap(_LEAD, max(2, width - 2))]
    rows.append([])
    for number, state in enumerate(live.session.stages, 1):
        title = live.scenario.stage(state.id).title
        words = _state_of(live, state)
        rows.append(
            [
                ("class:key", f" {number}"),
                ("", f" {clip(title, max(4, width - len(words) - 6))}"),
                ("class:dim", f"  {words}"),
            ]
        )
    return rows


def _state_of(live: LiveSitting, state: StageState) -> str:
    if state.id == live.stage.id:
        return "you are here"
    left = format_clock(state.budget_seconds - state.seconds)
    if state.skipped:
        return f"skipped, {left} left"
    return f"done, {left} left" if state.done else f"open, {left}"
