import multiprocessing
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_coach.errors import StoreError, UsageError
from mlsd_coach.history.failures import explain
from mlsd_coach.history.opening import APPLICATION, STEPS
from mlsd_coach.history.records import attempt_from_text, attempt_to_text, session_from_text, session_to_text
from mlsd_coach.history.store import Store
from mlsd_coach.models import Session
from tests.history.writers import write_attempts, write_same_id
from tests.interview.interviews import small_session
from tests.reports.samples import small_attempt

NOW = "2025-01-02T03:04:05+00:00"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.db"


def session_of(session_id: str, answer: str = "") -> Session:
    session = small_session()
    stages = (replace(session.stages[0], answer=answer, seconds=1.5), *session.stages[1:])
    transcript = (("data", "interviewer", "Time."),)
    return replace(session, id=session_id, stages=stages, prediction=40, transcript=transcript)


def test_a_session_comes_back_as_it_was_saved(path):
    with Store(path) as store:
        store.save_session(session_of("a", "hello"))
    with Store(path) as store:
        assert store.session("a") == session_of("a", "hello")
        assert store.session("b") is None


def test_saving_again_replaces_and_makes_it_the_newest(path):
    with Store(path) as store:
        store.save_session(session_of("a"))
        store.save_session(session_of("b"))
        store.save_session(session_of("a", "more"))

        assert [session.id for session in store.sessions()] == ["a", "b"]
        newest = store.session()
        assert newest is not None
        assert newest.stages[0].answer == "more"


def test_without_a_sitting_there_is_none(path):
    with Store(path) as store:
        assert store.session() is None
        assert store.attempt() is None
        listings = (store.sessions(), store.attempts(), store.heads(), store.companies(), tuple(store.ticks()))
        assert [len(listing) for listing in listings] == [0] * 5


def test_a_discarded_session_is_gone_and_an_unknown_one_is_no_error(path):
    with Store(path) as store:
        store.save_session(session_of("a"))
        store.discard_session("a")
        store.discard_session("a")

        assert store.sessions() == ()


def test_finishing_keeps_the_attempt_and_takes_the_session_out(path):
    with Store(path) as store:
        store.save_session(session_of("a"))
        kept_as = store.finish("a", small_attempt("a"))

        assert kept_as == "a"
        assert store.sessions() == ()
        assert store.attempt("a") == small_attempt("a")


def test_finishing_does_both_or_neither(path):
    with Store(path) as store:
        store.save_session(session_of("a"))
        broken = replace(small_attempt("a"), extra={"set": {1}})
        with pytest.raises(TypeError):
            store.finish("a", broken)

        assert [session.id for session in store.sessions()] == ["a"]
        assert store.attempts() == ()


def test_a_second_attempt_of_the_same_id_gets_a_number(path):
    with Store(path) as store:
        assert [store.finish(None, small_attempt("a")) for _ in range(3)] == ["a", "a-2", "a-3"]
        third = store.attempt("a-3")
        assert third is not None
        assert third.id == "a-3"


def test_attempts_are_newest_first_and_can_be_of_one_scenario(path):
    with Store(path) as store:
        for name, finished_at in (("a", "2025-01-01"), ("c", "2025-01-03"), ("b", "2025-01-02")):
            store.finish(None, replace(small_attempt(name), finished_at=finished_at, scenario=f"s-{name}"))

        assert [attempt.id for attempt in store.attempts()] == ["c", "b", "a"]
        assert [attempt.id for attempt in store.attempts("s-b")] == ["b"]
        assert (store.heads()[0].id, store.heads()[0].score, store.heads()[0].prediction) == ("c", 19.8, 30)
        newest = store.attempt()
        assert newest is not None
        assert newest.id == "c"


def test_the_beginning_of_an_id_is_enough_when_it_is_unique(path):
    with Store(path) as store:
        for name in ("20250101-a", "20250102-b", "20250102-b-2", "%"):
            store.finish(None, small_attempt(name))

        found = store.attempt("20250101")
        assert found is not None
        assert found.id == "20250101-a"
        exact = store.attempt("20250102-b")
        assert exact is not None
        assert exact.id == "20250102-b"
        assert store.attempt("_") is None
        with pytest.raises(UsageError, match="2 attempts begin with '20250102'"):
            store.attempt("20250102")


def test_a_tick_keeps_its_first_time_until_it_is_taken_away(path):
    with Store(path) as store:
        store.set_tick("a/1", on=True, now="one")
        store.set_tick("a/1", on=True, now="two")
        store.set_tick("a/2", on=True, now="two")
        store.set_tick("a/2", on=False, now="three")

        assert store.ticks() == {"a/1": "one"}


def test_brainstorms_are_kept_per_company(path):
    with Store(path) as store:
        store.save_brainstorm("Acme", ["clicks"], now="1")
        store.save_brainstorm("Quire", ["ratings", "é\x00"], now="2")
        store.save_brainstorm("Acme", ["clicks", "likes"], now="3")

        assert store.companies() == ("Acme", "Quire")
        assert store.brainstorm("Acme") == ("clicks", "likes")
        assert store.brainstorm("Quire") == ("ratings", "é\x00")
        assert store.brainstorm("None") == ()


@given(st.text(st.characters()), st.integers(0, 100) | st.none())
@settings(max_examples=50, deadline=None)
def test_any_text_makes_the_round_trip(answer, prediction):
    session = replace(session_of("a", answer), prediction=prediction)
    attempt = replace(small_attempt("a"), answers=(("data", answer),), hints_used=(("data", 2),), prediction=prediction)

    assert session_from_text(session_to_text(session)) == session
    assert attempt_from_text(attempt_to_text(attempt)) == attempt


def test_odd_text_is_on_disk_as_it_was(path):
    answer = "\x00\r\u202e\ud800 שלום 例" + "x" * 100_000
    with Store(path) as store:
        store.save_session(session_of("a", answer))
        assert store.session("a") == session_of("a", answer)


# Several processes -----------------------------------------------------------------------------------------------


def test_many_processes_at_once_keep_every_write(path):
    spawn = multiprocessing.get_context("spawn")
    # None of them finds a history: they also race to make it.
    processes = [spawn.Process(target=write_attempts, args=(path, writer, 15)) for writer in range(5)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)

    assert [process.exitcode for process in processes] == [0] * 5
    with Store(path) as store:
        assert {head.id for head in store.heads()} == {f"w{w}-{n}" for w in range(5) for n in range(15)}
        assert len(store.ticks()) == 75
    assert not [file for file in path.parent.iterdir() if file.name.endswith(".new")]


def test_processes_that_want_the_same_id_keep_every_attempt(path):
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=write_same_id, args=(path, 5)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)

    with Store(path) as store:
        assert len({head.id for head in store.heads()}) == 15


# What can be wrong with the file ---------------------------------------------------------------------------------


def refused(path: Path) -> str:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError) as caught:
        Store(path)
    assert before is None or path.read_bytes() == before
    assert caught.value.fix
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("content", [b"not a database, only a text file" * 50, b"\x00" * 4096, b"SQL"])
def test_a_file_that_is_not_a_database_is_refused_and_left_alone(path, content):
    path.parent.mkdir()
    path.write_bytes(content)

    assert "is not a database" in refused(path)


def test_an_empty_file_is_not_taken_for_a_new_history(path):
    path.parent.mkdir()
    path.touch()

    assert "empty file" in refused(path)


def test_a_database_of_another_program_is_refused(path):
    path.parent.mkdir()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE other (x)")
    db.close()

    with pytest.raises(StoreError, match="another program"):
        Store(path)


def test_a_history_of_a_newer_coach_is_refused(path):
    Store(path).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    db.close()

    assert "newer mlsd-coach" in refused(path)


def test_a_damaged_history_is_told(path):
    with Store(path) as store:
        for number in range(40):
            store.finish(None, small_attempt(f"a{number}"))
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    path.write_bytes(raw)

    with pytest.raises(StoreError, match="is damaged"), Store(path) as store:
        store.attempts()


def test_a_row_that_cannot_be_read_is_told(path):
    with Store(path) as store:
        store.finish(None, small_attempt("a"))
        store.save_session(session_of("s"))
    db = sqlite3.connect(path)
    db.execute("UPDATE attempt SET body = '{}'")
    db.execute("UPDATE session SET body = 'not JSON'")
    db.commit()
    db.close()

    with Store(path) as store:
        with pytest.raises(StoreError, match="an attempt that cannot be read"):
            store.attempt("a")
        with pytest.raises(StoreError, match="a sitting that cannot be read"):
            store.sessions()


def test_a_log_without_its_database_is_not_played_into_a_new_one(path):
    path.parent.mkdir()
    path.with_name("history.db-wal").write_bytes(b"x" * 100)

    assert "is gone" in refused(path)
    assert not path.exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "data").write_text("a file, not a folder")

    assert "cannot be made" in refused(tmp_path / "data" / "history.db")


def test_a_read_only_history_is_told(path):
    Store(path).close()
    with Store(path) as store:
        # What SQLite answers on a read-only medium; permissions do not stop a test that runs as root.
        store._db.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError, match="is read-only"):
            store.save_session(session_of("a"))


def test_a_full_disk_loses_nothing_that_was_saved(path):
    with Store(path) as store:
        store.save_session(session_of("a", "kept"))
        (pages,) = store._db.execute("PRAGMA page_count").fetchone()
        store._db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="the disk is full"):
            store.save_session(session_of("a", "x" * 1_000_000))

        assert store.session("a") == session_of("a", "kept")
        store._db.execute("PRAGMA max_page_count = 100000")
        store.save_session(session_of("a", "again"))
        assert store.session("a") == session_of("a", "again")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_IOERR, "the disk failed"),
        (sqlite3.SQLITE_IOERR | 3 << 8, "the disk failed"),
        (sqlite3.SQLITE_BUSY, "locked by another program"),
        (sqlite3.SQLITE_CANTOPEN, "cannot be opened"),
        (sqlite3.SQLITE_MISMATCH, "failed (odd)"),
    ],
)
def test_every_failure_is_a_sentence_with_the_fix(code, words):
    error = sqlite3.OperationalError("odd")
    error.sqlite_errorcode = code

    told = explain(error, Path("history.db"))

    assert words in told.message
    assert told.fix


# The schema ------------------------------------------------------------------------------------------------------


def test_the_file_is_marked_as_ours_with_its_schema_and_a_write_ahead_log(path):
    Store(path).close()
    db = sqlite3.connect(path)

    assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    assert db.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.execute("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND strict = 1").fetchone() == (4,)
    db.close()


def test_every_commit_is_synced(path):
    with Store(path) as store:
        assert store._db.execute("PRAGMA synchronous").fetchone() == (2,)
