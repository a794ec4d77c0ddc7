import copy
import json
from pathlib import Path
from typing import Any

import pytest

from mlsd_coach.scoring.contract import scorecard_from_json, scorecard_to_json
from tests.reports.samples import small_card
from tests.reports.schema_check import problems

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "mlsd_coach/reports/schemas/scorecard.schema.json").read_text(encoding="utf-8"))
DOCS = (ROOT / "docs/json.md").read_text(encoding="utf-8")
OBJECTS = {"": SCHEMA, **SCHEMA["$defs"]}


def card() -> dict[str, Any]:
    obj: dict[str, Any] = json.loads(json.dumps(scorecard_to_json(small_card())))
    return obj


def test_a_scorecard_fits_the_schema():
    assert problems(SCHEMA, card(), SCHEMA) == []


def test_a_scorecard_without_a_gap_or_a_level_fits_the_schema():
    obj = card() | {"first_gap": None, "level_reached": "mid", "band": ""}

    assert problems(SCHEMA, obj, SCHEMA) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 2),
        (("score",), 101),
        (("level",), "principal"),
        (("extra",), 1),
        (("stages", 0, "criteria", 0, "verdict"), "MISSING"),
        (("stages", 0, "criteria", 0, "evidence", 0, "start"), -1),
        (("stages", 0, "seconds"), "400"),
        (("first_gap",), {"stage": "data"}),
        (("digests",), None),
    ],
)
def test_the_schema_refuses_what_is_not_in_the_contract(path, value):
    obj: Any = card()
    inner = obj
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value

    assert problems(SCHEMA, obj, SCHEMA) != []


@pytest.mark.parametrize("key", ["format", "scenario", "level", "score", "stages", "first_gap", "digests"])
def test_the_schema_asks_for_every_key_of_the_contract(key):
    obj = card()
    del obj[key]

    assert problems(SCHEMA, obj, SCHEMA) == ["$: required"]


def test_the_contract_makes_the_round_trip():
    obj = card()

    assert scorecard_from_json(copy.deepcopy(obj)) == scorecard_from_json(obj)
    assert scorecard_to_json(scorecard_from_json(obj)) == obj


def test_every_quote_is_a_slice_of_its_answer():
    for stage in card()["stages"]:
        for criterion in stage["criteria"]:
            for evidence in criterion["evidence"]:
                assert stage["answer"][evidence["start"] : evidence["end"]] == evidence["quote"]


@pytest.mark.parametrize("name", OBJECTS)
def test_the_page_documents_every_field_in_the_words_of_the_schema(name):
    section = DOCS.split("## The scorecard")[1].split("\n## ")[0]
    part = section.split(f"### {name}\n")[1] if name else section
    rows = [line for line in part.split("\n###")[0].splitlines() if line.startswith("| `")]

    documented = {row.split("`")[1]: row.rsplit(" | ", 1)[1].removesuffix(" |") for row in rows}
    assert documented == {key: field["description"] for key, field in OBJECTS[name]["properties"].items()}
