"""`practice` and `resume` where nobody sits at a terminal: pipes, files, bad input."""

import json
import os
import resource
from pathlib import Path

import pytest

from mlsd_coach.history.store import Store
from mlsd_coach.models import Mode
from tests.commands.program import Program

GOAL = "The goal is retention over clicks, because clicks alone reward bait and people then leave."
ANSWERS = f"# Requirements\n\n{GOAL}\n\n## data\n\nLogs of impressions and clicks.\n"


def answers_file(program: Program, text: str = ANSWERS) -> str:
    path = program.home / "answers.md"
    path.write_text(text, encoding="utf-8")
    return str(path)


# Answers handed in ----------------------------------------------------------------


@pytest.mark.parametrize("from_stdin", [True, False])
def test_answers_are_scored_kept_and_shown(program: Program, from_stdin: bool):
    source = "-" if from_stdin else answers_file(program)
    ran = program.run("practice", "feed-ranking", "--answers", source, stdin=ANSWERS.encode())
    assert ran.code == 0
    assert "of 100" in ran.out
    assert GOAL.split(",")[0] in " ".join(ran.out.split())
    assert "Kept as 20" in ran.err
    with Store(program.history) as store:
        attempt = store.attempt()
        assert store.sessions() == ()
    assert attempt is not None
    assert dict(attempt.answers)["requirements"].strip() == GOAL
    assert attempt.seconds == ()


def test_answers_as_json_are_the_contract_s_object(program: Program):
    ran = program.run("practice", "feed-ranking", "--answers", "-", "--json", stdin=ANSWERS.encode())
    card = json.loads(ran.out)
    assert card["format"] == 1
    assert card["scenario"] == "feed-ranking"
    assert card["level"] == "senior"
    by_id = {stage["id"]: stage for stage in card["stages"]}
    assert by_id["requirements"]["seconds"] is None
    assert by_id["requirements"]["budget_seconds"] == 360
    assert by_id["requirements"]["score"] > 0


def test_level_minutes_and_stages_reach_the_score(program: Program):
    words = ("--level", "staff", "--minutes", "90", "--stage", "requirements", "--answers", "-", "--json")
    card = json.loads(program.run("practice", "feed-ranking", *words, stdin=ANSWERS.encode()).out)
    assert card["level"] == "staff"
    assert [stage["id"] for stage in card["stages"]] == ["requirements"]
    assert card["stages"][0]["budget_seconds"] == 5400


def test_two_at_once_are_both_kept(program: Program):
    for _ in range(3):
        assert program.run("practice", "feed-ranking", "--answers", answers_file(program)).code == 0
    with Store(program.history) as store:
        assert len({attempt.id for attempt in store.attempts()}) == 3


@pytest.mark.parametrize(
    ("words", "stdin", "code", "says"),
    [
        (["practice", "feed-rankin", "--answers", "-"], b"x", 2, "did you mean 'feed-ranking'?"),
        (["practice", "feed-ranking", "--level", "senor", "--answers", "-"], b"x", 2, "did you mean 'senior'?"),
        (["practice", "feed-ranking", "--stage", "dat", "--answers", "-"], b"x", 2, "did you mean 'data'?"),
        (["practice", "feed-ranking", "--minutes", "0", "--answers", "-"], b"x", 2, "--minutes"),
        (["practice", "feed-ranking", "--minutes", "nan", "--answers", "-"], b"x", 2, "--minutes"),
        (["practice", "feed-ranking", "--minutes", "soon", "--answers", "-"], b"x", 2, "--minutes"),
        (["practice", "feed-ranking", "--coached", "--mock"], b"", 2, "either --coached or --mock"),
        (["practice", "feed-ranking", "--answers", "-"], b"", 1, "empty"),
        (["practice", "feed-ranking", "--answers", "no-such-file.md"], b"", 2, "no-such-file.md"),
        (["practice", "feed-ranking", "--answers", "-"], b"\xff\xfe\x00", 1, "UTF-8"),
        (["practice", "feed-ranking", "--no-input"], b"", 2, "--answers"),
        (["practice", "--no-input"], b"", 2, "mlsd-coach practice SCENARIO"),
        (["practice"], b"", 2, "mlsd-coach practice SCENARIO"),
        (["practice", "--answers", "-"], b"# data\n\nx", 2, "mlsd-coach practice SCENARIO"),
        (["practice", "feed-ranking"], b"", 2, "--answers FILE"),
        (["practice", "feed-ranking"], None, 2, "--answers FILE"),
        (["practice", "feed-ranking", "--answers", "-"], None, 2, "closed"),
        (["resume"], b"", 1, "mlsd-coach practice"),
        (["resume", "never"], b"", 2, "Unknown sitting 'never'"),
    ],
)
def test_bad_input_is_told_in_one_sentence(
    program: Program, words: list[str], stdin: bytes | None, code: int, says: str
):
    ran = program.run(*words, stdin=stdin)
    assert says in ran.err
    assert ran.code == code
    assert ran.out == "" or "Interviewer" in ran.out
    with Store(program.history) as store:
        assert store.sessions() == ()


# A sitting over a pipe ----------------------------------------------------------------


def test_a_whole_sitting_over_a_pipe(program: Program):
    typed = f"{GOAL}\n.\n" + "More of it.\n.\n" * 7 + "The last one"
    ran = program.run("practice", "feed-ranking", stdin=typed.encode())
    assert ran.code == 0
    assert "of 100" in ran.out
    assert "Interviewer:" in ran.err
    assert "Interviewer:" not in ran.out
    with Store(program.history) as store:
        attempt = store.attempt()
        assert store.sessions() == ()
    assert attempt is not None
    assert dict(attempt.answers)["lifecycle"] == "The last one"
    assert attempt.prediction is None
    assert len(attempt.seconds) == 9


def test_json_after_a_sitting_is_only_json(program: Program):
    ran = program.run("practice", "feed-ranking", "--stage", "data", "--json", "--coached", stdin=b"Logs of clicks.")
    assert json.loads(ran.out)["stages"][0]["answer"] == "Logs of clicks."
    assert "Interviewer:" in ran.err
    with Store(program.history) as store:
        attempt = store.attempt()
    assert attempt is not None
    assert attempt.mode is Mode.COACHED


def test_an_input_that_ends_early_is_saved_and_resumed(program: Program):
    ran = program.run("practice", "feed-ranking", "--stage", "data", "--stage", "models", stdin=b"Clicks.\n.\n")
    assert ran.code == 1
    assert "mlsd-coach resume 20" in ran.err
    again = program.run("resume", stdin=b"A deep network.")
    assert again.code == 0
    with Store(program.history) as store:
        attempt = store.attempt()
    assert attempt is not None
    assert dict(attempt.answers) == {"data": "Clicks.", "models": "A deep network."}


def test_a_sitting_that_was_over_but_not_scored_is_scored_by_resume(program: Program):
    program.run("practice", "feed-ranking", "--stage", "data", "--stage", "models", stdin=b"Clicks.\n.\n")
    with Store(program.history) as store:
        session = store.session()
        assert session is not None
        store.save_session(type(session)(**{**vars(session), "current": 2}))
    ran = program.run("resume")
    assert ran.code == 0
    assert "of 100" in ran.out


def test_a_sitting_whose_scenario_lost_a_stage_is_refused(program: Program):
    program.run("practice", "feed-ranking", "--stage", "data", "--stage", "models", stdin=b"Clicks.\n.\n")
    with Store(program.history) as store:
        session = store.session()
        assert session is not None
        odd = type(session.stages[0])(id="no-such-stage", budget_seconds=60)
        store.save_session(type(session)(**{**vars(session), "stages": (odd,), "current": 0}))
    ran = program.run("resume", stdin=b"x")
    assert ran.code == 1
    assert "no-such-stage" in ran.err


# A disk and a history that refuse ----------------------------------------------------------------


def test_a_history_that_is_no_database_is_told(program: Program):
    program.history.parent.mkdir(parents=True, exist_ok=True)
    program.history.write_bytes(b"not a database, but a diary of somebody" * 100)
    before = program.history.read_bytes()
    ran = program.run("practice", "feed-ranking", stdin=b"My answer.\n.\n")
    assert ran.code == 1
    assert str(program.history) in ran.err
    assert program.history.read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_home_is_told(program: Program):
    (program.home / "data").mkdir(exist_ok=True)
    (program.home / "data").chmod(0o500)
    ran = program.run("practice", "feed-ranking", stdin=b"My answer.\n.\n")
    assert ran.code == 1


def test_answers_are_printed_when_the_disk_is_full(program: Program):
    program.run("practice", "feed-ranking", "--answers", "-", stdin=ANSWERS.encode())
    size = max(path.stat().st_size for path in (program.home / "data").iterdir())

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    typed = "An answer that fits nowhere. " * 20_000 + "\n.\n"
    ran = program.run("practice", "feed-ranking", stdin=typed.encode(), preexec_fn=limit)
    assert ran.code == 1
    assert "NOT SAVED" in ran.err
    assert "# requirements" in ran.err
    assert ran.err.count("An answer that fits nowhere.") >= 20_000


# Content ----------------------------------------------------------------


def test_a_broken_scenario_is_told_with_its_line(program: Program, tmp_path: Path):
    broken = tmp_path / "mine.yaml"
    broken.write_text("format: 1\ntitle: [unclosed\n")
    ran = program.run("practice", "mine", "--content", str(broken), "--answers", "-", stdin=ANSWERS.encode())
    assert ran.code == 1
    assert "mine.yaml:" in ran.err


# Completion ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("practice fe", "feed-ranking"),
        ("practice feed-ranking --level s", "senior staff"),
        ("practice feed-ranking --stage off", "offline-evaluation"),
        ("resume zz", ""),
    ],
)
def test_the_shell_completes_ids_and_values(program: Program, typed: str, offered: str):
    words = f"mlsd-coach {typed}"
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1), "_MLSD_COACH_COMPLETE": "complete_bash"}
    assert " ".join(program.run(env=asked).out.split()) == offered
