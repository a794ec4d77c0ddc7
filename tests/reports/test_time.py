"""Where the time of a sitting went: the score on the way, points a minute, overtime that brought little."""

from dataclasses import replace
from typing import Any

import pytest

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.models import Interview, Level, Scorecard, Signal, StageScore
from mlsd_coach.reports.time_view import NO_CUTS, build_time_view, render_time_markdown, time_to_json
from mlsd_coach.scoring import Scorer
from mlsd_coach.scoring.replay import Replay, Snapshots, read_snapshots, replay
from mlsd_coach.terminal.render import Page
from mlsd_coach.terminal.render_time import draw_time, plain_time, render_time
from tests.reports.samples import small_card

GOAL = "What is the business goal? I assume retention, because a returning reader is worth more."


def part(name: str, score: float, seconds: float | None, budget: float = 360.0, weight: int = 1) -> StageScore:
    return StageScore(name, name.capitalize(), weight, score, "An answer.", (), seconds, budget)


def sat(*stages: StageScore, score: float = 40.0) -> Scorecard:
    return replace(small_card(), stages=stages, score=score)


def replay_of(card: Scorecard, **at_zero: float) -> Replay:
    stages = {stage.id: stage for stage in card.stages}
    early = {name: replace(stages[name], score=score) for name, score in at_zero.items()}
    return Replay(((20.0, 12.0), (35.0, 30.0)), card.score, stages, early)


# The view ------------------------------------------------------------------------------------------------------------


def test_overtime_without_a_gain_names_the_stage_that_missed_it():
    card = sat(part("data", 50, 550), part("models", 40, 320, 480), part("features", 30, 360))
    view = build_time_view(card, replay_of(card, data=50))

    assert view["advice"] == [
        "Stop here next time: 3:10 over on Data brought 0 points; Models, 2:40 short, had 20 to give."
    ]


def test_overtime_that_paid_is_no_reason_to_stop():
    card = sat(part("data", 90, 550), part("models", 40, 320, 480))
    view = build_time_view(card, replay_of(card, data=30))

    assert view["advice"] == []
    assert view["stages"][0]["overtime"] == {"seconds": 190.0, "points": 30.0, "is_little": False}


def test_overtime_slower_than_half_the_pace_is_little():
    card = sat(part("data", 50, 660), part("models", 80, 480, 480))
    # The pace is 65 points in 19 minutes, 3.4 a minute; five minutes over brought 3.
    view = build_time_view(card, replay_of(card, data=44))

    assert view["advice"] == ["Stop here next time: 5:00 over on Data brought 3 points."]


def test_a_rewrite_that_lost_points_says_so():
    card = sat(part("data", 40, 480), part("models", 40, 480, 480))

    assert build_time_view(card, replay_of(card, data=42))["advice"] == [
        "Stop here next time: 2:00 over on Data cost 1 point."
    ]


@pytest.mark.parametrize("seconds", [360.0, 370.0, None])
def test_a_few_seconds_and_no_clock_are_not_worth_a_word(seconds: float | None):
    card = sat(part("data", 50, seconds), part("models", 40, 320, 480))

    assert build_time_view(card, replay_of(card, data=50))["advice"] == []


def test_points_a_minute_are_a_stage_s_share_of_the_whole():
    view = build_time_view(sat(part("data", 50, 300, weight=3), part("models", 40, 60)))
    data, models = view["stages"]

    assert (data["points"], data["of"], data["rate"]) == ("37.5", "75", "7.5")
    assert (models["points"], models["of"], models["rate"]) == ("10", "25", "10.0")


def test_without_snapshots_it_is_said_that_they_are_missing():
    view = build_time_view(small_card())

    assert (view["marks"], view["advice"], view["note"]) == ([], [], NO_CUTS)
    assert view["stages"][0]["rate"]


def test_the_marks_are_told_in_their_order_with_the_end():
    card = sat(part("data", 40, 1500))
    text = "\n".join(plain_time(build_time_view(card, replay_of(card))))

    assert "at 20 min: 12 of 100.\nAs it stood at 35 min: 30 of 100.\nAs it stood at the end: 40 of 100." in text


def test_an_end_that_is_not_the_score_it_got_is_explained():
    card = sat(part("data", 40, 1500))
    found = build_time_view(replace(card, score=47.0), replay_of(card))

    assert "the sitting got 47" in found["note"]


def test_json():
    card = sat(part("data", 50, 550), part("models", 40, None, 480))
    found = time_to_json(build_time_view(card, replay_of(card, data=50), attempt="a1"))

    assert found["cuts"] == [{"minutes": 20.0, "score": 12.0}, {"minutes": 35.0, "score": 30.0}]
    assert (found["end"], found["note"], found["seconds"]) == (40.0, None, 550.0)
    assert found["stages"][1] == {
        "id": "models",
        "seconds": None,
        "budget_seconds": 480.0,
        "per_minute": None,
        "overtime": None,
        "points": 20.0,
        "worth": 50.0,
    }


@pytest.mark.parametrize("width", [40, 80])
def test_it_fits_the_screen_whole_and_short(width: int):
    card = sat(part("data", 50, 550), part("offline-evaluation", 40, 320, 480))
    view = build_time_view(card, replay_of(card, data=50))
    page = Page(width, colour=False)
    draw_time(page, view)
    text = render_time(view, width=width, colour=False)

    assert page.text() in text
    assert max(map(len, text.splitlines())) <= width
    assert "12 at 20 min · 30 at 35 min · 40 at the end" in " ".join(text.split())


def test_markdown():
    card = sat(replace(part("data", 50, 550), title="Data | *rows*"), part("models", 40, 320, 480))
    text = render_time_markdown(build_time_view(card, replay_of(card, data=50), attempt="a1"))

    assert "| Data \\| \\*rows\\* | 9:10 | 6:00 | 25 | 50 | 2.7 |" in text
    assert "| 20 min | 12 |" in text
    assert "- Stop here next time" in text


# Snapshots -----------------------------------------------------------------------------------------------------------


def test_snapshots_are_read_in_the_order_of_time():
    cuts = [{"minutes": 35, "answers": {"data": "b"}}, {"minutes": 20, "answers": {"data": "a"}}]

    assert read_snapshots({"cuts": cuts, "at_zero": {"data": "z"}}) == Snapshots(
        ((20.0, {"data": "a"}), (35.0, {"data": "b"})), {"data": "z"}
    )
    assert read_snapshots({}).is_empty


def test_questions_put_to_the_interviewer_count_where_they_count_at_the_end():
    asked = [{"stage": "requirements", "says": "How many people?"}, {"stage": "data", "says": "Which logs?"}]
    found = read_snapshots(
        {"conversation": {"asked": asked}, "at_zero": {"requirements": "First.", "data": "", "models": "A tree."}}
    )

    assert found.at_zero == {"requirements": "First.\n\nHow many people?", "data": "", "models": "A tree."}


@pytest.mark.parametrize(
    "extra",
    [
        {"cuts": "x"},
        {"cuts": [3]},
        {"cuts": [{"answers": {}}]},
        {"cuts": [{"minutes": float("inf"), "answers": {}}]},
        {"cuts": [{"minutes": 20}]},
        {"at_zero": {"data": 3}},
        {"at_zero": [], "cuts": []},
    ],
)
def test_what_is_no_snapshot_is_refused(extra: dict[str, Any]):
    with pytest.raises(ValueError, match=r"."):
        read_snapshots(extra)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([builtin_root()])


def test_snapshots_are_scored_as_the_sitting_was(library: Library):
    scenario = library.scenario("feed-ranking")
    scorer = Scorer(library.lexicon(), library.levels(), library.criteria)
    strong = {name: scenario.stage(name).samples.strong for name in ("requirements", "data")}
    card = scorer.score(scenario, strong, level=Level.MID, stages=["requirements", "data"])
    snapshots = Snapshots(((20.0, {"requirements": GOAL}), (35.0, strong)), {"data": "", "gone": "x"})
    found = replay(snapshots, card, scenario, scorer)

    assert found.end == card.score == found.cuts[1][1]
    assert 0 < found.cuts[0][1] < card.score
    assert found.at_zero["data"].score == 0.0
    assert set(found.at_zero) == {"data"}
    # An infrastructure lead weighs otherwise, on the way as at the end.
    weighed = replace(card, interview=Interview("infra", 1, factors=((Signal.DATA_SENSE, 0.0),)))
    assert replay(snapshots, weighed, scenario, scorer).end != found.end
