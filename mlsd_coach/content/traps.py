"""What an unquoted YAML word means, and the words on which YAML readers disagree."""

import re
from typing import Any

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_SWITCHES = {form(word) for word in ("yes", "no", "on", "off") for form in (str.lower, str.capitalize, str.upper)}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
_REAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)\Z")
_TRAPS = (
    (re.compile(r"[-+]?0[0-7_]+\Z"), "is read as an octal number by some YAML readers"),
    (re.compile(r"[-+]?0[xob][0-9a-fA-F_]+\Z"), "is read as a hexadecimal, octal or binary number"),
    (re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9_]*)?\Z"), "is read as a number to the base of sixty"),
    (re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?\Z"), "is read as a number by some YAML readers only"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?\Z"), "is read as a date"),
    (re.compile(r"[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z"), "is read as a number that is none"),
    (re.compile(r"[-+]?[0-9]{19,}\Z"), "is too long for a number"),
)


def read_scalar(word: str) -> tuple[Any, str]:
    """Read an unquoted `word`: (value, complaint); the complaint is empty when all YAML readers agree on it."""
    if word in _NULLS:
        return None, ""
    if word in _BOOLEANS:
        return _BOOLEANS[word], ""
    if word in _SWITCHES:
        return word, f"unquoted {word} is read as true or false by some YAML readers: {_switch_fix(word)}"
    if word[0] in "-+.0123456789":
        return _read_number(word)
    return word, ""


def _switch_fix(word: str) -> str:
    meant = "true" if word.lower() in {"yes", "on"} else "false"
    return f'write "{word}" in quotes for the text, or {meant}'


def _read_number(word: str) -> tuple[Any, str]:
    if _INTEGER.match(word):
        return int(word), ""
    for pattern, complaint in _TRAPS:
        if pattern.match(word):
            shown = word[:40]
            return (
                word,
                f'unquoted {shown} {complaint}: write "{shown}" in quotes for the text, or a plain decimal number',
            )
    if _REAL.match(word):
        return float(word), ""
    return word, ""
