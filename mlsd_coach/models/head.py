"""What a list shows of a scenario, apart from the rest so that listing starts fast."""

from dataclasses import dataclass

from mlsd_coach.models.terms import Level


@dataclass(frozen=True)
class ScenarioHead:
    """What a list shows of a scenario, without reading the whole of it."""

    id: str
    title: str
    family: str
    tags: tuple[str, ...] = ()
    levels: tuple[Level, ...] = tuple(Level)
