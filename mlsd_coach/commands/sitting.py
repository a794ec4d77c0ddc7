"""A sitting held, left or finished: what `practice` and `resume` share."""

import gc
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlsd_coach.commands import screen
from mlsd_coach.commands.hosting import SittingHost
from mlsd_coach.commands.surroundings import can_ask, folders, is_interactive, now, open_store, say
from mlsd_coach.errors import CoachError, Interrupted, UsageError
from mlsd_coach.interview.live import LiveSitting
from mlsd_coach.interview.pacing import format_clock
from mlsd_coach.interview.prompter import Leave, Prompter
from mlsd_coach.interview.text import count_words
from mlsd_coach.terminal.outside import OutsideEditor
from mlsd_coach.terminal.signals import Departure, Departures, let_go_of_terminal

if TYPE_CHECKING:
    from mlsd_coach.commands.hearing import Hearing
    from mlsd_coach.commands.reveal import Judge
    from mlsd_coach.content.library import Library
    from mlsd_coach.history.store import Store
    from mlsd_coach.models import Claim, Scenario, Session, StageState


class Manner(NamedTuple):
    """How the coach is to talk in this run."""

    plain: bool = False
    json: bool = False
    judges: "Hearing | None" = None
    """Second judges, heard once the sitting is kept."""


class Keeper:
    """The history, opened when something is first kept: behind the first screen, not before it."""

    @cached_property
    def store(self) -> "Store":
        """The open history; StoreError when it cannot be used."""
        return open_store()

    def save(self, session: "Session") -> None:
        """Store a session."""
        self.store.save_session(session)

    def close(self) -> None:
        """Close the history if it was opened."""
        if "store" in vars(self):
            self.store.close()


def greeted(session: "Session", library: "Library") -> "Session":
    """Return a new session in which the interviewer has said who they are; a balanced one says nothing."""
    from dataclasses import replace

    from mlsd_coach.interview.sitting import INTERVIEWER
    from mlsd_coach.models.interviewer import BALANCED

    if session.persona == BALANCED:
        return session
    hello = library.interviewer().persona(session.persona).hello
    said = ((session.stages[0].id, INTERVIEWER, hello),) if hello else ()
    return replace(session, transcript=said)


def hold(session: "Session", scenario: "Scenario", library: "Library", keeper: Keeper, manner: Manner) -> None:
    """Sit the session to its end and show the debrief, or leave it saved; raises Interrupted after a signal."""

    @cache
    def judge() -> "Judge":
        from mlsd_coach.commands.reveal import Judge

        return Judge(scenario, library)

    live = LiveSitting(
        session,
        scenario,
        clock=time.monotonic,
        wall=lambda: now().astimezone(),
        save=keeper.save,
        host=SittingHost(scenario, library, judge, session.persona),
    )

    leave: Leave | None = None
    with Departures() as departures:
        try:
            prompter = _prompter(live, judge, keeper, manner, departures)
            leave = None if live.is_over else prompter.sit(live)
            if leave is None:
                _predict(live, prompter)
                from mlsd_coach.commands.reveal import keep

                card, kept_as = keep(live.session, judge(), keeper.store)
        except Departure as departure:
            leave = departure.leave
            _leave(live)
        except CoachError as error:
            _rescue(live, error)
            if live.saved_at and not live.problem:
                error.fix = f"{error.fix} Your answers are saved; after that: mlsd-coach resume {session.id}".strip()
            raise
    if leave is not None:
        _part(leave, live, keeper)
        return
    from mlsd_coach.commands.reveal import show, tell_kept, time_of

    claims: Sequence[Claim] = ()
    if can_ask() and not manner.json:
        from mlsd_coach.commands.confirming import confirm_doubts

        claims = confirm_doubts(card, kept_as, prompter, keeper.store)
    said = manner.judges.hear(card, scenario, keeper.store, kept_as) if manner.judges else ()
    show(
        card,
        judge(),
        prediction=live.session.prediction,
        mode=session.mode,
        json=manner.json,
        plain=manner.plain,
        opinions=said,
        claims=claims,
        time=None if manner.json else time_of(live.session, card, judge()),
    )
    tell_kept(kept_as)
    if manner.judges:
        manner.judges.end()


def _predict(live: LiveSitting, prompter: Prompter) -> None:
    """Close the sitting and ask for the expected score, unless that was done before an interruption."""
    if not can_ask():
        return
    session = live.session
    used, planned = (sum(getattr(stage, name) for stage in session.stages) for name in ("seconds", "budget_seconds"))
    words = sum(count_words(stage.answer) for stage in session.stages)
    say(f"That was the last stage: {words} words in {format_clock(used)} of {format_clock(planned)} minutes.")
    if session.prediction is None:
        live.predict(prompter.predict())
    say("Reading your answers ...")


def _prompter(
    live: LiveSitting, judge: "Callable[[], Judge]", keeper: Keeper, manner: Manner, departures: Departures
) -> Prompter:
    """Return the editor where a terminal can draw, else the line mode."""
    is_full_screen = is_interactive() and not manner.plain
    colour = is_full_screen and screen.has_colour(sys.stdout)
    outside = OutsideEditor(screen.editor_command(), folders().state / "drafts")

    def verdict(state: "StageState", width: int) -> str:
        return judge().stage_verdict(live.session, state, width, plain=not is_full_screen, colour=colour)

    def begun() -> str:
        gc.enable()
        try:
            return _unfinished(keeper.store, live.session)
        except CoachError as error:
            return error.message  # another sitting cannot be read; this one can be held

    if is_full_screen:
        from mlsd_coach.terminal.full_screen import FullScreen
        from mlsd_coach.terminal.panels import ASCII, Glyphs

        return FullScreen(
            departures=departures,
            outside=outside,
            verdict=verdict,
            ask=_asker(_line_printer(json=False)),
            glyphs=ASCII if screen.is_ascii(sys.stdout) else Glyphs(),
            begun=begun,
            colour=colour,
        )
    from mlsd_coach.terminal.line_mode import LineMode
    from mlsd_coach.terminal.line_reader import LineReader

    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("There is no input to read answers from.", fix="Pass --answers FILE, or run in a terminal.")
    reader, write = LineReader(0), _line_printer(json=manner.json)
    ask = _asker(write, reader.wait) if can_ask() else lambda: None
    return LineMode(reader, write, outside=outside, verdict=verdict, ask=ask, width=screen.columns(), begun=begun)


def _asker(write: Callable[[str], None], read: Callable[[], str] | None = None) -> Callable[[], int | None]:
    def ask() -> int | None:
        from mlsd_coach.terminal.line_reader import LineReader
        from mlsd_coach.terminal.prompts import ask_prediction
        from mlsd_coach.terminal.wrapping import wrap

        def ask_wrapped(text: str) -> None:
            write("\n".join(wrap(text, screen.columns())))

        return ask_prediction(read=read or LineReader(0).wait, write=ask_wrapped)

    return ask


def _line_printer(*, json: bool) -> Callable[[str], None]:
    stream = screen.conversation_stream(json=json)

    def write(text: str) -> None:
        print(text, file=stream, flush=True)

    return write


def _unfinished(store: "Store", session: "Session") -> str:
    """Return a word on another unfinished sitting of the same scenario, if there is one with something in it."""
    for other in store.sessions():
        is_another = other.scenario == session.scenario and other.id != session.id
        if is_another and any(stage.answer.strip() for stage in other.stages):
            return f"You have an unfinished sitting of this: mlsd-coach resume {other.id}"
    return ""


def _leave(live: LiveSitting) -> None:
    try:
        live.leave()
    except CoachError as error:
        _rescue(live, error)
        raise


def _rescue(live: LiveSitting, error: CoachError) -> None:
    """Print what could not be stored, so that it can at least be copied from the terminal."""
    said = [each.answer for each in live.session.stages] + [each.answer for each in live.session.exchanges]
    if not live.problem or not any(said):
        return
    say("The history cannot be written. Your answers, as a file for `mlsd-coach practice --answers`:\n")
    for stage in live.session.stages:
        replies = [each.answer for each in live.session.exchanges if each.stage == stage.id and each.answer]
        if stage.answer or replies:
            text = "\n\n".join([stage.answer, *replies]).strip()
            say(f"# {stage.id}\n\n{text}\n")
    error.fix = error.fix or "Copy them from above before closing this terminal."


def _part(leave: Leave, live: LiveSitting, keeper: Keeper) -> None:
    """Say how to go on, and end with the exit code of the way it was left."""
    session = live.session
    saved = f"Saved at {live.saved_at:%H:%M:%S}." if live.saved_at else "Saved."
    fix = f"Go on with: mlsd-coach resume {session.id}"
    if leave is Leave.INPUT_ENDED and not can_ask():
        if not any(stage.answer.strip() for stage in session.stages):
            keeper.store.discard_session(session.id)
            message = "There is no terminal and nothing to read."
            raise UsageError(message, fix="Pass --answers FILE, or run in a terminal.")
        message = f"The input ended in the stage '{live.plan.title}'; everything so far is saved."
        raise CoachError(message, fix=fix)
    if leave in (Leave.QUIT, Leave.INPUT_ENDED):
        say(f"{saved} {fix}")
        return
    if leave is Leave.HANGUP:
        let_go_of_terminal()
    raise Interrupted(saved, exit_code=leave.exit_code, fix=fix)


def seats_folder() -> Path:
    """Return where the locks of sittings lie."""
    return folders().state / "sittings"
