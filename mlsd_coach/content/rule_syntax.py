"""The syntax of evidence rules, checked with a trail to each mistake; what a rule means is the matcher's business."""

import re
from collections.abc import Iterator

from mlsd_coach.content.guard_limits import Trail
from mlsd_coach.content.texts import did_you_mean

KEYS = ("any", "all", "near", "count", "not")
NUMBER_KINDS = ("time", "percent", "count", "bytes", "rate")

_RULE_KEYS = {"evidence", "reasoned", "when", "unless", "where", "repaired", "in_data", "in_features", "as_number"}
_RULE_LIST_KEYS = {"asks", "patterns"}
_PLACEHOLDER = re.compile(r"<([^<>]*)>|<(?=number\b)")
_MATTER = re.compile(r"[^\W_]|%")

Known = frozenset[str] | None
"""Ids of the concepts; None when they are not known and so cannot be checked."""

Found = tuple[Trail, str]
"""Where in the file, and what is wrong."""


def rules_in(node: object, trail: Trail = ()) -> Iterator[tuple[Trail, object]]:
    """Yield every rule of a file as (trail, rule), however broken the rest of the file is."""
    if isinstance(node, list):
        for index, part in enumerate(node):
            yield from rules_in(part, (*trail, index))
    elif isinstance(node, dict):
        for key, part in node.items():
            here = (*trail, key)
            if key in _RULE_KEYS and part is not None:
                yield here, part
            elif key in _RULE_LIST_KEYS and isinstance(part, list):
                yield from (((*here, index), rule) for index, rule in enumerate(part))
            else:
                yield from rules_in(part, here)


def check_rule(rule: object, known_concepts: Known, trail: Trail = (), inside: str = "") -> Iterator[Found]:
    """Yield what is wrong with a rule; concepts are not checked when `known_concepts` is None.

    `inside` is the key that holds the rule, since `not` is only for `near` and `all`.
    """
    if isinstance(rule, str):
        yield from ((trail, message) for message in _check_phrase(rule, known_concepts))
    elif not isinstance(rule, dict) or len(rule) != 1 or next(iter(rule)) not in KEYS:
        yield trail, _not_a_rule(rule)
    else:
        key, value = next(iter(rule.items()))
        yield from _check_mapping(key, value, known_concepts, trail, inside)


def _not_a_rule(rule: object) -> str:
    if isinstance(rule, list):
        return "a rule is a phrase or a mapping, not a list: put the list under any, all or near"
    if isinstance(rule, dict) and len(rule) != 1:
        found = ", ".join(map(str, rule)) or "none"
        return f"a rule has one key of {', '.join(KEYS)}; found {found}: join them under all or any"
    if isinstance(rule, dict):
        key = str(next(iter(rule)))
        return f"unknown key '{key}' in a rule{did_you_mean(key, KEYS)}; known here: {', '.join(KEYS)}"
    found = "nothing" if rule is None else str(rule)
    return f"a rule is a phrase or a mapping; found {found}: put it in quotes if it is a phrase"


def _check_mapping(key: str, value: object, known: Known, trail: Trail, inside: str) -> Iterator[Found]:
    here = (*trail, key)
    if key == "not":
        if inside not in {"near", "all"}:
            yield here, "`not` only works inside `near` or `all`, beside a rule that must be there"
        yield from check_rule(value, known, here, "not")
    elif key == "count":
        yield from _check_count(value, known, here)
    else:
        yield from _check_members(key, value, known, here)


def _check_members(key: str, value: object, known: Known, here: Trail) -> Iterator[Found]:
    if not isinstance(value, list) or not value:
        yield here, f"`{key}` needs a list of rules"
        return
    if key in {"near", "all"} and all(isinstance(part, dict) and "not" in part for part in value):
        yield here, f"`{key}` needs at least one member that is not a `not`"
    elif key == "near" and len(value) < 2:
        yield here, "`near` needs at least two members"
    for index, part in enumerate(value):
        yield from check_rule(part, known, (*here, index), key)


def _check_count(value: object, known: Known, here: Trail) -> Iterator[Found]:
    if not isinstance(value, dict) or set(value) != {"at_least", "of"}:
        yield here, "`count` needs the keys at_least and of: count: {at_least: 2, of: [...]}"
        return
    wanted, members = value["at_least"], value["of"]
    if not isinstance(members, list) or not members:
        yield (*here, "of"), "`of` needs a list of rules"
        return
    if not isinstance(wanted, int) or isinstance(wanted, bool) or not 1 <= wanted <= len(members):
        yield (*here, "at_least"), f"at_least must be a whole number from 1 to {len(members)}, the number of members"
    for index, part in enumerate(members):
        yield from check_rule(part, known, (*here, "of", index), "count")


def _check_phrase(phrase: str, known: Known) -> Iterator[str]:
    for alternative in (part.strip() for part in phrase.split("|")):
        if not alternative:
            yield "an empty alternative: write words on both sides of each |" if "|" in phrase else "an empty phrase"
        elif alternative.startswith("@"):
            yield from _check_concept(alternative[1:], known)
        else:
            yield from _check_words(alternative)


def _check_words(alternative: str) -> Iterator[str]:
    if "…" in alternative:
        yield "write a gap as three dots (...), not as the one character …"
    if not _MATTER.search(alternative):
        yield f"nothing to match in '{alternative}'"
    for word in alternative.split():
        if "*" in word and not re.fullmatch(r"[^\W_][^*]*\*", word):
            yield f"* stands at the end of a word: '{word}'"
    yield from _check_placeholders(alternative)


def _check_placeholders(alternative: str) -> Iterator[str]:
    for match in _PLACEHOLDER.finditer(alternative):
        name = match[1]
        if name is None:
            yield "a < without its >: write <number> or <number:kind>"
            continue
        head, _, kind = name.partition(":")
        if head != "number" or (":" in name and kind not in NUMBER_KINDS):
            near = did_you_mean(kind, NUMBER_KINDS) if head == "number" else ""
            kinds = ", ".join(f"<number:{kind}>" for kind in NUMBER_KINDS)
            yield f"unknown <{name}>{near}; known are <number>, {kinds}"


def _check_concept(name: str, known: Known) -> Iterator[str]:
    if not name:
        yield "an @ without the id of a concept"
    elif " " in name:
        yield f"a concept stands alone between two |: '@{name}'"
    elif known is not None and name not in known:
        yield f"unknown concept @{name}{did_you_mean(name, sorted(known))}; the concepts are in lexicon.yaml"
