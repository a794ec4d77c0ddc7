"""What deserves nothing earns nothing; an honest answer in disguise keeps its verdicts."""

import pytest

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.models import Level, Verdict
from tests.scoring.cheats import cheats, friends

EARNING = {Verdict.NAMED, Verdict.REASONED, Verdict.MAYBE}
STAGES = [
    (head.id, stage.id)
    for head in Library([builtin_root()]).heads()
    for stage in Library([builtin_root()]).scenario(head.id).stages
]


def verdicts(scorer, scenario, stage_id, text):
    score = scorer.score_stage(scenario, stage_id, text, level=Level.SENIOR)
    return {judgement.criterion.id: judgement.verdict for judgement in score.judgements}


@pytest.mark.parametrize(("scenario_id", "stage_id"), STAGES)
def test_a_cheat_earns_nothing(library, scorer, scenario_id, stage_id):
    scenario = library.scenario(scenario_id)
    for name, text in cheats(scenario, scenario.stage(stage_id)):
        earned = {k for k, v in verdicts(scorer, scenario, stage_id, text).items() if v in EARNING}
        assert not earned, f"{name} earned {sorted(earned)}"


@pytest.mark.parametrize(("scenario_id", "stage_id"), STAGES)
def test_an_honest_answer_in_disguise_keeps_nearly_all_its_verdicts(library, scorer, scenario_id, stage_id):
    scenario = library.scenario(scenario_id)
    stage = scenario.stage(stage_id)
    plain = verdicts(scorer, scenario, stage_id, stage.samples.strong)
    for name, text in friends(stage):
        disguised = verdicts(scorer, scenario, stage_id, text)
        changed = {k: (v, disguised[k]) for k, v in plain.items() if disguised[k] is not v}
        assert len(changed) <= 2, f"{name} changed {changed}"


def test_over_all_stages_ninety_seven_of_a_hundred_verdicts_are_kept(library, scorer):
    kept = total = 0
    for scenario_id, stage_id in STAGES:
        scenario = library.scenario(scenario_id)
        stage = scenario.stage(stage_id)
        plain = verdicts(scorer, scenario, stage_id, stage.samples.strong)
        for _, text in friends(stage):
            disguised = verdicts(scorer, scenario, stage_id, text)
            total += len(plain)
            kept += sum(disguised[k] is v for k, v in plain.items())
    assert kept / total >= 0.97


@pytest.mark.parametrize(("scenario_id", "stage_id"), STAGES)
def test_the_answer_to_another_scenario_is_told_so(library, scorer, scenario_id, stage_id):
    own = library.scenario(scenario_id)
    for other in {scenario for scenario, _ in STAGES} - {scenario_id}:
        strong = library.scenario(other).stage(stage_id).samples.strong
        score = scorer.score_stage(own, stage_id, strong, level=Level.SENIOR)
        assert score.guard.endswith(other)
        assert score.score == 0
