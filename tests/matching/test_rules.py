"""Evidence rules: phrases by stem, any, all, near, count, not, numbers and concepts."""

import pytest

from mlsd_coach.matching.lexicon import ConceptIndex
from mlsd_coach.matching.rules import check_rule, compile_rule, find_hits
from mlsd_coach.matching.text import read_text
from mlsd_coach.models import AmbiguousAlias, Concept, Lexicon

LEXICON = Lexicon(
    (
        Concept("ab-test", "A/B test", ("split test", "controlled experiment"), lookalikes=("before/after test",)),
        Concept(
            "ann", "approximate nearest neighbours", ("vector search",), ambiguous=(AmbiguousAlias("ANN", ("index",)),)
        ),
    )
)


def meets(rule, raw):
    text = read_text(raw)
    found = ConceptIndex(LEXICON).find_all(text)
    return bool(find_hits(compile_rule(rule), text, lambda c: found.get(c, []), lambda span: True))


@pytest.mark.parametrize(
    ("rule", "raw"),
    [
        ("rank posts", "We are ranking the posts."),
        ("hold out | test set", "a test set"),
        ("behaviour", "behavior"),
        ("real time", "a real-time path"),
        ("real time", "realtime"),
        ("half of ... users", "half of all the new users"),
        ("random*", "randomised"),
        ("<number:percent> of", "1% of users"),
        ("<number:time>", "within 200ms"),
        ("word2vec", "use word2vec here"),
        ("0.05", "alpha 0.05"),
        ("@ab-test", "we run an A/B test"),
        ("@ab-test", "a controlled experiment"),
        ("@ann", "an ANN index"),
        ({"any": ["cat", "dog"]}, "dogs"),
        ({"all": ["cat", "dog"]}, "A cat. " + "And so on. " * 20 + "A dog."),
        ({"near": ["coin", "users | people"]}, "half of the people, by a coin"),
        ({"count": {"at_least": 2, "of": ["clicks", "likes", "shares"]}}, "clicks and shares"),
        ({"near": ["split", {"not": "random"}]}, "split by time"),
    ],
)
def test_a_rule_is_met(rule, raw):
    assert meets(rule, raw)


@pytest.mark.parametrize(
    ("rule", "raw"),
    [
        ("rank posts", "posts rank"),
        ("half of ... users", "half of a very long list of things and users"),
        ("@ab-test", "a before/after test"),
        ("@ann", "an ANN with two layers"),
        ({"all": ["cat", "dog"]}, "a cat"),
        ({"near": ["coin", "people"]}, "A coin. " + "Something else is said here. " * 6 + "people"),
        ({"near": ["split", "splits"]}, "one split"),
        ({"count": {"at_least": 2, "of": ["clicks", "likes"]}}, "clicks and clicks"),
        ({"near": ["split", {"not": "random"}]}, "a random split"),
        ("<number:time>", "ten users"),
    ],
)
def test_a_rule_is_not_met(rule, raw):
    assert not meets(rule, raw)


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ("@unknown", "unknown concept"),
        ("a | ", "nothing to match"),
        ("<number:weight>", "kind of number"),
        ({"some": ["a"]}, "unknown rule key"),
        ({"any": []}, "not empty"),
        ({"count": {"of": ["a"]}}, "at_least"),
        ({"any": ["a"], "all": ["b"]}, "one of"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said(rule, word):
    (problem,) = check_rule(rule, {"ab-test"})
    assert word in problem
