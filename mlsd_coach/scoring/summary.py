"""What a scorecard comes to: level, band, signals, and the one gap to close first."""

from collections.abc import Iterator, Sequence

from mlsd_coach.models import (
    FirstGap,
    Judgement,
    Level,
    LevelResult,
    Levels,
    Signal,
    SignalScore,
    StageScore,
    Verdict,
)

MET = frozenset({Verdict.NAMED, Verdict.REASONED})
MAJORITY = 0.5


def judgements_of(stages: Sequence[StageScore]) -> Iterator[tuple[StageScore, Judgement]]:
    """Yield every judgement with its stage."""
    for stage in stages:
        for judgement in stage.judgements:
            yield stage, judgement


def reach_level(stages: Sequence[StageScore]) -> LevelResult:
    """Return the highest level of which a majority of criteria is met, all levels below it included."""
    tally: list[tuple[Level, int, int]] = []
    for level in Level:
        asked = [j for _, j in judgements_of(stages) if j.criterion.level is level]
        tally.append((level, sum(j.verdict in MET for j in asked), len(asked)))
    reached: Level | None = None
    for level, met, count in tally:
        if not count or met / count <= MAJORITY:
            break
        reached = level
    return LevelResult(reached, tuple(tally), _level_reason(reached, tally))


def _level_reason(reached: Level | None, tally: Sequence[tuple[Level, int, int]]) -> str:
    words = ", ".join(f"{met} of {count} {level.value} criteria" for level, met, count in tally if count)
    if reached is None:
        return f"You met {words}; a level is reached with more than half of its criteria."
    following = [(level, met, count) for level, met, count in tally if level.rank == reached.rank + 1 and count]
    if not following:
        return f"You met {words}."
    level, met, count = following[0]
    short = count // 2 + 1 - met
    more = f"{short} more {level.value} criteri{'on' if short == 1 else 'a'} would reach {level.value}"
    return f"You met {words}; {more}."


def choose_band(score: float, levels: Levels) -> str:
    """Return the id of the band that an overall score falls in; "" when no bands are authored."""
    for band in sorted(levels.bands, key=lambda band: -band.floor):
        if score >= band.floor:
            return band.id
    return levels.bands[-1].id if levels.bands else ""


def score_signals(stages: Sequence[StageScore], level: Level) -> tuple[SignalScore, ...]:
    """Return each signal's points of 100 over the criteria asked for at this level."""
    found: list[SignalScore] = []
    for signal in Signal:
        asked = [
            j for _, j in judgements_of(stages) if j.criterion.signal is signal and j.criterion.level.rank <= level.rank
        ]
        weight = sum(j.criterion.weight for j in asked)
        score = round(100 * sum(j.points for j in asked) / weight, 1) if weight else None
        found.append(SignalScore(signal, score, sum(j.verdict in MET for j in asked), len(asked)))
    return tuple(found)


def find_first_gap(stages: Sequence[StageScore], level: Level) -> FirstGap | None:
    """Return the criterion whose points would help most: what is lost, by stage, and lower levels before higher.

    Only stages that were answered are looked at first: advice on an empty page helps nobody.
    """
    open_ones = [
        (stage, j)
        for stage, j in judgements_of(stages)
        if j.verdict is not Verdict.REASONED and j.criterion.level.rank <= level.rank
    ]
    if not open_ones:
        return None
    answered = [pair for pair in open_ones if pair[0].attempted and not pair[0].guard]
    stage, judgement = max(answered or open_ones, key=_worth)
    criterion = judgement.criterion
    return FirstGap(
        stage.id,
        criterion.id,
        criterion.statement,
        judgement.verdict,
        criterion.why,
        criterion.advice or (criterion.hints[0] if criterion.hints else ""),
        criterion.earning,
    )


def _worth(pair: tuple[StageScore, Judgement]) -> float:
    stage, judgement = pair
    asked = sum(j.criterion.weight for j in stage.judgements) or 1
    lost = (judgement.criterion.weight - judgement.points) / asked * stage.weight
    # What every level expects comes before what only the higher ones do.
    return lost * (1.0, 0.8, 0.6)[judgement.criterion.level.rank]
