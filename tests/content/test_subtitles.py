"""WebVTT, SRT and plain transcripts to lines of speech, with the words cleaned."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_coach.content.plain_speech import read_plain
from mlsd_coach.content.speech import clean_words, read_time
from mlsd_coach.content.subtitles import is_subtitles, read_subtitles

VTT = """WEBVTT - a mock
Kind: captions
Language: en

STYLE
::cue { color: red }

NOTE written by
a machine

greeting
00:00:01.000 --> 00:00:02.500 align:start position:0%
<v Anna Kov&aacute;cs>Hi &amp; <b>welcome</b></v>
to this

00:02.500 --> 00:01:05.000
<c.loud>so <00:00:03.000>that</c> is it
"""
SRT = """1
00:00:01,000 --> 00:00:02,500
Hi & welcome
to this
2
00:00:02,500 --> 00:01:05,000
{\\an8}<font color="red">so that</font> is it
"""


def test_a_vtt_file_gives_its_cues_and_nothing_else():
    found = read_subtitles(VTT)

    assert [(each.text, each.speaker, each.start, each.end) for each in found] == [
        ("Hi & welcome", "Anna Kovács", 1.0, 2.5),
        ("to this", "", 1.0, 2.5),
        ("so that is it", "", 2.5, 65.0),
    ]
    assert [VTT.split("\n")[each.line - 1][-4:] for each in found] == ["</v>", "this", "s it"]


def test_an_srt_file_may_have_no_empty_lines():
    assert [(each.text, each.start) for each in read_subtitles(SRT)] == [
        ("Hi & welcome", 1.0),
        ("to this", 1.0),
        ("so that is it", 2.5),
    ]


def test_rolling_captions_say_each_line_once():
    rolling = """WEBVTT

00:00.000 --> 00:02.000
so<00:00.500> the<00:01.000> goal

00:02.000 --> 00:02.010
so the goal

00:02.010 --> 00:04.000
so the goal
is retention
"""
    assert [each.text for each in read_subtitles(rolling)] == ["so the goal", "is retention"]


def test_the_same_words_after_a_pause_are_said_again():
    twice = "00:00:01,000 --> 00:00:02,000\nYes.\n\n00:00:09,000 --> 00:00:10,000\nYes.\n"

    assert [each.text for each in read_subtitles(twice)] == ["Yes.", "Yes."]


def test_several_voices_in_one_cue_are_told_apart():
    found = read_subtitles("WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ben>Why?</v> <v Anna>Because.</v>\n")

    assert [(each.speaker, each.text) for each in found] == [("Ben", "Why?"), ("Anna", "Because.")]


@pytest.mark.parametrize("place", ["[data]\n\n2\n", "[data]\n2\n", "2\n[data]\n"])
def test_a_line_put_between_cues_is_kept_but_not_spoken(place: str):
    found = read_subtitles(f"1\n00:00:01,000 --> 00:00:02,000\nHi.\n\n{place}00:00:02,000 --> 00:00:03,000\nYes.\n")

    assert [(each.text, each.spoken) for each in found] == [("Hi.", True), ("[data]", False), ("Yes.", True)]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [(VTT, True), (SRT, True), ("[00:00.000 --> 00:04.000]  so", False), ("0:05\nso", False), ("a --> b", False)],
)
def test_subtitles_are_known_by_their_timing_lines(text: str, is_one: bool):
    assert is_subtitles(text) is is_one


@pytest.mark.parametrize(
    ("line", "start", "speaker", "text"),
    [
        ("[00:12:30] so the goal", 750.0, "", "so the goal"),
        ("12:30 so the goal", 750.0, "", "so the goal"),
        ("(1:12:30.5) - so the goal", 4350.5, "", "so the goal"),
        ("[00:10.000 --> 00:14.000]  so the goal", 10.0, "", "so the goal"),
        ("Anna Kovács (00:05): so the goal", 5.0, "Anna Kovács", "so the goal"),
        ("Anna Kovács  0:05\nso the goal", 5.0, "Anna Kovács", "so the goal"),
        ("[Anna] 10:12:33\nso the goal", 36753.0, "Anna", "so the goal"),
        ("0:05\nso the goal", 5.0, "", "so the goal"),
        (">> so the goal", None, "", "so the goal"),
        ("12:30 pm is when most people read", None, "", "12:30 pm is when most people read"),
        ("We begin at 12:30", None, "", "We begin at 12:30"),
    ],
)
def test_plain_lines_give_their_time_and_speaker(line: str, start: float | None, speaker: str, text: str):
    (found,) = read_plain(line)

    assert (found.start, found.speaker, found.text) == (start, speaker, text)


def test_a_bare_time_that_goes_back_is_part_of_the_text():
    assert [(each.text, each.start) for each in read_plain("20:00 so\n12:30 is the peak\n[1:00] then")] == [
        ("so", 1200.0),
        ("12:30 is the peak", None),
        ("then", None),
    ]


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ("So, um, we log [inaudible 00:12] clicks (laughs) uh", "So we log clicks"),
        ("Um. So HMM and ERM, hmm.", "So HMM and ERM."),
        ("um, uh, hmm", ""),
        ("wait... um... ok", "wait... ok"),
        ("I'd say 3 mm... (static features) [music recommendation]",) * 2,
        ("a < b and c > d [0, 1] [data]",) * 2,
        ("[MUSIC PLAYING] ♪ hello ♪", "hello"),
        ("{\\an8}<i>yes</i> <00:00:01.500>that", "yes that"),
    ],
)
def test_noise_goes_and_words_stay(said: str, clean: str):
    assert clean_words(said) == clean


@pytest.mark.parametrize(
    ("text", "seconds"), [("12:30", 750.0), ("00:12:30", 750.0), ("1:00:00,250", 3600.25), ("00:01.5", 1.5)]
)
def test_times(text: str, seconds: float):
    assert read_time(text) == seconds


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_and_lines_stay_in_order(text: str):
    for read in (read_plain, read_subtitles):
        found = read(text)
        assert [each.line for each in found] == sorted(each.line for each in found)
        assert all(each.text and "\n" not in each.text for each in found)


WORDS = st.lists(
    st.sampled_from(["goal", "we", "log", "clicks.", "so", "10%", "(static", "features)", "HMM"]), max_size=30
)


@settings(deadline=None)
@given(WORDS, st.lists(st.sampled_from(["[inaudible]", "um,", "uh", "<i>", "(laughs)", "♪"]), max_size=8), st.randoms())
def test_whatever_noise_is_put_among_words_the_words_come_back(words, noise, random):
    noisy = list(words)
    for each in noise:
        noisy.insert(random.randrange(len(noisy) + 1), each)

    assert clean_words(" ".join(noisy)) == " ".join(words)
