"""The score at the end: judged, kept as an attempt, shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mlsd_coach.commands import output
from mlsd_coach.commands.surroundings import now, say
from mlsd_coach.history.conversation import with_conversation
from mlsd_coach.interview.notes import spoken_in
from mlsd_coach.models import Attempt, Mode, Scenario, Session, StageState

if TYPE_CHECKING:  # the judging parts are loaded at the first verdict, long after the first prompt is drawn
    from mlsd_coach.content.library import Library
    from mlsd_coach.history.store import Store
    from mlsd_coach.models import Claim, Scorecard, SecondOpinion, StageScore
    from mlsd_coach.scoring import Scorer

ROUND_MINUTES = 45.0


class Judge:
    """Scores one scenario; the scorer is loaded when the first verdict is asked for."""

    def __init__(self, scenario: Scenario, library: "Library") -> None:
        self.scenario = scenario
        self.library = library
        self._scorer: Scorer | None = None

    @property
    def scorer(self) -> "Scorer":
        """The scorer, loaded once."""
        if self._scorer is None:
            from mlsd_coach.scoring import Scorer

            self._scorer = Scorer(self.library.lexicon(), self.library.levels(), self.library.criteria)
        return self._scorer

    def card(self, session: Session) -> "Scorecard":
        """Score a sitting, with what was said besides its answers."""
        from mlsd_coach.scoring.replies import Conversation

        answers = {stage.id: spoken_in(session, stage.id) for stage in session.stages}
        seconds = {stage.id: stage.seconds for stage in session.stages}
        return self.scorer.score(
            self.scenario,
            answers,
            level=session.level,
            minutes=self._round_minutes(session.stages[0]),
            seconds=seconds,
            stages=[stage.id for stage in session.stages],
            conversation=Conversation.of(session, self.library.interviewer()) if session.persona else None,
        )

    def stage_score(self, session: Session, state: StageState, answer: str) -> "StageScore":
        """Score one stage of a sitting under way."""
        return self.scorer.score_stage(
            self.scenario,
            state.id,
            answer,
            level=session.level,
            minutes=self._round_minutes(state),
            seconds=state.seconds,
        )

    def stage_verdict(self, session: Session, state: StageState, width: int, *, plain: bool, colour: bool) -> str:
        """Return the verdict on one stage as text."""
        from mlsd_coach.terminal.render_debrief import render_stage_verdict

        score = self.stage_score(session, state, spoken_in(session, state.id))
        return render_stage_verdict(
            score, width=width, plain=plain, colour=colour, level=session.level, ascii_only=output.is_ascii()
        )

    def _round_minutes(self, stage: StageState) -> float:
        """Return the length of the whole round that gives a stage the budget it had."""
        return ROUND_MINUTES * stage.budget_seconds / (60.0 * self.scenario.stage(stage.id).minutes)


def attempt_of(session: Session, card: "Scorecard") -> Attempt:
    """Return the attempt that a finished sitting becomes."""
    from mlsd_coach.scoring import scorecard_to_json

    extra: dict[str, Any] = {
        "stages": [stage.id for stage in session.stages],
        "skipped": [stage.id for stage in session.stages if stage.skipped],
        "transcript": [list(entry) for entry in session.transcript],
        **with_conversation(session),
    }
    return Attempt(
        id=session.id,
        scenario=session.scenario,
        level=session.level,
        mode=session.mode,
        minutes=session.minutes,
        started_at=session.started_at,
        finished_at=now().isoformat(timespec="seconds"),
        scorecard=scorecard_to_json(card),
        answers=tuple((stage.id, spoken_in(session, stage.id)) for stage in session.stages),
        seconds=tuple((stage.id, stage.seconds) for stage in session.stages),
        prediction=session.prediction,
        hints_used=tuple((stage.id, stage.hints_used) for stage in session.stages if stage.hints_used),
        extra=extra,
    )


def keep(session: Session, judge: Judge, store: "Store") -> "tuple[Scorecard, str]":
    """Score a finished sitting and put it among the attempts; return the card and the attempt's id."""
    card = judge.card(session)
    return card, store.finish(session.id, attempt_of(session, card))


def keep_answers(session: Session, answers: Mapping[str, str], judge: Judge, store: "Store") -> "tuple[Scorecard, str]":
    """Score answers that were not sat, only handed in, and put them among the attempts; they have no times."""
    stages = tuple(
        replace(stage, answer=answers.get(stage.id, ""), done=True, skipped=stage.id not in answers)
        for stage in session.stages
    )
    session = replace(session, stages=stages, current=len(stages))
    timed = judge.card(session)
    card = replace(timed, stages=tuple(replace(stage, seconds=None) for stage in timed.stages))
    return card, store.finish(None, replace(attempt_of(session, card), seconds=()))


def show(
    card: "Scorecard",
    judge: Judge,
    *,
    prediction: int | None,
    mode: Mode | None,
    json: bool,
    plain: bool,
    opinions: "Sequence[SecondOpinion]" = (),
    claims: "Sequence[Claim]" = (),
    time: "Mapping[str, Any] | None" = None,
) -> None:
    """Print the debrief, or the scorecard as JSON, on standard output; `mode` is None for answers handed in."""
    levels = judge.library.levels()
    output.emit_card(
        card,
        judge.scenario,
        levels,
        json=json,
        plain=plain,
        prediction=prediction,
        mode=mode,
        opinions=opinions,
        claims=claims,
        time=time,
    )


def time_of(session: Session, card: "Scorecard", judge: Judge) -> "Mapping[str, Any] | None":
    """Return where the time of a sitting went, where there is something to learn from it; else None."""
    from mlsd_coach.reports.time_view import build_time_view
    from mlsd_coach.scoring.replay import read_snapshots, replay

    snapshots = read_snapshots(with_conversation(session))
    if snapshots.is_empty:
        return None
    return build_time_view(card, replay(snapshots, card, judge.scenario, judge.scorer))


def tell_kept(attempt_id: str) -> None:
    """Say under which id the attempt is kept and how to see it again."""
    say(f"Kept as {attempt_id}")
    say("See it again: mlsd-coach show")
    say("What the next level wants: mlsd-coach show --levels")
    say(f"What to study next: mlsd-coach export --attempt {attempt_id}")
    say("A verdict looks wrong? mlsd-coach appeal")
