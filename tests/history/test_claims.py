import json
from dataclasses import replace
from pathlib import Path

import pytest

from mlsd_coach.errors import StoreError, UsageError
from mlsd_coach.history.claims import (
    appeals_of,
    claims_of,
    confirmations_of,
    with_appeal,
    with_confirmations,
    without_appeal,
)
from mlsd_coach.history.records import attempt_from_text, attempt_to_text
from mlsd_coach.history.store import Store
from mlsd_coach.models import Appeal, Attempt, Confirmation, Evidence, Verdict
from tests.reports.samples import small_attempt

AT = "2025-01-03T00:00:00+00:00"
BARE = Appeal("data", "label", Verdict.NAMED, AT)
FULL = Appeal("requirements", "scale", Verdict.REASONED, AT, Evidence("How many readers?", 84, 101), "It is “asked” ü.")


def there_and_back(attempt: Attempt) -> Attempt:
    return attempt_from_text(attempt_to_text(attempt))


def test_an_attempt_of_an_older_coach_has_none():
    assert claims_of(there_and_back(small_attempt())) == ()


def test_appeals_and_confirmations_come_back_as_they_were_kept():
    attempt = with_appeal(with_appeal(small_attempt(), BARE), FULL)
    attempt = with_confirmations(attempt, [Confirmation("data", "label", AT)])

    assert claims_of(there_and_back(attempt)) == (BARE, FULL, Confirmation("data", "label", AT))


def test_they_change_nothing_else():
    attempt = replace(small_attempt(), extra={"stages": ["data"], "opinions": []})
    claimed = with_confirmations(with_appeal(attempt, FULL), [Confirmation("data", "label", AT)])

    assert replace(claimed, extra=attempt.extra) == attempt
    assert {key: claimed.extra[key] for key in attempt.extra} == attempt.extra


def test_a_second_appeal_against_a_verdict_takes_the_place_of_the_first():
    again = replace(BARE, verdict=Verdict.MISSING)
    attempt = with_appeal(with_appeal(with_appeal(small_attempt(), BARE), FULL), again)

    assert appeals_of(attempt) == (FULL, again)


def test_a_withdrawn_appeal_leaves_no_trace():
    attempt = with_appeal(with_appeal(small_attempt(), BARE), FULL)

    assert appeals_of(without_appeal(attempt, "data", "label")) == (FULL,)
    assert without_appeal(without_appeal(attempt, "data", "label"), "requirements", "scale") == small_attempt()
    assert without_appeal(small_attempt(), "data", "label") == small_attempt()


def test_a_confirmation_keeps_its_first_time():
    attempt = with_confirmations(small_attempt(), [Confirmation("data", "label", AT)])
    attempt = with_confirmations(attempt, [Confirmation("data", "label", "later"), Confirmation("data", "x", "later")])

    assert {c.criterion: c.at for c in confirmations_of(attempt)} == {"label": AT, "x": "later"}


@pytest.mark.parametrize(
    "extra",
    [
        {"appeals": [{"stage": "data"}]},
        {"appeals": [{**json.loads('{"stage": "d", "criterion": "c", "at": "", "reason": ""}'), "verdict": "x"}]},
        {"appeals": ["data/label"]},
        {"appeals": 5},
        {"confirmed": [{"stage": "data"}]},
        {"confirmed": ["data/label"]},
    ],
)
def test_what_cannot_be_read_is_told_with_the_attempt(extra):
    with pytest.raises(StoreError, match="20250102-030405-book-shelf"):
        claims_of(replace(small_attempt(), extra=extra))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.db"


def test_an_attempt_is_changed_in_its_place(path):
    with Store(path) as store:
        store.finish(None, small_attempt("a"))
        store.finish(None, small_attempt("b"))
        changed = store.change("a", lambda attempt: with_appeal(attempt, FULL))

        assert changed == with_appeal(small_attempt("a"), FULL)
        assert store.attempt("a") == changed
        assert store.attempt("b") == small_attempt("b")


def test_two_changes_see_each_other(path):
    with Store(path) as one, Store(path) as other:
        one.finish(None, small_attempt("a"))
        one.change("a", lambda attempt: with_appeal(attempt, BARE))
        other.change("a", lambda attempt: with_appeal(attempt, FULL))
        kept = one.attempt("a")

    assert kept is not None
    assert appeals_of(kept) == (BARE, FULL)


def test_a_change_that_fails_leaves_the_attempt_as_it_was(path):
    with Store(path) as store:
        store.finish(None, small_attempt("a"))
        with pytest.raises(TypeError):
            store.change("a", lambda attempt: replace(attempt, extra={"set": {1}}))
        with pytest.raises(UsageError, match="Unknown attempt 'b'"):
            store.change("b", lambda attempt: attempt)

        assert store.attempt("a") == small_attempt("a")
