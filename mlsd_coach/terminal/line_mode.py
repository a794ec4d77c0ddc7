"""The sitting as a conversation of lines: for pipes, screen readers and terminals that cannot draw."""

from collections.abc import Callable, Iterable, Sequence
from textwrap import indent

from mlsd_coach.interview.live import LiveSitting
from mlsd_coach.interview.pacing import format_clock
from mlsd_coach.interview.prompter import Doubt, Leave
from mlsd_coach.interview.sitting import YOU
from mlsd_coach.interview.text import count_words
from mlsd_coach.models import Heard, Mode, StageState
from mlsd_coach.terminal.line_reader import LineReader
from mlsd_coach.terminal.outside import OutsideEditor
from mlsd_coach.terminal.wrapping import wrap

CLOCK_EVERY_SECONDS = 300.0
HELP = (
    "A line with only a dot ends an answer; so does the end of the input (Ctrl-D).\n"
    "A line that begins with ? is a question to the interviewer: ? how many people use it\n"
    "On a line of their own: /hint /skip /back /next STAGE /pause /go /clock /notes /edit /quit /help"
)
ASK, NEXT = "?", "/next"


class LineMode:
    """Sits the candidate in front of the stages a line at a time."""

    def __init__(
        self,
        reader: LineReader,
        write: Callable[[str], None],
        *,
        outside: OutsideEditor,
        verdict: Callable[[StageState, int], str],
        ask: Callable[[], int | None],
        width: int,
        begun: Callable[[], str] = str,
    ) -> None:
        self._reader = reader
        self._write = write
        self._outside = outside
        self._verdict = verdict
        self._ask = ask
        self._width = width
        self._begun = begun
        self._live: LiveSitting
        self._heard = 0
        self._next_clock = 0.0

    def predict(self) -> int | None:
        """Ask for the expected score."""
        return self._ask()

    def confirm(self, doubts: Sequence[Doubt]) -> Iterable[Doubt]:
        """Ask about each doubt in turn."""
        from mlsd_coach.terminal.confirming import ask_meant

        return ask_meant(doubts, read=self._reader.wait, write=self._write, width=self._width)

    def sit(self, live: LiveSitting) -> Leave | None:
        """Hold the sitting until it is over, is left, or the input ends."""
        self._live = live
        self._greet()
        while not live.is_over:
            self._announce()
            leave = self._answer()
            if leave is not None:
                live.leave()
                return leave
        live.leave()
        return None

    def _greet(self) -> None:
        live, session = self._live, self._live.session
        terms = f"{session.level}, {session.mode}, {session.minutes:g} minutes"
        self._write(f"mlsd-coach: {live.scenario.title} ({terms})")
        live.begin()
        greeting = self._begun()
        if greeting:
            self._write(greeting)
        self._write(HELP)
        self._speak(live.scenario.opening)
        self._speak(live.scenario.context)

    def _announce(self) -> None:
        live = self._live
        place = f"{live.session.current + 1} of {len(live.session.stages)}"
        if live.exchange is None:
            self._write(f"\n{live.title} (stage {place}, {format_clock(live.stage_left)} left)")
        else:
            self._write(f"\n{live.title} ({format_clock(live.stage_left)} for a reply; a dot alone moves on)")
        self._speak(live.prompt)
        for line in live.said:
            self._say(line)
        self._heard = len(live.said)
        self._next_clock = live.used + CLOCK_EVERY_SECONDS
        if live.answer:
            self._write("So far you wrote:\n" + indent(live.answer, "  "))

    def _answer(self) -> Leave | None:
        """Take lines until the stage ends (None) or the sitting is left."""
        live, opened = self._live, self._live.part
        while True:
            try:
                line = self._reader.read(1.0)
            except EOFError:
                if not live.answer.strip():
                    return Leave.INPUT_ENDED
                line = "."
            except OSError:
                return Leave.HANGUP
            if line is None:
                live.tick()
            elif line.strip() == "/quit":
                return Leave.QUIT
            else:
                self._take(line)
            if live.is_over or live.part != opened:
                return None
            self._listen()

    def _take(self, line: str) -> None:
        live = self._live
        commands = {
            ".": self._submit,
            "/hint": self._hint,
            "/skip": live.skip,
            "/back": self._back,
            "/pause": self._pause,
            "/go": self._go_on,
            "/clock": self._clock,
            "/notes": self._notes,
            "/edit": self._edit,
            "/help": self._help,
        }
        said = line.strip()
        command = commands.get(said)
        if command is not None:
            command()
            return
        if said.startswith(ASK) and live.may_ask:
            self._question(said.removeprefix(ASK).strip())
            return
        if said.split(maxsplit=1)[:1] == [NEXT]:
            self._next(said.removeprefix(NEXT).strip())
            return
        answer = live.answer
        live.write(f"{answer}\n{line}" if answer else line)
        live.save()

    def _submit(self) -> None:
        live = self._live
        words = count_words(live.answer)
        ended, asked = live.session.current, len(live.session.asked)
        live.submit()
        state = live.session.stages[ended]
        self._write(f"({words} words kept.)" + (f" NOT SAVED: {live.problem}" if live.problem else ""))
        for written in live.session.asked[asked:]:
            self._write("\n".join(wrap(f"{YOU}{written.says}", self._width)))
            self._speak(written.reply)
        # Not before the replies: a verdict says what would have earned it.
        is_left = live.is_over or live.session.current != ended
        if live.session.mode is Mode.COACHED and state.answer.strip() and is_left:
            live.pause()
            self._write(self._verdict(state, self._width))
            live.go_on()

    def _question(self, question: str) -> None:
        """Put a question; what is said to an unanswered one is kept as the assumption."""
        asked = self._live.ask(question)
        if asked is None:
            self._write("(Write the question behind the ?, on the same line.)")
            return
        self._say(asked.reply)
        if asked.heard is Heard.UNKNOWN:
            self._write("(? and what you assume keeps it.)")
        self._heard = len(self._live.said)

    def _next(self, name: str) -> None:
        """Go to the stage of that id or title."""
        live = self._live
        ids = {state.id: live.scenario.stage(state.id).title for state in live.session.stages}
        found = [key for key, title in ids.items() if name.casefold() in (key, title.casefold())]
        if not live.may_call:
            self._write("(Here the interviewer leads; a dot goes on.)")
        elif not found:
            self._write(f"(/next takes: {', '.join(ids)}.)")
        elif found[0] != live.stage.id:
            live.call(found[0])

    def _notes(self) -> None:
        notes = self._live.notes
        self._write("\n".join(f"(noted) {note}" for note in notes) if notes else "(Nothing noted yet.)")

    def _help(self) -> None:
        self._write(HELP)

    def _hint(self) -> None:
        self._say(self._live.hint())
        self._heard = len(self._live.said)

    def _back(self) -> None:
        if self._live.exchange is not None:
            self._write("(The interviewer waits for a reply; a dot alone moves on.)")
        elif self._live.session.current == 0:
            self._write("(This is the first stage.)")
        self._live.back()

    def _pause(self) -> None:
        self._live.pause()
        self._write("(The clock stands still. /go or writing sets it going.)")

    def _go_on(self) -> None:
        self._live.go_on()
        self._write("(The clock runs.)")

    def _clock(self) -> None:
        live = self._live
        live.tick()
        paused = ", paused" if live.is_paused else ""
        self._write(f"(Stage {format_clock(live.stage_left)}, total {format_clock(live.total_left)} left{paused}.)")

    def _edit(self) -> None:
        live = self._live
        edited = self._outside.edit(live.answer, f"{live.session.id}-{live.stage.id}")
        live.write(edited.text)
        live.save()
        self._write(f"({edited.problem or f'{count_words(edited.text)} words now.'})")

    def _listen(self) -> None:
        """Pass on what the interviewer has said since, and the clock every few minutes."""
        live = self._live
        for line in live.said[self._heard :]:
            self._say(line)
        self._heard = len(live.said)
        if live.used >= self._next_clock:
            self._next_clock += CLOCK_EVERY_SECONDS
            self._clock()

    def _say(self, text: str) -> None:
        if text.startswith(YOU):
            self._write("\n".join(wrap(text, self._width)))
        else:
            self._speak(text)

    def _speak(self, text: str) -> None:
        if text:
            self._write("\n".join(wrap(f"Interviewer: {text}", self._width)))
