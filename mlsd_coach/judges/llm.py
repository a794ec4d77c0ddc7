"""The judge `llm`: a language model that is asked criterion by criterion, from kept replies where there are any."""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace

from mlsd_coach.judges.client import CallFailed, Client, Limits, Server, Sleep
from mlsd_coach.judges.kept import KeptReplies
from mlsd_coach.judges.prompt import key_of, messages_of, schema_of
from mlsd_coach.judges.replies import BrokenReply, opinion_of, read_reply
from mlsd_coach.judges.tasks import Task
from mlsd_coach.models import Opinion, SecondOpinion, Tally, Verdict

NAME = "llm"
MOST_FAILURES = 3
"""Calls that may fail one after the other before the rest is given up."""
MOST_BROKEN = 8
"""The same for replies that are no verdicts: a small model stumbles now and then."""
NOT_ASKED = "It was not asked."
Tell = Callable[[int, int], None]


class LlmJudge:
    """One run over a scorecard's tasks; what was found stays, however the run ends."""

    def __init__(
        self,
        tasks: Sequence[Task],
        server: Server,
        limits: Limits,
        kept: KeptReplies,
        *,
        sleep: Sleep = asyncio.sleep,
        nonce: Callable[[], str] = lambda: secrets.token_hex(16),
    ) -> None:
        self.trouble = ""
        """Why asking was given up, for a sentence; empty when it was not."""
        self._tasks = tuple(tasks)
        self._server = server
        self._limits = limits
        self._kept = kept
        self._client = Client(server, limits, sleep=sleep)
        self._nonces = {answer: _fresh(nonce, answer) for answer in {task.answer for task in tasks}}
        self._opinions: dict[str, Opinion] = {}
        self._failures = self._broken = 0
        for task in self._tasks:
            self._remember(task)
        self._cached = len(self._opinions)

    @property
    def waiting(self) -> tuple[Task, ...]:
        """The tasks for which the model has to be asked."""
        return tuple(task for task in self._tasks if task.id not in self._opinions)

    @property
    def cached(self) -> int:
        """Opinions from replies that were kept."""
        return self._cached

    def run(self, tell: Tell | None = None) -> None:
        """Ask for everything that waits; `tell` hears how many of how many are done.

        KeyboardInterrupt passes, with the connections closed.
        """
        waiting = self.waiting
        if waiting:
            try:
                asyncio.run(self._ask_all(waiting, tell))
            finally:
                self._kept.prune()

    def result(self) -> SecondOpinion:
        """Return the opinions so far; a task without one is not judged."""
        found = tuple(self._opinions.get(task.id) or _not_judged(task, NOT_ASKED) for task in self._tasks)
        tally = Tally(
            calls=self._client.calls,
            cached=self._cached,
            failed=sum(opinion.verdict is Verdict.NOT_JUDGED for opinion in found),
            tokens_sent=self._client.tokens_sent,
            tokens_received=self._client.tokens_received,
        )
        return SecondOpinion(NAME, self._server.model, found, self._server.host, tally=tally)

    async def _ask_all(self, waiting: Sequence[Task], tell: Tell | None) -> None:
        queue = deque(waiting)

        async def work(most: int) -> None:
            while queue and most and not self.trouble:
                most -= 1
                await self._judge(queue.popleft())
                if tell is not None:
                    tell(sum(task.id in self._opinions for task in waiting), len(waiting))

        async with self._client:
            await work(1)  # alone: a wrong key or address should cost one criterion's calls
            async with asyncio.TaskGroup() as group:
                for _ in range(self._limits.parallel):
                    group.create_task(work(len(waiting)))

    async def _judge(self, task: Task) -> None:
        try:
            text = await self._client.ask(messages_of(task, self._nonces[task.answer]), schema_of(task))
        except CallFailed as failure:
            self._failures += 1
            is_first = len(self._opinions) == self._cached
            if failure.is_final or (failure.is_down and is_first) or self._failures >= MOST_FAILURES:
                self.trouble = self.trouble or failure.reason
            self._opinions[task.id] = _not_judged(task, failure.reason)
            return
        self._failures = 0
        try:
            reply = read_reply(text, task)
        except BrokenReply as broken:
            self._broken += 1
            if self._broken >= MOST_BROKEN:
                self.trouble = self.trouble or f"{MOST_BROKEN} replies in a row were no verdicts. {broken}"
            self._opinions[task.id] = _not_judged(task, str(broken))
            return
        self._broken = 0
        scrub = self._client.scrub
        reply = replace(reply, reason=scrub(reply.reason), quotes=tuple(scrub(quote) for quote in reply.quotes))
        self._kept.put(self._key(task), reply.kept(task))
        self._opinions[task.id] = opinion_of(task, reply)

    def _remember(self, task: Task) -> None:
        text = self._kept.get(self._key(task))
        if text is None:
            return
        try:
            self._opinions[task.id] = opinion_of(task, read_reply(text, task))
        except BrokenReply:
            return  # a damaged file: asked anew

    def _key(self, task: Task) -> str:
        return key_of(task, base_url=self._server.base_url, model=self._server.model)


def _not_judged(task: Task, reason: str) -> Opinion:
    return Opinion(task.stage, task.criterion.id, Verdict.NOT_JUDGED, reason)


def _fresh(nonce: Callable[[], str], answer: str) -> str:
    """Return a random code that does not stand in the answer."""
    code = nonce()
    while code in answer:
        code = nonce()
    return code
