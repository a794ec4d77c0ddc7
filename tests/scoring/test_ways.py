"""What people would say for a criterion is found, and what only sounds like it is not."""

import pytest

from mlsd_coach.models import Level, Verdict

FOUND = {Verdict.NAMED, Verdict.REASONED}
STAGES = [
    "requirements",
    "high-level-design",
    "data",
    "features",
    "candidates",
    "models",
    "offline-evaluation",
    "online-evaluation",
    "lifecycle",
]


def share_found(scorer, library, stage_id, texts_of):
    found = total = 0
    for scenario_id in ("feed-ranking", "video-search"):
        scenario = library.scenario(scenario_id)
        for criterion in scenario.stage(stage_id).criteria:
            for text in texts_of(criterion):
                score = scorer.score_stage(scenario, stage_id, text, level=Level.SENIOR)
                (verdict,) = (j.verdict for j in score.judgements if j.criterion.id == criterion.id)
                found += verdict in FOUND
                total += 1
    assert total > 100
    return found / total


@pytest.mark.parametrize("stage", STAGES)
def test_sentences_that_only_sound_like_a_criterion_rarely_earn(scorer, library, stage):
    assert share_found(scorer, library, stage, lambda criterion: criterion.near_misses) < 0.1


@pytest.mark.parametrize("stage", STAGES)
def test_most_ways_of_saying_a_criterion_earn_even_alone(scorer, library, stage):
    assert share_found(scorer, library, stage, lambda c: [way for _, ways in c.ways for way in ways[::3]]) > 0.9
