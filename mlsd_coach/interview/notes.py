"""What the candidate has learned so far, in few words, and what they said in a stage, questions and all."""

from collections.abc import Mapping, Sequence

from mlsd_coach.models import Asked, Fact, Heard, Session


def notes_of(asked: Sequence[Asked], facts: Mapping[str, Fact], persona: str) -> tuple[str, ...]:
    """Return what the candidate knows by now, as they would have jotted it down: facts told, assumptions made."""
    found: list[str] = []
    for each in asked:
        if each.heard is Heard.TOLD:
            told = [facts[name].told_by(persona) for name in each.facts if name in facts]
            found += [answer.note or answer.says for answer in told]
        elif each.heard is Heard.ASSUMED:
            found.append(f"assumed: {each.says}")
    return tuple(dict.fromkeys(found))


def spoken_in(session: Session, stage_id: str) -> str:
    """Return all that the candidate said in a stage, as it is scored: the answer, then each question on its line.

    A question put to the interviewer shows what a question in the answer would have shown.
    """
    answer = next(stage.answer for stage in session.stages if stage.id == stage_id)
    asked = [each.says for each in session.asked if each.stage == stage_id and each.says not in answer]
    return "\n\n".join(part for part in (answer.strip("\n"), "\n".join(asked)) if part)
