"""A design contradicts what was told only where it says so itself, later, and of the same thing."""

import pytest

from mlsd_coach.models import Bound, Fact, FactBound, FactDenial, PersonaAnswer
from mlsd_coach.scoring.contradictions import find_contradictions
from tests.scoring.small_interviews import read, scenario

LATENCY = Fact(
    "latency",
    "The whole request has 300 milliseconds at the 99th percentile.",
    bounds=(
        FactBound("latency_p99", "end to end | whole request | total latency | p99 | respond within", Bound.AT_MOST),
        FactBound("ranking_budget", "rank* | ranker", Bound.AT_MOST),
    ),
    by_persona=(("infra", PersonaAnswer("300 ms, p99, no excuses.")),),
)
SIZE = Fact("size", "200 million people a day.", bounds=(FactBound("daily_active_users", "users | people"),))
PEAK = Fact("peak", "80,000 requests a second.", bounds=(FactBound("peak_qps", "peak | QPS", Bound.ABOUT),))
DAY = Fact("day", "3 billion requests a day.", bounds=(FactBound("requests_per_day", "requests", Bound.ABOUT),))
POOL = Fact("pool", "70 million posts.", bounds=(FactBound("candidate_pool", "posts", Bound.AT_LEAST),))
FRESH = Fact("fresh", "A minute.", stage="features", bounds=(FactBound("freshness", "fresh* | delay", Bound.AT_MOST),))
ADS = Fact(
    "ads",
    "Ads are another team's.",
    against=(
        FactDenial({"near": ["rank* | blend* | mix*", "ads"]}, "Ads are out of scope, and the design ranks them."),
    ),
)
LIKES = Fact("likes", "Two in a hundred.", bounds=(FactBound("like_rate", "like rate"),))
ALL = (LATENCY, SIZE, PEAK, DAY, POOL, FRESH, LIKES, ADS)


def find(raw, *facts, stage="models", persona="balanced", told=None, change=""):
    facts = facts or ALL
    names = [fact.id for fact in facts] if told is None else told
    return find_contradictions(scenario(facts=facts, change=change), names, persona, {stage: raw}, read)


@pytest.mark.parametrize(
    ("fact", "raw", "because"),
    [
        (LATENCY, "The whole request takes 800 ms.", "You were told at most 300 ms; here it is 800 ms."),
        (LATENCY, "We respond within 2 seconds at p99.", "You were told at most 300 ms; here it is 2 seconds."),
        (LATENCY, "The ranker takes 250 ms.", "You were told at most 100 ms; here it is 250 ms."),
        (LATENCY, "Total latency stays under 0.5 s.", "You were told at most 300 ms; here it is 0.5 s."),
        (SIZE, "We serve 5 million users.", "You were told 200,000,000 users; here it is 5 million users."),
        (PEAK, "At the peak there are 5k requests per second.", "You were told 80,000 requests/s;"),
        (PEAK, "Peak is 1M QPS.", "You were told 80,000 requests/s; here it is 1M QPS."),
        (DAY, "We handle 200 million requests a day.", "You were told 3,000,000,000 requests per day;"),
        (POOL, "There are 100k posts to choose among.", "You were told at least 70,000,000 posts;"),
        (FRESH, "Features are fresh after two hours of delay.", "You were told at most 60 s; here it is two hours."),
        (LIKES, "The like rate is 0.1%.", "You were told 2 %; here it is 0.1%."),
        (ADS, "We blend ads into the list and rank them all.", "Ads are out of scope, and the design ranks them."),
    ],
)
def test_a_design_that_says_otherwise_contradicts(fact, raw, because):
    (found,) = find(raw, fact)
    assert found.fact == fact.id
    assert found.because.startswith(because)
    assert found.quote in raw


@pytest.mark.parametrize(
    "raw",
    [
        # within what was told
        "The whole request takes 250 ms.",
        "Peak is 100k QPS, so we shard.",
        "We serve 300 million users.",
        "There are 700 million posts.",
        # a part of it
        "Of the 300 ms for the whole request the ranker gets 100 ms.",
        "Ranking gets 100 ms of the 300 ms p99 budget.",
        "Retrieval takes 30 ms of the total latency, p99.",
        "The experiment takes 1 million users in each arm.",
        "Each of the nodes serves 500 QPS at the peak.",
        "We pick 500 posts of them.",
        # not the design
        "If the whole request takes 800 ms we fall back to the cache.",
        "Today the whole request takes 800 ms.",
        "The whole request used to take 800 ms.",
        "The heavy model on all posts would take 20 s end to end, which is too slow.",
        "May the whole request take 800 ms?",
        "The whole request does not need to take 800 ms.",
        "We alert when total latency exceeds 400 ms.",
        "We don't rank ads.",
        "Do we rank ads here?",
        # something else
        "The whole request touches 800 posts.",
        "The model trains for 8 hours end to end.",
        "Users come back after 7 days.",
        "We score 40 million posts per second.",
        "We handle 35,000 requests a second.",
        "On average we have 20,000 QPS.",
        "The like rate rises by 0.1%.",
    ],
)
def test_what_is_allowed_or_about_something_else_does_not(raw):
    assert find(raw) == ()


def test_only_what_was_told_can_be_contradicted():
    assert find("The whole request takes 800 ms.", told=["size"]) == ()


def test_only_later_stages_can_contradict():
    assert find("Features are fresh after two hours of delay.", FRESH, stage="data") == ()
    assert find("Features are fresh after two hours of delay.", FRESH, stage="features")


def test_the_interviewers_words_are_the_personas():
    (found,) = find("The whole request takes 800 ms.", LATENCY, persona="infra")
    assert found.told == "300 ms, p99, no excuses."


def test_what_has_changed_since_is_no_contradiction():
    raw = "At the peak there are 800k requests per second."
    assert find(raw, PEAK)
    change = "Traffic has grown to 800,000 requests per second at the peak."
    assert find(raw, PEAK, change=change) == ()
    assert find(raw, PEAK, change=change, stage="data")


def test_one_contradiction_a_fact_and_stage():
    found = find("The whole request takes 800 ms. We respond within 2 seconds. We rank ads.")
    assert [(each.fact, each.quote) for each in found] == [
        ("latency", "The whole request takes 800 ms."),
        ("ads", "We rank ads."),
    ]


def test_a_scenario_without_facts_has_none():
    assert find_contradictions(scenario(), ["latency"], "balanced", {"models": "800 ms"}, read) == ()
