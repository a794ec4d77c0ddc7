"""Formulas are arithmetic and nothing else, and are written out for people."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_coach.matching.formulas import evaluate, parse_formula, write_number, write_value, write_working

NUMBERS = {"requests_per_day": 3e9, "a": 6.0, "b": 3.0, "c": 2.0}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("requests_per_day / 86400", 3e9 / 86400),
        ("a * (b + c) - 1", 29),
        ("a / b / c", 1),
        ("-a + +b", -3),
        ("sqrt(a * b * c)", 6),
        ("2 ** 10", 1024),
        ("1_000 * 1.5e3", 1.5e6),
    ],
)
def test_arithmetic_is_worked_out(formula, value):
    assert evaluate(parse_formula(formula), NUMBERS) == pytest.approx(value)


def test_the_names_are_told_once_in_their_order():
    assert parse_formula("b * a + sqrt(b)").names == ("b", "a")


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("", "is no arithmetic"),
        ("a +", "is no arithmetic"),
        ("a b", "is no arithmetic"),
        ("requests-per-day /", "is no arithmetic"),
        ("__import__('os').system('x')", "is not taken in a formula"),
        ("a.b", "'a.b' is not taken in a formula"),
        ("a[0]", "is not taken"),
        ("max(a, b)", "is not taken"),
        ("sqrt(a, b)", "is not taken"),
        ("a if b else c", "is not taken"),
        ("a // b", "is not taken"),
        ("a < b", "is not taken"),
        ("'a' * 3", "is not taken"),
        ("True + 1", "is not taken"),
        ("3j", "is not taken"),
        ("2 ** 100", "a power is a whole number up to 12"),
        ("2 ** a", "a power is a whole number up to 12"),
        ("a ** -1", "a power is a whole number up to 12"),
        ("a ** 0.5", "a power is a whole number up to 12"),
        ("(" * 150 + "a" + ")" * 150, "longer than"),
        ("\0", "is no arithmetic"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(formula, message):
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        parse_formula(formula)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("a * nothing", "no value for nothing"),
        ("a / (b - 3)", "divides by zero"),
        ("sqrt(0 - a)", "negative"),
        ("(1e300 ** 12)", "too large"),
        ("1e300 * 1e300", "too large"),
    ],
)
def test_what_cannot_be_worked_out_says_why(formula, message):
    with pytest.raises(ValueError, match=message):
        evaluate(parse_formula(formula), NUMBERS)


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ("requests_per_day / 86400", "3,000,000,000 requests / 86,400 = x"),
        ("a*(b+c)-d/(e*f)", "a × (b + c) - d / (e × f) = x"),
        ("(a-b)-(c-d)", "a - b - (c - d) = x"),
        ("sqrt(a*2)**2", "sqrt(a × 2)^2 = x"),
        ("-(a+b)", "-(a + b) = x"),
        ("daily_users * 0.05", "daily users × 0.05 = x"),
    ],
)
def test_the_working_reads_as_people_write_it(formula, written):
    assert write_working(parse_formula(formula), {"requests_per_day": "3,000,000,000 requests"}, "x") == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (34722.2, "34,700"),
        (0.012345, "0.0123"),
        (999.6, "1,000"),
        (5, "5"),
        (0, "0"),
        (-1234.5, "-1,230"),
        (2.5, "2.5"),
        (3e-7, "3e-07"),
    ],
)
def test_numbers_are_rounded_to_three_figures(value, written):
    assert write_number(value) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (17.92e9, "bytes", "17.9 GB"),
        (17.92e9, "KB", "17.9 GB"),
        (1.2e15, "bytes", "1.2 PB"),
        (999.96e6, "bytes", "1 GB"),
        (12, "bytes", "12 bytes"),
        (256, "bytes/vector", "256 bytes/vector"),
        (2e5, "GB/day", "17.3 GB/day"),
        (0.3, "ms", "300 ms"),
        (2.5, "ms", "2.5 s"),
        (0.05, "s", "50 ms"),
        (60, "s", "60 s"),
        (1209600, "days", "14 days"),
        (34722.2, "requests/s", "34,700 requests/s"),
        (34722.2, "requests/day", "3,000,000,000 requests/day"),
        (1200, "per_second", "1,200/second"),
        (5, "QPS", "5 QPS"),
        (0.024, "share", "2.4 %"),
        (7e7, "posts", "70,000,000 posts"),
    ],
)
def test_values_are_written_in_the_unit_a_reader_expects(value, unit, written):
    assert write_value(value, unit) == written


@given(st.floats(1e-3, 1e18))
def test_rounding_stays_within_half_a_per_cent(value):
    assert float(write_number(value).replace(",", "")) == pytest.approx(value, rel=0.00501)


@given(
    st.recursive(
        st.sampled_from(["a", "b", "c", "7", "2.5"]),
        lambda inner: st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map(
            lambda t: f"({t[0]} {t[1]} {t[2]})"
        ),
        max_leaves=8,
    )
)
def test_what_is_written_out_works_out_to_the_same(text):
    formula = parse_formula(text)
    try:
        value = evaluate(formula, NUMBERS)
    except ValueError:
        return
    written = write_working(formula, {}, "").removesuffix(" = ").replace("×", "*")
    assert evaluate(parse_formula(written), NUMBERS) == pytest.approx(value)


@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_a_value_error(text):
    try:
        value = evaluate(parse_formula(text), NUMBERS)
    except ValueError:
        return
    assert math.isfinite(value)
