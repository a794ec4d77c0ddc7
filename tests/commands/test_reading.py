"""`show`, `list`, `history` and `score`: what they print, and what they say of bad input."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mlsd_coach.models import Attempt
from tests.commands.program import Program
from tests.reports.samples import small_attempt, small_card
from tests.reports.schema_check import problems
from tests.reports.test_json_contract import SCHEMA

ANSWERS = (
    b"# requirements\n\nWhat is the business goal? I assume retention, because a returning reader is worth more.\n"
)


def at_feed(name: str = "20250102-030405-feed-ranking", score: float = 40.0, prediction: int | None = 30) -> Attempt:
    card = replace(small_card(), scenario="feed-ranking", score=score)
    return small_attempt(
        name, card=card, prediction=prediction, finished_at=f"2025-01-02T0{len(name) % 10}:00:00+00:00"
    )


# show ------------------------------------------------------------------------------------------------------------


def test_show_prints_the_newest_debrief(program: Program):
    program.keep(at_feed())
    ran = program.run("show")

    assert (ran.code, "40 of 100" in ran.out, "You predicted 30" in ran.out) == (0, True, True)
    assert "\x1b" not in ran.out
    assert "changed since this attempt" in ran.err


def test_show_json_is_the_contract(program: Program):
    program.keep(small_attempt())
    whole, part = program.run("show", "--json"), program.run("show", "--json", "--stage", "Data")

    assert json.loads(whole.out) == small_attempt().scorecard
    assert problems(SCHEMA, json.loads(whole.out), SCHEMA) == []
    assert [stage["id"] for stage in json.loads(part.out)["stages"]] == ["data"]
    assert whole.err == ""


def test_show_markdown_and_samples(program: Program):
    program.keep(at_feed())
    text = program.run("show", "--markdown", "--samples").out

    assert text.startswith("# Debrief: Fill a shelf with books\n")
    assert "#### A strong answer" in text


@pytest.mark.parametrize("wanted", ["20250102", "20250102-030405-book-shelf", "book-shelf"])
def test_an_attempt_is_found_by_id_beginning_or_scenario(program: Program, wanted):
    program.keep(small_attempt(), at_feed("2024-x"))

    assert json.loads(program.run("show", wanted, "--json").out)["scenario"] == "book-shelf"


def test_an_attempt_can_be_read_when_its_scenario_is_gone(program: Program):
    program.keep(small_attempt())
    ran = program.run("show", "--samples")

    assert ran.code == 0
    assert "Fill a shelf with books" in ran.out
    assert "No samples: the scenario 'book-shelf' is not here any more" in ran.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("show", "2019"), "Unknown attempt '2019'"),
        (("show", "book-shell"), "Unknown attempt 'book-shell'; did you mean 'book-shelf'? "),
        (("show", "2025"), "2 attempts begin with '2025'. Which one:"),
        (("show", "--stage", "date"), "Unknown stage 'date'; did you mean 'data'? --stage takes: requirements, data"),
        (("show", "--json", "--plain"), "Only one of --markdown, --json and --plain"),
    ],
)
def test_show_answers_bad_input_with_the_fix(program: Program, words, message):
    program.keep(small_attempt(), small_attempt())
    ran = program.run(*words)

    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert ran.err.count("\n") == 1


def test_show_without_an_attempt_says_how_to_get_one(program: Program):
    ran = program.run("show")

    assert (ran.code, ran.err) == (2, "There is no attempt yet. Sit one: mlsd-coach practice\n")
    assert not program.history.exists()


def test_a_scorecard_that_cannot_be_read_is_told(program: Program):
    program.keep(replace(small_attempt(), scorecard={"score": 1, "band": "x"}))
    ran = program.run("show")

    assert (ran.code, "cannot be read" in ran.err) == (1, True)


# list ------------------------------------------------------------------------------------------------------------


def test_list_shows_last_and_best_score(program: Program):
    program.keep(at_feed("a" * 11, 40.0), at_feed("b" * 12, 70.4), at_feed("c" * 13, 55.0))
    entries = {entry["id"]: entry for entry in json.loads(program.run("list", "--json").out)["scenarios"]}

    feed = entries["feed-ranking"]
    assert (feed["attempts"], feed["last"], feed["best"], feed["due"]) == (3, 55.0, 70.4, "done")
    assert (entries["video-search"]["last"], entries["video-search"]["due"]) == (None, "new")
    row = next(line for line in program.run("list").out.splitlines() if line.startswith("feed-ranking"))
    assert row.split()[-3:] == ["55", "70", "done"]


def test_list_plain_is_a_record_a_line(program: Program):
    lines = program.run("list", "--plain").out.splitlines()

    assert all(len(line.split("\t")) == 7 for line in lines)
    assert [line.split("\t")[0] for line in lines] == sorted(line.split("\t")[0] for line in lines)
    assert "feed-ranking" in [line.split("\t")[0] for line in lines]


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_list_and_history_fit_the_terminal(program: Program, columns):
    program.keep(at_feed())
    for command in ("list", "history"):
        out = program.run(command, env={"COLUMNS": str(columns)}).out
        assert max(map(len, out.splitlines())) <= columns
        assert "feed-ranking" in out


def test_list_of_one_family(program: Program):
    out = program.run("list", "--family", "SEARCH", "--plain").out

    assert [line.split("\t")[2] for line in out.splitlines()] == ["search"]
    ran = program.run("list", "--family", "serch")
    assert (ran.code, ran.err.startswith("Unknown family 'serch'; did you mean 'search'? There are: ")) == (2, True)


def test_list_makes_no_history(program: Program):
    program.run("list")

    assert not program.history.exists()


# history ---------------------------------------------------------------------------------------------------------


def test_history_shows_each_attempt_and_the_course(program: Program):
    program.keep(at_feed("a" * 11, 40.0), at_feed("b" * 12, 70.4, None))
    out = program.run("history").out.splitlines()

    assert out[0].split() == ["DATE", "SCENARIO", "LEVEL", "SCORE", "BAND", "OFF"]
    assert out[1].split()[2:5] == ["feed-ranking", "senior", "70"]
    assert out[2].split()[-1] == "+10"
    assert out[-1] == "feed-ranking  ▄▆  40 to 70, best 70"


def test_history_as_json_and_plain(program: Program):
    program.keep(at_feed(), small_attempt())
    entries = json.loads(program.run("history", "feed-ranking", "--json").out)["attempts"]

    assert [(entry["scenario"], entry["delta"]) for entry in entries] == [("feed-ranking", 10.0)]
    assert [len(line.split("\t")) for line in program.run("history", "--plain").out.splitlines()] == [7, 7]


def test_history_of_nothing(program: Program):
    assert json.loads(program.run("history", "--json").out) == {"format": 1, "attempts": []}
    ran = program.run("history", "video-search")
    assert (ran.code, ran.err) == (0, "No attempt yet. Sit one: mlsd-coach practice video-search\n")
    ran = program.run("history", "video-serch")
    assert (ran.code, ran.err.startswith("Unknown scenario 'video-serch'; did you mean 'video-search'? ")) == (2, True)


# score -----------------------------------------------------------------------------------------------------------


def test_score_prints_the_contract_and_keeps_nothing(program: Program, tmp_path: Path):
    (tmp_path / "answers.md").write_bytes(ANSWERS)
    by_file = program.run("score", "--scenario", "feed-ranking", str(tmp_path / "answers.md"), "--json")
    by_stdin = program.run("score", "--scenario", "feed-ranking", "-", "--json", stdin=ANSWERS)

    assert by_file.out == by_stdin.out
    card = json.loads(by_file.out)
    assert problems(SCHEMA, card, SCHEMA) == []
    assert [stage["attempted"] for stage in card["stages"]] == [True] + [False] * 8
    assert not program.history.exists()


def test_score_on_screen_and_plain_for_one_stage_at_a_level(program: Program):
    words = ("score", "--scenario", "feed-ranking", "-", "--stage", "requirements", "--level", "mid", "--minutes", "20")
    screen, plain = program.run(*words, stdin=ANSWERS), program.run(*words, "--plain", stdin=ANSWERS)

    assert "feed-ranking · mid" in screen.out
    assert "Stage: Requirements" in plain.out
    assert "Stage: Data" not in plain.out


@pytest.mark.parametrize(
    ("words", "stdin", "code", "message"),
    [
        (("--scenario", "feed-rankin", "-"), ANSWERS, 2, "did you mean 'feed-ranking'?"),
        (
            ("--scenario", "feed-ranking", "-", "--level", "boss"),
            ANSWERS,
            2,
            "Unknown level 'boss'. --level takes: mid",
        ),
        (("--scenario", "feed-ranking", "-", "--minutes", "0"), ANSWERS, 2, "--minutes cannot be 0."),
        (("--scenario", "feed-ranking", "-", "--minutes", "nan"), ANSWERS, 2, "--minutes cannot be nan."),
        (("--scenario", "feed-ranking", "-", "--minutes", "x"), ANSWERS, 2, "--minutes"),
        (("--scenario", "feed-ranking", "-", "--stage", "x"), ANSWERS, 2, "Unknown stage 'x'."),
        (("--scenario", "feed-ranking", "none.md"), b"", 2, "Cannot read 'none.md': No such file"),
        (("--scenario", "feed-ranking", "."), b"", 2, "The folder '.' holds no answers file"),
        (("--scenario", "feed-ranking", "-"), None, 2, "Standard input is closed."),
        (("--scenario", "feed-ranking", "-"), b"", 1, "the file is empty"),
        (("--scenario", "feed-ranking", "-"), b"# data\n\xff", 1, "not UTF-8"),
        (("--scenario", "feed-ranking", "-"), b"# data\n" + b"x" * 1_100_000, 1, "larger than 1 MB"),
        (("--scenario", "feed-ranking", "-"), b"# datta\nx", 1, "unknown heading 'datta'"),
        (("--scenario", "feed-ranking", "-"), b"# data\nx\n# data\ny", 1, "is here twice"),
        (("-",), ANSWERS, 2, "Which scenario is standard input for? Pass --scenario ID"),
    ],
)
def test_score_answers_bad_input_with_the_fix(program: Program, words, stdin, code, message):
    ran = program.run("score", *words, stdin=stdin)

    assert message in ran.err
    assert (ran.code, ran.out) == (code, "")


# A history that cannot be used, a pipe that closes ----------------------------------------------------------------


@pytest.mark.parametrize("command", [("show",), ("list",), ("history",), ("checklist", "--no-input")])
def test_a_history_that_is_not_a_database_is_one_sentence(program: Program, command):
    program.history.parent.mkdir(parents=True)
    program.history.write_text("a letter, not a database\n" * 50)
    ran = program.run(*command)

    assert (ran.code, ran.out) == (1, "")
    assert "is not a database." in ran.err
    assert ran.err.count("\n") == 1
    assert program.history.read_text().startswith("a letter")


@pytest.mark.parametrize("command", [("show", "--plain"), ("export", "--all"), ("checklist", "--no-input")])
def test_a_reader_that_leaves_early_is_no_error(program: Program, command):
    program.keep(at_feed())
    settings = os.environ | {"MLSD_COACH_HOME": str(program.home)}
    child = subprocess.Popen(
        [sys.executable, "-m", "mlsd_coach", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=settings
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.readline()
    child.stdout.close()

    assert child.stderr.read().decode() in (
        "",
        "The scenario or its rubrics have changed since this attempt; the debrief is as it was scored then.\n",
    )
    assert child.wait(60) == 0
    child.stderr.close()


def test_no_color_and_force_color(program: Program):
    program.keep(at_feed())

    assert "\x1b[" in program.run("show", env={"FORCE_COLOR": "1"}).out
    assert "\x1b[" not in program.run("show", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out


def test_a_terminal_of_ascii_gets_ascii(program: Program):
    program.keep(at_feed())
    env = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}

    assert "Stage" in program.run("show", env=env).out
    assert "?" not in program.run("list", env=env).out
