"""Tasks on a small answer, and a judge that does not wait."""

from pathlib import Path
from typing import Any

from mlsd_coach.judges.client import Limits, Server
from mlsd_coach.judges.kept import KeptReplies
from mlsd_coach.judges.llm import LlmJudge
from mlsd_coach.judges.tasks import Task
from mlsd_coach.models import Criterion, Signal, Verdict
from tests.judges.servers import ChatServer

ANSWER = "The goal is retention,  because\nclicks alone reward bait. We log each Impression too."
KEY = "sk-secret-0123456789"
QUICK: dict[str, Any] = {"timeout": 5.0, "retries": 2, "backoff": 0.0, "parallel": 3}


def task(number: int = 1, answer: str = ANSWER) -> Task:
    statement = f"The candidate says thing {number}."
    return Task("data", "Data", "Which data?", Criterion(f"c{number}", statement, Signal.DATA_SENSE), answer)


def tasks(count: int) -> tuple[Task, ...]:
    return tuple(task(number) for number in range(1, count + 1))


class Waits:
    """In place of sleeping: what was asked for."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def judge(
    server: ChatServer,
    count: int = 1,
    *,
    folder: Path | None = None,
    waits: Waits | None = None,
    key: str = KEY,
    **limits: Any,
) -> LlmJudge:
    where = Server(server.url, "toy", key, server.host, is_local=True)
    return LlmJudge(tasks(count), where, Limits(**QUICK | limits), KeptReplies(folder), sleep=waits or Waits())


def verdicts(judge: LlmJudge) -> list[str]:
    return [opinion.verdict.value for opinion in judge.result().opinions]


NOT_JUDGED = Verdict.NOT_JUDGED.value
