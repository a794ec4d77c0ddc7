"""What the coach doubts, asked back once the attempt is kept: what is confirmed is the candidate's word."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlsd_coach.commands import screen
from mlsd_coach.commands.surroundings import now, say
from mlsd_coach.errors import Interrupted
from mlsd_coach.history.claims import with_confirmations
from mlsd_coach.interview.prompter import Doubt, Prompter
from mlsd_coach.models import Confirmation, Verdict

if TYPE_CHECKING:
    from mlsd_coach.history.store import Store
    from mlsd_coach.models import Scorecard


def confirm_doubts(card: "Scorecard", attempt_id: str, prompter: Prompter, store: "Store") -> tuple[Confirmation, ...]:
    """Ask which MAYBEs were meant, and keep each answer with the attempt as it comes; verdicts and score stay.

    Interrupted when the candidate leaves: the attempt and the answers so far are kept.
    """
    doubts = doubts_of(card)
    if not doubts:
        return ()
    kept: list[Confirmation] = []
    try:
        for doubt in prompter.confirm(doubts):
            kept.append(Confirmation(doubt.stage, doubt.criterion, now().isoformat(timespec="seconds")))
            store.change(attempt_id, lambda attempt: with_confirmations(attempt, kept))
    except KeyboardInterrupt:
        raise Interrupted(f"Kept as {attempt_id}.", fix="Read the debrief: mlsd-coach show") from None
    _tell(doubts, kept)
    return tuple(kept)


def doubts_of(card: "Scorecard") -> tuple[Doubt, ...]:
    """Return the verdicts of a card that the coach is not sure of, in the order of the stages."""
    from mlsd_coach.content.texts import plain_text
    from mlsd_coach.reports.debrief import as_deed

    return tuple(
        Doubt(
            stage.id,
            judgement.criterion.id,
            plain_text(stage.title),
            as_deed(judgement.criterion.statement),
            tuple(" ".join(plain_text(evidence.quote).split()) for evidence in judgement.evidence),
        )
        for stage in card.stages
        for judgement in stage.judgements
        if judgement.verdict is Verdict.MAYBE
    )


def _tell(doubts: Sequence[Doubt], kept: Sequence[Confirmation]) -> None:
    if kept:
        meant = f"You meant {len(kept)} of {len(doubts)}"
        say(screen.wrapped(f"{meant}: your word stands beside the coach's; the score stays."))
