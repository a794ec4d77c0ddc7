"""The editor as a candidate sees it, in a pseudo-terminal of 80 x 24 and of 40 x 20."""

import re
from pathlib import Path

import pytest

from tests.terminal.conftest import Start
from tests.terminal.terminals import stored_answers

SIZES = [(80, 24), (40, 20)]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_the_first_screen_has_the_interviewer_and_the_first_stage(start: Start, columns: int, rows: int):
    terminal = start("practice", "feed-ranking", columns=columns, rows=rows)
    terminal.wait_for("mlsd-coach", "Requirements 1/9", "saved ", "^D submit")
    assert "ranking of a social network's home feed" in terminal.words
    assert len(terminal.screen.display) == rows


def test_a_terminal_without_a_size_gets_a_screen_all_the_same(start: Start):
    start("practice", "feed-ranking", columns=0, rows=0).wait_for("mlsd-coach", "Requirements 1/9")


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_typing_is_shown_counted_and_on_disk(start: Start, home: Path, columns: int, rows: int):
    terminal = start("practice", "feed-ranking", columns=columns, rows=rows)
    terminal.wait_for("^D submit").send("engagement or retention")
    terminal.wait_for("engagement or retention", "3 words")
    assert re.search(r"saved \d\d:\d\d:\d\d", terminal.text)
    terminal.wait_until(lambda: "engagement or retention" in stored_answers(home), "the text on disk")


def test_words_are_not_broken_and_lines_are_moved_through_by_row(start: Start):
    terminal = start("practice", "feed-ranking", columns=40, rows=20)
    terminal.wait_for("^D submit").send("one two three four five six seven eight nine ten eleven")
    terminal.wait_for("seven eight\nnine ten eleven")
    terminal.key("up").send("X")
    terminal.wait_for("one two three fXour")


@pytest.mark.parametrize("key", ["^D", "F10"])
def test_submitting_opens_the_next_stage(start: Start, key: str):
    terminal = start("practice", "feed-ranking")
    terminal.wait_for("^D submit").send("my requirements").wait_for("my requirements")
    terminal.key(key).wait_for("2/9")
    assert "my requirements" not in terminal.text


def test_an_empty_answer_has_to_be_meant(start: Start):
    terminal = start("practice", "feed-ranking").wait_for("^D submit")
    terminal.key("^D").wait_for("Nothing is written yet", "1/9")
    terminal.key("^D").wait_for("2/9")


def test_back_shows_the_earlier_answer_and_submitting_returns(start: Start):
    terminal = start("practice", "feed-ranking").wait_for("^D submit")
    terminal.key("^R").wait_for("This is the first stage")
    terminal.send("my requirements").wait_for("my requirements").key("^D").wait_for("2/9")
    terminal.send("half a design").wait_for("half a design").key("^R").wait_for("1/9", "my requirements")
    terminal.key("^D").wait_for("2/9", "half a design")


def test_skipping_goes_on(start: Start):
    start("practice", "feed-ranking").wait_for("^D submit").key("^S").wait_for("2/9")


def test_the_clock_pauses_and_typing_goes_on(start: Start):
    terminal = start("practice", "feed-ranking").wait_for("^D submit")
    terminal.key("^P").wait_for("PAUSED")
    before = re.search(r"stage (\S+) of", terminal.text)
    terminal.read(2.5)
    after = re.search(r"stage (\S+) of", terminal.text)
    assert before
    assert after
    assert before[1] == after[1]
    terminal.send("x").wait_until(lambda: "PAUSED" not in terminal.text, "the clock running")


def test_the_clock_hides(start: Start):
    terminal = start("practice", "feed-ranking").wait_for("^D submit", "total ")
    terminal.key("^L").wait_for("clock hidden")
    assert "total " not in terminal.text
    terminal.key("^L").wait_for("total ")


def test_past_zero_the_clock_is_negative_the_interviewer_speaks_and_the_text_stays(start: Start):
    terminal = start("practice", "feed-ranking", "--minutes", "0.05").wait_for("^D submit")
    terminal.send("still typing").wait_for("stage -0:0", "total -0:0", "We are well past the time")
    terminal.send(" and on").wait_for("still typing and on").key("F1").wait_for("Let me stop you there")


def test_the_briefing_shows_everything_and_the_keys(start: Start):
    terminal = start("practice", "feed-ranking", columns=40, rows=20).wait_for("^D submit").send("mine")
    terminal.wait_for("mine").key("F1").wait_for("What you were told")
    for _ in range(9):
        terminal.key("pagedown")
    terminal.wait_for("undo").key("enter").wait_for("mine", "1/9")


def test_a_mock_gives_no_hints(start: Start):
    start("practice", "feed-ranking").wait_for("^D submit").key("^T").wait_for("rather not give hints")


def test_a_coached_sitting_gives_a_hint_and_a_verdict(start: Start):
    terminal = start("practice", "feed-ranking", "--coached", "--interviewer", "silent").wait_for("^T hint")
    before = terminal.text
    terminal.key("^T").wait_until(lambda: terminal.text != before, "a hint")
    terminal.send("The goal is retention, because clicks alone reward bait.").wait_for("bait")
    terminal.key("^D").wait_for("Enter", "Requirements")
    terminal.key("enter").wait_for("2/9")


def test_a_paste_of_three_thousand_characters_arrives_whole(start: Start, home: Path):
    text = "".join(f"line {number:03} of the pasted answer\n" for number in range(100))[:3000]
    terminal = start("practice", "feed-ranking").wait_for("^D submit")
    terminal.paste(text)
    terminal.wait_until(lambda: text in stored_answers(home), "the whole paste on disk")
    assert "1/9" in terminal.text


def test_escapes_in_a_paste_do_not_reach_the_terminal(start: Start):
    terminal = start("practice", "feed-ranking").wait_for("^D submit")
    terminal.paste("before\x1b]0;owned\x07after").wait_for("before]0;ownedafter")


def test_wide_characters_are_shown_and_wrapped(start: Start, home: Path):
    text = "推荐系统的候选生成阶段需要低延迟因为每次请求只有三百毫秒"
    terminal = start("practice", "feed-ranking", columns=40, rows=20).wait_for("^D submit")
    terminal.send(text)
    terminal.wait_until(lambda: text[-4:] in terminal.text.replace(" ", ""), "the last characters")
    terminal.wait_until(lambda: text in stored_answers(home), "the text on disk")
    terminal.wait_for("28 words")


def test_resizing_keeps_one_copy_of_everything(start: Start):
    terminal = start("practice", "feed-ranking").wait_for("^D submit").send("resize me").wait_for("resize me")
    for columns, rows in [(40, 20), (100, 30), (60, 15), (80, 24)]:
        terminal.resize(columns, rows)
        terminal.read(0.3)
    terminal.wait_for("resize me", "Requirements 1/9", "^D submit")
    assert terminal.text.count("resize me") == 1
    assert terminal.text.count("mlsd-coach") == 1


@pytest.mark.parametrize(("columns", "rows"), [(20, 8), (12, 4), (5, 2)])
def test_a_tiny_window_does_not_end_the_sitting(start: Start, home: Path, columns: int, rows: int):
    terminal = start("practice", "feed-ranking").wait_for("^D submit")
    terminal.resize(columns, rows)
    terminal.read(0.5)
    terminal.send("still here")
    terminal.wait_until(lambda: "still here" in stored_answers(home), "the text on disk")
    terminal.resize(80, 24)
    terminal.wait_for("still here", "^D submit")


def test_the_own_editor_gets_the_draft_and_its_text_comes_back(start: Start):
    terminal = start("practice", "feed-ranking", env={"VISUAL": "sed -i s/mine/theirs/"}).wait_for("^D submit")
    terminal.send("mine").wait_for("mine").key("^O").wait_for("theirs", "back from the editor")


@pytest.mark.parametrize(
    ("editor", "message"),
    [("false", "ended with 1"), ("no-such-editor", "could not be started"), ("", "Set VISUAL or EDITOR")],
)
def test_the_text_is_kept_when_the_own_editor_fails(start: Start, editor: str, message: str):
    terminal = start("practice", "feed-ranking", env={"EDITOR": editor}).wait_for("^D submit")
    terminal.send("mine").wait_for("mine").key("^O").wait_for(message, "mine")
    terminal.send(" still").wait_for("mine still")
