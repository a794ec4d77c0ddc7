"""The examples of a criterion show where its rule falls short, and propose words."""

from dataclasses import replace

from benchmarks.mine import mine


def test_silent_ways_and_wrong_near_misses_are_told_with_words_to_think_about(library, scorer):
    scenario = library.scenario("feed-ranking")
    stage = scenario.stage("data")
    first, *others = stage.criteria
    narrow = replace(
        first,
        evidence={"any": ["zebra crossing"]},
        ways=(("plain", ("We count the zebra crossings.", "We look at the striped paths.")),),
        near_misses=("A zebra crossing is a nice picture.", "Paths are long."),
    )
    changed = replace(stage, criteria=(narrow, *others))
    stages = tuple(changed if plan.id == "data" else plan for plan in scenario.stages)
    mined = next(mine(scorer, replace(scenario, id="changed", stages=stages), "data"))
    assert mined.silent == ("We look at the striped paths.",)
    assert mined.wrong == ("A zebra crossing is a nice picture.",)
    assert "striped" in mined.words
    assert (mined.ways, mined.near_misses) == (2, 2)
