from dataclasses import replace
from typing import Any

from mlsd_coach.models import Mode, Scorecard
from mlsd_coach.reports.debrief import as_deed, build_debrief, clock, stage_view
from tests.reports.samples import ANSWER, small_card, small_levels, small_scenario


def view_of(card: Scorecard | None = None, **more: Any) -> dict[str, Any]:
    options: dict[str, Any] = {"prediction": 30, "mode": Mode.MOCK} | more
    return build_debrief(card or small_card(), small_scenario(), small_levels(), **options)


def test_the_result_stands_with_its_band_level_and_meaning():
    view = view_of()

    assert (view["score"], view["level"], view["mode"]) == ("19.8", "senior", "mock")
    assert view["band"] == {"id": "no-hire", "title": "No hire yet", "meaning": "This is practice."}
    assert view["reached"] == {"id": None, "title": "none yet", "why": "You met 2 of 4 mid criteria."}


def test_there_is_one_first_gap_with_its_fix():
    gap = view_of()["first_gap"]

    assert (gap["stage_title"], gap["says"]) == ("Requirements", "Asks how many readers there are.")
    assert (gap["verdict"], gap["fix"]) == ("named", "Ask for readers a day and books.")
    assert gap["quotes"] == ["How many readers?"]


def test_without_a_gap_there_is_none():
    assert view_of(replace(small_card(), first_gap=None))["first_gap"] is None


def test_what_went_best_has_points_and_evidence():
    best = view_of()["best"]

    assert [(each["stage"], each["verdict"]) for each in best] == [
        ("Requirements", "reasoned"),
        ("Requirements", "named"),
    ]


def test_each_stage_has_its_points_weight_share_and_time():
    rows = {row["id"]: row for row in view_of()["overview"]}

    first = rows["requirements"]
    assert (first["score"], first["weight"], first["share"]) == ("72", 3, 27)
    assert (first["used"], first["budget"], first["over"]) == ("6:40", "6:00", "0:40")
    assert (rows["data"]["used"], rows["data"]["over"]) == ("1:40", "")
    assert (rows["candidates"]["attempted"], rows["candidates"]["used"]) == (False, "")
    assert (rows["models"]["attempted"], rows["models"]["is_judged"]) == (True, False)


def test_criteria_come_with_quote_what_is_missing_and_what_would_have_earned_it():
    reasoned, named = view_of()["stages"][0]["criteria"]

    assert reasoned["quotes"] == [ANSWER.split("\n")[0]]
    assert (reasoned["missing"], reasoned["advice"], reasoned["earning"]) == ("", "", "")
    assert named["missing"] == "It is only named."
    assert named["earning"].startswith("How many readers a day?")


def test_what_is_above_the_level_and_missing_is_not_held_against_the_candidate():
    stage = view_of()["stages"][0]

    assert [each["id"] for each in stage["criteria"]] == ["goal", "scale"]
    assert stage["above"] == ["Asks which books may be shown where"]


def test_without_a_level_every_criterion_counts():
    stage = stage_view(small_card().stages[0])

    assert [each["id"] for each in stage["criteria"]] == ["goal", "scale", "rights"]


def test_a_stage_left_out_or_not_judged_lists_no_criteria():
    stages = {stage["id"]: stage for stage in view_of()["stages"]}

    assert (stages["candidates"]["criteria"], stages["models"]["criteria"]) == ([], [])
    assert stages["models"]["guard"] == "not prose: the same sentence again and again"


def test_strong_samples_only_of_stages_that_were_attempted():
    scenario = small_scenario()
    samples = {stage["id"]: stage["sample"] for stage in view_of()["stages"]}

    assert samples["requirements"] == scenario.stage("requirements").samples.strong
    assert samples["candidates"] == ""


def test_the_details_can_be_limited_but_not_the_sums():
    view = view_of(stages=["data"])

    assert [stage["id"] for stage in view["stages"]] == ["data"]
    assert len(view["overview"]) == 4


def test_the_prediction_is_held_against_the_result():
    assert view_of(prediction=None)["prediction"] is None
    assert view_of(prediction=22)["prediction"]["words"] == "you read yourself well"
    assert view_of(prediction=50)["prediction"]["words"] == "30 lower than you thought"
    assert view_of(prediction=0)["prediction"]["words"] == "20 higher than you thought"


def test_all_signals_are_there_also_those_not_asked():
    signals = {signal["id"]: signal for signal in view_of()["signals"]}

    assert signals["product-sense"]["score"] == "100"
    assert (signals["ml-depth"]["score"], signals["ml-depth"]["asked"]) == (None, 0)


def test_control_characters_never_get_into_the_view():
    card = small_card()
    judgement = card.stages[0].judgements[0]
    quote = replace(judgement.evidence[0], quote="\x1b[31mred\u202e")
    stage = replace(card.stages[0], judgements=(replace(judgement, evidence=(quote,)),), title="T\x07")
    view = view_of(replace(card, stages=(stage,), title="\x1b]0;owned\x07"))

    assert "\x1b" not in str(view)
    assert view["stages"][0]["criteria"][0]["quotes"] == ["[31mred"]


def test_a_card_without_its_scenario_or_bands_still_reads():
    from mlsd_coach.models import Levels

    view = build_debrief(small_card(), None, Levels((), (), ()), prediction=None, mode=None)

    assert view["band"] == {"id": "no-hire", "title": "no-hire", "meaning": ""}
    assert view["level_title"] == "Senior"


def test_times_and_deeds_in_words():
    assert [clock(seconds) for seconds in (0, 59.6, 3600, -5)] == ["0:00", "1:00", "60:00", "0:00"]
    assert as_deed("The candidate names it.") == "Names it."
    assert as_deed("Names it.") == "Names it."
