"""Two scorecards of the same answers compared."""

from dataclasses import replace

import pytest

from mlsd_coach.models import Digests, Judgement, Scorecard, Verdict
from mlsd_coach.reports.rescoring import compare, difference_to_json
from mlsd_coach.terminal.render_rescoring import plain_difference, render_difference
from tests.reports.samples import GOAL, LABEL, LOSS, RIGHTS, SCALE, small_card


def changed(**criteria: Judgement | None) -> Scorecard:
    """The small card with some judgements replaced (by the criterion's id), None for taken away, "new" for added."""
    card = small_card()
    added = criteria.pop("new", None)
    stages = []
    for stage in card.stages:
        found = [criteria.get(each.criterion.id, each) for each in stage.judgements]
        kept = [each for each in found if each is not None]
        stages.append(replace(stage, judgements=(*kept, *([added] if added and stage.id == "data" else ()))))
    return replace(card, stages=tuple(stages))


def now(**changes: object) -> Scorecard:
    return replace(small_card(), **changes)  # type: ignore[arg-type]


def test_the_same_scorecard_has_no_difference():
    found = compare(small_card(), small_card())

    assert found.is_empty
    assert plain_difference(found, "a").splitlines() == [
        "Attempt: a.",
        "Score: 19.8 of 100, before and now.",
        "Nothing has changed since: the same content and the same scorer.",
    ]


@pytest.mark.parametrize(
    ("digests", "causes", "words"),
    [
        (Digests("S", "r", "x"), ("scenario",), "Changed since: the scenario; every verdict is the same."),
        (Digests("s", "R", "x"), ("rubrics",), "Changed since: the rubrics; every verdict is the same."),
        (
            Digests("S", "R", "X"),
            ("scenario", "rubrics", "scorer"),
            "Changed since: the scenario, the rubrics and the scorer; every verdict is the same.",
        ),
    ],
)
def test_it_is_said_which_digest_changed(digests: Digests, causes: tuple[str, ...], words: str):
    found = compare(small_card(), now(digests=digests))

    assert found.causes == causes
    assert words in plain_difference(found, "a")


def test_a_verdict_comes_with_both_sides_and_their_quotes():
    after = replace(changed(goal=Judgement(GOAL, Verdict.MISSING, 0.0)), score=10.0, digests=Digests("s", "r", "X"))
    found = compare(small_card(), after)

    assert [(pair.stage, pair.either.criterion.id) for pair in found.verdicts] == [("requirements", "goal")]
    assert plain_difference(found, "a").splitlines()[1:] == [
        "Score: 19.8 of 100 before, 10.0 now (-9.8).",
        "Changed since: the scorer.",
        "Verdict: reasoned before, missing now. Asks for the goal of the shelf. (requirements, goal)",
        'Quote before: "I would ask for the goal: *readers* who come back, because <b>sales</b> happen once."',
        "Quote now: none",
    ]


def test_what_is_gone_new_or_counts_otherwise_is_said_in_words():
    after = changed(
        scale=None,
        label=replace(small_card().stages[1].judgements[0], criterion=replace(LABEL, weight=4)),
        new=Judgement(LOSS, Verdict.NAMED, 0.5),
    )
    after = replace(after, stages=after.stages[:3])
    lines = plain_difference(compare(small_card(), after), "a").splitlines()

    assert lines[2:] == [
        "Content and scorer have the same digests; the code of the scorer is another one.",
        "Gone: the stage 'models' is not in the scenario any more; its answer is not scored",
        "Gone: Requirements: Asks how many readers there are. (scale) It was named.",
        "New: Data: Names the loss. (loss) It is named.",
        "Counts otherwise: Data: Says what a positive example is. (label) It was mid, weight 2; it is mid, weight 4.",
    ]


@pytest.mark.parametrize("width", [40, 80])
def test_the_screen_says_the_same_within_its_width(width: int):
    after = changed(
        goal=Judgement(GOAL, Verdict.MISSING, 0.0), scale=Judgement(SCALE, Verdict.REASONED, 2.0), rights=None
    )
    text = render_difference(compare(small_card(), after), "an-attempt · senior", width=width, colour=False)

    assert max(map(len, text.splitlines())) <= width
    said = " ".join(text.split())
    assert "reasoned before, missing now Asks for the goal of the shelf." in said
    assert "now: nothing quoted" in said
    assert "before: “How many readers?”" in said
    assert f"Gone: Requirements: {RIGHTS.statement.removeprefix('The candidate ').capitalize()} (rights)" in said
    plain = render_difference(compare(small_card(), after), "an-attempt", width=width, colour=False, ascii_only=True)
    assert plain.isascii()


def test_the_json_has_the_same_facts():
    after = changed(goal=Judgement(GOAL, Verdict.MISSING, 0.0), scale=None, new=Judgement(LOSS, Verdict.NAMED, 0.5))
    plain = difference_to_json(compare(small_card(), replace(after, score=10.0)))

    assert (plain["before"]["score"], plain["now"]["score"], plain["changed"]) == (19.8, 10.0, [])
    assert plain["before"]["digests"] == {"scenario": "s", "rubrics": "r", "scorer": "x"}
    (verdict,) = plain["verdicts"]
    assert (verdict["stage"], verdict["criterion"]) == ("requirements", "goal")
    assert (verdict["before"]["verdict"], verdict["now"]["verdict"]) == ("reasoned", "missing")
    assert verdict["now"]["quotes"] == []
    assert [(each["criterion"], each["now"]) for each in plain["gone"]] == [("scale", None)]
    assert [(each["criterion"], each["before"]) for each in plain["new"]] == [("loss", None)]
