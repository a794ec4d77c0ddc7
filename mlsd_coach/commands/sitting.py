"""A sitting held, left or finished: what `practice` and `resume` share."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_coach.commands import screen
from mlsd_coach.commands.reveal import Judge, keep, show, tell_kept
from mlsd_coach.commands.seat import Seat
from mlsd_coach.commands.surroundings import can_ask, folders, is_interactive, now, say
from mlsd_coach.errors import CoachError, Interrupted, UsageError
from mlsd_coach.interview.live import LiveSitting
from mlsd_coach.interview.prompter import Leave, Prompter
from mlsd_coach.models import Scenario, Session, StageState
from mlsd_coach.terminal.outside import OutsideEditor
from mlsd_coach.terminal.signals import Departure, Departures, let_go_of_terminal

if TYPE_CHECKING:
    from mlsd_coach.content.library import Library
    from mlsd_coach.history.store import Store


@dataclass(frozen=True)
class Manner:
    """How the coach is to talk in this run."""

    plain: bool = False
    json: bool = False


def hold(
    session: Session, scenario: Scenario, library: "Library", store: "Store", manner: Manner, greeting: str = ""
) -> None:
    """Sit the session to its end and show the debrief, or leave it saved; raises Interrupted after a signal."""
    live = LiveSitting(
        session, scenario, clock=time.monotonic, wall=lambda: now().astimezone(), save=store.save_session
    )
    judge = Judge(scenario, library)
    live.begin()
    with Departures() as departures:
        try:
            prompter = _prompter(live, judge, manner, departures, greeting)
            leave = None if live.is_over else prompter.sit(live)
            if leave is None:
                _predict(live, prompter)
                card, kept_as = keep(live.session, judge, store)
        except Departure as departure:
            leave = departure.leave
            _leave(live)
        except CoachError as error:
            _rescue(live, error)
            raise
    if leave is not None:
        _part(leave, live, store)
        return
    show(card, judge, prediction=live.session.prediction, mode=session.mode, json=manner.json, plain=manner.plain)
    tell_kept(kept_as)


def _prompter(live: LiveSitting, judge: Judge, manner: Manner, departures: Departures, greeting: str) -> Prompter:
    """Return the editor where a terminal can draw, else the line mode."""
    from mlsd_coach.terminal.line_reader import LineReader

    outside = OutsideEditor(screen.editor_command(), folders().state / "drafts")
    reader = LineReader(0)
    colour = screen.has_colour(sys.stdout)
    if is_interactive() and not manner.plain:
        from mlsd_coach.terminal.editor import AnswerEditor
        from mlsd_coach.terminal.panels import ASCII, Glyphs

        return AnswerEditor(
            departures=departures,
            outside=outside,
            verdict=lambda state, width: judge.stage_verdict(live.session, state, width, plain=False, colour=colour),
            ask=_asker(reader.wait, _line_printer(json=False)),
            glyphs=ASCII if screen.is_ascii(sys.stdout) else Glyphs(),
            greeting=greeting,
        )
    from mlsd_coach.terminal.line_mode import LineMode

    def verdict(state: StageState, width: int) -> str:
        return judge.stage_verdict(live.session, state, width, plain=True, colour=False)

    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("There is no input to read answers from.", fix="Pass --answers FILE, or run in a terminal.")
    write = _line_printer(json=manner.json)
    return LineMode(
        reader,
        write,
        outside=outside,
        verdict=verdict,
        ask=_asker(reader.wait, write) if can_ask() else lambda: None,
        width=screen.columns(),
        greeting=greeting,
    )


def _asker(read: Callable[[], str], write: Callable[[str], None]) -> Callable[[], int | None]:
    def ask() -> int | None:
        from mlsd_coach.terminal.prompts import ask_prediction

        return ask_prediction(read=read, write=write)

    return ask


def _line_printer(*, json: bool) -> Callable[[str], None]:
    stream = screen.conversation_stream(json=json)

    def write(text: str) -> None:
        print(text, file=stream, flush=True)

    return write


def _predict(live: LiveSitting, prompter: Prompter) -> None:
    """Ask for the expected score, once, if it has not been asked before an interruption."""
    if live.session.prediction is None:
        live.predict(prompter.predict())


def _leave(live: LiveSitting) -> None:
    try:
        live.leave()
    except CoachError as error:
        _rescue(live, error)
        raise


def _rescue(live: LiveSitting, error: CoachError) -> None:
    """Print what could not be stored, so that it can at least be copied from the terminal."""
    if not live.problem or not any(stage.answer for stage in live.session.stages):
        return
    say("The history cannot be written. Your answers, as a file for `mlsd-coach practice --answers`:\n")
    for stage in live.session.stages:
        if stage.answer:
            say(f"# {stage.id}\n\n{stage.answer}\n")
    error.fix = error.fix or "Copy them from above before closing this terminal."


def _part(leave: Leave, live: LiveSitting, store: "Store") -> None:
    """Say how to go on, and end with the exit code of the way it was left."""
    session = live.session
    if leave is Leave.INPUT_ENDED:
        if not any(stage.answer.strip() for stage in session.stages) and not can_ask():
            store.discard_session(session.id)
            raise UsageError(
                "There is no terminal and nothing to read.", fix="Pass --answers FILE, or run in a terminal."
            )
        if not can_ask():
            message = f"The input ended in the stage '{live.plan.title}'; everything so far is saved."
            raise CoachError(message, fix=f"Go on with: mlsd-coach resume {session.id}")
    words = f"Saved{_saved_at(live)}."
    fix = f"Go on with: mlsd-coach resume {session.id}"
    if leave in (Leave.QUIT, Leave.INPUT_ENDED):
        say(f"{words} {fix}")
        return
    if leave is Leave.HANGUP:
        let_go_of_terminal()
    raise Interrupted(words, exit_code=leave.exit_code, fix=fix)


def _saved_at(live: LiveSitting) -> str:
    return f" at {live.saved_at:%H:%M:%S}" if live.saved_at else ""


def new_seat(scenario_id: str, store: "Store") -> Seat:
    """Return the seat of a sitting that starts now, under an id that no other sitting or attempt has."""
    base, number = f"{now():%Y%m%d-%H%M%S}-{scenario_id}", 1
    while True:
        name = base if number == 1 else f"{base}-{number}"
        seat = Seat.take(seats_folder(), name)
        if seat is not None:
            if store.session(name) is None and not any(head.id == name for head in store.heads(scenario_id)):
                return seat
            seat.leave()
        number += 1


def old_seat(session_id: str) -> Seat:
    """Return the seat of a stored sitting; CoachError when it is open elsewhere."""
    seat = Seat.take(seats_folder(), session_id)
    if seat is None:
        raise CoachError(f"The sitting {session_id} is open in another terminal.", fix="Go on there, or quit it first.")
    return seat


def seats_folder() -> Path:
    """Return where the locks of open sittings lie."""
    return folders().state / "sittings"


def with_stages_of(session: Session, scenario: Scenario) -> Session:
    """Return a stored session if the scenario still has its stages; CoachError when the scenario lost one."""
    known = {plan.id for plan in scenario.stages}
    lost = [stage.id for stage in session.stages if stage.id not in known]
    if lost:
        message = f"The scenario '{scenario.id}' no longer has the stage '{lost[0]}' of this sitting."
        raise CoachError(message, fix="Restore the scenario file, or start anew with `mlsd-coach practice`.")
    return replace(session, current=min(session.current, len(session.stages)))
