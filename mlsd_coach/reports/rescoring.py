"""Two scorecards of the same answers compared: what a later content or scorer says otherwise, as values and as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mlsd_coach.models import Judgement, Scorecard, StageScore

CAUSES = ("scenario", "rubrics", "scorer")
"""The digests of a scorecard."""


@dataclass(frozen=True)
class Pair:
    """One criterion in both scorecards; a side is None where it does not exist."""

    stage: str
    title: str
    """The stage's title."""
    before: Judgement | None
    now: Judgement | None

    @property
    def either(self) -> Judgement:
        """The newer side that exists."""
        found = self.now or self.before
        assert found is not None, "a pair has a side"  # noqa: S101
        return found


@dataclass(frozen=True)
class Difference:
    """What is not the same in two scorecards."""

    before: Scorecard
    now: Scorecard
    causes: tuple[str, ...]
    """Which digests differ, of CAUSES."""
    verdicts: tuple[Pair, ...]
    """Criteria in both, with another verdict."""
    reweighed: tuple[Pair, ...]
    """Criteria in both with the same verdict, but another weight or level."""
    gone: tuple[Pair, ...]
    """Criteria of stages in both that no longer exist."""
    new: tuple[Pair, ...]
    """Criteria of stages in both that did not exist."""
    gone_stages: tuple[StageScore, ...]
    """Stages that the scenario no longer has; their answers are not scored."""

    @property
    def points(self) -> float:
        """By how many points of 100 the score went up."""
        return round(self.now.score - self.before.score, 1)

    @property
    def is_empty(self) -> bool:
        """Tell whether score and verdicts are all the same."""
        changed = self.verdicts or self.reweighed or self.gone or self.new or self.gone_stages
        return not changed and self.points == 0


def compare(before: Scorecard, now: Scorecard) -> Difference:
    """Return how the later of two scorecards of the same answers differs from the earlier one."""
    causes = tuple(name for name in CAUSES if getattr(before.digests, name) != getattr(now.digests, name))
    later = {stage.id: stage for stage in now.stages}
    pairs = [pair for stage in before.stages if stage.id in later for pair in _pairs(stage, later[stage.id])]
    both = [pair for pair in pairs if pair.before and pair.now]
    changed = tuple(pair for pair in both if _verdict(pair.before) != _verdict(pair.now))
    return Difference(
        before,
        now,
        causes,
        changed,
        tuple(pair for pair in both if pair not in changed and _asked(pair.before) != _asked(pair.now)),
        tuple(pair for pair in pairs if pair.now is None),
        tuple(pair for pair in pairs if pair.before is None),
        tuple(stage for stage in before.stages if stage.id not in later),
    )


def _pairs(before: StageScore, now: StageScore) -> Iterator[Pair]:
    earlier = {each.criterion.id: each for each in before.judgements}
    for each in now.judgements:
        yield Pair(now.id, now.title, earlier.pop(each.criterion.id, None), each)
    for each in earlier.values():
        yield Pair(now.id, now.title, each, None)


def _verdict(judgement: Judgement | None) -> str:
    return judgement.verdict.value if judgement else ""


def _asked(judgement: Judgement | None) -> tuple[int, str]:
    return (judgement.criterion.weight, judgement.criterion.level.value) if judgement else (0, "")


def difference_to_json(found: Difference) -> dict[str, Any]:
    """Return the difference as the JSON contract has it."""
    return {
        "changed": list(found.causes),
        "before": _card(found.before),
        "now": _card(found.now),
        "verdicts": [_pair(pair) for pair in found.verdicts],
        "reweighed": [_pair(pair) for pair in found.reweighed],
        "gone": [_pair(pair) for pair in found.gone],
        "new": [_pair(pair) for pair in found.new],
        "gone_stages": [stage.id for stage in found.gone_stages],
    }


def _card(card: Scorecard) -> dict[str, Any]:
    reached = card.level_result.reached
    digests = {name: getattr(card.digests, name) for name in CAUSES}
    return {
        "score": card.score,
        "band": card.band,
        "level_reached": reached.value if reached else None,
        "digests": digests,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "stage": pair.stage,
        "criterion": pair.either.criterion.id,
        "statement": pair.either.criterion.statement,
        "before": _side(pair.before),
        "now": _side(pair.now),
    }


def _side(judgement: Judgement | None) -> dict[str, Any] | None:
    if judgement is None:
        return None
    return {
        "verdict": judgement.verdict.value,
        "points": judgement.points,
        "weight": judgement.criterion.weight,
        "level": judgement.criterion.level.value,
        "quotes": [each.quote for each in judgement.evidence],
    }


def quotes(judgement: Judgement | None) -> Sequence[str]:
    """Return the quotes of one side, each on one line."""
    return [" ".join(each.quote.split()) for each in judgement.evidence] if judgement else []
