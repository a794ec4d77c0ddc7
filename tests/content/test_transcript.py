"""A spoken interview cut into stages: by lines, by what was said, by the clock; and whose words count."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_coach.content.spoken_markers import MarkerFinder
from mlsd_coach.content.spoken_names import spoken_names
from mlsd_coach.content.transcript import How
from mlsd_coach.errors import CoachError, ContentError, UsageError
from tests.content.talks import SCENARIO, STAGES, answers, cut

FINDER = MarkerFinder(spoken_names(SCENARIO), STAGES)


def at(seconds: float) -> str:
    return f"{int(seconds // 3600):02d}:{int(seconds // 60 % 60):02d}:{seconds % 60:06.3f}"


def as_vtt(cues: list[tuple[float, float, str]]) -> str:
    return "WEBVTT\n\n" + "\n".join(f"{at(start)} --> {at(end)}\n{text}\n" for start, end, text in cues)


# Lines that name a stage ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "[data]", "[Data & labels]", "[labels]", "## Data", "# 3. Data", "-- data --", "=== Data ===", "**Data**",
        "Data:", "Stage 3: data", "[00:12:30] [data]", "[stage: data]", "--- Data and Labels ---", "12:30 [data]",
    ],
)  # fmt: skip
def test_a_line_names_a_stage_in_any_dress(line: str):
    found = cut(f"[requirements]\nIs it retention?\n{line}\nWe log clicks.")

    assert found.how is How.LINES
    assert found.answers() == {"requirements": "Is it retention?", "data": "We log clicks."}


@pytest.mark.parametrize("line", ["data", "Data.", "We log data:", "the features", "Note:", "- data"])
def test_a_line_without_a_dress_is_speech(line: str):
    assert line in answers(f"[requirements]\nIs it retention?\n\n{line}\n\nYes.")["requirements"]


def test_lines_count_before_what_is_said():
    said = answers("[requirements]\nOkay, moving on to features. Is it retention?\n[data]\nClicks.")

    assert list(said) == ["requirements", "data"]


def test_a_line_between_two_cues_counts_in_subtitles():
    text = as_vtt([(1, 2, "Is it retention?"), (3, 4, "We log clicks.")]).replace("\n00:00:03", "\n[data]\n00:00:03")

    assert answers(text) == {"requirements": "Is it retention?", "data": "We log clicks."}


def test_words_before_the_first_line_belong_to_the_first_stage():
    assert answers("Is it retention?\n[data]\nClicks.") == {"requirements": "Is it retention?", "data": "Clicks."}


def test_lines_that_name_no_stage_or_one_that_is_left_out_come_all_at_once():
    with pytest.raises(ContentError) as caught:
        cut("[requirments]\nx\n## Candidates\ny\n[data]\nz")

    assert [str(problem) for problem in caught.value.problems] == [
        "talk.vtt:1: unknown stage 'requirments'; did you mean 'requirements'?",
        "talk.vtt:3: the scenario fraud leaves out the stage 'candidates'",
    ]
    assert "The stages: requirements, high-level-design, data" in caught.value.fix


# Spoken markers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ("Okay, moving on to features.", "features"),
        ("Let's talk about the data.", "data"),
        ("Next, offline evaluation.", "offline-evaluation"),
        ("So, next, offline evaluation, I'd use NDCG.", "offline-evaluation"),
        ("Right. Let me start with the requirements.", "requirements"),
        ("That was the goal, so let's move on to the high-level design.", "high-level-design"),
        ("Great, let’s go to the overall architecture now.", "high-level-design"),
        ("Can we move on to the model?", "models"),
        ("Could you walk me through the feature engineering?", "features"),
        ("What about A/B testing?", "online-evaluation"),
        ("Now for the online evaluation: a split by user.", "online-evaluation"),
        ("Finally, monitoring and retraining.", "lifecycle"),
        ("That brings us to deployment.", "lifecycle"),
        ("Okay, features.", "features"),
        ("let's go back to the labels, I forgot the window", "data"),
        ("so we log it all okay moving on to features we have the age", "features"),
        ("I'd like to talk a bit about the training data that we have.", "data"),
        # Not these:
        ("Features.", ""),
        ("Let's talk about the data loss in Kafka.", ""),
        ("So next, the data flows into Kafka.", ""),
        ("First, requirements are clear.", ""),
        ("Before moving on to features, one thing.", ""),
        ("I'll cover requirements, then data, then features.", ""),
        ("Let's talk about features later.", ""),
        ("We could go back to the data and collect more.", ""),
        ("The data is moving onto the features store.", ""),
        ("Let's not talk about the model.", ""),
        ("Moving on to candidates.", ""),
    ],
)
def test_a_stage_is_named_in_passing_or_not(said: str, stage: str):
    assert [marker.stage for marker in FINDER.find(said)] == ([stage] if stage else [])


def test_a_sentence_that_is_only_a_marker_is_not_the_answer_but_one_that_goes_on_is():
    said = answers("Is it retention? Okay, moving on to features. The age. Let's talk about the data we have: clicks.")

    assert said == {
        "requirements": "Is it retention?",
        "features": "The age.",
        "data": "Let's talk about the data we have: clicks.",
    }


def test_the_interviewer_may_say_it():
    found = cut(
        "Interviewer: Hi.\nCandidate: Is it retention?\nInterviewer: Let's talk about the data.\nCandidate: Clicks."
    )

    assert (found.how, found.answers()) == (How.SPOKEN, {"requirements": "Is it retention?", "data": "Clicks."})


def test_a_marker_may_go_over_two_cues():
    assert answers(as_vtt([(1, 2, "It is retention. Okay, moving on"), (2, 3, "to features. The age.")])) == {
        "requirements": "It is retention.",
        "features": "The age.",
    }


def test_coming_back_to_a_stage_adds_to_it():
    found = cut(
        "Is it? Let's talk about the data. Clicks. Moving on to features. Age. Let's go back to the data. Views."
    )

    assert [segment.stage for segment in found.segments] == ["requirements", "data", "features", "data"]
    assert found.answers()["data"] == "Clicks.\n\nViews."


def test_times_tell_how_long_each_stage_took():
    found = cut(as_vtt([(10, 20, "Is it retention?"), (40, 50, "Let's talk about the data."), (50, 70, "Clicks.")]))

    assert found.seconds() == {"requirements": 30.0, "data": 30.0}
    assert found.length == 60


# The clock -----------------------------------------------------------------------------------------------------------

MINUTES = [(0, "one"), (7, "two"), (11, "three"), (17, "four"), (23, "five"), (31, "six"), (35, "seven"), (39, "eight")]
"""A minute after each stage begins, in a round of 41 minutes."""


@pytest.mark.parametrize("form", ["{m}:00 {word}.", "[00:{m:02d}:00] {word}.", "Anna  {m}:00\n{word}."])
def test_without_a_marker_the_clock_cuts(form: str):
    found = cut("\n".join(form.format(m=minute, word=word) for minute, word in MINUTES))

    assert found.how is How.CLOCK
    assert found.answers() == {stage: f"{word}." for stage, (_, word) in zip(STAGES, MINUTES, strict=True)}
    assert found.seconds() == {}


def test_budgets_are_scaled_and_count_from_the_first_time():
    cues = [(3600 + 60 * minute / 2, 3600 + 60 * minute / 2 + 1, f"{word}.") for minute, word in MINUTES]

    assert answers(as_vtt(cues), minutes=20.5) == {s: f"{w}." for s, (_, w) in zip(STAGES, MINUTES, strict=True)}


def test_what_comes_after_the_round_belongs_to_the_last_stage():
    assert answers("0:05 goal.\n2:00:00 drift.") == {"requirements": "goal.", "lifecycle": "drift."}


def test_a_long_paragraph_is_cut_between_sentences():
    assert answers("[0:00] It is retention, and we have all the time. Two stages.\n[9:00] Done.") == {
        "requirements": "It is retention, and we have all the time.",
        "high-level-design": "Two stages. Done.",
    }


def test_speech_without_full_stops_is_cut_between_lines():
    assert answers("0:05\nso the goal\n0:09\nis retention\n6:30\nnow two stages\n40:00\nand drift") == {
        "requirements": "so the goal is retention",
        "high-level-design": "now two stages",
        "lifecycle": "and drift",
    }


def test_by_clock_leaves_markers_alone():
    text = as_vtt([(1, 2, "Is it?"), (3, 4, "Let's talk about the data."), (420, 421, "Two stages.")])

    assert answers(text, by_clock=True) == {
        "requirements": "Is it? Let's talk about the data.",
        "high-level-design": "Two stages.",
    }


# Who speaks ----------------------------------------------------------------------------------------------------------

TALK = "{a}: Why?\n{b}: Because we can.\nAnd it is cheap.\n{a}: Good.\n{b}: It is done. Let's talk about the data.\n"


@pytest.mark.parametrize(
    ("a", "b", "speaker"),
    [
        ("Interviewer", "Candidate", ""), ("INTERVIEWER", "Anna", ""), ("Q", "A", ""), ("Ben", "Anna", "anna"),
        ("Interviewer (Ben)", "Anna Kovács", ""), ("Ben", "Anna Kovács", "Anna"), ("Ben", "Me", ""),
        ("**Interviewer**", "**Candidate**", ""), ("SPEAKER_00", "SPEAKER_01", "SPEAKER_01"),
        ("[SPEAKER_00]", "[SPEAKER_01]", "speaker_01"), ("Speaker A", "Speaker B", "Speaker B"),
    ],
)  # fmt: skip
def test_only_the_candidates_words_count(a: str, b: str, speaker: str):
    assert answers(TALK.format(a=a, b=b), speaker=speaker) == {
        "requirements": "Because we can. And it is cheap.\n\nIt is done."
    }


def test_voices_of_a_vtt_file_count_as_speakers():
    text = as_vtt([(0, 1, "<v Ben>Why?"), (1, 2, "<v Anna>Because."), (2, 3, "It is so."), (3, 4, "<v Ben>Good.")])
    found = cut(text, speaker="Anna", by_clock=True)

    assert found.answers() == {"requirements": "Because. It is so."}
    assert (found.candidate, found.others) == (("Anna",), (("Ben", 2),))


def test_a_paragraph_without_a_label_is_the_candidates_where_only_others_have_one():
    text = "Interviewer: Why?\nTell me.\n\nBecause.\nIt is so.\n\nInterviewer: [inaudible] Fine.\n\n"
    text += "Let's talk about the data. Clicks."

    assert answers(text) == {"requirements": "Because. It is so.", "data": "Clicks."}


def test_words_with_a_colon_are_not_a_speaker():
    text = "[data]\nExample: clicks.\nExample: views.\nFeatures: later.\nFeatures: later.\nThe Goal Is: this."

    assert answers(text)["data"].split() == text.removeprefix("[data]\n").split()


@pytest.mark.parametrize(
    ("text", "speaker", "message"),
    [
        (
            "Ben: Why?\nAnna: So.\nBen: Ah.\nAnna: It is.\n",
            "",
            "Who is the candidate: Ben (2 words), Anna (3 words)? Pass --speaker Anna",
        ),
        (
            "Ann O'Hara: Why?\nBen: So.\nAnn O'Hara: Ah.\nBen: So.",
            "Bn",
            "Nobody in the transcript is called 'Bn'; did you mean 'Ben'? The speakers: Ann O'Hara, Ben.",
        ),
        (
            "It is.",
            "Anna",
            "Nobody in the transcript is called 'Anna'. The transcript names no speaker; leave --speaker out.",
        ),
        (
            "Ben A: Why?\nBen B: So.\nBen A: Ah.\nBen B: So.",
            "ben",
            "--speaker 'ben' may be Ben A or Ben B. Pass the whole name.",
        ),
    ],
)
def test_an_unknown_or_unclear_speaker_is_told_with_the_fix(text: str, speaker: str, message: str):
    with pytest.raises(UsageError) as caught:
        cut(text, speaker=speaker)

    assert str(caught.value) == message


# What cannot be cut --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "by_clock", "message"),
    [
        ("It is.", False, "talk.vtt has no times and nothing that says where a stage begins. Put a line such as [req"),
        ("0:05 It is.", False, "talk.vtt has no times and"),
        ("[data]\nIt is.", True, "talk.vtt has no times to cut it by. Leave out --by-clock"),
        ("", False, "talk.vtt holds no words of the candidate."),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\n[inaudible]\n", False, "talk.vtt holds no words of the candidate."),
        ("Interviewer: Hi.\n[data]\n", False, "talk.vtt holds no words of the candidate."),
        ("[data]\n" + "word " * 200_001, False, "larger than 1 MB"),
    ],
)
def test_what_cannot_be_cut_is_one_clear_sentence(text: str, by_clock: bool, message: str):
    with pytest.raises(CoachError) as caught:
        cut(text, by_clock=by_clock)

    assert message in str(caught.value)
    assert caught.value.fix


# Any text ------------------------------------------------------------------------------------------------------------

PIECES = [
    "[data]", "## Features", "[requirments]", "0:05", "[00:12:30]", "10:00 so", "00:00:01.000 --> 00:00:09.000",
    "WEBVTT", "Interviewer: why?", "Anna: because", "Ben: yes", "<v Anna>", "</v>", "Let's talk about the data.",
    "moving on to features", "um, [inaudible]", "1", "", "NOTE x", "-- models --", "Okay.", ">> so",
    "**Anna:** hm", "…", "Data:",
]  # fmt: skip
TALKS = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=25).map("\n".join)


@settings(deadline=None)  # the first one compiles the patterns
@given(TALKS, st.booleans(), st.sampled_from(["", "", "Anna", "x"]), st.floats(0.1, 600))
def test_any_text_is_cut_or_refused_with_a_reason(text: str, by_clock: bool, speaker: str, minutes: float):
    try:
        found = cut(text, minutes=minutes, speaker=speaker, by_clock=by_clock)
    except CoachError as error:
        assert str(error)  # noqa: PT017 - both ends are right
        return
    assert set(found.answers()) <= set(STAGES)
    assert set("".join(found.answers().values())) <= set(text) | {" ", "\n"} | set("&<>")
    lines = [segment.begins.line for segment in found.segments]
    assert lines == sorted(lines)
    times = [segment.begins.seconds for segment in found.segments]
    assert all(time is None for time in times) or times == sorted(times, key=float)  # type: ignore[arg-type]


SENTENCES = st.lists(st.sampled_from(["We log clicks.", "It is cheap!", "Why so?", "the goal", "200 ms."]), max_size=4)
PARTS: Any = st.lists(st.tuples(st.sampled_from(STAGES), SENTENCES), min_size=1, max_size=12)


@settings(deadline=None)
@given(PARTS, st.sampled_from(["[{}]", "## {}", "-- {} --"]))
def test_what_was_said_under_lines_comes_back(parts: list[tuple[str, list[str]]], dress: str):
    text = "\n".join(f"{dress.format(stage)}\n" + "\n".join(sentences) for stage, sentences in parts)
    wanted: dict[str, list[str]] = {}
    for stage, sentences in parts:
        if sentences:
            wanted.setdefault(stage, []).extend(" ".join(sentences).split())
    if not wanted:
        with pytest.raises(CoachError, match="no words"):
            cut(text)
        return

    assert {stage: said.split() for stage, said in answers(text).items()} == wanted


CUES: Any = st.lists(
    st.tuples(st.integers(1, 400), st.sampled_from(["We log", "clicks.", "it is", "Cheap.", "So"])), min_size=2
)


@settings(deadline=None)
@given(CUES)
def test_the_clock_loses_no_word_and_keeps_the_order(pieces: list[tuple[int, str]]):
    start, cues = 0, []
    for number, (seconds, words) in enumerate(pieces):
        # A number each, so that no cue repeats the one before.
        cues.append((float(start), float(start + seconds), f"{words} {number}"))
        start += seconds
    vtt = as_vtt(cues)
    srt = re.sub(r"(:\d\d)\.(\d\d\d)", r"\1,\2", vtt.removeprefix("WEBVTT\n\n"))
    found = cut(vtt)

    assert found.how is How.CLOCK
    assert " ".join(segment.text for segment in found.segments).split() == [
        word for _, _, text in cues for word in text.split()
    ]
    order = [STAGES.index(segment.stage) for segment in found.segments]
    assert order == sorted(order)
    assert cut(srt).answers() == found.answers()
