"""The fact desk on questions by writers who saw neither a rule nor a known question."""

import json

import pytest

from benchmarks.desk import FOLDER, Tally, measure
from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.interview.desk import FactDesk

RIGHT, WRONG = 0.90, 0.02


@pytest.mark.parametrize("scenario", ["feed-ranking", "video-search"])
def test_thirty_ways_of_asking_for_each_of_five_facts_get_that_fact(scenario):
    library = Library([builtin_root()])
    persona = library.interviewer().persona("balanced")
    desk = FactDesk(library.scenario(scenario), library.questions(), library.lexicon(), persona)
    questions = json.loads((FOLDER / f"{scenario}.json").read_text(encoding="utf-8"))
    assert [len(texts) for texts in questions["topics"].values()] == [30] * 5

    total = sum(measure(desk, questions).values(), Tally())

    assert total.right / total.asked >= RIGHT
    assert total.wrong / total.asked <= WRONG
