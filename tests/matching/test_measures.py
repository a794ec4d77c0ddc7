"""Figures are read with what they measure, however they are written."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_coach.matching.measures import comparable_value, find_measures
from mlsd_coach.matching.text import read_text
from mlsd_coach.matching.units import read_unit, unit_of_number, word_set

DAY = 86400


def measures(raw):
    return find_measures(read_text(raw))


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("80,000 a second", "rate", 80_000),
        ("80k/s", "rate", 80_000),
        ("35k/sec", "rate", 35_000),
        ("100k QPS", "rate", 100_000),
        ("0.1M requests per second", "rate", 100_000),
        ("80000 rps", "rate", 80_000),
        ("3 billion requests a day", "rate", 3e9 / DAY),
        ("3bn requests/day", "rate", 3e9 / DAY),
        ("3 bn daily requests", "rate", 3e9 / DAY),
        ("720M interactions daily", "rate", 720e6 / DAY),
        ("5 million per hour", "rate", 5e6 / 3600),
        ("a million requests a second", "rate", 1e6),
        ("1 million/s", "rate", 1e6),
        ("6000 searches every minute", "rate", 100),
        ("6,000 qpm", "rate", 100),
        ("5 GB per hour", "flow", 5e9 / 3600),
        ("100 MB/s", "flow", 1e8),
        ("20 TB a day", "flow", 20e12 / DAY),
        ("17.9GB", "bytes", 17.9e9),
        ("3 kB", "bytes", 3000),
        ("12 kilobytes", "bytes", 12_000),
        ("1.2 petabytes", "bytes", 1.2e15),
        ("2 GiB", "bytes", 2 * 2**30),
        ("two terabytes", "bytes", 2e12),
        ("300 ms", "time", 0.3),
        ("300 ms/request", "time", 0.3),
        ("5 µs", "time", 5e-6),
        ("half a second", "time", 0.5),
        ("one second", "time", 1),
        ("30-day window", "time", 30 * DAY),
        ("2 weeks", "time", 14 * DAY),
        ("2%", "percent", 0.02),
        ("2 per cent", "percent", 0.02),
        ("one in fifty", "percent", 0.02),
        ("a tenth of the traffic", "percent", 0.1),
        ("10M users", "count", 1e7),
        ("200M daily active users", "count", 2e8),
        ("200 million people a day", "count", 2e8),
        ("2.4 bn rows", "count", 2.4e9),
        ("3 crore users", "count", 3e7),
        ("3e9 rows", "count", 3e9),
        ("2 x 10^9 rows", "count", 2e9),
        ("10^9 posts", "count", 1e9),
        ("10 000 requests", "count", 1e4),
        ("64-dimensional", "count", 64),
        ("10x more", "factor", 10),
    ],
)
def test_a_figure_is_read_in_base_units(written, kind, value):
    (found,) = measures(written)
    assert (found.kind, found.value) == (kind, pytest.approx(value))


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("50 to 80k requests/s", [50_000, 80_000]),
        ("between 50 and 80 ms", [0.05, 0.08]),
        ("50k–80k qps", [50_000, 80_000]),
        ("2-3 TB", [2e12, 3e12]),
    ],
)
def test_the_ends_of_a_range_share_their_unit(written, values):
    found = measures(written)
    assert [each.value for each in found] == pytest.approx(values)
    assert len({each.kind for each in found}) == 1


@pytest.mark.parametrize(
    ("written", "per"),
    [
        ("256 bytes per vector", "vector"),
        ("4 bytes each", "each"),
        ("150 events per user per day", "user"),
        ("5 sessions/user/day", "user"),
        ("3 GB", ""),
        ("80,000 a second", ""),
    ],
)
def test_what_a_figure_is_given_for_one_of_is_known(written, per):
    assert measures(written)[0].unit.per == per


def test_what_goes_into_a_product_is_told_from_what_comes_of_it():
    found = measures("70M posts × 64 floats × 4 bytes = 17.9 GB")
    assert [each.operand for each in found] == [True, True, True, False]
    assert [each.operand for each in measures("500 candidates times 80k requests/s makes 40M scores/s")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("written", "limit"),
    [("under 300 ms", "most"), ("at most 2 TB", "most"), ("< 5 ms", "most"), ("more than 2 TB", "least"), ("2 TB", "")],
)
def test_a_limit_is_no_figure(written, limit):
    assert measures(written)[0].limit == limit


def test_a_number_that_begins_a_sentence_is_not_the_end_of_another():
    assert [each.value for each in measures("We have 100k. Requests take 2 s")] == [100_000, 2]


@pytest.mark.parametrize(
    ("unit", "kind", "factor"),
    [
        ("requests/s", "rate", 1),
        ("scores/s", "rate", 1),
        ("rows/day", "rate", 1 / DAY),
        ("requests per second", "rate", 1),
        ("requests a day", "rate", 1 / DAY),
        ("per_second", "rate", 1),
        ("1/s", "rate", 1),
        ("QPS", "rate", 1),
        ("bytes", "bytes", 1),
        ("GB", "bytes", 1e9),
        ("GB/day", "flow", 1e9 / DAY),
        ("ms", "time", 1e-3),
        ("s", "time", 1),
        ("min", "time", 60),
        ("hours", "time", 3600),
        ("days", "time", DAY),
        ("share", "percent", 1),
        ("percent", "percent", 0.01),
        ("%", "percent", 0.01),
        ("users", "count", 1),
        ("active users", "count", 1),
    ],
)
def test_a_unit_is_read(unit, kind, factor):
    found = read_unit(unit)
    assert found.kind == kind
    assert found.factor == pytest.approx(factor)


@pytest.mark.parametrize(
    ("name", "unit", "kind", "factor", "per"),
    [
        ("requests_per_day", "requests", "rate", 1 / DAY, ""),
        ("posts_per_user_per_day", "posts", "rate", 1 / DAY, "user"),
        ("uploads_daily", "videos", "rate", 1 / DAY, ""),
        ("peak_qps", "requests/s", "rate", 1, ""),
        ("daily_users", "users", "count", 1, ""),
        ("weekly_invitation_limit", "invitations", "rate", 1 / (7 * DAY), ""),
        ("searchers_per_day", "users", "count", 1, ""),
        ("latency_p99", "ms", "time", 1e-3, ""),
    ],
)
def test_a_numbers_name_says_what_its_unit_leaves_out(name, unit, kind, factor, per):
    found = unit_of_number(name, unit)
    assert (found.kind, found.per) == (kind, per)
    assert found.factor == pytest.approx(factor)


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("10M people", "users", 1e7),
        ("10M", "users", 1e7),
        ("10M posts", "users", None),
        ("80k queries/s", "requests/s", 80_000),
        ("80k/s", "scores/s", 80_000),
        ("80k requests/s", "scores/s", None),
        ("256 bytes per vector", "bytes", None),
        ("256 bytes per vector", "bytes/vector", 256),
        ("0.02", "share", 0.02),
        ("2 users", "share", None),
        ("2", "share", None),
        ("300 ms per request", "s", 0.3),
        ("0 bytes", "bytes", None),
    ],
)
def test_only_what_measures_the_same_is_compared(written, unit, value):
    found = comparable_value(measures(written)[0], read_unit(unit))
    assert found == (value if value is None else pytest.approx(value))


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read_into_slices_in_their_order(raw):
    found = measures(raw)
    assert all(0 <= each.start < each.end <= len(raw) for each in found)
    assert all(one.last <= other.first for one, other in pairwise(found))


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(sorted(word_set("3 40k 2.5 M bn GB ms / s per a day users x × = % to . ^ 10 000 each half"))),
        max_size=12,
    )
)
def test_any_jumble_of_figures_is_read(parts):
    for glue in ("", " "):
        assert all(each.value >= 0 for each in measures(glue.join(parts)))


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 10**6))
def test_a_rate_is_the_same_by_the_second_the_hour_and_the_day(count):
    values = [
        measures(f"{count * n:,} requests per {time}")[0].value
        for n, time in ((1, "second"), (3600, "hour"), (DAY, "day"))
    ]
    assert values == pytest.approx([count] * 3)
