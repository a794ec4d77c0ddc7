"""The judge `semantic` with an encoder of three dimensions."""

import json
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources

import pytest

from mlsd_coach.judges.semantic import (
    PROBE,
    Thresholds,
    is_calibrated,
    judge_by_meaning,
    load_thresholds,
)
from mlsd_coach.judges.tasks import Task
from mlsd_coach.models import Criterion, Signal, Verdict

LOGS = "We log clicks."
LOSS = "The loss is cross-entropy."
CRITERION = Criterion(
    "logs",
    "The candidate says which logs there are.",
    Signal.DATA_SENSE,
    earning="We keep impressions, because they are the negatives.",
    ways=(("plain", ("Clicks are written down.",)), ("terse", ("click logs",))),
)
THRESHOLDS = Thresholds("toy", probe=0.0, low=0.5, high=0.8)


class ToyEncoder:
    """Vectors by name: what is not named is far from everything."""

    name = "toy"

    def __init__(self, **near: float) -> None:
        self.near = near
        """Text → cosine with everything that is wanted."""
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        self.encoded += texts
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> list[float]:
        if text in self.wanted:
            return [1.0, 0.0, 0.0]
        if text not in self.near:
            return [0.0, 1.0, 0.0]
        near = self.near[text]
        return [near, 0.0, (1 - near**2) ** 0.5]

    wanted = ("Clicks are written down.", PROBE[0])


def task(answer: str, criterion: Criterion = CRITERION) -> Task:
    return Task("data", "Data", "Which data?", criterion, answer)


@pytest.mark.parametrize(
    ("near", "verdict"),
    [
        (0.9, Verdict.NAMED),
        (0.8, Verdict.NAMED),
        (0.6, Verdict.MAYBE),
        (0.49, Verdict.MISSING),
        (0.1, Verdict.MISSING),
    ],
)
def test_the_nearest_sentence_decides(near, verdict):
    answer = f"{LOSS} {LOGS}"
    encoder = ToyEncoder(**{LOGS.rstrip("."): near, LOGS: near, LOSS: -1.0, LOSS.rstrip("."): -1.0})
    opinion = judge_by_meaning([task(answer)], encoder, THRESHOLDS).opinions[0]

    assert opinion.verdict is verdict
    assert opinion.similarity == pytest.approx(near)
    assert bool(opinion.evidence) == (verdict is not Verdict.MISSING)
    for quote in opinion.evidence:
        assert quote.quote == answer[quote.start : quote.end]
        assert "log clicks" in quote.quote


def test_statement_earning_sentence_and_ways_are_all_wanted_and_nothing_is_encoded_twice():
    encoder = ToyEncoder()
    judge_by_meaning([task(LOGS), task(LOGS, replace(CRITERION, id="again"))], encoder, THRESHOLDS)

    wanted = {"says which logs there are.", CRITERION.earning, "Clicks are written down.", "click logs"}
    assert wanted <= set(encoder.encoded)
    assert len(encoder.encoded) == len(set(encoder.encoded))


def test_it_says_covered_or_not_and_so_agrees_with_a_reason_it_cannot_see():
    said = judge_by_meaning([task(LOGS)], ToyEncoder(**{LOGS: 0.9, LOGS.rstrip("."): 0.9}), THRESHOLDS)
    opinion = said.opinions[0]

    assert said.agrees(Verdict.REASONED, opinion) is True
    assert said.agrees(Verdict.NAMED, opinion) is True
    assert said.agrees(Verdict.MISSING, opinion) is False
    assert said.agrees(Verdict.MAYBE, opinion) is None
    assert said.agrees(Verdict.NOT_JUDGED, opinion) is None
    assert (said.host, said.tally.calls) == ("", 0)


def test_an_answer_without_a_sentence_is_not_judged():
    assert judge_by_meaning([task("!!!")], ToyEncoder(), THRESHOLDS).opinions[0].verdict is Verdict.NOT_JUDGED


def test_progress_counts_to_the_end():
    told: list[tuple[int, int]] = []
    judge_by_meaning([task(LOGS), task(LOSS)], ToyEncoder(), THRESHOLDS, lambda *counts: told.append(counts))

    assert told == [(1, 2), (2, 2)]


def test_another_model_than_that_of_the_thresholds_is_noticed():
    assert is_calibrated(ToyEncoder(), THRESHOLDS)
    assert not is_calibrated(ToyEncoder(), replace(THRESHOLDS, probe=0.3))


def test_the_committed_thresholds_name_their_model_and_their_maker():
    thresholds = load_thresholds()
    table = json.loads(resources.files("mlsd_coach.judges").joinpath("data/semantic.json").read_text())

    assert -1 < thresholds.low <= thresholds.high < 1
    assert thresholds.model == table["model"] != ""
    assert table["made_by"].startswith("python -m benchmarks.semantic")
