"""A sitting under way: events at the clock's time, and the draft on disk within the second."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from mlsd_coach.errors import CoachError
from mlsd_coach.interview import sitting as machine
from mlsd_coach.interview.pacing import Pace, behind, pace
from mlsd_coach.models import Scenario, Session, StagePlan, StageState

TEXT_SAVE_SECONDS = 0.3
"""A changed answer waits at most this long, plus a tick, for the disk."""
TIME_SAVE_SECONDS = 5.0
"""How stale the stored time may get while nothing is typed."""


class LiveSitting:
    """Holds the sitting, applies events at the time of `clock`, and hands changes to `save`.

    `clock` gives monotonic seconds, `wall` the time of day with its zone, `save` stores a session and raises CoachError
    when it cannot. A failed save is remembered in `problem` and tried again with every tick: the sitting goes on.
    """

    def __init__(
        self,
        session: Session,
        scenario: Scenario,
        *,
        clock: Callable[[], float],
        wall: Callable[[], datetime],
        save: Callable[[Session], None],
    ) -> None:
        self.scenario = scenario
        self.saved_at: datetime | None = None
        self._failure: CoachError | None = None
        self._clock = clock
        self._wall = wall
        self._save = save
        self._saved_clock = clock()
        self._saved_answers = _answers(session)
        self._sitting = machine.start(session, clock())

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
    def said(self) -> tuple[str, ...]:
        """What the interviewer has said in this stage besides its prompt."""
        return machine.said_in(self.session, self.stage.id)

    @property
    def is_opening(self) -> bool:
        """Tell whether the candidate is still in the first stage and has ended none."""
        return self.session.current == 0 and not any(stage.done for stage in self.session.stages)

    @property
    def stage_left(self) -> float:
        """Seconds left of the stage's budget; negative when it is used up."""
        return self.stage.budget_seconds - self.stage.seconds

    @property
    def total_left(self) -> float:
        """Seconds left of the whole sitting; negative when they are used up."""
        return sum(stage.budget_seconds - stage.seconds for stage in self.session.stages)

    @property
    def pace(self) -> Pace:
        """The pace of the stage under way."""
        return pace(self.stage.seconds, self.stage.budget_seconds)

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
        """End the stage and commit it."""
        self._sitting = machine.submit(self._sitting, self._clock())
        self._store()

    def skip(self) -> None:
        """Leave the stage as it is and go on."""
        self._sitting = machine.skip(self._sitting, self._clock())
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
    return tuple(stage.answer for stage in session.stages)
