"""What the loader lets through the matcher can compile; what the matcher refuses the loader tells."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.content.rule_syntax import check_rule, rules_in
from mlsd_coach.matching import rules as matcher
from mlsd_coach.models import Rule

KNOWN = frozenset({"cold-start", "a-b-test"})

PIECES = [
    "cold",
    "start",
    "|",
    "@cold-start",
    "@nothing",
    "...",
    "<number>",
    "<number:time>",
    "<number:x>",
    "dem*",
    "%",
    "×",
    "",
    "@",
]
PHRASES = st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join)
RULES = st.recursive(
    PHRASES,
    lambda inner: (
        st.fixed_dictionaries({"any": st.lists(inner, max_size=3)})
        | st.fixed_dictionaries({"near": st.lists(inner | st.fixed_dictionaries({"not": inner}), max_size=3)})
        | st.fixed_dictionaries(
            {"count": st.fixed_dictionaries({"at_least": st.integers(0, 3), "of": st.lists(inner, max_size=3)})}
        )
    ),
    max_leaves=6,
)


@given(RULES)
def test_a_rule_without_problems_compiles(rule: Rule) -> None:
    if not list(check_rule(rule, KNOWN)):
        assert matcher.check_rule(rule, KNOWN) == []
        matcher.compile_rule(rule)


@given(RULES)
def test_what_the_matcher_refuses_is_told(rule: Rule) -> None:
    if matcher.check_rule(rule, KNOWN):
        assert list(check_rule(rule, KNOWN))


@pytest.mark.parametrize(
    "phrase",
    [
        "recall @ <number> | recall@k",
        "either ... or ...",
        "p*",
        "it's | 50 %",
        "@cold-start | new users",
        "C++",
        "if x < 3",
    ],
)
def test_sound_phrases_pass(phrase: str) -> None:
    assert list(check_rule(phrase, KNOWN)) == []


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("@cold-start of users", "a concept stands alone between two |"),
        ("new @", "no problem"),
        ("a…b", "three dots"),
        ("...", "nothing to match"),
        ("some<number", "a < without its >"),
        ("*ing", "* stands at the end of a word"),
        ({"near": [{"not": "a"}, {"not": "b"}]}, "at least one member that is not a `not`"),
        ({"count": {"at_least": 1}}, "needs the keys at_least and of"),
        ({"any": []}, "`any` needs a list of rules"),
        ({"any": "a"}, "`any` needs a list of rules"),
        ({}, "found none"),
        (7, "found 7: put it in quotes"),
        ({"any": [None]}, "found nothing"),
    ],
)
def test_mistakes_are_told(rule: Any, message: str) -> None:
    found = [text for _, text in check_rule(rule, KNOWN)]

    assert any(message in text for text in found) or (message == "no problem" and not found), found


def test_concepts_are_not_checked_when_none_are_known() -> None:
    assert list(check_rule("@anything", None)) == []


def test_rules_are_found_with_their_trails() -> None:
    tree = {"criteria": [{"evidence": "a", "reasoned": None}], "facts": [{"asks": ["b", {"any": ["c"]}]}], "x": 3}

    assert list(rules_in(tree)) == [
        (("criteria", 0, "evidence"), "a"),
        (("facts", 0, "asks", 0), "b"),
        (("facts", 0, "asks", 1), {"any": ["c"]}),
    ]


def test_every_shipped_rule_compiles() -> None:
    library = Library([builtin_root()])
    known = {concept.id for concept in library.lexicon().concepts}
    scenarios = [library.scenario(head.id) for head in library.heads()]
    criteria = [criterion for scenario in scenarios for stage in scenario.stages for criterion in stage.criteria]
    rules = [rule for each in criteria for rule in (each.evidence, each.reasoned) if rule is not None]
    rules += [rule for scenario in scenarios for fact in scenario.facts for rule in fact.asks]

    assert len(rules) > 100
    for rule in rules:
        assert matcher.check_rule(rule, known) == []
        matcher.compile_rule(rule)
