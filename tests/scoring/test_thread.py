"""The thread from the goal to the guardrail holds, or is broken where one can say why."""

import pytest

from mlsd_coach.models import (
    BudgetThread,
    GeneralThread,
    Interviewer,
    Outcome,
    ScenarioThread,
    SourceThread,
    ThreadLink,
)
from mlsd_coach.scoring.thread import follow_thread
from tests.scoring.small_interviews import read, scenario, stage

LINKS = (
    ThreadLink("goal", "business goal", "requirements", ("business-goal",), mend="Say the goal."),
    ThreadLink("proxy", "proxy metric", "requirements", ("proxy-metric",), outcome=True, mend="Say the proxy."),
    ThreadLink("label", "positive label", "data", ("positive-label",), outcome=True, mend="Point back."),
    ThreadLink("loss", "what the model predicts, and its loss", "models", ("loss", "target"), mend="Say the loss."),
    ThreadLink(
        "online", "online metric", "online-evaluation", ("primary-metric",), outcome=True, mend="Word for word."
    ),
)
GENERAL = GeneralThread(
    LINKS,
    (
        BudgetThread(
            "latency budget", {"near": ["<number:time>", "budget | latency"]}, ("models", "candidates"), "Carry it."
        ),
    ),
    as_number="log of | average* | ratio",
)
THREAD = ScenarioThread(
    (
        Outcome("return", "coming back", "come back | retention"),
        Outcome("interactions", "likes and comments", "interact* | like* | comment*"),
        Outcome("watching", "time watched", "time watched | watch time | watch* | completed"),
    ),
    (
        SourceThread("impressions", "logs of what was shown", "impression log*", "click rate | like rate"),
        SourceThread("graph", "who follows whom", "follow* graph", "number of shared friends", "count"),
    ),
)
GOAL = "We want people to come back next month. We measure that by interactions per day."
LABEL = "A post that got a like or a comment is a positive."
LOSS = "The model predicts the probability of a like, with cross-entropy."
ONLINE = "The experiment is decided by comments per user."


def requirements(answer=GOAL, goal="We want people to come back next month", proxy="interactions per day"):
    return stage("requirements", "Requirements", answer, business_goal=goal, proxy_metric=proxy)


def data(answer=LABEL, label="is a positive"):
    return stage("data", "Data", answer, positive_label=label)


def models(answer=LOSS, loss="cross-entropy", target=""):
    return stage("models", "Models", answer, loss=loss, target=target)


def online(answer=ONLINE, metric="decided by comments"):
    return stage("online-evaluation", "Online evaluation", answer, primary_metric=metric)


def follow(*stages, thread=THREAD, general=GENERAL):
    return follow_thread(scenario(thread=thread), Interviewer(thread=general), stages, read)


def links(*stages, **kwargs):
    return {link.id: link for link in follow(*stages, **kwargs).chain}


def test_a_goal_measured_by_a_proxy_holds_down_to_the_experiment():
    chain = links(requirements(), data(), models(), online())
    assert [(name, link.holds) for name, link in chain.items()] == [
        ("goal", True),
        ("proxy", True),
        ("label", True),
        ("loss", True),
        ("online", True),
    ]
    assert chain["label"].quote == "is a positive"
    assert not any(link.why or link.mend for link in chain.values())


def test_a_label_after_something_else_is_broken_and_says_how_to_mend_it():
    label = links(requirements(), data("A video that was completed is a positive."))["label"]
    assert not label.holds
    assert (
        label.why == "The positive label is after time watched; so far you spoke of coming back and likes and comments."
    )
    assert label.mend == "Point back."
    assert label.quote == "is a positive"


def test_a_broken_link_does_not_excuse_those_after_it():
    chain = links(
        requirements(), data("A video that was completed is a positive."), online("Watch time decides.", "Watch time")
    )
    assert (chain["label"].holds, chain["online"].holds) == (False, False)


def test_where_no_outcome_is_recognised_nothing_is_claimed():
    assert links(requirements(), data("A purchase is a positive."))["label"].holds
    vague = requirements("We want to win. We measure revenue.", "We want to win", "We measure revenue")
    assert links(vague, data("A video that was completed is a positive."))["label"].holds
    assert links(requirements(), data("A video that was completed is a positive."), thread=ScenarioThread())[
        "label"
    ].holds


def test_without_a_proxy_the_goal_alone_breaks_nothing():
    alone = requirements("We want people to come back.", "people to come back", "")
    chain = links(alone, data())
    assert (chain["proxy"].holds, chain["label"].holds) == (False, True)


def test_an_outcome_that_is_denied_is_not_after_it():
    label = links(requirements(), data("We won't use watch time. A like is a positive.", "A like is a positive"))[
        "label"
    ]
    assert label.holds


@pytest.mark.parametrize(
    ("sat", "name", "why"),
    [
        (data(label=""), "label", "Nothing in the Data stage says what the positive label is."),
        (models(loss=""), "loss", "Nothing in the Models stage says what the model predicts, and its loss."),
        (data(label="?is a positive"), "label", "Nothing in the Data stage says clearly what the positive label is."),
        (data("", ""), "label", "The Data stage was not answered, so nothing says what the positive label is."),
    ],
)
def test_a_missing_link_says_where_it_is_missed(sat, name, why):
    link = links(sat)[name]
    assert (link.holds, link.why) == (False, why)


def test_any_criterion_of_a_link_will_do():
    assert links(models(loss="", target="The model predicts"))["loss"].quote == "The model predicts"


def test_stages_not_sat_and_criteria_dropped_leave_their_links_out():
    assert list(links(requirements())) == ["goal", "proxy"]
    assert list(links(stage("data", "Data", LABEL, other="is a positive"))) == []


def test_a_budget_has_to_come_back_in_each_of_its_stages():
    sat = [
        models("The ranker has 100 ms of the latency budget.", ""),
        stage("candidates", "Candidates", "We use an index."),
    ]
    there, missed = follow(*sat).budgets
    assert (there.stage, there.holds, there.quote) == ("models", True, "The ranker has 100 ms of the latency budget.")
    assert (missed.stage, missed.holds, missed.mend) == ("candidates", False, "Carry it.")
    assert missed.why == "The latency budget does not come back in the Candidates stage."


def test_a_source_is_followed_to_a_feature_and_a_number():
    answers = (
        stage("data", "Data", "We join the impression log and the follow graph."),
        stage(
            "features", "Features", "A like rate per author. We take the log of it. And the number of shared friends."
        ),
    )
    impressions, graph = follow(*answers).sources
    assert impressions.source in answers[0].answer
    assert impressions.feature == "A like rate per author."
    assert impressions.number == "We take the log of it."
    assert (graph.feature, graph.number) == ("And the number of shared friends.", "")


def test_a_source_that_was_not_named_is_left_out_and_one_without_features_stays_open():
    (only,) = follow(stage("data", "Data", "We keep an impression log.")).sources
    assert (only.title, only.feature, only.number) == ("logs of what was shown", "", "")


def test_without_a_thread_there_is_nothing_to_follow():
    thread = follow(requirements(), thread=ScenarioThread(), general=GeneralThread())
    assert (thread.chain, thread.budgets, thread.sources) == ((), (), ())


def test_every_quote_is_a_slice_of_its_stage():
    sat = {each.id: each for each in (requirements(), data(), models(), online())}
    thread = follow(*sat.values())
    assert all(link.quote in sat[link.stage].answer for link in (*thread.chain, *thread.budgets))
