"""The sitting as a pure state machine: each event takes the time and returns the sitting as it then stands.

`now` is the caller's time in seconds; only differences count. No event ever shortens an answer but `write`, and none
takes time back.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from mlsd_coach.interview.clock import Clock
from mlsd_coach.interview.notes import spoken_in
from mlsd_coach.interview.pacing import budgets, interruptions
from mlsd_coach.interview.text import clean
from mlsd_coach.models import Asked, Exchange, Level, Mode, Scenario, Session, StagePlan, StageState

INTERVIEWER, CANDIDATE, QUESTION = "interviewer", "candidate", "question"
"""Who speaks in the transcript; QUESTION is the candidate at the fact desk."""
YOU = "You: "
"""What a question begins with where it is shown among the interviewer's words."""
CUTS = (20.0, 35.0, 45.0)
"""Minutes at which the answers are kept as they stand, for the replay of the clock."""
REPLY_IS_LATE = "Thanks, let us leave it at that."
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
    def exchange(self) -> Exchange | None:
        """What the interviewer has just said after a stage, while the candidate may reply."""
        return None if self.is_over else under_way(self.session)

    @property
    def stage(self) -> StageState:
        """The stage under way, or that the interviewer speaks of; IndexError when the sitting is over."""
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
    persona: str = "",
    seed: int = 0,
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
        persona=persona,
        seed=seed,
    )


def start(session: Session, now: float) -> Sitting:
    """Begin a session, or go on with one: the clock runs on from the time used before."""
    if session.current >= len(session.stages):
        return Sitting(session, Clock())
    exchange = under_way(session)
    return Sitting(session, Clock(exchange.seconds if exchange else session.stages[session.current].seconds, now))


def under_way(session: Session) -> Exchange | None:
    """Return the exchange that waits for a reply, if there is one."""
    return next((exchange for exchange in session.exchanges if not exchange.done), None)


def tick(sitting: Sitting, now: float) -> Sitting:
    """Count the time up to `now`, and let the interviewer speak up when the time for this part is over."""
    if sitting.is_over:
        return sitting
    clock = sitting.clock.at(now)
    exchange = sitting.exchange
    if exchange is not None:
        session = with_exchange(sitting.session, seconds=clock.counted)
        is_late = clock.counted > exchange.budget_seconds >= exchange.seconds
        return Sitting(_say(session, REPLY_IS_LATE) if is_late else session, clock)
    session = _with_cuts(_with_stage(sitting.session, seconds=clock.counted), sitting.stage)
    said = {text for stage, _, text in session.transcript if stage == sitting.stage.id}
    due = [line for line in interruptions(session, session.current) if line not in said]
    for line in due:
        session = _say(session, line)
    return Sitting(session, clock)


def write(sitting: Sitting, text: str, now: float) -> Sitting:
    """Replace the answer or reply under way by `text`, cleaned; writing sets a paused clock going again."""
    if sitting.is_over:
        return sitting
    answer = clean(text)
    exchange = sitting.exchange
    if answer == (exchange.answer if exchange else sitting.stage.answer):
        return tick(sitting, now)
    counted = tick(sitting, now)
    change = with_exchange if exchange else _with_stage
    return Sitting(change(counted.session, answer=answer), counted.clock.run(now))


def submit(sitting: Sitting, now: float) -> Sitting:
    """End the stage with its answer as it stands, and open the next one that is not done; end a reply likewise."""
    return proceed(close(sitting, now), (), now)


def skip(sitting: Sitting, now: float) -> Sitting:
    """Leave the stage as it is, text and all, and open the next one that is not done."""
    return proceed(close(sitting, now, skipped=True), (), now)


def close(sitting: Sitting, now: float, *, skipped: bool = False) -> Sitting:
    """End the stage, or the reply, and stay there until `proceed`: the interviewer may have something to say."""
    if sitting.is_over:
        return sitting
    counted = tick(sitting, now)
    session, exchange = counted.session, counted.exchange
    if exchange is not None:
        session = _note(session, CANDIDATE, exchange.answer)
        return Sitting(with_exchange(session, done=True), counted.clock.stop(now))
    if not skipped:
        session = _note(session, CANDIDATE, counted.stage.answer)
    return Sitting(_with_stage(session, done=True, skipped=skipped), counted.clock.stop(now))


def proceed(sitting: Sitting, exchanges: Sequence[Exchange], now: float) -> Sitting:
    """Put to the candidate what the interviewer has to say, one after the other, then open the next stage."""
    if sitting.is_over:
        return sitting
    session = replace(sitting.session, exchanges=(*sitting.session.exchanges, *exchanges))
    waiting = under_way(session)
    if waiting is None:
        return _open(Sitting(session, sitting.clock), _next_open(session), now)
    return Sitting(_say(session, waiting.says), Clock(waiting.seconds, now))


def call(sitting: Sitting, stage: str, now: float) -> Sitting:
    """Keep which stage the candidate wants to go to next; the one under way stays open until it is ended."""
    counted = tick(sitting, now)
    if counted.is_over or all(state.id != stage for state in counted.session.stages):
        return counted
    called = (*counted.session.called, (counted.stage.id, stage))
    session = replace(counted.session, called=called, wanted=stage)
    return Sitting(session, counted.clock)


def back(sitting: Sitting, now: float) -> Sitting:
    """Open the stage before this one again, with its text and its time; the first stage stays where it is.

    A reply has to be ended first: the interviewer is waiting for it.
    """
    if sitting.is_over or sitting.session.current == 0 or sitting.exchange is not None:
        return tick(sitting, now)
    counted = tick(sitting, now)
    return _open(counted, sitting.session.current - 1, now)


def ask(sitting: Sitting, asked: Asked, now: float) -> Sitting:
    """Keep a question put to the interviewer, and the reply."""
    counted = tick(sitting, now)
    if counted.is_over:
        return counted
    session = replace(counted.session, asked=(*counted.session.asked, asked))
    session = _say(_note(session, QUESTION, asked.says), asked.reply)
    return Sitting(session, counted.clock.run(now))


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
    if used >= len(layers) or counted.exchange is not None:
        return counted, NO_MORE_HINTS
    session = _say(_with_stage(counted.session, hints_used=used + 1), layers[used])
    return Sitting(session, counted.clock), layers[used]


def hints_of(plan: StagePlan) -> tuple[str, ...]:
    """Return a stage's hints in layers: its own, else the first hint of each criterion."""
    return plan.hints or tuple(criterion.hints[0] for criterion in plan.criteria if criterion.hints)


def said_in(session: Session, stage_id: str, *, since: str = "") -> tuple[str, ...]:
    """Return what was said in a stage besides its prompt and the answer, oldest first; questions begin with "You: ".

    `since` leaves out all up to the interviewer's last saying that.
    """
    said = [
        f"{YOU}{text}" if who == QUESTION else text
        for stage, who, text in session.transcript
        if stage == stage_id and who in (INTERVIEWER, QUESTION)
    ]
    if since:
        said = said[len(said) - said[::-1].index(since) :] if since in said else []
    return tuple(said)


def _next_open(session: Session) -> int:
    """Return the stage that was called for; else the next one not done, onwards first and then from the start."""
    count = len(session.stages)
    if session.wanted:
        return next(index for index, state in enumerate(session.stages) if state.id == session.wanted)
    order = [*range(session.current + 1, count), *range(session.current)]
    return next((index for index in order if not session.stages[index].done), count)


def _open(sitting: Sitting, index: int, now: float) -> Sitting:
    session = replace(sitting.session, current=index, wanted="")
    if index >= len(session.stages):
        return Sitting(session, Clock())
    opened = session.stages[index]
    if opened.done:
        session = replace(session, returned=(*session.returned, opened.id))
    return Sitting(session, Clock(opened.seconds, now))


def _with_stage(session: Session, **changes: object) -> Session:
    stages = list(session.stages)
    stages[session.current] = replace(stages[session.current], **changes)  # type: ignore[arg-type]
    return replace(session, stages=tuple(stages))


def with_exchange(session: Session, **changes: object) -> Session:
    """Return the session with the exchange under way changed."""
    waiting = under_way(session)
    exchanges = tuple(
        replace(each, **changes) if each is waiting else each  # type: ignore[arg-type]
        for each in session.exchanges
    )
    return replace(session, exchanges=exchanges)


def _with_cuts(session: Session, before: StageState) -> Session:
    """Keep the answers as they stand when a cut of the clock, or a stage's budget, has just been passed."""
    stage = session.stages[session.current]
    if before.seconds <= stage.budget_seconds < stage.seconds and all(name != stage.id for name, _ in session.at_zero):
        session = replace(session, at_zero=(*session.at_zero, (stage.id, spoken_in(session, stage.id))))
    used = sum(each.seconds for each in session.stages) / 60.0
    due = [cut for cut in CUTS if cut <= used and all(cut != kept for kept, _ in session.cuts)]
    if not due:
        return session
    said = ((each.id, spoken_in(session, each.id)) for each in session.stages)
    answers = tuple((name, text) for name, text in said if text)
    return replace(session, cuts=(*session.cuts, *((cut, answers) for cut in due)))


def _say(session: Session, text: str) -> Session:
    return _note(session, INTERVIEWER, text)


def _note(session: Session, who: str, text: str) -> Session:
    if not text.strip():
        return session
    entry = (session.stages[session.current].id, who, text)
    return replace(session, transcript=(*session.transcript, entry))
