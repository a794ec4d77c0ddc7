"""One attempt held against three bars, and what separates it from the next level."""

from dataclasses import replace

import pytest

from mlsd_coach.models import Criterion, Interview, Judgement, Level, Scorecard, Signal, StageScore, Verdict
from mlsd_coach.reports.levels_view import build_levels_view, levels_to_json, render_levels_markdown
from mlsd_coach.scoring.bars import bars_of, score_against
from mlsd_coach.terminal.render_levels import plain_levels, render_levels
from tests.reports.samples import LABEL, LOSS, RIGHTS, quote_of, small_card, small_levels


def judged(verdict: Verdict, level: Level, weight: int = 1, name: str = "one") -> Judgement:
    points = {Verdict.REASONED: 1.0, Verdict.NAMED: 0.5}.get(verdict, 0.0) * weight
    criterion = Criterion(
        name, f"The candidate says {name}.", Signal.SYSTEMS, level, weight, earning=f"I say {name}, because it holds."
    )
    return Judgement(criterion, verdict, points)


def card_of(*stages: StageScore, level: Level = Level.SENIOR, score: float = 50.0) -> Scorecard:
    return replace(small_card(), stages=stages, level=level, score=score)


def stage(name: str, weight: int, *judgements: Judgement) -> StageScore:
    return StageScore(name, name.capitalize(), weight, 0.0, "An answer.", judgements)


def test_each_bar_asks_for_its_own_and_gives_half_for_what_lies_above():
    card = card_of(
        stage("data", 1, judged(Verdict.REASONED, Level.MID), judged(Verdict.NAMED, Level.SENIOR)), level=Level.STAFF
    )

    # mid: 1 of 1, and a bonus that cannot pass 100; senior: 1.5 of 2.
    assert score_against(card, Level.MID) == 100.0
    assert score_against(card, Level.SENIOR) == 75.0


def test_at_its_own_level_the_score_is_the_one_it_got():
    assert score_against(small_card(), Level.SENIOR) == small_card().score


def test_the_weights_of_the_sitting_hold_at_every_bar():
    card = card_of(
        stage(
            "data",
            1,
            judged(Verdict.REASONED, Level.MID),
            replace(
                judged(Verdict.MISSING, Level.MID, name="two"),
                criterion=replace(judged(Verdict.MISSING, Level.MID).criterion, id="two", signal=Signal.ML_DEPTH),
            ),
        )
    )
    heavier = replace(card, interview=Interview("infra", 1, factors=((Signal.SYSTEMS, 3.0),)))

    assert (score_against(card, Level.MID), score_against(heavier, Level.MID)) == (50.0, 75.0)


def test_the_change_of_requirements_counts_as_a_stage():
    data = stage("data", 1, judged(Verdict.MISSING, Level.MID))
    change = stage("change", 3, judged(Verdict.REASONED, Level.MID, name="two"))
    card = replace(card_of(data), change=change)

    assert score_against(card, Level.MID) == 75.0
    assert bars_of(card)[0].asked == 2


def test_what_separates_from_the_next_level_is_ordered_by_weight_and_counted():
    open_ones = [judged(Verdict.MISSING, Level.SENIOR, weight, f"s{weight}") for weight in (1, 3, 2)]
    card = card_of(
        stage("data", 2, judged(Verdict.NAMED, Level.MID), *open_ones, judged(Verdict.NAMED, Level.SENIOR, name="met")),
        stage("models", 5, judged(Verdict.MAYBE, Level.SENIOR, 1, "m")),
    )
    following = build_levels_view(card, small_levels())["next"]

    assert (following["level"], following["short"], following["met"], following["asked"]) == ("senior", 2, 1, 5)
    assert [(each["id"], each["worth"]) for each in following["criteria"]] == [
        ("s3", 6),
        ("m", 5),
        ("s2", 4),
        ("s1", 2),
    ]
    assert "2 more senior criteria of the 4 below would reach senior" in following["words"]


@pytest.mark.parametrize("met", range(6))
def test_so_many_more_and_not_one_less_reach_the_level(met: int):
    """The number that is told is the smallest that changes the level reached."""

    def reached(count: int) -> str | None:
        verdicts = [Verdict.NAMED] * count + [Verdict.MISSING] * (6 - count)
        judgements = [judged(verdict, Level.MID, name=f"c{at}") for at, verdict in enumerate(verdicts)]
        view = build_levels_view(card_of(stage("data", 1, *judgements)), small_levels())
        shorts.append(view["bars"][0]["short"])
        found: str | None = view["reached"]["id"]
        return found

    shorts: list[int] = []
    before, short = reached(met), 0
    short = shorts[-1]
    if short == 0:
        assert before == "mid"
    else:
        assert reached(met + short) == "mid"
        assert reached(met + short - 1) is None


def test_a_level_without_criteria_cannot_be_reached_and_above_staff_there_is_none():
    only_mid = card_of(stage("data", 1, judged(Verdict.NAMED, Level.MID)))
    every = card_of(stage("data", 1, *(judged(Verdict.NAMED, level, name=level.value) for level in Level)))

    assert "No senior criterion was asked here" in build_levels_view(only_mid, small_levels())["next"]["words"]
    assert build_levels_view(every, small_levels())["next"] is None
    assert "Every level is reached." in plain_levels(build_levels_view(every, small_levels()))


def test_of_bars_above_what_was_asked_nothing_is_said():
    view = build_levels_view(small_card(), small_levels(), asked_to=Level.SENIOR)

    assert [bar["value"] is None for bar in view["bars"]] == [False, False, True]
    assert "Bar: staff, not asked" in plain_levels(view)


def test_plain_lines():
    text = plain_levels(build_levels_view(small_card(), small_levels(), attempt="a1"))

    assert text.splitlines()[0] == "Three bars: Fill a shelf with books (book-shelf, attempt a1)."
    assert "Bar: senior, 20 of 100, No hire yet, 0 of 1 criteria met, 1 more to its majority, held against" in text
    assert "Next level: Senior engineer. 1 more senior criterion of the 1 below would reach senior" in text
    assert f"Would have earned it: {LOSS.earning}" in text
    assert LABEL.earning not in text  # mid is reached


def test_markdown_shows_texts_as_they_are():
    bad = replace(judged(Verdict.MISSING, Level.MID), criterion=replace(LABEL, earning="a | b *c* <d>"))
    text = render_levels_markdown(build_levels_view(card_of(stage("data", 1, bad)), small_levels()))

    assert "Would have earned it: “a \\| b \\*c\\* \\<d\\>”" in text
    assert text.count("\n| ") == 5


def test_json_has_the_quotes_and_the_sentences():
    quoted = replace(judged(Verdict.MAYBE, Level.MID), evidence=quote_of("An answer.", "answer"))
    found = levels_to_json(build_levels_view(card_of(stage("data", 1, quoted)), small_levels(), attempt="a1"))

    assert (found["format"], found["attempt"], found["level_reached"]) == (1, "a1", None)
    assert found["next"]["criteria"][0] == {
        "stage": "data",
        "id": "one",
        "says": "Says one.",
        "worth": 1,
        "earning": "I say one, because it holds.",
        "advice": "",
        "quotes": ["answer"],
        "verdict": "maybe",
    }


@pytest.mark.parametrize("width", [40, 80])
def test_it_fits_the_screen(width: int):
    text = render_levels(build_levels_view(small_card(), small_levels()), width=width, colour=False)

    assert max(map(len, text.splitlines())) <= width
    assert all(part in text for part in ("senior", "No hire yet", "Would have earned it", "Level reached"))
    assert RIGHTS.earning not in text  # two levels up
