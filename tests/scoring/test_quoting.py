import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mlsd_coach.scoring.quoting import find_slice, nearest_sentence

ANSWER = "A post is frank.\nWe rank the posts\n  by  Likes, and\tthen by age; WE RANK twice."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("by likes, and then BY AGE", "by  Likes, and\tthen by age"),
        ("“We rank the posts by”", "We rank the posts\n  by"),
        ("rank", "rank"),
        ("ran", "ran"),
        ("we rank posts", None),
        ("", None),
        ('""', None),
    ],
)
def test_words_are_found_but_for_white_space_case_and_marks_around_them(words, found):
    evidence = find_slice(ANSWER, words)

    assert (evidence.quote if evidence else None) == found
    assert evidence is None or ANSWER[evidence.start : evidence.end] == evidence.quote


def test_whole_words_come_before_parts_of_words():
    evidence = find_slice(ANSWER, "rank")

    assert evidence is not None
    assert evidence.start == ANSWER.index("rank the")


@given(st.text(st.characters(codec="latin-1"), max_size=80), st.data())
def test_every_piece_of_an_answer_is_found_as_an_exact_slice(answer, data):
    start = data.draw(st.integers(0, len(answer)))
    piece = answer[start : data.draw(st.integers(start, len(answer)))]
    assume(piece.split())
    evidence = find_slice(answer, "  ".join(piece.split()))

    assert evidence is not None
    assert answer[evidence.start : evidence.end] == evidence.quote
    assert evidence.quote.casefold().split() == piece.casefold().split()


@pytest.mark.parametrize(
    ("words", "nearest"),
    [("ranked by like and then by their age", "by  Likes, and\tthen by age"), ("xyz", "")],
)
def test_the_nearest_sentence_is_offered(words, nearest):
    assert nearest_sentence(ANSWER, words).startswith(nearest)
    assert bool(nearest_sentence(ANSWER, words)) == bool(nearest)


def test_an_answer_without_words_has_no_nearest_sentence():
    assert nearest_sentence(" ... ", "anything") == ""
