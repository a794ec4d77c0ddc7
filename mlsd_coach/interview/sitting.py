"""The sitting as a pure state machine: each event takes the time and returns the sitting as it then stands.

`now` is the caller's time in seconds; only differences count. No event ever shortens an answer but `write`, and none
takes time back.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from mlsd_coach.interview.clock import Clock
from mlsd_coach.interview.pacing import budgets, interruptions
from mlsd_coach.interview.text import clean
from mlsd_coach.models import Level, Mode, Scenario, Session, StagePlan, StageState

INTERVIEWER = "interviewer"
NO_HINTS = "I would rather not give hints in a mock interview: go with what seems right to you, and say why."
NO_MORE_HINTS = "That is all I can hint at here without giving it away."


class Sitting(NamedTuple):
    """A session as it is stored, and the clock of the stage under way."""

    session: Session
    clock: Clock

    @property
    def is_over(self) -> bool:
        """Tell whether every stage has been ended."""
        return self.session.current >= len(self.session.stages)

    @property
    def is_paused(self) -> bool:
        """Tell whether the clock stands still although a stage is open."""
        return not self.is_over and not self.clock.is_running

    @property
    def stage(self) -> StageState:
        """The stage under way; IndexError when the sitting is over."""
        return self.session.stages[self.session.current]


def new_session(
    scenario: Scenario,
    *,
    session_id: str,
    level: Level,
    mode: Mode,
    started_at: str,
    minutes: float | None = None,
    stages: Sequence[str] | None = None,
) -> Session:
    """Return a session at its first stage, with nothing answered.

    `stages` are stage ids in any order, all of the scenario's when None; they are sat in the scenario's order.
    """
    wanted = [plan.id for plan in scenario.stages if stages is None or plan.id in stages]
    seconds = budgets(scenario, wanted, minutes)
    states = tuple(StageState(id=name, budget_seconds=share) for name, share in zip(wanted, seconds, strict=True))
    return Session(
        id=session_id,
        scenario=scenario.id,
        level=level,
        mode=mode,
        minutes=minutes if minutes is not None else sum(seconds) / 60.0,
        stages=states,
        current=0,
        started_at=started_at,
        updated_at=started_at,
    )


def start(session: Session, now: float) -> Sitting:
    """Begin a session, or go on with one: the clock runs on from the time used before."""
    if session.current >= len(session.stages):
        return Sitting(session, Clock())
    return Sitting(session, Clock(session.stages[session.current].seconds, now))


def tick(sitting: Sitting, now: float) -> Sitting:
    """Count the time up to `now`, and let the interviewer speak up when the stage's time is over."""
    if sitting.is_over:
        return sitting
    clock = sitting.clock.at(now)
    session = _with_stage(sitting.session, seconds=clock.counted)
    said = {text for stage, _, text in session.transcript if stage == sitting.stage.id}
    due = [line for line in interruptions(session, session.current) if line not in said]
    for line in due:
        session = _say(session, line)
    return Sitting(session, clock)


def write(sitting: Sitting, text: str, now: float) -> Sitting:
    """Replace the answer under way by `text`, cleaned; writing sets a paused clock going again."""
    if sitting.is_over:
        return sitting
    answer = clean(text)
    if answer == sitting.stage.answer:
        return tick(sitting, now)
    counted = tick(sitting, now)
    return Sitting(_with_stage(counted.session, answer=answer), counted.clock.run(now))


def submit(sitting: Sitting, now: float) -> Sitting:
    """End the stage with its answer as it stands, and open the next one that is not done."""
    return _end_stage(sitting, now, skipped=False)


def skip(sitting: Sitting, now: float) -> Sitting:
    """Leave the stage as it is, text and all, and open the next one that is not done."""
    return _end_stage(sitting, now, skipped=True)


def back(sitting: Sitting, now: float) -> Sitting:
    """Open the stage before this one again, with its text and its time; the first stage stays where it is."""
    if sitting.is_over or sitting.session.current == 0:
        return tick(sitting, now)
    counted = tick(sitting, now)
    return _open(counted, sitting.session.current - 1, now)


def pause(sitting: Sitting, now: float) -> Sitting:
    """Stop the clock."""
    counted = tick(sitting, now)
    return Sitting(counted.session, counted.clock.stop(now))


def go_on(sitting: Sitting, now: float) -> Sitting:
    """Set the clock going again."""
    if sitting.is_over:
        return sitting
    return Sitting(sitting.session, sitting.clock.run(now))


def leave(sitting: Sitting, now: float) -> Sitting:
    """Stop the clock with everything counted, ready to be stored and resumed."""
    return pause(sitting, now)


def hint(sitting: Sitting, plan: StagePlan, now: float) -> tuple[Sitting, str]:
    """Ask for the stage's next hint; return the sitting and what the interviewer says.

    A mock gives none, and neither refusal counts as a hint used.
    """
    if sitting.is_over:
        return sitting, NO_MORE_HINTS
    counted = tick(sitting, now)
    if counted.session.mode is not Mode.COACHED:
        return counted, NO_HINTS
    layers = hints_of(plan)
    used = counted.stage.hints_used
    if used >= len(layers):
        return counted, NO_MORE_HINTS
    session = _say(_with_stage(counted.session, hints_used=used + 1), layers[used])
    return Sitting(session, counted.clock), layers[used]


def hints_of(plan: StagePlan) -> tuple[str, ...]:
    """Return a stage's hints in layers: its own, else the first hint of each criterion."""
    return plan.hints or tuple(criterion.hints[0] for criterion in plan.criteria if criterion.hints)


def said_in(session: Session, stage_id: str) -> tuple[str, ...]:
    """Return what the interviewer has said in a stage besides its prompt, oldest first."""
    return tuple(text for stage, who, text in session.transcript if stage == stage_id and who == INTERVIEWER)


def _end_stage(sitting: Sitting, now: float, *, skipped: bool) -> Sitting:
    if sitting.is_over:
        return sitting
    counted = tick(sitting, now)
    session = _with_stage(counted.session, done=True, skipped=skipped)
    return _open(Sitting(session, counted.clock), _next_open(session), now)


def _next_open(session: Session) -> int:
    """Return the next stage not done, looking onwards first and then from the start; past the end when all are."""
    count = len(session.stages)
    order = [*range(session.current + 1, count), *range(session.current)]
    return next((index for index in order if not session.stages[index].done), count)


def _open(sitting: Sitting, index: int, now: float) -> Sitting:
    session = replace(sitting.session, current=index)
    if index >= len(session.stages):
        return Sitting(session, Clock())
    return Sitting(session, Clock(session.stages[index].seconds, now))


def _with_stage(session: Session, **changes: object) -> Session:
    stages = list(session.stages)
    stages[session.current] = replace(stages[session.current], **changes)  # type: ignore[arg-type]
    return replace(session, stages=tuple(stages))


def _say(session: Session, text: str) -> Session:
    entry = (session.stages[session.current].id, INTERVIEWER, text)
    return replace(session, transcript=(*session.transcript, entry))
