"""Sessions and attempts as JSON text, there and back."""

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from mlsd_coach.models.terms import Level

if TYPE_CHECKING:  # lists read only heads: they should not pay for making the classes of the rest
    from mlsd_coach.models import Attempt, Session


@dataclass(frozen=True)
class AttemptHead:
    """What a list shows of an attempt, without its answers."""

    id: str
    scenario: str
    level: Level
    score: float
    """0..100."""
    band: str
    prediction: int | None
    finished_at: str


def session_to_text(session: "Session") -> str:
    """Return a session as JSON; ASCII only, so that any text an answer holds makes the round trip."""
    return json.dumps(asdict(session), separators=(",", ":"))


def session_from_text(text: str) -> "Session":
    """Return the session that `session_to_text` wrote; ValueError, KeyError or TypeError when it is none."""
    from mlsd_coach.models.conversation import Asked, Exchange, Heard, Turn
    from mlsd_coach.models.sitting import Mode, Session, StageState

    obj: dict[str, Any] = json.loads(text)
    obj["level"] = Level(obj["level"])
    obj["mode"] = Mode(obj["mode"])
    obj["stages"] = tuple(StageState(**stage) for stage in obj["stages"])
    obj["transcript"] = tuple((stage, who, said) for stage, who, said in obj["transcript"])
    # A session of an older coach has none of these.
    obj["asked"] = tuple(
        Asked(**{**each, "heard": Heard(each["heard"]), "facts": tuple(each["facts"])}) for each in obj.get("asked", ())
    )
    obj["exchanges"] = tuple(Exchange(**{**each, "turn": Turn(each["turn"])}) for each in obj.get("exchanges", ()))
    obj["called"] = tuple((left, stage) for left, stage in obj.get("called", ()))
    obj["returned"] = tuple(obj.get("returned", ()))
    obj["at_zero"] = tuple((stage, answer) for stage, answer in obj.get("at_zero", ()))
    obj["cuts"] = tuple(
        (minutes, tuple((stage, answer) for stage, answer in answers)) for minutes, answers in obj.get("cuts", ())
    )
    return Session(**obj)


def attempt_to_text(attempt: "Attempt") -> str:
    """Return an attempt as JSON; ASCII only."""
    return json.dumps(asdict(attempt), separators=(",", ":"))


def attempt_from_text(text: str) -> "Attempt":
    """Return the attempt that `attempt_to_text` wrote; ValueError, KeyError or TypeError when it is none."""
    from mlsd_coach.models.sitting import Attempt, Mode

    obj: dict[str, Any] = json.loads(text)
    obj["level"] = Level(obj["level"])
    obj["mode"] = Mode(obj["mode"])
    for key in ("answers", "seconds", "hints_used"):
        obj[key] = tuple((stage, value) for stage, value in obj[key])
    return Attempt(**obj)
