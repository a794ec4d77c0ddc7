"""A small scenario and its sessions, for tests of the sitting."""

from mlsd_coach.interview.sitting import new_session
from mlsd_coach.models import Level, Mode, Scenario, Session, StagePlan


def small_scenario(*, hints: tuple[str, ...] = ("Who waits?", "For how long?")) -> Scenario:
    """Three stages of 10, 20 and 15 minutes, hints in each."""
    minutes = {"requirements": 10.0, "data": 20.0, "models": 15.0}
    stages = tuple(
        StagePlan(
            id=name, title=name.capitalize(), minutes=share, weight=2, prompt=f"On {name}?", criteria=(), hints=hints
        )
        for name, share in minutes.items()
    )
    return Scenario(
        id="small", title="A small one", family="test", opening="Let us begin.", context="A shop.", stages=stages
    )


def small_session(*, mode: Mode = Mode.MOCK, minutes: float | None = None, stages: list[str] | None = None) -> Session:
    """A session of the small scenario."""
    return new_session(
        small_scenario(),
        session_id="20250102-030405-small",
        level=Level.SENIOR,
        mode=mode,
        started_at="2025-01-02T03:04:05+00:00",
        minutes=minutes,
        stages=stages,
    )
