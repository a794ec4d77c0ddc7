"""Words, sentences and bullets, with offsets into the text as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_coach.matching.text import read_text


def segments(raw):
    return [raw[s.start : s.end] for s in read_text(raw).segments]


def test_sentences_end_at_full_stops_and_not_at_abbreviations():
    assert segments("Clicks, e.g. likes. vs. random ones! Why? Done") == [
        "Clicks, e.g. likes.",
        "vs. random ones!",
        "Why?",
        "Done",
    ]


def test_a_bold_sentence_ends_at_its_full_stop():
    assert segments("**What the target is.** Minutes watched.") == ["What the target is.", "Minutes watched."]


def test_each_bullet_is_a_segment():
    assert segments("- first thing\n- second thing\n1. third\n2) fourth") == [
        "first thing",
        "second thing",
        "third",
        "fourth",
    ]


def test_prose_wrapped_by_an_editor_is_put_together():
    raw = "We split the users into two groups by a hash of their id and\nkeep the old list for one of them."
    assert len(segments(raw)) == 1


def test_short_lines_are_their_own_segments():
    assert len(segments("A/B by user\n1% then 50%\nrollback on p99")) == 3


def test_speech_without_full_stops_is_cut_at_joints():
    raw = " ".join(["we take the posts of friends and score them with a small model"] * 12)
    assert all(len(piece.split()) < 70 for piece in segments(raw))


@pytest.mark.parametrize("raw", ["two-tower model", "two tower model", "Two‑tower model", "two\u00a0tower model"])
def test_hyphens_and_spaces_are_one_to_the_reader(raw):
    assert [word.stem for word in read_text(raw).words][:2] == ["two", "tower"]


def test_tables_and_code_fences_are_read():
    raw = "| metric | why |\n|---|---|\n| recall | misses |\n```\nlog loss\n```"
    assert "log loss" in segments(raw)


@given(st.text())
def test_any_text_is_read_with_true_offsets(raw):
    text = read_text(raw)
    for word in text.words:
        assert raw[word.start : word.end] == word.text
    for before, after in zip(text.segments, text.segments[1:], strict=False):
        assert before.end <= after.start
    assert len(text.segment_of) == len(text.words)
