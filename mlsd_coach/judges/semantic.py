"""The judge `semantic`: how near in meaning the nearest sentence of an answer is to what was looked for."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from operator import mul
from typing import Protocol

from mlsd_coach.judges.tasks import Task
from mlsd_coach.matching.text import read_text
from mlsd_coach.models import Criterion, Evidence, Opinion, SecondOpinion, Verdict

NAME = "semantic"
PROBE = ("We log every impression and click.", "The model is trained again each night.")
"""Two sentences whose cosine tells one model from another."""
SAME_MODEL = 0.01
_SUBJECT = "The candidate "

Vector = Sequence[float]


class Encoder(Protocol):
    """Sentences to vectors of length one."""

    @property
    def name(self) -> str:
        """The model, as it is told."""

    def encode(self, texts: Sequence[str]) -> Sequence[Vector]:
        """Return one vector a text."""


@dataclass(frozen=True)
class Thresholds:
    """Cosines from which on a criterion counts as maybe and as covered, and the model that they were found with."""

    model: str
    probe: float
    """Cosine of the two sentences of PROBE under that model."""
    low: float
    high: float


@dataclass(frozen=True)
class Nearest:
    """The sentence of an answer that is nearest to a criterion."""

    similarity: float
    evidence: Evidence


def load_thresholds() -> Thresholds:
    """Return the thresholds that are shipped."""
    table = json.loads(resources.files("mlsd_coach.judges").joinpath("data/semantic.json").read_text(encoding="utf-8"))
    return Thresholds(table["model"], table["probe"], table["low"], table["high"])


def is_calibrated(encoder: Encoder, thresholds: Thresholds) -> bool:
    """Tell whether the thresholds were found with this encoder's model."""
    first, second = encoder.encode(PROBE)
    return abs(cosine(first, second) - thresholds.probe) <= SAME_MODEL


def judge_by_meaning(
    tasks: Sequence[Task], encoder: Encoder, thresholds: Thresholds, tell: Callable[[int, int], None] | None = None
) -> SecondOpinion:
    """Return the opinion on every task; `tell` hears how many of how many are done."""
    opinions: list[Opinion] = []
    space = Space(encoder)
    for answer in dict.fromkeys(task.answer for task in tasks):
        mine = [task for task in tasks if task.answer == answer]
        space.add([quote.quote for quote in sentences_of(answer)])
        space.add(text for task in mine for text in wanted_texts(task.criterion))
        opinions += [_opinion(task, space.nearest(answer, task.criterion), thresholds) for task in mine]
        if tell is not None:
            tell(len(opinions), len(tasks))
    return SecondOpinion(NAME, encoder.name, tuple(opinions), reads_reasons=False)


class Space:
    """Texts with their vectors, each encoded once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Vector] = {}

    def add(self, texts: Iterable[str]) -> None:
        """Encode the texts that are new, all at once."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._encoder.encode(new), strict=True))

    def nearest(self, answer: str, criterion: Criterion) -> Nearest | None:
        """Return the nearest sentence of an answer, None when it has none; the texts have been added."""
        wanted = [self._vectors[text] for text in wanted_texts(criterion)]
        found = [
            Nearest(max(cosine(self._vectors[quote.quote], vector) for vector in wanted), quote)
            for quote in sentences_of(answer)
        ]
        return max(found, key=lambda nearest: nearest.similarity, default=None)


def cosine(first: Vector, second: Vector) -> float:
    """Return the cosine of two vectors of length one."""
    return float(sum(map(mul, first, second)))


@lru_cache(maxsize=16)
def sentences_of(answer: str) -> tuple[Evidence, ...]:
    """Return the sentences, bullets and cells of an answer with their places."""
    return tuple(Evidence(answer[s.start : s.end], s.start, s.end) for s in read_text(answer).segments)


def wanted_texts(criterion: Criterion) -> list[str]:
    """Return what would say a criterion: its statement, the sentence that would have earned it, the ways of saying it.

    The statement is taken without its subject: no candidate speaks of "the candidate".
    """
    ways = (way for _, register in criterion.ways for way in register)
    return [text for text in (criterion.statement.removeprefix(_SUBJECT), criterion.earning, *ways) if text]


def verdict_of(similarity: float, thresholds: Thresholds) -> Verdict:
    """Return NAMED, MAYBE or MISSING: how near a sentence is does not tell a reason."""
    if similarity >= thresholds.high:
        return Verdict.NAMED
    return Verdict.MAYBE if similarity >= thresholds.low else Verdict.MISSING


def _opinion(task: Task, nearest: Nearest | None, thresholds: Thresholds) -> Opinion:
    if nearest is None:
        return Opinion(task.stage, task.criterion.id, Verdict.NOT_JUDGED, "The answer has no sentence.")
    verdict = verdict_of(nearest.similarity, thresholds)
    evidence = () if verdict is Verdict.MISSING else (nearest.evidence,)
    return Opinion(task.stage, task.criterion.id, verdict, "", evidence, round(nearest.similarity, 3))


def thresholds_table(thresholds: Thresholds, made_by: str) -> Mapping[str, object]:
    """Return thresholds as they are committed."""
    return {"made_by": made_by, **vars(thresholds)}
