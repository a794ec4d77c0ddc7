"""Figures of an answer are held against those worked out, in whatever unit, and doubt speaks for the candidate."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_coach.models import Estimate, EstimateInput, Fit
from mlsd_coach.scoring.estimates import check_figures, fit_of
from tests.scoring.small_interviews import read, scenario

BYTES = {"near": ["embedding* | vector*", "GB | MB | TB | KB | memory | table | bytes"]}
ESTIMATES = {
    "qps": Estimate(
        "qps",
        "average load",
        "average | QPS | requests | a second on average",
        "requests_per_day / 86400",
        "requests/s",
    ),
    "scores": Estimate("scores", "scores at peak", "score* | ranker*", "peak_qps * ranked_per_request", "scores/s"),
    "table": Estimate(
        "table",
        "embedding table of the posts",
        BYTES,
        "candidate_pool * dims * 4",
        "bytes",
        (EstimateInput("dims", "dimension* | dims | dim | floats", 64),),
    ),
    "latency": Estimate("latency", "left for the rest", "left | remain*", "latency_p99 - ranking_budget", "ms"),
    "likes": Estimate("likes", "like rate", "like rate | liked", "like_rate", "share"),
    "rows": Estimate("rows", "training rows", "training rows | examples", "rows_per_day", "rows/day"),
    "window": Estimate("window", "experiment", "experiment | A/B test", "14", "days"),
    "kept": Estimate(
        "kept",
        "rows kept",
        "keep* | kept | history",
        "rows_per_day * days",
        "rows",
        (EstimateInput("days", "keep* | kept | history | window", 14),),
    ),
    "people": Estimate("people", "people in an arm", "arm", "daily_active_users * 0.05", "users"),
}


def check(raw, *names, stage="models"):
    estimates = [ESTIMATES[name] for name in names or ESTIMATES]
    return check_figures(scenario(estimates=estimates), {stage: raw}, read)


# The expected figures: 34,700 requests/s, 40 M scores/s, 17.9 GB, 200 ms, 2 %, 2.2 bn rows/day, 14 days, 30.8 bn rows,
# 10 M users.
TABLE = [
    # right, in every writing and unit
    ("qps", "That is about 35,000 requests a second on average.", Fit.RIGHT),
    ("qps", "On average 35k QPS.", Fit.RIGHT),
    ("qps", "The average load is 0.035M requests/s.", Fit.RIGHT),
    ("qps", "3 billion requests a day come in.", Fit.RIGHT),
    ("qps", "The average is 125 million requests per hour.", Fit.RIGHT),
    ("scores", "The ranker makes 40 million scores per second.", Fit.RIGHT),
    ("scores", "At 80k requests a second times 500 posts the ranker does 40M/s.", Fit.RIGHT),
    ("table", "The embedding table takes 18 GB.", Fit.RIGHT),
    ("table", "70M posts x 64 floats x 4 bytes = 17.9 GB of embeddings.", Fit.RIGHT),
    ("table", "All the embeddings come to 17,900 MB of memory.", Fit.RIGHT),
    ("table", "The embeddings need 0.018 TB of memory.", Fit.RIGHT),
    ("table", "With 256 dimensions the embedding table takes 72 GB.", Fit.RIGHT),
    ("table", "We use 128 dims. The embedding table is then 36 gigabytes.", Fit.RIGHT),
    ("latency", "So 200 ms remain for the rest.", Fit.RIGHT),
    ("latency", "That leaves 0.2 s, which is what is left for the rest.", Fit.RIGHT),
    ("likes", "The like rate is 2%.", Fit.RIGHT),
    ("likes", "The like rate is 0.02.", Fit.RIGHT),
    ("likes", "About one in fifty posts is liked.", Fit.RIGHT),
    ("rows", "We get 2.2 bn training rows per day.", Fit.RIGHT),
    ("rows", "We get 25k training rows per second.", Fit.RIGHT),
    ("window", "The experiment runs for two weeks.", Fit.RIGHT),
    ("kept", "We keep 30 days, that is 66 billion rows.", Fit.RIGHT),
    ("kept", "We keep a history of two weeks, so 30 billion rows.", Fit.RIGHT),
    ("people", "Each arm gets 10M users.", Fit.RIGHT),
    # wrong by two: near enough for an interview
    ("qps", "On average we see 70,000 requests per second.", Fit.RIGHT),
    ("table", "The embedding table takes 9 GB.", Fit.RIGHT),
    ("latency", "So 400 ms remain.", Fit.RIGHT),
    ("people", "Each arm gets 0.02 bn users.", Fit.RIGHT),
    # wrong by five
    ("table", "The embedding table takes 3 GB.", Fit.ROUGH),
    ("qps", "On average 7k requests a second.", Fit.ROUGH),
    ("likes", "The like rate is 10%.", Fit.ROUGH),
    ("window", "The experiment runs for 2 days.", Fit.ROUGH),
    # wrong by a hundred, or by a unit mixed up
    ("table", "The embedding table takes 180 MB.", Fit.OFF),
    ("table", "The embedding table takes 18 MB.", Fit.OFF),
    ("table", "The embedding table takes 1.8 TB of memory.", Fit.OFF),
    ("table", "With 64 floats each that is 1.8 TB of embeddings.", Fit.OFF),
    ("qps", "The average is 350 requests per second.", Fit.OFF),
    ("qps", "The average is 3 billion requests per second.", None),
    ("qps", "On average we get 3 million requests a second.", Fit.OFF),
    ("latency", "So 20 s remain for the rest.", Fit.OFF),
    ("latency", "So 2 ms remain for the rest.", Fit.OFF),
    ("likes", "The like rate is 0.02%.", Fit.OFF),
    ("rows", "We get 22 million training rows a day.", Fit.OFF),
    ("rows", "We get 2.2 million training rows per second.", Fit.OFF),
    ("kept", "We keep 30 days, so 600 million rows are kept.", Fit.OFF),
    ("people", "The arm has 100k users.", Fit.OFF),
    ("people", "Each arm has a billion people a day.", Fit.OFF),
    ("table", "Seventy million embeddings are 1,800 gigabytes, so the index fits in memory.", Fit.OFF),
    ("window", "The experiment runs for three hours.", Fit.OFF),
]


@pytest.mark.parametrize(("name", "raw", "fit"), TABLE, ids=[f"{name}: {raw}" for name, raw, _ in TABLE])
def test_a_figure_is_held_against_the_one_worked_out(name, raw, fit):
    assert [each.fit for each in check(raw, name)] == ([fit] if fit else [])


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("table", "Each embedding takes 256 bytes."),
        ("table", "An embedding is 256 bytes per post, kept in a table."),
        ("table", "The embeddings are 70M x 64 x 4 bytes."),
        ("table", "The embedding table fits in the memory of a machine with 512 GB."),
        ("table", "The embedding table stays under 1 TB."),
        ("table", "The embeddings are looked up in a table, and the event log holds 2 PB."),
        ("table", "In five years the embedding table will be 2 TB."),
        ("table", "Is the embedding table 2 TB?"),
        ("table", "We will not build a 2 TB embedding table."),
        ("table", "The logs are 2 TB."),
        ("table", "The embedding table serves 80,000 requests a second."),
        ("scores", "The ranker sees 80,000 requests a second."),
        ("qps", "The average video is 3 MB and requests take 20 ms."),
        ("people", "The arm is one of 2."),
        ("people", "In 2024 the arm was large."),
        ("likes", "The like rate matters."),
        ("likes", "The like rate has a lift of 0.1%."),
        ("likes", "The like rate drops by 0.1%."),
        ("qps", "At the peak there are 900,000 requests a second."),
        ("scores", "The ranker makes 80,000 scores per second."),
        ("table", "Seventy million embeddings fit in 512 GB of memory."),
        ("table", "Each of the machines holds 1 GB of the embeddings."),
        ("window", "The experiment costs 3 GB."),
    ],
)
def test_a_figure_of_something_else_is_passed_over(name, raw):
    assert check(raw, name) == ()


def test_of_several_figures_the_nearest_counts():
    (found,) = check("The embedding table is 18 GB of memory, with 2 TB of logs behind it.", "table")
    assert (found.fit, found.value) == (Fit.RIGHT, 18e9)


def test_a_stage_gives_one_check_and_a_correction_counts():
    (found,) = check("The embedding table takes 180 MB. No, sorry: the embedding table takes 18 GB.", "table")
    assert found.fit is Fit.RIGHT


def test_each_stage_has_its_own_check():
    answers = {"features": "The embedding table takes 180 MB.", "models": "The embedding table takes 18 GB."}
    found = check_figures(scenario(estimates=[ESTIMATES["table"]]), answers, read)
    assert [(each.stage, each.fit) for each in found] == [("features", Fit.OFF), ("models", Fit.RIGHT)]


def test_an_input_said_far_away_still_saves_a_figure():
    answers = {"features": "Posts get 1024 dimensions.", "models": "The embedding table takes 287 GB."}
    found = check_figures(scenario(estimates=[ESTIMATES["table"]]), answers, read)
    assert [each.fit for each in found] == [Fit.RIGHT]
    assert "1,024 dims" in found[0].working


def test_the_working_is_written_out_with_what_was_assumed():
    (found,) = check("The embedding table takes 3 GB.", "table")
    assert found.working == "70,000,000 posts × 64 dims (assumed) × 4 = 17.9 GB"
    (found,) = check("On average 7k requests a second.", "qps")
    assert found.working == "3,000,000,000 requests / 86,400 = 34,700 requests/s"
    assert found.said == "On average 7k requests a second."


def test_broken_content_is_passed_over():
    broken = [
        Estimate("a", "a", "table", "nothing * 2", "bytes"),
        Estimate("b", "b", "table", "1 / 0", "bytes"),
        Estimate("c", "c", "table", "import os", "bytes"),
        Estimate("d", "d", "table", "-1", "bytes"),
    ]
    assert check_figures(scenario(estimates=broken), {"models": "The table takes 3 GB."}, read) == ()


@given(st.floats(1e-6, 1e12), st.floats(1e-6, 1e12))
def test_fit_does_not_care_which_of_the_two_is_larger(one, other):
    assert fit_of(one, other) is fit_of(other, one)


@given(st.floats(1, 1e9))
def test_fit_only_gets_worse_with_the_distance(factor):
    order = list(Fit)
    assert order.index(fit_of(1, 1 + factor)) <= order.index(fit_of(1, 1 + 2 * factor))


@settings(deadline=None, max_examples=60)
@given(st.integers(6_000, 53_000), st.sampled_from([("MB", 1), ("GB", 1000), ("TB", 1_000_000)]))
def test_the_unit_makes_no_difference(megabytes, unit):
    name, size = unit
    (found,) = check(f"The embedding table takes {megabytes / size:f} {name}.", "table")
    assert (found.fit, found.value) == (Fit.RIGHT, pytest.approx(megabytes * 1e6, rel=1e-3))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_any_answer_is_read_and_what_was_said_is_a_slice_of_it(raw):
    for found in check(raw + " The embedding table takes 3 GB " + raw):
        assert found.said in raw + " The embedding table takes 3 GB " + raw
