"""What the history knows of a candidate's preparation: weak criteria, what was never said or asked, the last run."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from mlsd_coach.matching.lexicon import ConceptIndex
from mlsd_coach.matching.text import read_text
from mlsd_coach.models import Attempt, ChecklistItem, Concept, Level, Lexicon, RecallQuestion, Verdict

RECENT = 5
"""Attempts that count for what is weak: what was learnt since should not be held against anybody."""
WEAK_BELOW = 0.5
"""Average share of a criterion's points below which it is weak: less than named each time."""
MOST_WEAK = 5
_MET = frozenset({Verdict.NAMED.value, Verdict.REASONED.value})


@dataclass(frozen=True)
class WeakCriterion:
    """A criterion that earned less than half its points on average."""

    stage: str
    stage_title: str
    id: str
    statement: str
    average: float
    """0..1, of its points."""
    times: int
    """Attempts in which it was judged."""
    scenario: str
    """A scenario in which it was judged last."""


@dataclass
class _Tally:
    weight: int
    shares: list[float] = field(default_factory=list)
    first: dict[str, Any] = field(default_factory=dict)


def recent(attempts: Sequence[Attempt]) -> tuple[Attempt, ...]:
    """Return the attempts that count, of all given newest first."""
    return tuple(attempts[:RECENT])


def find_weak_criteria(attempts: Sequence[Attempt]) -> tuple[WeakCriterion, ...]:
    """Return the criteria that lose most in the recent attempts, the costliest first.

    Stages left out, answers that were not judged, and criteria above the level of the attempt do not count.
    """
    tallies: dict[tuple[str, str], _Tally] = {}
    for attempt in recent(attempts):
        for stage, criterion in _judged(attempt):
            key = (stage["id"], criterion["id"])
            tally = tallies.setdefault(key, _Tally(criterion["weight"] * stage["weight"]))
            tally.shares.append(criterion["points"] / (criterion["weight"] or 1))
            tally.first = tally.first or {"stage": stage, "criterion": criterion, "scenario": attempt.scenario}
    weak = [(_average(tally), key, tally) for key, tally in tallies.items() if _average(tally) < WEAK_BELOW]
    # Lost often before lost once, then by what it weighs.
    weak.sort(key=lambda entry: (-(1 - entry[0]) * entry[2].weight * len(entry[2].shares), entry[1]))
    return tuple(_weak(average, tally) for average, _, tally in weak[:MOST_WEAK])


def _average(tally: _Tally) -> float:
    return sum(tally.shares) / len(tally.shares)


def _weak(average: float, tally: _Tally) -> WeakCriterion:
    stage, criterion = tally.first["stage"], tally.first["criterion"]
    return WeakCriterion(
        stage["id"],
        stage["title"],
        criterion["id"],
        criterion["statement"],
        round(average, 3),
        len(tally.shares),
        tally.first["scenario"],
    )


def _judged(attempt: Attempt) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [
        (stage, criterion)
        for stage in attempt.scorecard["stages"]
        if stage["attempted"] and not stage["guard"]
        for criterion in stage["criteria"]
        if criterion["verdict"] != Verdict.NOT_JUDGED.value and Level(criterion["level"]).rank <= attempt.level.rank
    ]


def find_unsaid_concepts(item: ChecklistItem, attempts: Sequence[Attempt], lexicon: Lexicon) -> tuple[Concept, ...]:
    """Return the item's concepts that stand in none of the recent answers; none without an attempt."""
    if not attempts:
        return ()
    index = ConceptIndex(lexicon)
    said: set[str] = set()
    for attempt in recent(attempts):
        for _, answer in attempt.answers:
            said.update(index.find_all(read_text(answer)))
    return tuple(concept for concept in _concepts_of(item, lexicon) if concept.id not in said)


def _concepts_of(item: ChecklistItem, lexicon: Lexicon) -> list[Concept]:
    by_id = {concept.id: concept for concept in lexicon.concepts}
    return [by_id[name] for name in item.concepts if name in by_id]


def find_unasked_questions(item: ChecklistItem, attempts: Sequence[Attempt]) -> tuple[RecallQuestion, ...]:
    """Return the item's questions whose criterion was met in no recent attempt; none without an attempt."""
    counted = [attempt for attempt in recent(attempts) if _requirements(attempt) is not None]
    if not counted:
        return ()
    asked: set[str] = set()
    for attempt in counted:
        stage = _requirements(attempt) or {}
        asked.update(criterion["id"] for criterion in stage["criteria"] if criterion["verdict"] in _MET)
    return tuple(question for question in item.questions if question.criterion not in asked)


def _requirements(attempt: Attempt) -> dict[str, Any] | None:
    stages: list[dict[str, Any]] = attempt.scorecard["stages"]
    return next((stage for stage in stages if stage["id"] == "requirements" and stage["attempted"]), None)


def find_full_run(attempts: Sequence[Attempt], stages: Collection[str]) -> Attempt | None:
    """Return the newest attempt that was sat by the clock through all these stages; None when there is none."""
    for attempt in attempts:
        timed = {stage for stage, seconds in attempt.seconds if seconds > 0}
        answered = {stage for stage, answer in attempt.answers if answer.strip()}
        if timed >= set(stages) and answered >= set(stages):
            return attempt
    return None
