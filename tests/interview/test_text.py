import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_coach.interview.text import clean, count_words


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain\n\ttext", "plain\n\ttext"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("nul\x00 del\x7f c1\x9b bidi\u202e", "nul del c1 bidi"),
        ("lone \ud800 half", "lone  half"),
        ("推荐 naïve 🚀", "推荐 naïve 🚀"),
    ],
)
def test_takes_out_what_acts_on_a_terminal(text: str, cleaned: str):
    assert clean(text) == cleaned


@given(st.text(alphabet=st.characters()))
def test_is_stable_and_can_be_stored(text: str):
    once = clean(text)
    assert clean(once) == once
    assert once.encode("utf-8").decode("utf-8") == once


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  \n", 0),
        ("two words", 2),
        ("- a -> b", 2),
        ("p99 < 200 ms", 3),
        ("推荐系统 ranking", 5),
        ("don't", 1),
    ],
)
def test_counts_words(text: str, words: int):
    assert count_words(text) == words
