"""The committed JSON Schemas, the shipped files and docs/authoring.md say what the models say."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from mlsd_coach.commands.schema import schema_text
from mlsd_coach.content.guard import read_document
from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.content.schema import MODELS, json_schema
from mlsd_coach.content.template import SCHEMA_FOLDER
from tests.content.key_tables import DOCUMENT, with_tables

EXAMPLE = re.compile(r"```yaml\n# (\S+\.yaml)\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("kind", MODELS)
def test_the_committed_schema_is_that_of_the_models(kind: str) -> None:
    committed = (SCHEMA_FOLDER / f"{kind}.schema.json").read_text(encoding="utf-8")

    assert committed == schema_text(kind), "run: mlsd-coach schema --write mlsd_coach/content/schemas"


@pytest.mark.parametrize("kind", MODELS)
def test_every_key_has_a_description_and_no_key_is_left_open(kind: str) -> None:
    schema = json_schema(kind)
    mappings = [schema, *(part for name, part in schema["$defs"].items() if name != "Rule")]
    for mapping in mappings:
        assert mapping["additionalProperties"] is False
        for key, value in mapping["properties"].items():
            assert value.get("description", "").endswith((".", "...")), (mapping["title"], key)


def test_every_reference_in_a_schema_leads_somewhere() -> None:
    for kind in MODELS:
        schema = json_schema(kind)
        for name in re.findall(r'"#/\$defs/(\w+)"', json.dumps(schema)):
            assert name in schema["$defs"]


def test_each_shipped_file_names_its_schema_in_its_head() -> None:
    without = []
    for source in Library([builtin_root()]).sources:
        head = source.path.read_text(encoding="utf-8").partition("\n")[0]
        address = source.path.parent / head.removeprefix("# yaml-language-server: $schema=")
        if address.resolve() != SCHEMA_FOLDER / f"{source.shape}.schema.json":
            without.append(f"{source.path}: {head}")

    assert without == []


def test_shipped_content_has_no_problems() -> None:
    assert [str(problem) for problem in Library([builtin_root()]).problems()] == []


def test_the_tables_of_keys_in_the_docs_are_in_sync() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    assert with_tables(text) == text, "run: python -m tests.content.key_tables"


def test_the_examples_in_the_docs_load_and_show_every_key(tmp_path: Path) -> None:
    shown: set[str] = set()
    for name, text in EXAMPLE.findall(DOCUMENT.read_text(encoding="utf-8")):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        shown |= _keys(read_document(text.encode(), name).data)

    problems = [str(problem) for problem in Library([tmp_path]).problems()]
    assert [problem for problem in problems if "leave it out with a reason" not in problem] == []
    assert Library([tmp_path]).scenario("recipe-search").stage("data").own == {"cooked-label"}
    wanted = {key for kind in MODELS for part in _mappings(kind) for key in part["properties"]}
    assert wanted <= shown


def _mappings(kind: str) -> list[dict[str, Any]]:
    schema = json_schema(kind)
    return [schema, *(part for name, part in schema["$defs"].items() if name != "Rule")]


def _keys(node: object) -> set[str]:
    if isinstance(node, dict):
        return set(node).union(*map(_keys, node.values()))
    return set().union(*map(_keys, node)) if isinstance(node, list) else set()
