"""The tables of keys in docs/authoring.md, made from the schema: `python -m tests.content.key_tables` writes them."""

import json
import re
from pathlib import Path
from typing import Any

from mlsd_coach.content.schema import MODELS, json_schema

DOCUMENT = Path(__file__).parents[2] / "docs" / "authoring.md"
_BLOCK = re.compile(r"(<!-- keys: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

Node = dict[str, Any]


def with_tables(text: str) -> str:
    """Return the document with every table of keys made anew."""
    shown: set[str] = set()

    def fill(match: re.Match[str]) -> str:
        return match[1] + "\n" + "\n".join(_tables(match[2], shown)) + "\n" + match[3]

    return _BLOCK.sub(fill, text)


def _tables(kind: str, shown: set[str]) -> list[str]:
    schema = json_schema(kind)
    lines: list[str] = []
    waiting: list[tuple[str, Node]] = [("", schema)]
    while waiting:
        where, node = waiting.pop(0)
        if "properties" not in node or node["title"] in shown:
            continue
        shown.add(node["title"])
        lines += [f"**`{where}`**: {_sentence(node)}" if where else f"**The file**, {_sentence(node)}", ""]
        lines += ["| key | type | default | meaning |", "|---|---|---|---|"]
        for key, value in node["properties"].items():
            is_needed = key in node.get("required", ())
            default = "needed" if is_needed else _default(value.get("default"))
            lines.append(f"| `{key}` | {_type(schema, value)} | {default} | {value['description']} |")
            waiting += [(f"{where}.{inner}".strip("."), part) for inner, part in _inner(schema, key, value)]
        lines.append("")
    return lines


def _sentence(node: Node) -> str:
    text = str(node["description"])
    return (
        text[0].lower() + text[1:]
        if not text.startswith(("rubrics/", "scenarios/"))
        else f"`{text.replace(':', '`:', 1)}"
    )


def _default(value: object) -> str:
    return "none" if value in (None, [], {}) else f"`{json.dumps(value)}`".replace('"', "")


def _parts(schema: Node, node: Node) -> list[Node]:
    if "$ref" in node:
        return [schema["$defs"][node["$ref"].rsplit("/", 1)[-1]] | {"ref": node["$ref"]}]
    return [
        part
        for each in (*node.get("anyOf", ()), *node.get("oneOf", ()))
        for part in _parts(schema, each)
        if each != {"type": "null"}
    ] or [node]


def _type(schema: Node, node: Node) -> str:
    return " or ".join(_one_type(schema, part) for part in _parts(schema, node))


def _one_type(schema: Node, node: Node) -> str:
    if node.get("ref", "").endswith("/Rule"):
        return "rule"
    if "const" in node:
        return f"`{node['const']}`"
    if "enum" in node:
        return "a stage" if "high-level-design" in node["enum"] else ", ".join(f"`{word}`" for word in node["enum"])
    if node["type"] == "array":
        return f"list of {_type(schema, node['items'])}"
    if node["type"] == "object" and "properties" not in node:
        is_stage = "enum" in node.get("propertyNames", {})
        return f"{'stage' if is_stage else 'name'} to {_type(schema, _of_any_key(node))}"
    words = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
    return words.get(node["type"], "mapping")


def _of_any_key(node: Node) -> Node:
    """Return what a mapping with names of the author's own holds."""
    patterns = node.get("patternProperties", {})
    found: Node = next(iter(patterns.values())) if patterns else node.get("additionalProperties") or {}
    return found


def _inner(schema: Node, key: str, node: Node) -> list[tuple[str, Node]]:
    found: list[tuple[str, Node]] = []
    for part in _parts(schema, node):
        if "properties" in part:
            found.append((key, part))
        elif part.get("type") == "array":
            found += [(f"{name}[]", inner) for name, inner in _inner(schema, key, part["items"])]
        elif _of_any_key(part):
            found += _inner(schema, f"{key}.<name>", _of_any_key(part))
    return found


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{len(MODELS)} kinds of file written to {DOCUMENT.name}")
