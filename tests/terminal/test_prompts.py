from collections.abc import Callable

import pytest

from mlsd_coach.terminal.prompts import ScenarioChoice, ask_prediction, pick_by_number

CHOICES = [
    ScenarioChoice("feed-ranking", "Rank a feed", "recommender", 61.6),
    ScenarioChoice("video-search", "Search videos [/b]", "search"),
]


def typed(*lines: str) -> Callable[[], str]:
    """Read these lines, then the end of the input."""
    left = iter(lines)

    def read() -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return read


@pytest.mark.parametrize(
    ("lines", "expected"),
    [(["64"], 64), (["64%"], 64), ([""], None), (["high", "101", "0"], 0), (["a", "b", "c", "5"], None), ([], None)],
)
def test_asks_for_a_prediction_and_takes_no_for_an_answer(lines: list[str], expected: int | None):
    assert ask_prediction(read=typed(*lines), write=lambda _: None) == expected


@pytest.mark.parametrize(
    ("lines", "expected"), [(["2"], "video-search"), (["x", "feed-ranking"], "feed-ranking"), ([], None)]
)
def test_picks_by_number_or_id(lines: list[str], expected: str | None):
    assert pick_by_number(CHOICES, read=typed(*lines), write=lambda _: None, width=80) == expected


def test_a_choice_shows_title_family_and_last_score():
    assert CHOICES[0].row(80) == "Rank a feed  recommender, last 62"
    assert CHOICES[1].row(80) == "Search videos [/b]  search, new"
    assert len(CHOICES[1].row(30)) <= 30
