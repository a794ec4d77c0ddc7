"""A text judged by one statement, with nothing else written by anybody."""

import pytest

from mlsd_coach.models import Criterion, Signal, Verdict
from mlsd_coach.scoring import Scorer
from tests.scoring.cheats import shuffled_dump

STATEMENT = "The candidate splits the data by time, so that the model is tested on later days than it was trained on."
SAID = "For the offline check I split by time: train on three weeks and test on the days after that. It avoids leakage."
COVERED = {Verdict.NAMED, Verdict.REASONED}


def judged(scorer, text, statement=STATEMENT):
    return scorer.judge_statement(text, statement)


def test_a_statement_is_found_with_its_quote(scorer):
    judgement = judged(scorer, f"I like the office. {SAID} Thank you.")
    assert judgement.verdict in COVERED
    assert "split by time" in judgement.evidence[0].quote


@pytest.mark.parametrize(
    "text",
    [
        "We do not need to split the data by time or to test the model on later days than it was trained on.",
        "It is not true that we split the data by time and test the model on later days.",
        "Should we split the data by time and test on later days than it was trained on? I have no idea.",
        "Some people say that the data is to be split by time, with the test on later days.",
        "The office is in a quiet street and the coffee is good.",
    ],
)
def test_what_is_denied_asked_or_left_to_others_does_not_cover_it(scorer, text):
    assert judged(scorer, text).verdict not in COVERED


def test_its_words_in_a_heap_are_not_judged(scorer):
    judgement = judged(scorer, shuffled_dump(f"{STATEMENT} {SAID} {SAID}"))
    assert judgement.verdict is Verdict.NOT_JUDGED
    assert judgement.confidence == 0


def test_a_denial_covers_a_statement_that_denies(scorer):
    statement = "The candidate does not launch to everyone at once."
    assert judged(scorer, "We do not launch to everyone at once.", statement).verdict in COVERED


def test_confidence_rises_with_what_is_said(scorer):
    texts = ["The weather is mild.", "I split the data.", "I split the data by time and test on later days."]
    confidences = [judged(scorer, text).confidence for text in texts]
    assert confidences == sorted(confidences)
    assert confidences[0] < confidences[-1]


def test_ways_of_saying_a_known_criterion_help_with_a_statement_like_it(library, scorer):
    known = Criterion(
        "experiment",
        "A random half of the people gets the new system while the others keep the old one.",
        Signal.EXPERIMENTATION,
        ways=(("plain", ("By a coin at sign-up, some get the new list.", "A coin decides who sees the new list.")),),
    )
    statement = "The new system goes to a random part of the people, and the others keep the old one."
    text = "At sign-up a coin decides which list somebody sees."
    alone = Scorer(library.lexicon(), library.levels())
    helped = Scorer(library.lexicon(), library.levels(), lambda: (known,))
    assert judged(helped, text, statement).confidence > judged(alone, text, statement).confidence


def test_a_text_is_read_for_many_statements_alike(scorer):
    first = judged(scorer, SAID)
    judged(scorer, "Something else entirely.")
    assert judged(scorer, SAID) == first
