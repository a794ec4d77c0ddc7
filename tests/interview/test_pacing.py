from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_coach.interview.pacing import Pace, behind, budgets, format_clock, interruptions, pace
from mlsd_coach.models import Session
from tests.interview.interviews import small_scenario, small_session

STAGE_IDS = ["requirements", "data", "models"]


@given(
    st.floats(min_value=0.01, max_value=600),
    st.lists(st.sampled_from(STAGE_IDS), min_size=1, max_size=3, unique=True),
)
def test_budgets_sum_to_the_minutes(minutes: float, stages: list[str]):
    assert sum(budgets(small_scenario(), stages, minutes)) == pytest.approx(minutes * 60)


def test_budgets_keep_the_proportions():
    assert budgets(small_scenario(), STAGE_IDS, 90) == pytest.approx((1200, 2400, 1800))


def test_stages_alone_keep_their_part_of_a_round():
    assert budgets(small_scenario(), ["data"], None) == pytest.approx((1200,))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(358.2, "5:59"), (360, "6:00"), (0, "0:00"), (-0.4, "0:00"), (-7.3, "-0:07"), (-125, "-2:05"), (3661, "61:01")],
)
def test_writes_a_clock(seconds: float, text: str):
    assert format_clock(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, Pace.STEADY), (74, Pace.STEADY), (75, Pace.CLOSING), (100, Pace.CLOSING), (100.1, Pace.OVER)],
)
def test_paces_a_stage(seconds: float, expected: Pace):
    assert pace(seconds, 100) is expected


def test_interrupts_at_zero_and_once_more_when_late():
    session = small_session()
    quiet, over, late = (_used(session, share) for share in (0.9, 1.1, 1.6))
    assert interruptions(quiet, 0) == ()
    assert len(interruptions(over, 0)) == 1
    assert interruptions(late, 0)[:1] == interruptions(over, 0)
    assert len(interruptions(late, 0)) == 2


def test_does_not_speak_of_a_next_part_in_the_last_one():
    session = small_session(stages=["data"])
    words = " ".join(interruptions(_used(session, 2), 0))
    assert "move on" not in words
    assert "next" not in words


def test_tells_how_far_behind_plan_a_sitting_is():
    session = small_session()
    first, *rest = session.stages
    slow = replace(first, seconds=first.budget_seconds + 60, done=True)
    assert behind(replace(session, stages=(slow, *rest), current=1)) == pytest.approx(60)
    quick = replace(first, seconds=first.budget_seconds - 90, done=True)
    assert behind(replace(session, stages=(quick, *rest), current=1)) == pytest.approx(-90)
    assert behind(_used(session, 0.5)) == 0


def _used(session: Session, share: float) -> Session:
    first, *rest = session.stages
    return replace(session, stages=(replace(first, seconds=first.budget_seconds * share), *rest))
