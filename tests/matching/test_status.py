"""Denied, refused, asked, attributed and rejected clauses are told from stated ones."""

import pytest

from mlsd_coach.matching.status import read_statuses
from mlsd_coach.matching.text import read_text
from mlsd_coach.models import Status

EARNING = {Status.STATED, Status.HYPOTHETICAL}


def status_of(raw: str, word: str) -> Status:
    text = read_text(raw)
    statuses = read_statuses(text)
    for token, status in zip(text.words, statuses, strict=True):
        if token.folded == word:
            return status
    raise AssertionError(f"{word} is not in {raw}")


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("We do not need an experiment.", "experiment"),
        ("We do not need to consider whether clicks are biased.", "biased"),
        ("It is not true that we split by time.", "time"),
        ("It is not true that we split by time, but we hold out data.", "time"),
        ("There is no need for monitoring.", "monitoring"),
        ("I would not use embeddings here.", "embeddings"),
        ("We will never retrain it.", "retrain"),
        ("We won't log impressions.", "impressions"),
        ("Skip calibration.", "calibration"),
        ("I would skip calibration for now.", "calibration"),
        ("An experiment is not necessary here.", "experiment"),
        ("Monitoring is out of scope.", "monitoring"),
        ("Sampling isn't needed.", "sampling"),
        ("We can launch without an experiment.", "experiment"),
        ("Should we say drift? I have no idea.", "drift"),
        ("I don't think a holdout is useful.", "holdout"),
        ("- no monitoring", "monitoring"),
    ],
)
def test_what_is_denied_or_refused_does_not_earn(raw, word):
    assert status_of(raw, word) not in EARNING


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("Posts that were shown but not clicked are negatives.", "negatives"),
        ("Posts that were shown but not clicked are negatives.", "clicked"),
        ("We can't score fifty million posts in time, so we retrieve first.", "retrieve"),
        ("New users have no history, so they get popular posts.", "history"),
        ("We should not hurt retention.", "retention"),
        ("We must not let latency grow.", "latency"),
        ("Not only clicks but also watches count.", "clicks"),
        ("We don't know the label yet, so we wait.", "wait"),
        ("We cannot afford not to monitor drift.", "drift"),
        ("No more than one percent gets it first.", "percent"),
        ("We do not split at random, but by time.", "time"),
        ("I would not launch to all; I would start with one percent.", "percent"),
        ("If reports rise we roll back.", "roll"),
        ("When we show the post we log the features.", "features"),
        ("Why a time split? Because a random one leaks.", "leaks"),
        ("We don't want to hurt sessions.", "sessions"),
        ("Never forget the guardrails.", "guardrails"),
        ("How old the post is.", "old"),
        ("Did the people who saw it come back?", "people"),
        ("Are the guesses as high as the real rates?", "rates"),
        ("What can go wrong: the model trains on its own picks.", "trains"),
        ("I would confirm it with a cluster test.", "cluster"),
    ],
)
def test_what_describes_or_protects_is_stated(raw, word):
    assert status_of(raw, word) in EARNING


@pytest.mark.parametrize(
    ("raw", "word", "status"),
    [
        ("Ranker down? Serve the cached list.", "ranker", Status.HYPOTHETICAL),
        ("Precompute for everyone? Goes stale in a minute.", "precompute", Status.HYPOTHETICAL),
        ("Precompute? No idea.", "precompute", Status.DENIED),
        ("Should we precompute? It is a question of cost.", "precompute", Status.ASKED),
        ("How many users do we have?", "users", Status.ASKED),
        ("do we need real time results", "results", Status.ASKED),
        ("I would ask what recent means.", "recent", Status.ASKED),
        ("We could use factorisation but I would go for two towers.", "factorization", Status.REJECTED),
        ("We could use factorisation but I would go for two towers.", "towers", Status.STATED),
        ("Some people say accuracy is enough.", "accuracy", Status.ATTRIBUTED),
        ("My colleague suggested embeddings.", "embeddings", Status.ATTRIBUTED),
        ("Maybe we log everything.", "log", Status.HYPOTHETICAL),
        ("I take boosted trees over networks.", "networks", Status.REJECTED),
    ],
)
def test_asked_attributed_hypothetical_and_rejected_are_told_apart(raw, word, status):
    assert status_of(raw, word) is status
