"""A scorecard held against another level: the points, and what is open, from the verdicts that are there already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mlsd_coach.models import Judgement, Level, Scorecard, StageScore
from mlsd_coach.scoring.summary import MET, reach_level
from mlsd_coach.scoring.weighing import EVEN, Factors, overall, stage_points


@dataclass(frozen=True)
class OpenCriterion:
    """A criterion that is not met, with its stage."""

    stage: StageScore
    judgement: Judgement

    @property
    def worth(self) -> int:
        """What it weighs in the whole: stage weight times criterion weight."""
        return self.stage.weight * self.judgement.criterion.weight


@dataclass(frozen=True)
class Bar:
    """One level, and how an attempt stands to it."""

    level: Level
    score: float
    """0..100, held against this level."""
    met: int
    asked: int

    @property
    def short(self) -> int:
        """How many more criteria of this level are needed for its majority; 0 when it is there or none is asked."""
        return max(0, self.asked // 2 + 1 - self.met) if self.asked else 0


def parts_of(card: Scorecard) -> tuple[StageScore, ...]:
    """Return everything that counts in the score: the stages, and the answer to the change of requirements."""
    return (*card.stages, card.change) if card.change else card.stages


def bars_of(card: Scorecard) -> tuple[Bar, ...]:
    """Return the attempt held against each level, lowest first, by the verdicts of the scorecard."""
    tally = reach_level(parts_of(card)).met
    return tuple(Bar(level, score_against(card, level), met, asked) for level, met, asked in tally)


def score_against(card: Scorecard, level: Level) -> float:
    """Return the score as if held against a level; at the card's own level it is the card's."""
    if level is card.level:
        return card.score
    factors = factors_in(card)
    return overall([replace(part, score=stage_points(part.judgements, level, factors)) for part in parts_of(card)])


def factors_in(card: Scorecard) -> Factors:
    """Return by what the interviewer and what was agreed multiplied the weights of signals."""
    return dict(card.interview.factors) if card.interview else EVEN


def next_level(card: Scorecard) -> Level | None:
    """Return the lowest level that was not reached; None above staff."""
    reached = reach_level(parts_of(card)).reached
    return next((level for level in Level if reached is None or level.rank > reached.rank), None)


def open_at(card: Scorecard, level: Level) -> Sequence[OpenCriterion]:
    """Return the criteria of exactly this level that are not met, the weightiest first."""
    found = [
        OpenCriterion(stage, judgement)
        for stage in parts_of(card)
        for judgement in stage.judgements
        if judgement.criterion.level is level and judgement.verdict not in MET
    ]
    return sorted(found, key=lambda each: -each.worth)
