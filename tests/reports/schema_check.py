"""A small JSON Schema checker: exactly the keywords that our schema uses; any other is an error.

Stricter than the standard in one thing: a key that the schema does not name is a problem. Readers have to ignore keys
that a later coach may add; ours must not print any that are not documented.
"""

import re
from collections.abc import Callable
from typing import Any

KINDS: dict[str, Any] = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "null": lambda v: v is None,
}
NOTES = {"$schema", "$defs", "title", "description"}


def problems(schema: dict[str, Any], value: Any, root: dict[str, Any], path: str = "$") -> list[str]:
    """Return what of the value does not fit the schema, as `path: keyword`."""
    found: list[str] = []
    for keyword, rule in schema.items():
        if keyword in NOTES:
            continue
        if keyword == "$ref":
            found += problems(root["$defs"][rule.removeprefix("#/$defs/")], value, root, path)
        elif keyword == "anyOf":
            if all(problems(each, value, root, path) for each in rule):
                found.append(f"{path}: anyOf")
        elif keyword in ("properties", "additionalProperties"):
            for key in value if isinstance(value, dict) else ():
                known = rule.get(key) if keyword == "properties" else rule
                found += problems(known, value[key], root, f"{path}.{key}") if known else [f"{path}.{key}: unknown"]
        elif keyword == "items":
            for index, item in enumerate(value if isinstance(value, list) else ()):
                found += problems(rule, item, root, f"{path}[{index}]")
        elif not _fits(keyword, rule, value):
            found.append(f"{path}: {keyword}")
    return found


def _fits(keyword: str, rule: Any, value: Any) -> bool:
    is_number = KINDS["number"](value)
    checks: dict[str, Callable[[], Any]] = {
        "type": lambda: any(KINDS[kind](value) for kind in ([rule] if isinstance(rule, str) else rule)),
        "const": lambda: value == rule and isinstance(value, type(rule)),
        "enum": lambda: value in rule,
        "minimum": lambda: not is_number or value >= rule,
        "maximum": lambda: not is_number or value <= rule,
        "pattern": lambda: not isinstance(value, str) or re.search(rule, value) is not None,
        "required": lambda: not isinstance(value, dict) or set(rule) <= value.keys(),
    }
    return bool(checks[keyword]())
