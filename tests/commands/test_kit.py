"""The kit and the packet, `show --levels` and `show --time`, through the whole program."""

import json
import re
from dataclasses import replace

import pytest

from mlsd_coach.history.store import Store
from mlsd_coach.models import Attempt
from tests.commands.program import Program
from tests.commands.test_reading import at_feed
from tests.reports.samples import small_attempt
from tests.reports.schema_check import problems
from tests.reports.test_json_contract import SCHEMA

GOAL = "Is it retention? I assume so, because a returning reader is worth more."


def sheet(program: Program, *words: str, mark: str = "2") -> str:
    """A kit with the first criterion marked and quoted."""
    text = program.run("export", "feed-ranking", "--interviewer-kit", *words).out
    text = re.sub(r"- \[ \] (`requirements/.*)", rf"- [{mark}] \1\n  > {GOAL}", text, count=1)
    for name, value in (("Candidate", "Anna"), ("Interviewer", "Ben"), ("Date", "2025-03-04")):
        text = text.replace(f"- {name}:", f"- {name}: {value}")
    return text.replace("`requirements` (of 6):", "`requirements` (of 6): 7:30")


def kept(program: Program) -> Attempt:
    with Store(program.history) as store:
        found = store.attempt(None)
    assert found is not None
    return found


# The kit -------------------------------------------------------------------------------------------------------------


def test_a_kit_is_written_for_a_level(program: Program):
    senior = program.run("export", "feed-ranking", "--interviewer-kit", "-o", "kit.md")
    mid = program.run("export", "feed-ranking", "--interviewer-kit", "--level", "MID")

    written = (program.home / "kit.md").read_text(encoding="utf-8")
    assert (senior.code, senior.err, mid.err) == (0, "Wrote kit.md.\n", "")
    assert "- Level: senior\n" in written
    assert "- Level: mid\n" in mid.out
    assert written.count("- [ ] `") > mid.out.count("- [ ] `") > 30


def test_a_filled_sheet_becomes_an_attempt(program: Program):
    (program.home / "anna.md").write_text(sheet(program), encoding="utf-8")
    ran = program.run("score", "--kit", "anna.md")
    attempt = kept(program)

    assert ran.code == 0, ran.err
    assert "feed-ranking · senior · mock" in ran.out
    assert f"“{GOAL}”" in " ".join(ran.out.split())
    assert re.search(r"^\d+ boxes are empty: counted as missing\.$", ran.err, re.MULTILINE)
    assert "Kept as 20250304-120000-feed-ranking\n" in ran.err
    assert (attempt.mode.value, attempt.extra["kit"], attempt.extra["interviewer"]) == ("mock", True, "Ben")
    assert attempt.answers[0] == ("requirements", GOAL)
    assert attempt.seconds == (("requirements", 450.0),)


def test_json_is_the_contract_and_standard_input_may_hold_the_sheet(program: Program):
    ran = program.run("score", "--kit", "-", "--json", stdin=sheet(program).replace("\n", "\r\n").encode("utf-8-sig"))

    assert problems(SCHEMA, json.loads(ran.out), SCHEMA) == []
    assert json.loads(ran.out) == kept(program).scorecard


def test_the_same_sheet_is_kept_once(program: Program):
    text = sheet(program)
    for mark in ("2", "2", "1"):
        ran = program.run("score", "--kit", "-", stdin=text.replace("- [2] `requ", f"- [{mark}] `requ").encode())
        assert ran.code == 0

    with Store(program.history) as store:
        assert len(store.heads()) == 2


def test_a_date_ahead_is_kept_under_today(program: Program):
    ran = program.run("score", "--kit", "-", stdin=sheet(program).replace("2025-03-04", "2999-01-01").encode())

    assert "The date 2999-01-01 lies ahead: kept under today's." in ran.err
    assert not kept(program).finished_at.startswith("2999")


@pytest.mark.parametrize(
    "words",
    [
        ("show",),
        ("show", "--json"),
        ("show", "--markdown"),
        ("show", "--plain"),
        ("show", "--levels"),
        ("show", "--time"),
        ("list",),
        ("history", "--json"),
        ("checklist", "--no-input"),
        ("export", "--attempt", "feed-ranking"),
        ("export", "--packet"),
    ],
)
def test_what_reads_the_history_reads_such_an_attempt(program: Program, words: tuple[str, ...]):
    program.run("score", "--kit", "-", stdin=sheet(program).encode())
    ran = program.run(*words)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out


def test_bars_above_the_sheet_are_not_told(program: Program):
    program.run("score", "--kit", "-", stdin=sheet(program, "--level", "mid").encode())
    found = json.loads(program.run("show", "--levels", "--json").out)

    assert [bar["score"] is None for bar in found["levels"]] == [False, True, True]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--level", "mid"), "--level does not go with --kit: the sheet says it all. Drop --level."),
        (("--by-clock",), "--by-clock does not go with --kit"),
        (("--judge", "llm"), "--judge does not go with --kit"),
        (("also.md",), "--kit takes one score sheet at a time."),
        (("--scenario", "video-search"), "the sheet is for 'feed-ranking', not for 'video-search'. Drop --scenario."),
    ],
)
def test_options_that_contradict_the_sheet(program: Program, words: tuple[str, ...], message: str):
    ran = program.run("score", "--kit", "-", *words, stdin=sheet(program).encode())

    assert (ran.code, ran.out, message in ran.err) == (2, "", True)
    assert not program.history.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "no box of a score sheet is in this file"),
        (b"\xff", "not UTF-8"),
        (b"x" * 1_100_000, "larger than 1 MB"),
        (b"- Scenario: feed-ranking\n- [7] `data/late-labels` x\n", "standard input:2: '7' in the box of"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_told_with_its_line(program: Program, text: bytes, message: str):
    ran = program.run("score", "--kit", "-", stdin=text)

    assert (ran.code, ran.out, message in ran.err) == (1, "", True)
    assert not program.history.exists()


# The packet ----------------------------------------------------------------------------------------------------------


def test_the_packet_of_the_newest_attempt_or_of_one(program: Program):
    program.keep(replace(small_attempt(), finished_at="2024-01-01T00:00:00+00:00"), at_feed())
    newest = program.run("export", "--packet").out

    assert newest.startswith("# Packet: ")
    assert "feed-ranking" in newest
    assert (
        program.run("export", "--packet", "--attempt", "book-shelf").out
        == program.run("export", "book-shelf", "--packet").out
    )
    assert program.run("export", "--packet", "-o", "p.md").err == "Wrote p.md.\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--packet", "--all"), "Only one of --all, --packet and --interviewer-kit"),
        (("feed-ranking", "--packet", "--interviewer-kit"), "Only one of --all, --packet and --interviewer-kit"),
        (("--interviewer-kit",), "A kit for which scenario?"),
        (("feed-ranking", "--interviewer-kit", "--attempt", "x"), "it takes no attempt. Drop --attempt."),
        (("feed-ranking", "--level", "mid"), "--level is for --interviewer-kit."),
        (("feed-ranking", "--interviewer-kit", "--level", "boss"), "Unknown level 'boss'."),
        (("feed-rankin", "--interviewer-kit"), "did you mean 'feed-ranking'?"),
        (("video-search", "--packet", "--attempt", "feed-ranking"), "is one at 'feed-ranking', not at 'video-search'"),
        (("--packet", "--attempt", "1999"), "Unknown attempt '1999'"),
    ],
)
def test_export_refuses_what_does_not_go_together(program: Program, words: tuple[str, ...], message: str):
    program.keep(at_feed())
    ran = program.run("export", *words)

    assert (ran.code, ran.out, message in ran.err) == (2, "", True)
    assert ran.err.count("\n") == 1


def test_a_packet_of_nothing(program: Program):
    assert program.run("export", "--packet").err == "There is no attempt yet. Sit one: mlsd-coach practice\n"


# Levels and time -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--levels", "--time"])
@pytest.mark.parametrize("columns", [40, 80])
def test_both_views_fit_the_terminal_and_come_in_every_form(program: Program, option: str, columns: int):
    program.keep(at_feed())
    env = {"COLUMNS": str(columns)}
    screen, plain = program.run("show", option, env=env), program.run("show", option, "--plain", env=env)
    markdown, data = program.run("show", option, "--markdown"), program.run("show", option, "--json")

    assert max(map(len, screen.out.splitlines())) <= columns
    assert (screen.code, screen.err, plain.err) == (0, "", "")
    assert markdown.out.startswith("# ")
    assert json.loads(data.out)["format"] == 1
    assert all(": " in line or line.startswith(("This", "Stop")) for line in plain.out.splitlines())


def test_the_replay_of_a_sitting_with_snapshots(program: Program):
    attempt = at_feed()
    cuts = [{"minutes": 20, "answers": {"requirements": GOAL}}, {"minutes": 35, "answers": dict(attempt.answers)}]
    program.keep(
        replace(attempt, extra={"cuts": cuts, "at_zero": {"requirements": dict(attempt.answers)["requirements"]}})
    )
    found = json.loads(program.run("show", "--time", "--json").out)

    assert [cut["minutes"] for cut in found["cuts"]] == [20, 35]
    assert found["cuts"][1]["score"] == found["end"]
    assert found["stages"][0]["overtime"]["points"] == 0
    assert found["advice"][0].startswith("Stop here next time: 0:40 over on Requirements brought 0 points")


@pytest.mark.parametrize(
    ("attempt", "note"),
    [
        (at_feed(), "has no snapshots"),
        (replace(at_feed(), extra={"cuts": "?"}), "cannot be read by this mlsd-coach"),
        (replace(small_attempt(), extra={"at_zero": {"data": "x"}}), "the scenario 'book-shelf' is not here any more"),
    ],
    ids=["none", "unreadable", "scenario gone"],
)
def test_what_cannot_be_told_is_said(program: Program, attempt: Attempt, note: str):
    program.keep(attempt)
    ran = program.run("show", "--time", "--plain")

    assert (ran.code, note in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--levels", "--time"), "Only one of --levels and --time"),
        (("--levels", "--samples"), "--levels is of the whole attempt: --samples does not go with it."),
        (("--time", "--stage", "data"), "--time is of the whole attempt: --stage does not go with it."),
        (("--time", "--json", "--plain"), "Only one of --markdown, --json and --plain"),
    ],
)
def test_show_refuses_what_does_not_go_together(program: Program, words: tuple[str, ...], message: str):
    program.keep(at_feed())
    ran = program.run("show", *words)

    assert (ran.code, ran.out, message in ran.err) == (2, "", True)
