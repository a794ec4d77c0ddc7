"""The conversation of an attempt, in its `extra`: enough to score it again and to print what was said."""

from typing import Any

from mlsd_coach.models import Attempt, Drive, Interviewer, Session
from mlsd_coach.scoring.interview_contract import asked_from_json, asked_to_json, exchange_from_json, exchange_to_json
from mlsd_coach.scoring.replay import AT_ZERO, CUTS
from mlsd_coach.scoring.replies import Conversation

CONVERSATION = "conversation"
"""Key of `extra`; those of the snapshots are in `scoring.replay`."""


def with_conversation(session: Session) -> dict[str, Any]:
    """Return what `extra` keeps of a session's conversation and of its clock; nothing where no persona sat."""
    if not session.persona:
        return {}
    return {
        CONVERSATION: {
            "persona": session.persona,
            "seed": session.seed,
            "asked": [asked_to_json(each) for each in session.asked],
            "exchanges": [exchange_to_json(each) for each in session.exchanges],
            "called": [list(each) for each in session.called],
            "returned": list(session.returned),
        },
        CUTS: [{"minutes": minutes, "answers": dict(answers)} for minutes, answers in session.cuts],
        AT_ZERO: dict(session.at_zero),
    }


def conversation_of(attempt: Attempt, interviewer: Interviewer) -> Conversation | None:
    """Return the conversation of an attempt; None when none was held."""
    kept: dict[str, Any] | None = attempt.extra.get(CONVERSATION)
    if kept is None:
        return None
    drive = Drive(
        tuple((left, stage) for left, stage in kept["called"]),
        tuple(kept["returned"]),
        tuple(attempt.extra.get("skipped", ())),
    )
    return Conversation(
        interviewer,
        kept["persona"],
        kept["seed"],
        tuple(asked_from_json(each) for each in kept["asked"]),
        tuple(exchange_from_json(each) for each in kept["exchanges"]),
        drive,
    )
