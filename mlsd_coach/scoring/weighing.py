"""Points of a stage at a level, with the weights of this sitting: the persona's, and what was agreed."""

from collections.abc import Collection, Mapping, Sequence

from mlsd_coach.models import BALANCED, Criterion, Judgement, Level, Persona, Scenario, Signal, StageScore

ABOVE_SHARE = 0.5
"""What a criterion above the level asked for adds: half its points, as a bonus."""

Factors = Mapping[Signal, float]
EVEN: Factors = {}
"""Every signal weighs as authored."""


def stage_points(judgements: Sequence[Judgement], level: Level, factors: Factors = EVEN) -> float:
    """Return 0..100: points over the weights asked for at this level; what lies above it adds half as a bonus."""
    within = [j for j in judgements if j.criterion.level.rank <= level.rank]
    asked = sum(weight_of(j.criterion, factors) for j in within)
    points = sum(won(j) * factors.get(j.criterion.signal, 1.0) for j in within)
    above = [j for j in judgements if j.criterion.level.rank > level.rank]
    bonus = sum(won(j) * factors.get(j.criterion.signal, 1.0) for j in above)
    return round(min(100.0, 100 * (points + ABOVE_SHARE * bonus) / asked), 1) if asked else 0.0


def overall(stages: Collection[StageScore]) -> float:
    """Return 0..100: the mean of stage scores by the weights of the stages."""
    weight = sum(stage.weight for stage in stages) or 1
    return round(sum(stage.score * stage.weight for stage in stages) / weight, 1)


def weight_of(criterion: Criterion, factors: Factors = EVEN) -> float:
    """Return what a criterion weighs in this sitting."""
    return criterion.weight * factors.get(criterion.signal, 1.0)


def won(judgement: Judgement) -> float:
    """Return the points of a criterion, with what a follow-up added."""
    return judgement.points + (judgement.nudge.points if judgement.nudge else 0.0)


def factors_of(persona: Persona, scenario: Scenario, told: Sequence[str]) -> dict[Signal, float]:
    """Return the factors of a sitting: those of the persona, times those of the facts that were told.

    A fact that says what this round is about is an agreement only once it was asked for.
    """
    factors = dict(persona.weights)
    for fact in scenario.facts:
        if fact.id in told:
            for signal, factor in fact.told_by(persona.id).expects:
                factors[signal] = round(factors.get(signal, 1.0) * factor, 3)
    return {signal: factor for signal, factor in factors.items() if factor != 1.0}


def agreed_in(scenario: Scenario, persona: str, told: Sequence[str]) -> str:
    """Return what the interviewer said this round is about; empty when they were not asked."""
    said = [fact.told_by(persona or BALANCED) for fact in scenario.facts if fact.id in told]
    return " ".join(each.says for each in said if each.expects)
