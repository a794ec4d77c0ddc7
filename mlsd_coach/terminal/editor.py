"""The full-screen answer editor: one prompt_toolkit application for the whole sitting."""

import asyncio
import time
from asyncio import AbstractEventLoop
from collections.abc import Callable
from functools import cache

from prompt_toolkit.application.run_in_terminal import run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Size
from prompt_toolkit.document import Document
from prompt_toolkit.layout.containers import Window
from prompt_toolkit.styles import Style

from mlsd_coach.interview.live import LiveSitting
from mlsd_coach.interview.pacing import format_clock
from mlsd_coach.interview.prompter import Leave
from mlsd_coach.models import Mode, StageState
from mlsd_coach.terminal import panels
from mlsd_coach.terminal.application import SittingApplication, ansi_rows, is_terminal_gone
from mlsd_coach.terminal.asking import AskBar
from mlsd_coach.terminal.keys import bind_keys
from mlsd_coach.terminal.outside import OutsideEditor
from mlsd_coach.terminal.prose import ANSWER_HERE, REPLY_HERE, ProseControl
from mlsd_coach.terminal.reader import ReaderControl
from mlsd_coach.terminal.screen import Screen
from mlsd_coach.terminal.signals import Departures
from mlsd_coach.terminal.stage_list import StagePicker
from mlsd_coach.terminal.style import STYLE

TICK_SECONDS = 0.2
NOTICE_SECONDS = 8.0
PROBLEM_SECONDS = 30.0
"""A message that names a file has to be read and perhaps copied."""
Verdict = Callable[[StageState, int], str]
"""The verdict on a stage just ended, as text with ANSI colours for so many columns."""


class AnswerEditor:
    """Sits the candidate in front of the stages in a terminal that can draw."""

    def __init__(
        self,
        *,
        departures: Departures,
        outside: OutsideEditor,
        verdict: Verdict,
        glyphs: panels.Glyphs,
        begun: Callable[[], str],
    ) -> None:
        self.glyphs = glyphs
        self.notice = ""
        self.hides_clock = False
        self.is_reading = False
        self.is_closed = False
        self.reader_done = ""
        self.reader = ReaderControl()
        self.prose = ProseControl(Buffer(multiline=True))
        self.live: LiveSitting
        self._departures = departures
        self._outside = outside
        self._verdict = verdict
        self._begun = begun
        self._notice_until = 0.0
        self._is_sure: tuple[str, str] | None = None
        self._shown: object = None
        self._opened = ""
        self.asking = AskBar(self)
        self.picker = StagePicker(self)
        self._app: SittingApplication

    def sit(self, live: LiveSitting) -> Leave | None:
        """Hold the sitting; everything typed is stored when this returns or raises."""
        self.live = live
        self._open_stage()
        self.prose.buffer.on_text_changed += lambda _buffer: self.keep_text()
        screen = Screen(self)
        self._screen = screen
        self._app = SittingApplication(
            layout=screen.layout,
            key_bindings=bind_keys(self),
            style=Style.from_dict(STYLE),
            include_default_pygments_style=False,
            full_screen=True,
        )
        self._app.ttimeoutlen = 0.1
        try:
            # SIGINT is ours: asyncio would turn it into KeyboardInterrupt wherever it stands.
            leave = self._app.run(pre_run=self._pre_run, handle_sigint=False)
        except EOFError:
            leave = Leave.HANGUP
        except OSError as error:
            if not is_terminal_gone(error):
                raise
            leave = Leave.HANGUP
        finally:
            self._departures.route = None
            self._outside.stop()
            self.keep_text()
            live.leave()
        return leave

    def output_size(self) -> Size:
        """Rows and columns of the terminal."""
        return self._app.output.get_size()

    def say(self, text: str, seconds: float = NOTICE_SECONDS) -> None:
        """Show a message below the answer for a while."""
        self.notice = text
        self._notice_until = time.monotonic() + seconds

    # What the keys call.

    def submit(self) -> None:
        """End the stage, or the reply; an empty answer to a stage has to be meant."""
        self.keep_text()
        is_reply = self.live.exchange is not None
        if not is_reply and not self.live.answer.strip() and not self._is_meant("submit"):
            self.say("Nothing is written yet. ^D again goes on without an answer.")
            return
        self._end(self.live.submit)

    def skip(self) -> None:
        """Go on without ending the answer, or the reply."""
        self.keep_text()
        is_stage = self.live.exchange is None
        has_text = bool(self.live.answer.strip())
        self._end(self.live.skip, is_judged=not is_stage)
        if is_stage and has_text and not self.live.is_over:
            self.say("Skipped; what you wrote there is kept. ^R goes back.")

    def _end(self, end: Callable[[], None], *, is_judged: bool = True) -> None:
        """End the part under way; a stage that is left has its verdict in a coached sitting."""
        ended, asked = self.live.session.current, len(self.live.session.asked)
        end()
        state = self.live.session.stages[ended]
        # Not before the replies: a verdict says what would have earned it.
        is_left = self.live.is_over or self.live.session.current != ended
        if self.live.session.mode is Mode.COACHED and state.answer.strip() and is_left and is_judged:
            self.live.pause()
            after = "on to the score" if self.live.is_over else "on to the next stage"
            # Judged once a width, not with every drawing.
            self.read(cache(lambda width: ansi_rows(self._verdict(state, width))), after)
        else:
            self.after_part()
        if len(self.live.session.asked) > asked and not self.live.is_over:
            self.say("What you asked in writing is answered: see what is noted, and F1.")

    def back(self) -> None:
        """Open the stage before this one."""
        self.keep_text()
        if self.live.exchange is not None:
            self.say("The interviewer waits for a reply. ^D ends it, also an empty one.")
            return
        if self.live.session.current == 0:
            self.say("This is the first stage.")
            return
        self.live.back()
        self._open_stage()
        self.say("Back in this stage; its clock goes on. ^D returns to where you were.")

    def hint(self) -> None:
        """Ask for a hint; what counts as one stays beside the prompt."""
        self.keep_text()
        before = self.live.said
        line = self.live.hint()
        if self.live.said == before:
            self.say(line)

    def pause(self) -> None:
        """Stop the clock, or set it going again."""
        self.keep_text()
        if self.live.is_paused:
            self.live.go_on()
            self.say("The clock runs again.")
        else:
            self.live.pause()
            self.say("Paused. ^P or typing goes on.")

    def hide_clock(self) -> None:
        """Hide the clocks, or show them."""
        self.hides_clock = not self.hides_clock

    def insert(self, text: str) -> None:
        """Put text in at the cursor."""
        self.prose.buffer.insert_text(text)

    def page(self, direction: int) -> None:
        """Move the cursor by a window's height of rows."""
        info = self._screen.answer_window.render_info
        self.prose.move(direction * max(1, (info.window_height if info else 10) - 1))

    def open_outside(self) -> None:
        """Hand the draft to the candidate's own editor."""
        self.keep_text()
        if not self._outside.command.strip():
            self.say("Set VISUAL or EDITOR to use your own editor.")
            return
        self._app.create_background_task(self._edit_outside())

    def suspend(self) -> None:
        """Let the shell have the terminal; the clock stands still meanwhile."""
        self.keep_text()
        self.live.pause()
        self._app.suspend_to_background()

    def open_briefing(self) -> None:
        """Show all that was said, and the keys."""
        self.read(lambda width: panels.briefing_rows(self.live, width), "back to the answer")

    def close_reader(self) -> None:
        """Go back to writing; after a verdict, in the next part."""
        self.is_reading = self.picker.is_open = False
        self.focus()
        if self.live.is_over or self.live.part != self._opened:
            self.live.go_on()
            self.after_part()

    def leave(self, leave: Leave) -> None:
        """Save and leave before the end."""
        self.keep_text()
        self._outside.stop()
        self._exit(leave)

    # What they need.

    def focus(self, window: Window | None = None) -> None:
        """Let keys go to a window; to the answer without one."""
        self._app.layout.focus(window or self._screen.answer_window)

    def keep_text(self) -> None:
        """Hand the text under way to the live sitting."""
        if not self.live.is_over and self.live.part == self._opened:
            self.live.write(self.prose.buffer.text)

    def after_part(self) -> None:
        """Open what comes next, or end."""
        if self.live.is_over:
            self._exit(None)
        else:
            self._open_stage()

    def read(self, rows_for: Callable[[int], panels.Lines], done: str) -> None:
        """Show rows for reading; `done` says what Enter does."""
        self.is_reading = True
        self.reader_done = done
        self.reader.open(rows_for)
        self.focus(self._screen.reader_window)

    def _pre_run(self) -> None:
        loop = asyncio.get_running_loop()
        self._departures.route = lambda leave: _soon(loop, lambda: self.leave(leave))
        self._app.create_background_task(self._ticks())

    async def _ticks(self) -> None:
        # The first screen is drawn by now.
        self.live.begin()
        greeting = self._begun()
        if greeting:
            self.say(greeting)
        self._app.invalidate()
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self.keep_text()
            self.live.tick()
            if self.notice and time.monotonic() > self._notice_until:
                self.notice = ""
            shown = self._visible_state()
            if shown != self._shown:
                self._shown = shown
                self._app.invalidate()

    def _visible_state(self) -> object:
        live = self.live
        if live.is_over:
            return None
        clocks = (format_clock(live.stage_left), format_clock(live.total_left), live.is_paused)
        return clocks, live.saved_at, live.problem, self.notice, len(live.session.transcript), live.pace

    def _is_meant(self, what: str) -> bool:
        """Tell whether the same thing is asked for a second time in the same stage."""
        asked = (what, self.live.stage.id)
        is_meant = self._is_sure == asked and bool(self.notice)
        self._is_sure = asked
        return is_meant

    def _open_stage(self) -> None:
        self._opened = "" if self.live.is_over else self.live.part
        self.notice = ""
        if not self.live.is_over:
            answer = self.live.answer
            self.prose.placeholder = REPLY_HERE if self.live.exchange else ANSWER_HERE
            self.prose.buffer.reset(Document(answer, len(answer)))

    async def _edit_outside(self) -> None:
        text = self.prose.buffer.text
        name = f"{self.live.session.id}-{self.live.stage.id}"
        self._departures.ignores_interrupt = True
        try:
            edited = await run_in_terminal(lambda: self._outside.edit(text, name), in_executor=True)
        finally:
            self._departures.ignores_interrupt = False
        if edited.text != text:
            self.prose.buffer.document = Document(edited.text, len(edited.text))
        if edited.problem:
            self.say(edited.problem, PROBLEM_SECONDS)
        else:
            self.say("Your text is back from the editor.")

    def _exit(self, leave: Leave | None) -> None:
        self.is_closed = True
        if self._app.future is not None and not self._app.future.done():
            self._app.exit(result=leave)


def _soon(loop: AbstractEventLoop, then: Callable[[], None]) -> None:
    loop.call_soon_threadsafe(then)
