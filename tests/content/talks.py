"""A scenario to cut transcripts for."""

from mlsd_coach.content.transcript import Cut, cut_transcript
from mlsd_coach.models import STAGE_MINUTES, Scenario, StagePlan

LEFT_OUT = "candidates"
STAGES = tuple(stage for stage in STAGE_MINUTES if stage != LEFT_OUT)


def stage(name: str, title: str = "") -> StagePlan:
    return StagePlan(name, title or name.replace("-", " ").capitalize(), STAGE_MINUTES[name], 3, "Prompt.", ())


SCENARIO = Scenario(
    id="fraud",
    title="Fraud",
    family="",
    opening="",
    context="",
    stages=tuple(stage(name, "Data & labels" if name == "data" else "") for name in STAGES),
    omitted=((LEFT_OUT, "Everything is scored."),),
)


def cut(text: str, *, minutes: float = 41, speaker: str = "", by_clock: bool = False) -> Cut:
    """Cut a transcript; with 41 minutes every stage has the minutes that it has in the scenario."""
    return cut_transcript(text, SCENARIO, source="talk.vtt", minutes=minutes, speaker=speaker, by_clock=by_clock)


def answers(text: str, **more: object) -> dict[str, str]:
    return cut(text, **more).answers()  # type: ignore[arg-type]
