"""Scorecards that came later: none is lost, nothing else of the attempt is touched."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mlsd_coach.errors import StoreError
from mlsd_coach.history.rescoring import RESCORED, first_scorecard, rescored_at, with_scorecard
from mlsd_coach.history.store import Store
from tests.reports.samples import small_attempt

FIRST = small_attempt().scorecard


def card(score: float) -> dict[str, Any]:
    return {**FIRST, "score": score, "band": f"b{score:.0f}"}


def test_an_attempt_that_was_not_rescored_has_one_scorecard():
    assert first_scorecard(small_attempt()) == FIRST
    assert rescored_at(small_attempt()) == ""


def test_every_scorecard_stays_and_so_does_everything_else():
    before = replace(small_attempt(), extra={"appeals": [{"x": 1}], "stages": ["data"]})
    once = with_scorecard(before, card(1), at="2025-02-01")
    twice = with_scorecard(once, card(2), at="2025-03-01")

    assert (twice.scorecard, first_scorecard(twice), rescored_at(twice)) == (card(2), FIRST, "2025-03-01")
    assert twice.extra[RESCORED]["earlier"] == [
        {"at": before.finished_at, "scorecard": FIRST},
        {"at": "2025-02-01", "scorecard": card(1)},
    ]
    rest = {key: value for key, value in twice.extra.items() if key != RESCORED}
    assert replace(twice, scorecard=FIRST, extra=rest) == before


def test_the_history_lists_the_newest_score_and_keeps_what_others_wrote_meanwhile(tmp_path: Path):
    with Store(tmp_path / "history.db") as store:
        store.finish(None, small_attempt("a"))
        store.change("a", lambda attempt: replace(attempt, extra={"opinions": [1]}))
        store.change("a", partial(with_scorecard, scorecard=card(90), at="2025-02-01"))

        (head,) = store.heads()
        kept = store.attempt("a")
        assert kept is not None
        assert (head.score, head.band) == (90, "b90")
        assert kept.extra["opinions"] == [1]
        assert first_scorecard(kept) == FIRST


@pytest.mark.parametrize("kept", [1, {}, {"at": "x"}, {"at": "x", "earlier": []}, {"at": "x", "earlier": [{}]}])
def test_earlier_scorecards_that_cannot_be_read_are_told(kept: object):
    broken = replace(small_attempt(), extra={RESCORED: kept})
    for read in (first_scorecard, rescored_at, partial(with_scorecard, scorecard=card(1), at="x")):
        with pytest.raises(StoreError, match="holds earlier scorecards that this mlsd-coach cannot read"):
            read(broken)
