from hypothesis import given
from hypothesis import strategies as st

from mlsd_coach.interview.clock import Clock

TIMES = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False)


def test_counts_only_while_it_runs():
    clock = Clock().run(10.0).stop(15.0).at(100.0).run(200.0).at(203.0)
    assert clock.counted == 8.0


def test_counts_on_from_a_time_that_jumped_back():
    clock = Clock().run(100.0).at(110.0).at(50.0).at(53.0)
    assert clock.counted == 13.0


@given(st.lists(st.tuples(st.sampled_from(["at", "run", "stop"]), TIMES)))
def test_never_runs_backwards(events: list[tuple[str, float]]):
    clock = Clock()
    for event, now in events:
        after = getattr(clock, event)(now)
        assert after.counted >= clock.counted
        clock = after
