"""What the interviewer says after a stage, in a pseudo-terminal: follow-ups, the change, and the stages called."""

import re
import time
from pathlib import Path

import pytest

from mlsd_coach.models import Mode, Scenario, Turn
from tests.terminal.conftest import Start
from tests.terminal.interviewing import (
    answer_rows,
    feed_ranking,
    interviewer_rows,
    part_of,
    read_all,
    stored,
    wait_for_part,
)
from tests.terminal.terminals import Terminal

PRODUCT = ("practice", "feed-ranking", "--interviewer", "product", "--seed", "11")
"""Under this seed the first stage has no cue: a follow-up comes at once."""
ANSWER = "The goal is retention, because clicks alone reward bait, and the north star is days with a good visit."
TITLES = ("Requirements", "High-level design", "Data", "Features", "Candidates", "Models", "Lifecycle")


@pytest.fixture(scope="session")
def feed(warm_cache: Path) -> Scenario:
    return feed_ranking(warm_cache)


def answered(terminal: Terminal, text: str = ANSWER) -> Terminal:
    """Paste an answer to the stage that is open, and end it."""
    terminal.paste(text).wait_for(" ".join(text.split()[-2:]))
    return terminal.key("^D")


def to_reply(start: Start, *more: str) -> Terminal:
    """Answer the first stage, up to the follow-up."""
    terminal = start(*PRODUCT, *more).wait_for("^D submit")
    return wait_for_part(answered(terminal), 1, "follow-up")


def call_stage(terminal: Terminal, number: int, key: str = "^N") -> Terminal:
    return terminal.key(key).wait_for("Where next?", "stay here").send(str(number))


def said_by_interviewer(terminal: Terminal) -> str:
    return " ".join(" ".join(interviewer_rows(terminal)).split())


def seconds_left(terminal: Terminal) -> int:
    """What is left of the part under way, from the row of the clocks."""
    found = re.search(r"(?:stage|reply) (\d+):(\d\d)", terminal.screen.display[1])
    assert found, terminal.screen.display[1]
    return 60 * int(found[1]) + int(found[2])


# The follow-up ------------------------------------------------------------------------------------------------------


def test_a_follow_up_stands_alone_with_a_clock_of_its_own(start: Start, home: Path):
    terminal = to_reply(start)
    [exchange] = stored(home).exchanges
    assert (exchange.turn, exchange.stage, exchange.done) == (Turn.FOLLOW_UP, "requirements", False)
    assert said_by_interviewer(terminal) == exchange.says
    assert "Requirements: follow-up 1/9" in terminal.screen.display[1]
    assert "of 1:15" in terminal.screen.display[1]
    assert 60 < seconds_left(terminal) <= 75
    assert "retention" not in terminal.text
    assert "0 words" in terminal.text


@pytest.mark.parametrize(("columns", "rows"), [(40, 20), (80, 24), (120, 40)])
def test_a_follow_up_fits_the_screen(start: Start, home: Path, columns: int, rows: int):
    terminal = answered(start(*PRODUCT, columns=columns, rows=rows).wait_for("^D submit"))
    terminal.wait_for("Requirements: fo", "1/9", " 0 words", "F1 help")
    assert said_by_interviewer(terminal) == stored(home).exchanges[0].says
    assert all(row[-1] == " " for row in interviewer_rows(terminal))
    assert len(answer_rows(terminal)) >= 2


def test_a_reply_is_on_disk_soon_and_outlives_a_kill(start: Start, home: Path):
    terminal = to_reply(start).send("weeks, not days").wait_for("weeks, not days")
    typed = time.monotonic()
    terminal.wait_until(lambda: stored(home).exchanges[0].answer == "weeks, not days", "the reply on disk")
    # A busy machine may take its time; what is stored with the time alone would come after five seconds.
    assert time.monotonic() - typed < 3
    terminal.kill()
    assert terminal.exit_code() == -9
    wait_for_part(start("resume"), 1, "follow-up").wait_for("weeks, not days")


@pytest.mark.parametrize("key", ["^D", "F10"])
def test_a_reply_is_ended_like_an_answer(start: Start, home: Path, key: str):
    terminal = to_reply(start).send("weeks, not days").wait_for("weeks, not days")
    wait_for_part(terminal.key(key), 2)
    assert "weeks" not in terminal.text
    session = stored(home)
    assert [(each.answer, each.done) for each in session.exchanges] == [("weeks, not days", True)]
    assert session.stages[0].answer == ANSWER
    assert [(who, text) for _, who, text in session.transcript[-3:]] == [
        ("candidate", ANSWER),
        ("interviewer", session.exchanges[0].says),
        ("candidate", "weeks, not days"),
    ]


def test_an_empty_reply_moves_on_at_once(start: Start, home: Path):
    wait_for_part(to_reply(start).key("^D"), 2)
    assert [(each.answer, each.done) for each in stored(home).exchanges] == [("", True)]


def test_a_reply_can_be_skipped_and_what_was_written_is_kept(start: Start, home: Path):
    terminal = to_reply(start).send("weeks, not days").wait_for("weeks, not days")
    wait_for_part(terminal.key("^S"), 2)
    session = stored(home)
    assert [(each.answer, each.done) for each in session.exchanges] == [("weeks, not days", True)]
    assert not session.stages[0].skipped


@pytest.mark.parametrize("key", ["^R", "^N"])
def test_there_is_no_way_out_of_a_reply_but_ending_it(start: Start, key: str):
    terminal = to_reply(start).send("weeks").wait_for("weeks")
    message = {"^R": "The interviewer waits for a reply. ^D ends it", "^N": "Reply first: ^D ends it."}[key]
    terminal.key(key).wait_for(message, "follow-up 1/9", "weeks")
    terminal.send(", not days").wait_for("weeks, not days")


def test_a_stage_that_was_followed_up_is_not_followed_up_again(start: Start, home: Path):
    terminal = wait_for_part(to_reply(start).key("^D"), 2)
    wait_for_part(terminal.key("^R"), 1).wait_for("retention")
    terminal.send(" And more.").wait_for("And more.")
    wait_for_part(terminal.key("^D"), 2)
    assert len(stored(home).exchanges) == 1


def test_a_stage_left_empty_or_skipped_is_not_followed_up(start: Start, home: Path):
    terminal = start(*PRODUCT).wait_for("^D submit")
    terminal.key("^D").wait_for("Nothing is written yet")
    wait_for_part(terminal.key("^D"), 2).send(ANSWER).wait_for("good visit.")
    wait_for_part(terminal.key("^S"), 3)
    assert stored(home).exchanges == ()


def test_quitting_in_a_reply_and_resuming_has_the_same_question_and_the_text(start: Start, home: Path):
    terminal = to_reply(start).send("weeks, not days").wait_for("weeks, not days")
    question = said_by_interviewer(terminal)
    terminal.wait_until(lambda: seconds_left(terminal) < 75, "a second gone by")
    terminal.key("^Q")
    assert terminal.exit_code() == 0
    assert "mlsd-coach resume 20" in terminal.words
    again = wait_for_part(start("resume"), 1, "follow-up").wait_for("weeks, not days")
    assert said_by_interviewer(again) == question
    assert seconds_left(again) < 75
    again.send(", so D7").wait_for("weeks, not days, so D7")
    wait_for_part(again.key("^D"), 2)
    assert [each.answer for each in stored(home).exchanges] == ["weeks, not days, so D7"]


def test_the_clock_of_a_reply_pauses(start: Start):
    terminal = to_reply(start).key("^P").wait_for("PAUSED", "follow-up")
    terminal.send("weeks").wait_until(lambda: "PAUSED" not in terminal.text, "the clock running")
    terminal.wait_for("weeks")


def test_f1_shows_the_question_and_what_was_written(start: Start, home: Path):
    shown = read_all(to_reply(start).key("F1"))
    assert stored(home).exchanges[0].says in shown
    assert ANSWER in shown


def test_a_late_reply_is_called_in(start: Start, home: Path):
    terminal = start(*PRODUCT, "--minutes", "0.6").wait_for("^D submit")
    wait_for_part(answered(terminal), 1, "follow-up")
    terminal.wait_until(lambda: "over time" in terminal.text, "the reply's time used up")
    terminal.read(0.5)
    assert "let us leave it at that" in terminal.words


# Who follows up -----------------------------------------------------------------------------------------------------


def test_a_coached_sitting_has_its_verdict_once_the_replies_are_given(start: Start, home: Path):
    terminal = to_reply(start, "--coached")
    assert seconds_left(terminal) > 60
    assert said_by_interviewer(terminal) == stored(home).exchanges[0].says
    terminal.send("weeks, not days").wait_for("weeks, not days")
    terminal.key("^D").wait_for("Requirements", "Enter: on to the next stage")
    assert "follow-up" not in terminal.screen.display[1]
    wait_for_part(terminal.key("enter"), 2)
    assert stored(home).exchanges[0].answer == "weeks, not days"


def test_an_empty_reply_has_the_verdict_too(start: Start):
    terminal = to_reply(start, "--coached").key("^D").wait_for("Requirements", "Enter: on to the next stage")
    wait_for_part(terminal.key("enter"), 2)


def test_a_skipped_reply_has_the_verdict_too(start: Start):
    terminal = to_reply(start, "--coached").key("^S")
    terminal.wait_until(lambda: "1/9" not in terminal.text, "the reply skipped")
    assert "Enter: on to the next stage" in terminal.text


def test_a_coached_reply_is_resumed_and_its_verdict_still_comes(start: Start):
    terminal = to_reply(start, "--coached").send("weeks").wait_for("weeks").key("^Q")
    assert terminal.exit_code() == 0
    again = wait_for_part(start("resume"), 1, "follow-up").wait_for("weeks")
    again.key("^D").wait_for("Requirements", "Enter: on to the next stage")


def test_quitting_at_the_verdict_resumes_in_the_next_stage(start: Start):
    terminal = to_reply(start, "--coached").key("^D").wait_for("Enter: on to the next stage").key("^Q")
    assert terminal.exit_code() == 0
    wait_for_part(start("resume"), 2)


def test_no_hints_are_given_in_a_reply(start: Start):
    to_reply(start, "--coached").key("^T").wait_for("all I can hint at")


def test_a_silent_one_never_follows_up(start: Start, home: Path):
    terminal = start("practice", "feed-ranking", "--interviewer", "silent", "--seed", "11").wait_for("^D submit")
    wait_for_part(answered(terminal), 2)
    wait_for_part(call_stage(terminal, 4), 4)
    wait_for_part(answered(terminal), 5)
    assert stored(home).exchanges == ()


def test_one_stage_alone_is_not_followed_up(start: Start):
    terminal = start(*PRODUCT, "--stage", "requirements", env={"PAGER": "cat"}).wait_for("^D submit", "1/1")
    answered(terminal).wait_for("Before the reveal")


# The change ---------------------------------------------------------------------------------------------------------


def test_the_change_comes_after_its_stage_and_its_follow_up(start: Start, home: Path, feed: Scenario):
    change = feed.change
    assert change is not None
    terminal = start(*PRODUCT).wait_for("^D submit")
    wait_for_part(call_stage(terminal, 4), 4)
    wait_for_part(answered(terminal, feed.stage("features").samples.mid.strip()), 4, "follow-up")
    wait_for_part(terminal.send("by hour").wait_for("by hour").key("^D"), 4, "a change")
    assert "of 3:00" in terminal.screen.display[1]
    assert 165 < seconds_left(terminal) <= 180
    assert said_by_interviewer(terminal) == " ".join(change.plan.prompt.split())
    terminal.send("nothing personal for them").wait_for("personal for them")
    wait_for_part(terminal.key("^D"), 5)
    said = [(each.turn, each.answer) for each in stored(home).exchanges]
    assert said == [(Turn.FOLLOW_UP, "by hour"), (Turn.CHANGE, "nothing personal for them")]


def test_the_change_fits_a_small_screen_and_comes_once(start: Start, home: Path, feed: Scenario):
    terminal = start(*PRODUCT, columns=40, rows=20).wait_for("^D submit")
    wait_for_part(call_stage(terminal, 4), 4)
    wait_for_part(terminal.key("^S"), 4, "a change")
    assert feed.change is not None
    assert said_by_interviewer(terminal) == " ".join(feed.change.plan.prompt.split())
    assert len(answer_rows(terminal)) >= 2
    wait_for_part(terminal.key("^D"), 5)
    wait_for_part(terminal.key("^R"), 4)
    wait_for_part(terminal.key("^S"), 5)
    assert [each.turn for each in stored(home).exchanges] == [Turn.CHANGE]


# Calling a stage ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["^N", "F11"])
def test_the_stages_are_listed_and_enter_stays(start: Start, home: Path, key: str):
    terminal = start(*PRODUCT).wait_for("^D submit").send("mine").wait_for("mine")
    terminal.key(key).wait_for("Where next?", "Enter: stay here", "1 Requirements  you are here", *TITLES)
    assert len(re.findall(r"^ \d ", terminal.text, re.M)) == 9
    terminal.send("x0").key("enter").wait_for("mine", "Requirements 1/9", "F1 help")
    terminal.send(" still").wait_for("mine still")
    assert stored(home).called == ()
    assert stored(home).exchanges == ()


def test_the_number_of_the_stage_under_way_stays_there(start: Start, home: Path):
    terminal = start(*PRODUCT).wait_for("^D submit").send("mine").wait_for("mine")
    wait_for_part(call_stage(terminal, 1), 1).wait_for("mine")
    assert stored(home).called == ()
    assert not stored(home).stages[0].done


@pytest.mark.parametrize("key", ["^N", "F11"])
def test_a_number_goes_to_that_stage(start: Start, home: Path, key: str):
    terminal = start(*PRODUCT).wait_for("^D submit")
    wait_for_part(call_stage(terminal, 5, key), 5)
    session = stored(home)
    assert session.called == (("requirements", "candidates"),)
    assert session.stages[0].skipped
    assert session.stages[4].answer == ""
    terminal.key("^N").wait_for("1 Requirements  skipped", "5 Candidates  you are here", "6 Models  open")


def test_a_stage_called_is_opened_after_the_follow_up(start: Start, home: Path):
    terminal = start(*PRODUCT).wait_for("^D submit").paste(ANSWER).wait_for("good visit.")
    wait_for_part(call_stage(terminal, 3), 1, "follow-up")
    assert not stored(home).stages[0].skipped
    wait_for_part(terminal.send("weeks").wait_for("weeks").key("^D"), 3)
    assert stored(home).called == (("requirements", "data"),)
    # What was passed over comes at the end of the row, after all that follows.
    wait_for_part(terminal.key("^S"), 4)


def test_a_stage_called_is_remembered_when_the_reply_is_resumed(start: Start):
    terminal = start(*PRODUCT).wait_for("^D submit").paste(ANSWER).wait_for("good visit.")
    wait_for_part(call_stage(terminal, 3), 1, "follow-up").key("^Q")
    assert terminal.exit_code() == 0
    again = wait_for_part(start("resume"), 1, "follow-up")
    wait_for_part(again.key("^D"), 3)


def test_a_stage_that_is_done_can_be_called_again(start: Start, home: Path):
    terminal = wait_for_part(to_reply(start).key("^D"), 2)
    wait_for_part(call_stage(terminal, 1), 1).wait_for("retention")
    assert stored(home).returned == ("requirements",)


def test_a_call_is_obeyed_once(start: Start):
    terminal = start(*PRODUCT).wait_for("^D submit")
    wait_for_part(call_stage(terminal, 3), 3)
    wait_for_part(terminal.key("^S"), 4)
    for number in (3, 2, 1):
        wait_for_part(terminal.key("^R"), number)
    terminal.key("^S").wait_until(lambda: (part := part_of(terminal)) is not None and part.number != 1, "another stage")
    part = part_of(terminal)
    assert part is not None
    assert part.title == "High-level design"


def test_in_a_coached_sitting_the_interviewer_leads(start: Start, home: Path):
    terminal = start(*PRODUCT, "--coached").wait_for("^D submit").send("mine").wait_for("mine")
    terminal.key("^N").wait_for("Here the interviewer leads", "mine")
    assert "Where next?" not in terminal.text
    assert stored(home).mode is Mode.COACHED


@pytest.mark.parametrize(("columns", "rows"), [(40, 20), (120, 40)])
def test_the_list_of_stages_fits_the_screen(start: Start, columns: int, rows: int):
    terminal = start(*PRODUCT, columns=columns, rows=rows).wait_for("^D submit")
    terminal.key("^N").wait_for("Where next?", "Enter: stay here", *TITLES, "7 Offline evaluation  open, 4:00")
    wait_for_part(terminal.send("4"), 4)
