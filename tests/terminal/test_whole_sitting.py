"""Whole sittings in a pseudo-terminal, from the choice of a scenario to the debrief."""

import json
import re
from pathlib import Path

from mlsd_coach.history.store import Store
from tests.terminal.conftest import Start

SHORT = ("practice", "feed-ranking", "--stage", "data", "--stage", "models")
CAT = {"PAGER": "cat"}


def sit_short(start: Start, *more: str, columns: int = 80, rows: int = 24):
    """Answer two stages, up to the question for a prediction."""
    terminal = start(*SHORT, *more, columns=columns, rows=rows, env=CAT).wait_for("^D submit", "1/2")
    terminal.send("Logs of impressions, clicks and hides.").wait_for("hides").key("^D").wait_for("2/2")
    terminal.send("A deep network with many heads.").wait_for("heads").key("^D")
    return terminal.wait_for("That was the last stage", "Before the reveal")


def test_a_sitting_ends_with_a_prediction_and_the_debrief(start: Start, home: Path):
    terminal = sit_short(start).send("47\r").to_the_debrief()
    assert terminal.exit_code() == 0
    assert "You predicted 47" in re.sub(r"\s+", " ", terminal.raw.decode())
    with Store(home / "data" / "history.db") as store:
        attempt = store.attempt()
        assert store.sessions() == ()
    assert attempt is not None
    assert attempt.prediction == 47
    assert dict(attempt.answers)["models"] == "A deep network with many heads."
    assert all(seconds > 0 for _, seconds in attempt.seconds)


def test_a_prediction_can_be_skipped(start: Start, home: Path):
    assert sit_short(start, columns=40, rows=20).send("\r").to_the_debrief().exit_code() == 0
    with Store(home / "data" / "history.db") as store:
        attempt = store.attempt()
    assert attempt is not None
    assert attempt.prediction is None


def test_json_comes_after_the_sitting(start: Start):
    terminal = sit_short(start, "--json").send("\r")
    assert terminal.exit_code() == 0
    text = terminal.raw.decode()
    card = json.JSONDecoder().raw_decode(text[text.index("{") :])[0]
    assert card["stages"][0]["answer"] == "Logs of impressions, clicks and hides."


def test_ctrl_c_at_the_prediction_keeps_everything_for_resume(start: Start):
    terminal = sit_short(start).key("^C")
    assert terminal.exit_code() == 130
    assert "mlsd-coach resume 20" in terminal.words
    again = start("resume", env=CAT).wait_for("Before the reveal").send("50\r").to_the_debrief()
    assert again.exit_code() == 0


def test_the_last_verdict_of_a_coached_sitting_leads_to_the_score(start: Start):
    terminal = start("practice", "feed-ranking", "--stage", "data", "--coached", env=CAT).wait_for("^D submit")
    terminal.send("Logs of clicks.").wait_for("clicks").key("^D").wait_for("Enter: on to the score")
    terminal.key("enter").wait_for("Before the reveal").send("\r").to_the_debrief()
    assert terminal.exit_code() == 0


def test_without_a_scenario_one_is_chosen_from_a_list(start: Start):
    terminal = start("practice").wait_for("Which interview?", "Rank unseen posts", "recommender, new")
    terminal.key("down").key("enter").wait_for("^D submit", "Requirements 1/9")


def test_leaving_the_list_is_an_interruption(start: Start):
    terminal = start("practice").wait_for("Which interview?")
    terminal.read(0.3)
    terminal.key("^C")
    assert terminal.exit_code() == 130


def test_a_plain_sitting_in_a_terminal_goes_line_by_line(start: Start):
    terminal = start(*SHORT, "--plain", env=CAT).wait_for("stage 1 of 2", "Interviewer:")
    terminal.send("Logs of clicks.\r").wait_for("Logs of clicks.").send(".\r").wait_for("stage 2 of 2")
    terminal.send("/skip\r").wait_for("Before the reveal").send("10\r").to_the_debrief()
    assert terminal.exit_code() == 0
    assert b"\x1b[?1049h" not in terminal.raw


def test_a_dumb_terminal_goes_line_by_line_and_ctrl_c_saves(start: Start, home: Path):
    terminal = start(*SHORT, env={"TERM": "dumb"}).wait_for("stage 1 of 2")
    terminal.send("Logs of clicks.\r").wait_for("Logs of clicks.")
    terminal.read(0.3)
    terminal.key("^C")
    assert terminal.exit_code() == 130
    assert "mlsd-coach resume 20" in terminal.words
    assert b"\x1b[" not in terminal.raw
    with Store(home / "data" / "history.db") as store:
        session = store.session()
    assert session is not None
    assert session.stages[0].answer == "Logs of clicks."


def test_a_plain_choice_goes_by_number(start: Start):
    terminal = start("practice", "--plain").wait_for("Type its number").send("9\r").wait_for("There is no '9'")
    terminal.send("1\r").wait_for("stage 1 of 9")


def test_a_sitting_is_not_opened_twice(start: Start):
    start("practice", "feed-ranking").wait_for("^D submit").send("here").wait_for("here", "saved ")
    second = start("resume")
    assert second.exit_code() == 1
    assert "open in another terminal" in second.words


def test_resume_takes_the_last_sitting_that_nobody_sits(start: Start):
    first = start("practice", "feed-ranking").wait_for("^D submit").send("one").wait_for("one", "saved ")
    assert first.key("^Q").exit_code() == 0
    start("practice", "video-search").wait_for("^D submit").send("two").wait_for("two", "saved ")
    start("resume").wait_for("^D submit", "one")


def test_a_history_that_cannot_be_opened_is_told_after_the_screen_closed(start: Start, home: Path):
    (home / "data").mkdir(parents=True)
    (home / "data" / "history.db").write_bytes(b"not a database at all, only some notes" * 100)
    terminal = start("practice", "feed-ranking")
    assert terminal.exit_code() == 1
    assert "history.db" in terminal.words
    assert terminal.raw.rindex(b"\x1b[?1049l") < terminal.raw.rindex(b"history.db")
