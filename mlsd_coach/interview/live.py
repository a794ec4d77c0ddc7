"""A sitting under way: events at the clock's time, and the draft on disk within the second."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from mlsd_coach.errors import CoachError
from mlsd_coach.interview import sitting as machine
from mlsd_coach.interview.notes import notes_of
from mlsd_coach.interview.pacing import Pace, behind, pace
from mlsd_coach.interview.text import clean
from mlsd_coach.models import Asked, Exchange, Mode, Scenario, Session, StagePlan, StageState, Turn

TEXT_SAVE_SECONDS = 0.3
"""A changed answer waits at most this long, plus a tick, for the disk."""
TIME_SAVE_SECONDS = 5.0
"""How stale the stored time may get while nothing is typed."""


TURN_TITLES = {
    Turn.EYEBROW: "hm",
    Turn.MORE: "tell me more",
    Turn.ENOUGH: "moving on",
    Turn.FOLLOW_UP: "follow-up",
    Turn.DEEP_DIVE: "deep dive",
    Turn.CHANGE: "a change",
}


class Host(Protocol):
    """An interviewer who knows things and has something to say."""

    def listen(self) -> None:
        """Make ready to hear a question: it is about to be typed. May be called from another thread."""

    def hear(self, session: Session, question: str) -> Asked:
        """Return a question put in the stage under way, with the reply."""

    def hear_written(self, session: Session) -> Sequence[Asked]:
        """Return the questions that stand in the answer of the stage just ended, with the replies there are."""

    def respond(self, session: Session) -> Sequence[Exchange]:
        """Return what to say after the stage that has just been ended."""


class LiveSitting:
    """Holds the sitting, applies events at the time of `clock`, and hands changes to `save`.

    `clock` gives monotonic seconds, `wall` the time of day with its zone, `save` stores a session and raises CoachError
    when it cannot. A failed save is remembered in `problem` and tried again with every tick: the sitting goes on.
    `host` answers questions and takes the word after a stage; without one the interviewer only asks and keeps time.
    """

    def __init__(
        self,
        session: Session,
        scenario: Scenario,
        *,
        clock: Callable[[], float],
        wall: Callable[[], datetime],
        save: Callable[[Session], None],
        host: Host | None = None,
    ) -> None:
        self.scenario = scenario
        self._host = host
        self.saved_at: datetime | None = None
        self._failure: CoachError | None = None
        self._clock = clock
        self._wall = wall
        self._save = save
        self._saved_clock = clock()
        self._saved_answers = _answers(session)
        self._sitting = machine.start(session, clock())
        self._notes: tuple[str, ...] = ()
        self._notes_for = -1

    @property
    def session(self) -> Session:
        """The session as it stands now, saved or not."""
        return self._sitting.session

    @property
    def problem(self) -> str:
        """Why the last save failed; empty when all is on disk."""
        return self._failure.message if self._failure else ""

    @property
    def is_over(self) -> bool:
        """Tell whether every stage has been ended."""
        return self._sitting.is_over

    @property
    def is_paused(self) -> bool:
        """Tell whether the clock stands still."""
        return self._sitting.is_paused

    @property
    def stage(self) -> StageState:
        """The stage under way."""
        return self._sitting.stage

    @property
    def plan(self) -> StagePlan:
        """What the scenario says of the stage under way."""
        return self.scenario.stage(self.stage.id)

    @property
    def exchange(self) -> Exchange | None:
        """What the interviewer has just said after the stage, while a reply may be given."""
        return self._sitting.exchange

    @property
    def part(self) -> str:
        """What is being written: it changes with every stage and every reply."""
        session = self.session
        done = sum(each.done for each in session.exchanges)
        return f"{session.current}/{done if self.exchange else ''}"

    @property
    def title(self) -> str:
        """The stage's title, and what is asked beyond it."""
        exchange = self.exchange
        return self.plan.title if exchange is None else f"{self.plan.title}: {TURN_TITLES[exchange.turn]}"

    @property
    def prompt(self) -> str:
        """What the interviewer wants to hear about now."""
        exchange = self.exchange
        return self.plan.prompt if exchange is None else exchange.says

    @property
    def answer(self) -> str:
        """The answer, or the reply, under way."""
        exchange = self.exchange
        return self.stage.answer if exchange is None else exchange.answer

    @property
    def said(self) -> tuple[str, ...]:
        """What was said in this stage besides its prompt and the answer; while a reply is due, what was since."""
        exchange = self.exchange
        return machine.said_in(self.session, self.stage.id, since=exchange.says if exchange else "")

    @property
    def notes(self) -> tuple[str, ...]:
        """What the candidate knows by now: facts that were told, and assumptions."""
        if self._notes_for != len(self.session.asked):
            facts = {fact.id: fact for fact in self.scenario.facts}
            self._notes = notes_of(self.session.asked, facts, self.session.persona)
            self._notes_for = len(self.session.asked)
        return self._notes

    @property
    def may_ask(self) -> bool:
        """Tell whether anybody answers questions."""
        return self._host is not None

    @property
    def may_call(self) -> bool:
        """Tell whether the next stage is the candidate's to call."""
        return self.session.mode is Mode.MOCK and len(self.session.stages) > 1 and self.exchange is None

    @property
    def is_opening(self) -> bool:
        """Tell whether the candidate is still in the first stage and has ended none."""
        return self.session.current == 0 and not any(stage.done for stage in self.session.stages)

    @property
    def budget(self) -> float:
        """Seconds there are for this part."""
        exchange = self.exchange
        return self.stage.budget_seconds if exchange is None else exchange.budget_seconds

    @property
    def used(self) -> float:
        """Seconds of this part that have gone by."""
        exchange = self.exchange
        return self.stage.seconds if exchange is None else exchange.seconds

    @property
    def stage_left(self) -> float:
        """Seconds left of this part's budget; negative when it is used up."""
        return self.budget - self.used

    @property
    def total_left(self) -> float:
        """Seconds left of the whole sitting; negative when they are used up."""
        return sum(stage.budget_seconds - stage.seconds for stage in self.session.stages)

    @property
    def pace(self) -> Pace:
        """The pace of the part under way."""
        return pace(self.used, self.budget)

    @property
    def behind(self) -> float:
        """Seconds that the sitting runs behind its budgets."""
        return behind(self.session)

    def begin(self) -> None:
        """Store the session for the first time; CoachError when that fails, before anything was typed."""
        self._store()
        if self._failure:
            raise self._failure

    def write(self, text: str) -> None:
        """Take the answer under way as it stands in front of the candidate."""
        self._sitting = machine.write(self._sitting, text, self._clock())

    def tick(self) -> None:
        """Count the time and save what is due; to be called at least twice a second."""
        now = self._clock()
        self._sitting = machine.tick(self._sitting, now)
        waited = now - self._saved_clock
        is_text_due = waited >= TEXT_SAVE_SECONDS and _answers(self.session) != self._saved_answers
        is_time_due = waited >= TIME_SAVE_SECONDS and not self.is_paused
        if is_text_due or is_time_due or (self.problem and waited >= TEXT_SAVE_SECONDS):
            self._store()

    def save(self) -> None:
        """Store the session now."""
        self._store()

    def submit(self) -> None:
        """End the stage, or the reply, and commit it; the interviewer may have something to say to it."""
        self._end(skipped=False)

    def skip(self) -> None:
        """Leave the stage, or the reply, as it is and go on."""
        self._end(skipped=True)

    def call(self, stage_id: str) -> None:
        """End the stage, and go to the one called once the interviewer has nothing more to say."""
        if all(stage.id != stage_id for stage in self.session.stages):
            return
        self._sitting = machine.call(self._sitting, stage_id, self._clock())
        self._end(skipped=not self.answer.strip())

    def listen(self) -> None:
        """Let the interviewer make ready for a question."""
        if self._host is not None:
            self._host.listen()

    def ask(self, question: str) -> Asked | None:
        """Put a question to the interviewer; None when nobody answers or nothing was asked."""
        if self._host is None or self.is_over or not clean(question).strip():
            return None
        asked = self._host.hear(self.session, question)
        self._sitting = machine.ask(self._sitting, asked, self._clock())
        self._store()
        return asked

    def _end(self, *, skipped: bool) -> None:
        is_reply = self.exchange is not None
        self._sitting = machine.close(self._sitting, self._clock(), skipped=skipped)
        # On disk before the interviewer thinks.
        self._store()
        spoken: Sequence[Exchange] = ()
        if not is_reply and self._host is not None:
            for asked in self._host.hear_written(self.session):
                self._sitting = machine.ask(self._sitting, asked, self._clock())
            spoken = self._host.respond(self.session)
        self._sitting = machine.proceed(self._sitting, spoken, self._clock())
        self._store()

    def back(self) -> None:
        """Go back to the stage before."""
        self._sitting = machine.back(self._sitting, self._clock())
        self._store()

    def pause(self) -> None:
        """Stop the clock."""
        self._sitting = machine.pause(self._sitting, self._clock())
        self._store()

    def go_on(self) -> None:
        """Set the clock going again."""
        self._sitting = machine.go_on(self._sitting, self._clock())

    def hint(self) -> str:
        """Ask for a hint; return what the interviewer says."""
        self._sitting, line = machine.hint(self._sitting, self.plan, self._clock())
        self._store()
        return line

    def predict(self, score: int | None) -> None:
        """Keep the score that the candidate expects; None keeps nothing."""
        self._sitting = self._sitting._replace(session=replace(self.session, prediction=score))
        self._store()

    def leave(self) -> None:
        """Stop and store everything; CoachError when the disk still refuses."""
        self._sitting = machine.leave(self._sitting, self._clock())
        self._store()
        if self._failure:
            raise self._failure

    def _store(self) -> None:
        moment = self._wall()
        stamp = moment.astimezone(UTC).isoformat(timespec="seconds")
        session = replace(self.session, updated_at=stamp)
        self._saved_clock = self._clock()
        try:
            self._save(session)
        except CoachError as error:
            self._failure = error
            return
        self._failure = None
        self.saved_at = moment
        self._saved_answers = _answers(session)


def _answers(session: Session) -> tuple[str, ...]:
    return (*(stage.answer for stage in session.stages), *(exchange.answer for exchange in session.exchanges))
