"""`rescore`: kept answers scored again; nothing is changed unless told to, and the first scorecard is never lost."""

import json
from dataclasses import replace
from typing import Any

import pytest

from mlsd_coach.history.claims import appeals_of, with_appeal
from mlsd_coach.history.store import Store
from mlsd_coach.models import Appeal, Attempt, Verdict
from tests.commands.program import Program
from tests.commands.test_score_files import CLICKS
from tests.reports.samples import small_attempt


def kept(program: Program, attempt_id: str) -> Attempt:
    with Store(program.history) as store:
        found = store.attempt(attempt_id)
    assert found is not None
    return found


@pytest.fixture
def attempt(program: Program) -> Attempt:
    """An attempt as an earlier coach would have left it: verdicts, a criterion and digests of its own time."""
    answers = f"# data\n\n{CLICKS}\n".encode()
    ran = program.run("practice", "feed-ranking", "--stage", "data", "--answers", "-", stdin=answers)
    assert ran.code == 0, ran.err
    fresh = kept(program, ran.err.split()[2])
    card: dict[str, Any] = json.loads(json.dumps(fresh.scorecard))
    data = card["stages"][0]
    quoted = next(each for each in data["criteria"] if each["evidence"])
    quoted |= {"verdict": "missing", "points": 0.0, "evidence": []}
    data["criteria"].append({**quoted, "id": "old-one", "statement": "The candidate draws a dragon."})
    card |= {"score": 1.5, "digests": {**card["digests"], "scorer": "0"}}
    appeal = Appeal("data", quoted["id"], Verdict.NAMED, "2025-01-01T00:00:00+00:00", reason="I said so.")
    old = with_appeal(
        replace(fresh, id="20250101-old", finished_at="2025-01-01T00:00:00+00:00", scorecard=card), appeal
    )
    with Store(program.history) as store:
        store.finish(None, old)
    return old


def test_a_dry_run_shows_the_difference_and_changes_nothing(program: Program, attempt: Attempt):
    ran = program.run("rescore", attempt.id)

    assert ran.code == 0
    said = " ".join(ran.out.split())
    assert "1.5 of 100 before," in said
    assert "Changed since: the scorer." in said
    assert "missing before," in said
    assert "before: nothing quoted" in said
    assert "Gone: Data: Draws a dragon. (old-one)" in said
    assert "Nothing was stored; --keep stores the new scorecard beside the old one." in ran.err
    assert kept(program, attempt.id) == attempt


def test_keep_puts_the_new_scorecard_beside_the_old_one_and_show_says_so(program: Program, attempt: Attempt):
    ran = program.run("rescore", attempt.id, "--keep", "--plain")
    newest, first = program.run("show", attempt.id, "--json"), program.run("show", attempt.id, "--json", "--original")

    assert "Kept 1 new scorecard; the first ones: mlsd-coach show ID --original" in ran.err
    assert json.loads(first.out)["score"] == 1.5
    assert json.loads(newest.out)["score"] > 1.5
    assert f"Rescored on {newest.err[12:22]}. As it was scored first: mlsd-coach show 20250101-old --orig" in newest.err
    assert "As it was scored first; it was rescored on" in first.err
    after = kept(program, attempt.id)
    assert appeals_of(after) == appeals_of(attempt)
    assert replace(after, scorecard=attempt.scorecard, extra=attempt.extra) == attempt
    history = json.loads(program.run("history", "--json").out)["attempts"]
    assert next(each["score"] for each in history if each["id"] == attempt.id) == json.loads(newest.out)["score"]

    again = program.run("rescore", attempt.id, "--keep")
    assert "Nothing has changed since" in again.out
    assert "There was no other scorecard to keep." in again.err
    assert kept(program, attempt.id) == after


def test_all_attempts_and_those_of_a_scenario_that_is_gone(program: Program, attempt: Attempt):
    program.keep(small_attempt())
    everything, some = (
        program.run("rescore", "--all", "--json"),
        program.run("rescore", "--scenario", "feed-ranking", "--json"),
    )

    attempts = json.loads(everything.out)["attempts"]
    assert (everything.code, some.code) == (1, 0)
    assert [each["id"] for each in attempts[1:]] == ["20250102-030405-book-shelf", attempt.id]
    assert [each["error"] is None for each in attempts] == [True, False, True]
    assert [each["difference"] is None for each in attempts] == [False, True, False]
    assert attempts[2]["difference"]["before"]["score"] == 1.5
    assert [each["id"] for each in json.loads(some.out)["attempts"]] == [attempts[0]["id"], attempt.id]
    assert "20250102-030405-book-shelf: The scenario 'book-shelf' is not here any more." in everything.err
    assert "3 attempts: 1 would score otherwise, 1 could not be scored." in everything.err


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--all", "x"), 2, "Which: an attempt, --all or --scenario? Drop the others."),
        (("--scenario", "book-shell"), 2, "No attempt at scenario 'book-shell'; did you mean 'book-shelf'?"),
        (("2019",), 2, "Unknown attempt '2019'"),
        ((), 1, "The scenario 'book-shelf' is not here any more. Add it with --content, or read the attempt as it is"),
    ],
)
def test_what_cannot_be_rescored_says_why(program: Program, words, code, message):
    program.keep(small_attempt())
    ran = program.run("rescore", *words)

    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err


def test_a_scorecard_that_cannot_be_read_is_told_and_left(program: Program):
    broken = replace(small_attempt(), scenario="feed-ranking", scorecard={"score": 1, "band": "x"})
    program.keep(broken)
    ran = program.run("rescore", "--keep")

    assert (ran.code, "cannot be read by this mlsd-coach" in ran.err) == (1, True)
    assert kept(program, broken.id) == broken


@pytest.mark.parametrize("words", [("rescore",), ("rescore", "--all"), ("rescore", "--scenario", "feed-ranking")])
def test_without_a_history_nothing_is_made(program: Program, words):
    ran = program.run(*words)

    assert (ran.code, ran.err) == (2, "There is no attempt yet. Sit one: mlsd-coach practice\n")
    assert not program.history.exists()


def test_the_original_of_an_attempt_that_was_never_rescored_is_the_only_one(program: Program):
    program.keep(small_attempt())

    assert program.run("show", "--original", "--json").out == program.run("show", "--json").out
