"""A model's reply, read strictly: only the schema's fields, and the verdict no higher than the quotes bear out."""

import json
import re
from dataclasses import dataclass
from typing import Any

from mlsd_coach.content.texts import plain_text
from mlsd_coach.judges.prompt import VERDICTS
from mlsd_coach.judges.quotes import MOST_QUOTES, find_quote
from mlsd_coach.judges.tasks import Task
from mlsd_coach.models import Opinion, Verdict

MOST_REASON = 300
"""Characters of a reason that are shown."""
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_LOWER: dict[Verdict, Verdict] = {Verdict.REASONED: Verdict.NAMED, Verdict.NAMED: Verdict.MAYBE}


class BrokenReply(Exception):  # noqa: N818 - no error of the program: the criterion is not judged
    """The reply cannot be read as a verdict; its text says why, to be shown."""


@dataclass(frozen=True)
class Reply:
    """The schema's fields and no others."""

    verdict: Verdict
    quotes: tuple[str, ...]
    reason: str

    def kept(self, task: Task) -> dict[str, Any]:
        """Return it as the object that `read_reply` reads."""
        quotes = list(self.quotes)
        return {"criterion": task.id, "quotes": quotes, "reason": self.reason, "verdict": self.verdict.value}


def read_reply(text: str, task: Task) -> Reply:
    """Return the one JSON object of a reply; BrokenReply when it is not exactly what was asked for."""
    fields = _one_object(_THOUGHT.sub("", text))
    if fields.get("criterion") != task.id:
        raise BrokenReply("The reply is about another criterion.")
    verdict, quotes, reason = (fields.get(name) for name in ("verdict", "quotes", "reason"))
    if verdict not in VERDICTS:
        raise BrokenReply("The reply has no verdict of the three.")
    if not isinstance(quotes, list) or not all(isinstance(quote, str) for quote in quotes):
        raise BrokenReply("The reply has no list of quotes.")
    if not isinstance(reason, str):
        raise BrokenReply("The reply gives no reason.")
    return Reply(Verdict(verdict), tuple(quotes), reason)


def opinion_of(task: Task, reply: Reply) -> Opinion:
    """Return the opinion that a reply comes to.

    A quote that is not in the answer lowers the verdict by one; with none that is, it is a maybe at most.
    """
    reason = _shortened(reply.reason)
    if reply.verdict is Verdict.MISSING:
        return Opinion(task.stage, task.criterion.id, Verdict.MISSING, reason)
    found = [find_quote(task.answer, quote) for quote in reply.quotes[:MOST_QUOTES]]
    evidence = tuple(dict.fromkeys(quote for quote in found if quote is not None))
    verdict: Verdict = reply.verdict
    if not evidence:
        verdict = Verdict.MAYBE
        reason = f"It says {reply.verdict.value}, but quotes nothing that stands in your answer. {reason}".strip()
    elif None in found:
        verdict = _LOWER[reply.verdict]
        reason = f"It says {reply.verdict.value}, but not all it quotes stands in your answer. {reason}".strip()
    return Opinion(task.stage, task.criterion.id, verdict, reason, evidence)


def _one_object(text: str) -> dict[str, Any]:
    """Return the JSON object that a text ends with; a server without schemas may put words or a code fence about it.

    Nothing is looked for behind it or inside a broken one: what stands there may be a piece of the answer.
    """
    start = text.find("{")
    if start < 0:
        raise BrokenReply("The reply is not JSON.")
    try:
        value, end = json.JSONDecoder(object_pairs_hook=_without_doubles).raw_decode(text, start)
    except (ValueError, RecursionError):
        raise BrokenReply("The reply is cut off or is not JSON.") from None
    if text[end:].strip().strip("`"):
        raise BrokenReply("The reply holds more than its verdict.")
    fields: dict[str, Any] = value
    return fields


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BrokenReply("The reply says one thing twice.")
    return fields


def _shortened(text: str) -> str:
    line = " ".join(plain_text(text).split())
    return line if len(line) <= MOST_REASON else line[: MOST_REASON - 1].rstrip() + "…"
