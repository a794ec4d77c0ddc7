"""What a second judge is asked: one task for each criterion of a scorecard that is worth a second look."""

from dataclasses import dataclass

from mlsd_coach.models import Criterion, Judgement, Level, Scenario, Scorecard, Verdict

_FOUND = (Verdict.REASONED, Verdict.NAMED, Verdict.MAYBE)


@dataclass(frozen=True)
class Task:
    """One criterion of one answer."""

    stage: str
    title: str
    """Title of the stage."""
    prompt: str
    """What the interviewer asked."""
    criterion: Criterion
    answer: str

    @property
    def id(self) -> str:
        """`stage/criterion`, unique within a scorecard."""
        return f"{self.stage}/{self.criterion.id}"


def tasks_of(card: Scorecard, scenario: Scenario) -> tuple[Task, ...]:
    """Return the tasks in the order of the scorecard.

    Stages without an answer in prose are left out, and so are criteria above the level that the scorer did not find:
    the debrief does not hold them against anybody either.
    """
    tasks: list[Task] = []
    for stage in card.stages:
        if not stage.attempted or stage.guard:
            continue
        plan = scenario.stage(stage.id)
        whole = {criterion.id: criterion for criterion in plan.criteria}
        tasks += [
            Task(stage.id, plan.title, plan.prompt, whole.get(j.criterion.id, j.criterion), stage.answer)
            for j in stage.judgements
            if _is_asked(j, card.level)
        ]
    return tuple(tasks)


def _is_asked(judgement: Judgement, level: Level) -> bool:
    return judgement.criterion.level.rank <= level.rank or judgement.verdict in _FOUND
