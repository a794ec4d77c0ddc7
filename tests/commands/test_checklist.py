"""`checklist`: what it shows, keeps and refuses."""

import json
from typing import Any

import pytest

from tests.commands.program import Program
from tests.commands.test_reading import at_feed

LINES = b"- likes and saves\nwatch time\n\nwatch time\nwho follows whom\x1b[31m\nzzz\n"


def view(program: Program, *words: str) -> dict[str, Any]:
    return dict(json.loads(program.run("checklist", *words, "--json").out))


def test_without_a_terminal_the_whole_checklist_is_printed(program: Program):
    ran = program.run("checklist")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Before the interview  0 of ")
    assert "Core concepts and infrastructure" in ran.out


@pytest.mark.parametrize("form", ["--plain", "--markdown", "--json"])
def test_each_form_has_the_five_preparations(program: Program, form):
    out = program.run("checklist", form).out

    for title in ("Core concepts", "Questions for the requirements", "one full run", "Brainstorm", "main entities"):
        assert title in out


def test_ticks_are_kept_and_can_be_taken_away(program: Program):
    program.run("checklist", "--tick", "flow-and-run/3", "--tick", "core-concepts/1")
    first = view(program)
    program.run("checklist", "--untick", "core-concepts/1")

    assert (first["done"], view(program)["done"]) == (2, 1)
    assert "- [x] Sit one full mock" in program.run("checklist", "--markdown").out


def test_a_scenario_limits_what_the_history_says(program: Program):
    program.keep(at_feed())

    assert view(program, "feed-ranking")["attempts"] == 1
    assert view(program, "video-search")["attempts"] == 0


def test_a_brainstorm_is_kept_per_company_and_scored_by_kind(program: Program):
    first = program.run("checklist", "--company", "Acme", "--json", stdin=LINES)
    again = json.loads(program.run("checklist", "--company", "acme ", "--json", "--no-input").out)

    kept = json.loads(first.out)
    assert kept == again
    assert kept["lines"] == ["likes and saves", "watch time", "who follows whom[31m", "zzz"]
    by_kind = {kind["id"]: kind["lines"] for kind in kept["kinds"]}
    assert "likes and saves" in by_kind["explicit"]
    assert by_kind["implicit"] == ["watch time"]
    assert "graph" not in kept["empty"]
    assert kept["unsorted"] == ["zzz"]
    assert "Kept 4 new lines for Acme." in first.err
    assert "Acme: 4 lines" in program.run("checklist", "--plain").out


def test_lines_are_added_to_a_brainstorm_and_never_lost(program: Program):
    program.run("checklist", "--company", "Acme", stdin=b"clicks\n")
    program.run("checklist", "--company", "Acme", stdin=b"CLICKS\nratings\n")

    for form in ((), ("--plain",), ("--markdown",)):
        out = program.run("checklist", "--company", "Acme", *form, stdin=b"").out
        assert "clicks" in out
        assert "ratings" in out


def test_a_closed_stdin_shows_what_is_kept(program: Program):
    assert program.run("checklist", "--company", "Acme", stdin=None).code == 0
    assert program.run("checklist", stdin=None).code == 0


@pytest.mark.parametrize(
    ("words", "stdin", "code", "message"),
    [
        (("feed-rankin",), b"", 2, "did you mean 'feed-ranking'?"),
        (("--tick", "flow-and-run/99"), b"", 2, "Unknown step 'flow-and-run/99'"),
        (("--json", "--markdown"), b"", 2, "Only one of --markdown, --json and --plain"),
        (("--company", "  "), b"", 2, "--company takes a name"),
        (("--company", "x" * 81), b"", 2, "--company takes a name"),
        (("--company", "a\x1bb"), b"", 2, "--company takes a name"),
        (("--company", "Acme"), b"\xff\xfe", 1, "not UTF-8"),
        (("--company", "Acme"), b"x" * 1_100_000, 1, "larger than 1 MB"),
    ],
)
def test_bad_input_is_one_sentence_and_keeps_nothing(program: Program, words, stdin, code, message):
    ran = program.run("checklist", *words, stdin=stdin)

    assert message in ran.err
    assert (ran.code, ran.out) == (code, "")
    assert view(program)["done"] == 0
