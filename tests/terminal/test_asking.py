"""Questions to the interviewer in a pseudo-terminal: asked, answered, asked back, assumed, and noted."""

from pathlib import Path

import pytest

from mlsd_coach.history.store import Store
from mlsd_coach.models import Heard, Scenario
from tests.terminal.conftest import Start
from tests.terminal.interviewing import (
    answer_rows,
    ask,
    beginning,
    fact_of,
    feed_ranking,
    interviewer_rows,
    read_all,
    stored,
    wait_for_part,
)
from tests.terminal.terminals import Terminal, stored_answers

BALANCED = ("practice", "feed-ranking", "--interviewer", "balanced", "--seed", "11")
SIZES = [(40, 20), (80, 24), (120, 40)]
PEOPLE = "How many people use it each day?"
NOBODY_KNOWS = "What colour is the logo?"
VAGUE = "How big is it?"
LONG = "How many people use it each day, " + "and so on and so forth " * 8 + "if I may ask?"


@pytest.fixture(scope="session")
def feed(warm_cache: Path) -> Scenario:
    return feed_ranking(warm_cache)


@pytest.fixture
def writing(start: Start) -> Terminal:
    """A sitting with the beginning of an answer in it."""
    return start(*BALANCED).wait_for("^D submit").send("mine").wait_for("mine", "1 word ")


def written(terminal: Terminal) -> str:
    """The rows of the answer that are not empty, as one line."""
    return " ".join(" ".join(answer_rows(terminal)).split())


def is_closed(terminal: Terminal) -> bool:
    return "Esc back to the answer" not in terminal.text and "F1 help" in terminal.text


def wait_for_end_of(terminal: Terminal, question: str) -> None:
    """The line breaks anywhere, also within a word."""
    end = "".join(question.split())[-20:]
    terminal.wait_until(lambda: end in "".join(terminal.text.split()), "the question's end")


def wait_until_closed(terminal: Terminal) -> Terminal:
    terminal.wait_until(lambda: is_closed(terminal), "the line closed")
    return terminal


# Asking -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["^G", "F8"])
def test_a_reply_stands_above_the_answer_and_is_noted_for_later_stages(writing: Terminal, feed: Scenario, key: str):
    people = fact_of(feed, "audience")
    writing.key(key).wait_for(" Ask:", "Enter asks").send(PEOPLE).wait_for(f" Ask: {PEOPLE}")
    wait_until_closed(writing.key("enter"))
    said = " ".join(" ".join(interviewer_rows(writing)).split())
    assert beginning(people.says) in said
    assert f"Noted: {people.note}" in said
    assert written(writing) == "mine"
    wait_for_part(writing.key("^S"), 2)
    assert f"Noted: {people.note}" in writing.words
    assert beginning(people.says) not in writing.words


def test_writing_goes_on_where_it_was(writing: Terminal, home: Path):
    wait_until_closed(ask(writing, PEOPLE)).send(" and yours").wait_for("mine and yours", "3 words")
    writing.key("^G").wait_for(" Ask:").send("Why?").wait_for(" Ask: Why?")
    wait_until_closed(writing.key("escape")).send(", both").wait_for("mine and yours, both")
    writing.wait_until(lambda: stored_answers(home).startswith("mine and yours, both"), "the text on disk")


def test_a_question_is_on_disk_when_its_reply_is_on_the_screen(writing: Terminal, home: Path, feed: Scenario):
    ask(writing, PEOPLE).wait_for("Noted: ").kill()
    asked = stored(home).asked
    assert [(each.stage, each.says, each.heard) for each in asked] == [("requirements", PEOPLE, Heard.TOLD)]
    assert asked[0].reply == fact_of(feed, "audience").says
    assert writing.exit_code() == -9


def test_the_same_question_again_is_noted_once(writing: Terminal, feed: Scenario):
    note = fact_of(feed, "audience").note
    wait_until_closed(ask(writing, PEOPLE)).wait_for("Noted: ")
    wait_until_closed(ask(writing, PEOPLE)).wait_for("As I said:")
    assert writing.words.count(note) == 1


def test_a_pasted_question_becomes_one_line_and_waits_for_enter(writing: Terminal, home: Path):
    writing.key("^G").wait_for(" Ask:")
    writing.paste("How many people\n  use it\r\n\r\neach \x1b]0;day\x07?\n")
    writing.wait_for(" Ask: How many people use it each ]0;day?")
    assert stored(home).asked == ()
    wait_until_closed(writing.key("enter"))
    assert [each.says for each in stored(home).asked] == ["How many people use it each ]0;day?"]
    assert written(writing) == "mine"


def test_nothing_asked_is_no_question(writing: Terminal, home: Path):
    writing.key("^G").wait_for(" Ask:")
    wait_until_closed(writing.key("enter"))
    writing.key("^G").wait_for(" Ask:").send("  ?? ").wait_for(" Ask:   ??")
    wait_until_closed(writing.key("enter"))
    assert stored(home).asked == ()
    assert written(writing) == "mine"


# Leaving the line ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["escape", "^G", "F8"])
def test_a_question_half_typed_waits_for_the_next_time(writing: Terminal, home: Path, key: str):
    writing.key("^G").wait_for(" Ask:").send("how many peo").wait_for("how many peo")
    wait_until_closed(writing.key(key))
    assert "how many peo" not in writing.text
    assert written(writing) == "mine"
    assert "Requirements 1/9" in writing.text
    writing.key("^G").wait_for(" Ask: how many peo")
    wait_until_closed(writing.key("escape")).send(" still").wait_for("mine still")
    writing.wait_until(lambda: stored(home).stages[0].answer == "mine still", "the text on disk")
    assert stored(home).asked == ()


def test_what_stands_in_the_line_is_put_by_the_key_that_submits(writing: Terminal, home: Path):
    writing.key("^G").wait_for(" Ask:").send("how many people use it on a day").wait_for("on a day")
    wait_until_closed(writing.key("^D"))
    writing.wait_until(lambda: [each.says for each in stored(home).asked] == ["how many people use it on a day"], "it")
    assert written(writing) == "mine"
    assert "Requirements 1/9" in writing.text


def test_ctrl_c_while_asking_saves_and_resume_has_what_was_asked(
    writing: Terminal, home: Path, start: Start, feed: Scenario
):
    people = fact_of(feed, "audience")
    wait_until_closed(ask(writing, PEOPLE)).key("^G").wait_for(" Ask:").send("half typed").wait_for("half typed").key(
        "^C"
    )
    assert writing.exit_code() == 130
    assert "mlsd-coach resume 20" in writing.words
    again = start("resume").wait_for("^D submit", "mine", "Noted: ")
    assert beginning(people.says) in again.words
    assert people.note in again.words
    assert "half typed" not in again.text
    assert is_closed(again)
    wait_until_closed(ask(again, PEOPLE)).wait_for("As I said:")
    assert [each.says for each in stored(home).asked] == [PEOPLE, PEOPLE]


def test_ctrl_c_while_an_assumption_is_wanted_saves(writing: Terminal, home: Path, start: Start):
    ask(writing, NOBODY_KNOWS).wait_for(" Assume:").send("half of o").wait_for("half of o").key("^C")
    assert writing.exit_code() == 130
    assert [each.heard for each in stored(home).asked] == [Heard.UNKNOWN]
    again = start("resume").wait_for("^D submit", "mine")
    again.key("^G").wait_for(" Ask:").send("Blue, as before.").wait_for("as before.").key("enter")
    wait_until_closed(again).wait_for("assumed: Blue, as before.")


# Unknown and vague --------------------------------------------------------------------------------------------------


def test_what_nobody_knows_wants_an_assumption_which_is_noted(writing: Terminal, home: Path):
    ask(writing, NOBODY_KNOWS).wait_for(" Assume:", "Enter keeps it", "What would you assume?")
    assert written(writing) == "mine"
    writing.send("Blue, as the app is.").wait_for(" Assume: Blue, as the app is.")
    wait_until_closed(writing.key("enter")).wait_for("Noted: assumed: Blue, as the app is.")
    said = stored(home).asked
    assert [each.heard for each in said] == [Heard.UNKNOWN, Heard.ASSUMED]
    assert beginning(said[1].reply) in writing.words
    wait_for_part(writing.key("^S"), 2).wait_for("Noted: assumed: Blue, as the app is.")


@pytest.mark.parametrize("key", ["escape", "enter"])
def test_who_assumes_nothing_goes_back_to_the_answer(writing: Terminal, home: Path, key: str):
    ask(writing, NOBODY_KNOWS).wait_for(" Assume:")
    wait_until_closed(writing.key(key))
    assert "Noted" not in writing.text
    assert [each.heard for each in stored(home).asked] == [Heard.UNKNOWN]
    writing.send(" still").wait_for("mine still")


def test_another_question_may_be_put_in_place_of_an_assumption(writing: Terminal, home: Path):
    ask(writing, NOBODY_KNOWS).wait_for(" Assume:").send(PEOPLE).wait_for(f" Assume: {PEOPLE}")
    wait_until_closed(writing.key("enter")).wait_for("Noted: ")
    assert [each.heard for each in stored(home).asked] == [Heard.UNKNOWN, Heard.TOLD]
    assert "assumed" not in writing.text


def test_a_vague_question_is_asked_back_and_resolved(writing: Terminal, home: Path, feed: Scenario):
    peak = fact_of(feed, "peak-load")
    ask(writing, VAGUE).wait_for(" Which:", "Enter asks")
    [vague] = stored(home).asked
    assert vague.heard is Heard.ASKED_BACK
    assert beginning(vague.reply) in writing.words
    assert "Noted" not in writing.text
    writing.send("requests at the peak").wait_for(" Which: requests at the peak")
    wait_until_closed(writing.key("enter")).wait_for("Noted: ")
    assert beginning(peak.says) in writing.words
    assert stored(home).asked[-1].facts == ("peak-load",)


# Where it is shown --------------------------------------------------------------------------------------------------


def test_f1_lists_questions_and_replies(writing: Terminal, feed: Scenario):
    wait_until_closed(ask(writing, PEOPLE))
    ask(writing, NOBODY_KNOWS).wait_for(" Assume:").send("Blue, as the app is.").wait_for("app is.")
    wait_until_closed(writing.key("enter"))
    shown = read_all(writing.key("F1"))
    for text in (f"You: {PEOPLE}", f"You: {NOBODY_KNOWS}", "You: Blue, as the app is."):
        assert text in shown
    assert beginning(fact_of(feed, "audience").says) in shown
    writing.key("enter").wait_for("mine", "^D submit")


def test_f1_has_them_in_later_stages_too(writing: Terminal, feed: Scenario):
    wait_until_closed(ask(writing, PEOPLE))
    shown = read_all(wait_for_part(writing.key("^S"), 2).key("F1"))
    assert PEOPLE in shown
    assert beginning(fact_of(feed, "audience").says) in shown


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_it_fits_the_screen(start: Start, feed: Scenario, columns: int, rows: int):
    terminal = start(*BALANCED, columns=columns, rows=rows).wait_for("^D submit")
    assert_fits(terminal, feed, "")
    terminal.send("mine").wait_for("mine")
    terminal.key("^G").wait_for(" Ask:", " Enter asks  Esc back to the answer")
    assert_fits(terminal, feed, "")
    terminal.send(PEOPLE).wait_for(PEOPLE.split()[-1])
    wait_until_closed(terminal.key("enter"))
    people = fact_of(feed, "audience")
    assert beginning(people.says) in terminal.words
    assert_fits(terminal, feed, f"{people.says} {people.note}")
    ask(terminal, NOBODY_KNOWS).wait_for(" Assume:", " Enter keeps it  Esc back to the answer")
    assert_fits(terminal, feed, f"{people.says} {people.note} I don't have a number for that. What would you assume?")


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_long_question_takes_three_rows_at_most(start: Start, columns: int, rows: int):
    terminal = start(*BALANCED, columns=columns, rows=rows).wait_for("^D submit").send("mine").wait_for("mine")
    terminal.key("^G").wait_for(" Ask:").send(LONG)
    wait_for_end_of(terminal, LONG)
    bar = terminal.text.splitlines()[-4:]
    assert bar[-1] == " Enter asks  Esc back to the answer"
    assert len(answer_rows(terminal)) >= 2
    assert written(terminal) == "mine"


@pytest.mark.parametrize(("columns", "rows"), SIZES[:2])
def test_a_long_question_leaves_an_empty_answer_two_rows(start: Start, columns: int, rows: int):
    terminal = start(*BALANCED, columns=columns, rows=rows).wait_for("^D submit")
    terminal.key("^G").wait_for(" Ask:").send(LONG)
    wait_for_end_of(terminal, LONG)
    assert len(answer_rows(terminal)) >= 2


def test_the_question_stays_above_a_long_reply_on_a_small_screen(start: Start, feed: Scenario):
    terminal = start(*BALANCED, columns=40, rows=20).wait_for("^D submit").send("mine").wait_for("mine")
    ask(terminal, "How many requests a second at the peak?").wait_for("Noted: ")
    wait_until_closed(terminal)
    shown = " ".join(" ".join(interviewer_rows(terminal)).split())
    assert shown.startswith(beginning(feed.stage("requirements").prompt)[:20])
    assert beginning(fact_of(feed, "peak-load").says) in shown


def assert_fits(terminal: Terminal, feed: Scenario, said: str) -> None:
    """No row reaches the edge, no word is broken, and the answer has its two rows."""
    terminal.read(0.2)
    plan = feed.stage("requirements")
    known = set(f"{feed.opening} {feed.context} {plan.prompt} {said} Noted: You: {PEOPLE} {NOBODY_KNOWS}".split())
    for row in interviewer_rows(terminal):
        assert row[-1] == " "
        assert set(row.split()) <= known, row
    assert len(answer_rows(terminal)) >= 2
    assert terminal.text.count("mlsd-coach") == 1


# The rest of an interview -------------------------------------------------------------------------------------------


def test_a_question_in_a_follow_up_is_answered_on_the_screen(writing: Terminal, feed: Scenario):
    writing.send(" is a short answer.").wait_for("short answer.")
    wait_for_part(writing.key("^D"), 1, "follow-up")
    ask(writing, NOBODY_KNOWS).wait_for(" Assume:")
    writing.read(0.3)
    assert "What would you assume?" in writing.words


def test_a_coached_sitting_answers_too(start: Start, feed: Scenario):
    terminal = start(*BALANCED, "--coached").wait_for("^D submit", "^G ask").send("mine").wait_for("mine")
    wait_until_closed(ask(terminal, PEOPLE)).wait_for("Noted: ")
    assert beginning(fact_of(feed, "audience").says) in terminal.words


def test_questions_are_kept_with_the_attempt(start: Start, home: Path):
    command = ("practice", "feed-ranking", "--stage", "requirements", "--interviewer", "balanced")
    terminal = start(*command, env={"PAGER": "cat"}).wait_for("^D submit").send("mine").wait_for("mine")
    wait_until_closed(ask(terminal, PEOPLE)).wait_for("Noted: ")
    terminal.key("^D").wait_for("Before the reveal").send("\r").to_the_debrief()
    assert terminal.exit_code() == 0
    with Store(home / "data" / "history.db") as store:
        attempt = store.attempt()
    assert attempt is not None
    assert PEOPLE in str(attempt.extra["conversation"])
