"""Second opinions in the debrief: beside each verdict, counted, and only text."""

import json
from dataclasses import replace

from mlsd_coach.judges.contract import opinion_from_json, opinion_to_json, with_opinions
from mlsd_coach.models import Opinion, SecondOpinion, Tally, Verdict
from mlsd_coach.reports.debrief import build_debrief
from mlsd_coach.reports.markdown import render_debrief_markdown
from mlsd_coach.scoring.contract import scorecard_to_json
from tests.reports.samples import ANSWER, quote_of, small_card, small_levels, small_scenario
from tests.reports.schema_check import problems
from tests.reports.test_json_contract import SCHEMA

LLM = SecondOpinion(
    "llm",
    "a_model",
    (
        Opinion("requirements", "goal", Verdict.REASONED, "Yes.", quote_of(ANSWER, "come back")),
        Opinion("requirements", "scale", Verdict.MISSING, "No <b>number</b>\x1b[31m *at all*."),
        Opinion("data", "label", Verdict.NOT_JUDGED, "The reply is not JSON."),
        Opinion("models", "loss", Verdict.MISSING, "Not there."),
        Opinion("models", "gone-since", Verdict.NAMED, "This criterion is not in the card."),
    ),
    host="llm.example:81",
    tally=Tally(4, 1, 1, 100, 10),
)
SEMANTIC = SecondOpinion(
    "semantic",
    "small",
    (
        Opinion("requirements", "goal", Verdict.NAMED, "", quote_of(ANSWER, "come back"), 0.713),
        Opinion("requirements", "scale", Verdict.MAYBE, "", (), 0.4),
        Opinion("data", "label", Verdict.NAMED, "", (), 0.6),
    ),
    reads_reasons=False,
)


def view(*opinions: SecondOpinion):
    return build_debrief(small_card(), small_scenario(), small_levels(), prediction=None, mode=None, opinions=opinions)


def said(*opinions: SecondOpinion) -> dict[str, list[str]]:
    return {c["id"]: [o["words"] for o in c["opinions"]] for s in view(*opinions)["stages"] for c in s["criteria"]}


def test_each_verdict_has_the_opinions_below_it():
    assert said(LLM, SEMANTIC) == {
        "goal": ["llm agrees: reasoned", "semantic agrees: covered (0.71)"],
        "scale": ["llm differs: missing", "semantic: maybe (0.40)"],
        "label": ["llm: not judged", "semantic: covered (0.60)"],
    }
    assert set(map(tuple, said().values())) == {()}


def test_the_summary_counts_what_can_be_compared():
    llm, semantic = view(LLM, SEMANTIC)["judges"]

    # The models stage was not judged by the scorer, the label not by the model.
    assert llm["words"] == "The coach and llm (a_model): they agree on 1 of 2. 2 are not judged."
    assert semantic["words"] == (
        "The coach and semantic (small), on what is covered: they agree on 1 of 1. 2 are in doubt."
    )
    assert view()["judges"] == []


def test_nothing_else_of_the_debrief_changes():
    alone, heard = view(), view(LLM, SEMANTIC)

    for each in (alone, heard):
        each["judges"] = []
        for stage in each["stages"]:
            for criterion in stage["criteria"]:
                criterion["opinions"] = []
    assert alone == heard


def test_a_model_s_words_are_text_in_markdown():
    text = render_debrief_markdown(small_card(), None, small_levels(), prediction=None, mode=None, opinions=(LLM,))

    assert "The coach and llm (a\\_model): they agree on 1 of 2. 2 are not judged." in text
    assert "- **llm differs: missing**. No \\<b\\>number\\</b\\>\\[31m \\*at all\\*." in text


def test_the_contract_with_opinions_fits_the_schema():
    obj = json.loads(json.dumps(with_opinions(scorecard_to_json(small_card()), (LLM, SEMANTIC))))

    assert problems(SCHEMA, obj, SCHEMA) == []
    assert [judge["not_compared"] for judge in obj["judges"]] == [2, 2]
    assert with_opinions(scorecard_to_json(small_card()), ()) == scorecard_to_json(small_card())


def test_opinions_make_the_round_trip():
    for second in (LLM, SEMANTIC, replace(LLM, opinions=())):
        assert opinion_from_json(json.loads(json.dumps(opinion_to_json(second)))) == second
