"""What a scorecard comes to: level, band, signals, and the one gap to close first."""

from collections.abc import Iterator, Sequence

from mlsd_coach.models import (
    CueResult,
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
from mlsd_coach.scoring.weighing import won

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


def score_signals(
    stages: Sequence[StageScore], level: Level, cues: Sequence[CueResult] = ()
) -> tuple[SignalScore, ...]:
    """Return each signal's points of 100 over the criteria asked for at this level.

    Each cue counts as one criterion of weight 1 under communication and leadership: how it was taken.
    """
    found: list[SignalScore] = []
    for signal in Signal:
        asked = [
            j for _, j in judgements_of(stages) if j.criterion.signal is signal and j.criterion.level.rank <= level.rank
        ]
        taken = cues if signal is Signal.COMMUNICATION else ()
        weight = sum(j.criterion.weight for j in asked) + len(taken)
        points = sum(won(j) for j in asked) + sum(cue.points for cue in taken)
        met = sum(j.verdict in MET for j in asked) + sum(cue.points > 0 for cue in taken)
        score = round(100 * points / weight, 1) if weight else None
        found.append(SignalScore(signal, score, met, len(asked) + len(taken)))
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
    lost = (judgement.criterion.weight - won(judgement)) / asked * stage.weight
    # What every level expects comes before what only the higher ones do.
    return lost * (1.0, 0.8, 0.6)[judgement.criterion.level.rank]
