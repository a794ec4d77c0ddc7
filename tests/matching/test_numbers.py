"""Numbers with units are read by value, however they are written."""

import pytest

from mlsd_coach.matching.text import read_text


@pytest.mark.parametrize(
    ("written", "value", "kind"),
    [
        ("200ms", 0.2, "time"),
        ("200 ms", 0.2, "time"),
        ("0.2 s", 0.2, "time"),
        ("two days", 172800.0, "time"),
        ("10M users", 1e7, "count"),
        ("10 million users", 1e7, "count"),
        ("ten million users", 1e7, "count"),
        ("twenty five posts", 25.0, "count"),
        ("1,500 candidates", 1500.0, "count"),
        ("1 %", 0.01, "percent"),
        ("1%", 0.01, "percent"),
        ("five percent", 0.05, "percent"),
        ("5 per cent", 0.05, "percent"),
        ("5k QPS", 5000.0, "rate"),
        ("3000 requests per second", 3000.0, "rate"),
        ("100 GB", 1e11, "bytes"),
        ("half of them", 0.5, "count"),
        ("one in a hundred users", 0.01, "percent"),
        ("1 in 20 requests", 0.05, "percent"),
        ("3 out of 10 people", 0.3, "percent"),
        ("a tenth of the traffic", 0.1, "percent"),
        ("two thirds of them", 2 / 3, "percent"),
        ("half a second", 0.5, "time"),
        ("a couple of weeks", 1209600.0, "time"),
    ],
)
def test_a_quantity_is_read_by_value_and_unit(written, value, kind):
    (quantity,) = read_text(written).quantities
    assert quantity.kind == kind
    assert quantity.value == pytest.approx(value)


@pytest.mark.parametrize("written", ["a third model", "one in two weeks", "one of the models", "a second look"])
def test_what_is_no_share_of_the_whole_is_not_read_as_one(written):
    assert [q for q in read_text(written).quantities if q.kind == "percent"] == []


@pytest.mark.parametrize("written", ["p99", "D7 retention", "L2", "one of them", "10 mins"])
def test_a_name_with_a_digit_is_no_count(written):
    assert [q.kind for q in read_text(written).quantities if q.kind == "count"] == []
