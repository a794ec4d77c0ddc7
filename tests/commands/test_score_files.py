"""`score` of transcripts, folders and several files: what is printed, told and left out."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mlsd_coach.commands.answer_files import scenario_of
from mlsd_coach.scoring import scorecard_from_json
from tests.commands.program import ROOT, Program
from tests.reports.schema_check import problems
from tests.reports.test_json_contract import SCHEMA
from tests.terminal.terminals import Terminal, coach

GOAL = "What is the business goal? I assume retention, because a returning reader is worth more."
CLICKS = "We log impressions and clicks, since they are cheap and there are many of them."
ANSWERS = f"# requirements\n\n{GOAL}\n\n# data\n\n{CLICKS}\n"
VTT = f"""WEBVTT

00:00:03.000 --> 00:00:10.000
<v Ben>Hi. Which design do you have in mind, and for whom?

00:00:10.000 --> 00:00:30.000
<v Anna>{GOAL.replace("I assume", "Um, I assume [inaudible]")}

00:00:40.000 --> 00:00:50.000
<v Ben>Good. Let's talk about the data.

00:00:50.000 --> 00:01:20.000
<v Anna>{CLICKS}
"""

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, text: str) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


# Transcripts ---------------------------------------------------------------------------------------------------------


def test_a_transcript_scores_as_the_same_words_under_headings(program: Program, write: Write):
    words = ("score", "--scenario", "feed-ranking", "--json")
    spoken = program.run(*words, "--transcript", "--speaker", "anna", write("a.vtt", VTT))
    written = program.run(*words, write("a.md", ANSWERS))

    card, same = json.loads(spoken.out), json.loads(written.out)
    assert problems(SCHEMA, card, SCHEMA) == []
    assert card["score"] == same["score"]
    assert card["stages"][0]["answer"] == GOAL
    assert [stage["seconds"] for stage in card["stages"][:3]] == [37.0, None, 40.0]
    assert [stage["score"] for stage in card["stages"]] == [stage["score"] for stage in same["stages"]]
    assert written.err == ""


@pytest.mark.parametrize("columns", [40, 80])
def test_it_is_told_how_a_transcript_was_cut(program: Program, write: Write, columns: int):
    path = write("feed-ranking.vtt", VTT)
    ran = program.run("score", "--transcript", "--speaker", "Anna", path, env={"COLUMNS": str(columns)})

    assert ran.code == 0
    assert max(map(len, ran.err.splitlines())) <= columns
    said = " ".join(ran.err.split())
    assert "Cut into stages by what was said; the candidate is Anna." in said
    assert "“Let's talk about the" in said
    assert "0:03" in said
    assert "0:40" in said
    assert "No words for: high-level-design, features," in said
    assert "Not counted: Ben (17 words)." in said
    assert "Put a line such as [requirements] where each stage begins, or pass --by-clock." in said
    assert "Anna" not in ran.out


def test_a_transcript_is_cut_by_the_clock_when_told(program: Program, write: Write):
    words = ("score", "--transcript", "--speaker", "Anna", "--by-clock", "--json", "--minutes", "5")
    ran = program.run(*words, "--scenario", "feed-ranking", "-", stdin=VTT.encode())

    assert [stage["attempted"] for stage in json.loads(ran.out)["stages"]] == [True, True] + [False] * 7
    assert "Cut into stages by the clock" in ran.err
    assert "It lasts 1 minute and the round 5: if that was all of it, pass --minutes 1." in ran.err


@pytest.mark.parametrize(
    ("words", "text", "code", "message"),
    [
        (("--transcript",), "I would log clicks.", 1, "has no times and nothing that says where a stage begins. Put a"),
        (("--transcript",), VTT, 2, "Who is the candidate: Ben (17 words), Anna (30 words)? Pass --speaker Anna\n"),
        (
            ("--transcript", "--speaker", "Ann"),
            VTT,
            2,
            "Nobody in the transcript is called 'Ann'; did you mean 'Anna'?",
        ),
        (("--transcript",), "[dataa]\nClicks.", 1, ":1: unknown stage 'dataa'; did you mean 'data'?"),
        (("--transcript",), "x" * 1_100_000, 1, "larger than 1 MB"),
        ((), VTT, 2, "is a subtitle file, not answers with headings. Add --transcript.\n"),
        (("--by-clock",), VTT, 2, "--by-clock is for transcripts. Add --transcript.\n"),
        (("--speaker", "Anna"), VTT, 2, "--speaker is for transcripts. Add --transcript.\n"),
    ],
)
def test_a_transcript_that_cannot_be_scored_says_why(program: Program, write: Write, words, text, code, message):
    ran = program.run("score", "--scenario", "feed-ranking", *words, write("talk.vtt", text))

    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err


# Which scenario ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "scenario"),
    [
        ("feed-ranking--anna.md", "feed-ranking"), ("x/feed-ranking.vtt", "feed-ranking"), ("anna.md", ""),
        ("feed-ranking-live--anna.md", "feed-ranking-live"), ("feed-rankings.md", ""), ("feed-ranking/anna.md", ""),
        ("Feed-Ranking 2.md", "feed-ranking"),
    ],
)  # fmt: skip
def test_the_name_of_a_file_says_its_scenario(name: str, scenario: str):
    assert scenario_of(name, ["feed-ranking", "feed-ranking-live"]) == scenario


def test_a_file_that_does_not_say_its_scenario_is_told_how_to(program: Program, write: Write):
    path = write("anna.md", ANSWERS)
    ran = program.run("score", path)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"Which scenario is {path} for? Pass --scenario ID, or begin the file's name with the id")


# Several files -------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(write: Write, tmp_path: Path) -> str:
    write("in/feed-ranking--a.md", ANSWERS)
    write("in/feed-ranking--b.md", "# datta\n\nx")
    write("in/video-search--c.md", f"# data\n\n{CLICKS}\n")
    write("in/notes.txt", "hello")
    write("in/.hidden.md", "hello")
    write("in/picture.png", "hello")
    return str(tmp_path / "in")


def test_a_folder_is_scored_file_by_file_the_same_with_any_number_of_jobs(program: Program, folder: str):
    one, two = (program.run("score", folder, "--json", "--jobs", jobs) for jobs in ("1", "2"))

    assert (one.code, one.out, one.err) == (two.code, two.out, two.err)
    lines = [json.loads(line) for line in one.out.splitlines()]
    assert one.code == 1
    assert [Path(line["file"]).name for line in lines] == [
        "feed-ranking--a.md", "feed-ranking--b.md", "notes.txt", "video-search--c.md",
    ]  # fmt: skip
    assert [line["scenario"] for line in lines] == ["feed-ranking", "feed-ranking", None, "video-search"]
    assert [line["error"] is None for line in lines] == [True, False, False, True]
    assert [line["scorecard"] is None for line in lines] == [False, True, True, False]
    alone = program.run("score", str(Path(folder) / "feed-ranking--a.md"), "--json")
    assert json.loads(alone.out) == lines[0]["scorecard"]
    told = one.err.splitlines()
    assert told[0].startswith(f"{folder}/feed-ranking--b.md:1: unknown heading 'datta'; did you mean 'data'?")
    assert told[1].startswith(f"Which scenario is {folder}/notes.txt for?")
    assert told[2:] == ["2 of 4 files could not be scored."]


def test_several_files_give_a_table(program: Program, write: Write):
    paths = [write("feed-ranking--a.md", ANSWERS), write("video-search--b.md", f"# data\n{CLICKS}")]
    words = ("score", *paths, "--jobs", "1", "--stage", "data", "--level", "mid")
    wide, narrow, plain = (
        program.run(*words),
        program.run(*words, env={"COLUMNS": "40"}),
        program.run(*words, "--plain"),
    )

    rows = wide.out.splitlines()
    assert rows[0].split() == ["FILE", "SCORE", "LEVEL", "WEAKEST", "STAGE"]
    assert [row.split()[0] for row in rows[1:]] == ["feed-ranking--a.md", "video-search--b.md"]
    assert all(" data " in f"{row} " for row in rows[1:])
    assert max(map(len, narrow.out.splitlines())) <= 40
    assert [len(line.split("\t")) for line in plain.out.splitlines()] == [6, 6]
    assert [line.split("\t")[:2] for line in plain.out.splitlines()] == [
        [paths[0], "feed-ranking"], [paths[1], "video-search"],
    ]  # fmt: skip
    assert (wide.code, wide.err) == (0, "")


def test_several_transcripts_say_how_each_was_cut(program: Program, write: Write):
    paths = [write("a.vtt", VTT), write("b.txt", f"[data]\n{CLICKS}")]
    ran = program.run("score", "--transcript", "--scenario", "feed-ranking", *paths, "--json", "--jobs", "1")

    first, second = (json.loads(line) for line in ran.out.splitlines())
    assert (ran.code, first["scorecard"]) == (1, None)
    assert first["error"].startswith("Who is the candidate: Ben (17 words), Anna (30 words)?")
    assert second["cut"] == {
        "by": "lines",
        "candidate": [],
        "not_counted": [],
        "segments": [
            {"stage": "data", "words": 15, "from_line": 1, "to_line": 2, "from": None, "to": None, "marker": "[data]"}
        ],
    }
    assert scorecard_from_json(second["scorecard"]).stages[2].attempted
    assert "; cut by the lines that name a stage: words in data 15; none in requirements, high-" in ran.err


def test_a_file_that_is_not_there_is_one_broken_file(program: Program, write: Write):
    path = write("feed-ranking.md", ANSWERS)
    ran = program.run("score", "feed-ranking--none.md", path, "--plain", "--jobs", "1")

    assert ran.code == 1
    assert [line.split("\t")[2] == "-" for line in ran.out.splitlines()] == [True, False]
    assert ran.err.splitlines() == [
        "Cannot read 'feed-ranking--none.md': No such file or directory. Pass the answers, or - for stdin.",
        "1 of 2 files could not be scored.",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("empty",), "The folder 'empty' holds no answers file (*.md, *.markdown, *.txt). Name the files"),
        (("empty", "--transcript"), "The folder 'empty' holds no transcript (*.vtt, *.srt, *.md"),
        (("-", "a.md"), "Standard input is one file of answers."),
        (("a.md", "b.md", "--stage", "dta"), "Unknown stage 'dta'; did you mean 'data'?"),
        (("a.md", "b.md", "--scenario", "feed-rankin"), "Unknown scenario 'feed-rankin'; did you mean 'feed-ranking'?"),
        (("a.md", "b.md", "--jobs", "0"), "'--jobs': 0 is not in the range 1<=x<=64"),
        (("a.md", "b.md", "--judge", "llm"), "--judge takes one file at a time."),
        ((), "Missing argument 'FILE...'"),
    ],
)
def test_bad_input_for_several_files_is_told_with_the_fix(program: Program, words, message):
    (program.home / "empty").mkdir()
    ran = program.run("score", *words)

    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


# Stopping ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(write: Write, tmp_path: Path) -> str:
    for number in range(60):
        write(f"many/feed-ranking--{number:02}.md", ANSWERS * 1 + f"{CLICKS} {number}\n" * 3)
    return str(tmp_path / "many")


@pytest.fixture
def terminal(program: Program, many: str) -> Iterator[Terminal]:
    terminal = Terminal(coach("score", many, "--jobs", "2"), program.home)
    yield terminal
    terminal.close()


def test_a_terminal_sees_each_file_and_ctrl_c_ends_it_cleanly(terminal: Terminal):
    terminal.wait_for("1/60 feed-ranking--00.md: ").key("^C")

    assert terminal.exit_code() == 130
    assert "of 60 files." in terminal.words
    assert "Stopped after" in terminal.words
    assert "Traceback" not in terminal.raw.decode()
    assert "SCORE" not in terminal.words


def test_a_signal_ends_the_workers_too(program: Program, many: str):
    settings = os.environ | {"MLSD_COACH_HOME": str(program.home), "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(
        [sys.executable, "-m", "mlsd_coach", "score", many, "--jobs", "2", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=settings,
    )
    assert child.stdout is not None
    child.stdout.readline()
    child.send_signal(signal.SIGTERM)
    # Both pipes end only when every worker, who holds them too, is gone.
    _, err = child.communicate(timeout=60)

    assert child.returncode == 143
    assert err.decode().startswith("Stopped after ")
    assert err.count(b"\n") == 1
