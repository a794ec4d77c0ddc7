"""A sitting scored as it stood at moments of its clock: after 20 or 35 minutes, and as each stage's time ran out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mlsd_coach.models import Scenario, Scorecard, StageScore
from mlsd_coach.scoring.bars import factors_in
from mlsd_coach.scoring.scorer import Scorer
from mlsd_coach.scoring.weighing import overall, stage_points

CUTS = "cuts"
"""Key of an attempt's `extra`: [{"minutes": 20, "answers": {stage: text}}, ...]."""
AT_ZERO = "at_zero"
"""Key of an attempt's `extra`: {stage: the answer as it stood when the stage's budget was used up}."""


@dataclass(frozen=True)
class Snapshots:
    """The answers of a sitting as they stood at moments of its clock."""

    cuts: tuple[tuple[float, Mapping[str, str]], ...] = ()
    """(minutes gone by, stage → answer), in the order of time."""
    at_zero: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is none."""
        return not self.cuts and not self.at_zero


@dataclass(frozen=True)
class Replay:
    """The snapshots scored, all by the same scorer."""

    cuts: tuple[tuple[float, float], ...]
    """(minutes gone by, score 0..100)."""
    end: float
    """The score of the answers as they were handed in, by the scorer that scored the cuts."""
    stages: Mapping[str, StageScore]
    """Each stage as it was handed in."""
    at_zero: Mapping[str, StageScore]
    """Each stage with a snapshot, as it stood when its budget was used up."""


def read_snapshots(extra: Mapping[str, Any]) -> Snapshots:
    """Return the snapshots in an attempt's `extra`; ValueError, KeyError or TypeError when they cannot be read."""
    cuts, at_zero = extra.get(CUTS, []), extra.get(AT_ZERO, {})
    if not isinstance(cuts, list) or not all(isinstance(cut, dict) for cut in cuts):
        raise ValueError(CUTS)
    asked = _asked(extra)
    found = [(_minutes(cut), _spoken(_answers(cut.get("answers")), asked)) for cut in cuts]
    return Snapshots(tuple(sorted(found, key=lambda cut: cut[0])), _spoken(_answers(at_zero), asked))


def _asked(extra: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the questions of each stage that were put to the interviewer beside its answer."""
    found: dict[str, list[str]] = {}
    conversation = extra.get("conversation")
    for each in conversation.get("asked", []) if isinstance(conversation, dict) else []:
        found.setdefault(str(each["stage"]), []).append(str(each["says"]))
    return found


def _spoken(answers: Mapping[str, str], asked: Mapping[str, list[str]]) -> dict[str, str]:
    """Return answers with the questions of their stages, which are scored with them at the end.

    When a question was put is not kept: it counts from the moment at which its stage has an answer.
    """
    found: dict[str, str] = {}
    for stage, text in answers.items():
        questions = [each for each in asked.get(stage, []) if each not in text]
        found[stage] = "\n\n".join([text, *(["\n".join(questions)] if questions else [])]) if text.strip() else text
    return found


def _minutes(cut: Mapping[str, Any]) -> float:
    minutes = cut.get("minutes")
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or not 0 <= minutes < float("inf"):
        raise ValueError("minutes")
    return float(minutes)


def _answers(found: object) -> dict[str, str]:
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise ValueError("answers")
    return found


def replay(snapshots: Snapshots, card: Scorecard, scenario: Scenario, scorer: Scorer) -> Replay:
    """Score the snapshots of a scorecard's sitting, held against its level and weighed as it was.

    The end is scored again by the same scorer and content: a difference between two points of the sitting is then one
    of the answers, whatever has changed since. What a follow-up or the change of requirements won is in none of them,
    and stages that the scenario no longer has are left out.
    """
    there = {plan.id for plan in scenario.stages}
    answers = {stage.id: stage.answer for stage in card.stages if stage.id in there}
    factors = factors_in(card)

    def stages_of(texts: Mapping[str, str], names: Iterable[str]) -> dict[str, StageScore]:
        scored = {name: scorer.score_stage(scenario, name, texts.get(name, ""), level=card.level) for name in names}
        return {
            name: replace(stage, score=stage_points(stage.judgements, card.level, factors))
            for name, stage in scored.items()
        }

    def score_of(texts: Mapping[str, str]) -> float:
        return overall(stages_of(texts, answers).values())

    end = stages_of(answers, answers)
    return Replay(
        tuple((minutes, score_of(texts)) for minutes, texts in snapshots.cuts),
        overall(end.values()),
        end,
        stages_of(snapshots.at_zero, [name for name in snapshots.at_zero if name in answers]),
    )
