"""The committed tables of word weights, near words and known words, read once."""

import json
from functools import cache
from importlib import resources
from typing import Any

from mlsd_coach.matching.similarity import Words


@cache
def load_words() -> Words:
    """Return the word weights and near words (`python -m benchmarks.make_words` writes them)."""
    table = _read("words.json")
    return Words(table["idf"], table["rare"], table["near"])


@cache
def load_known() -> frozenset[str]:
    """Return the English words that count as spelt right, folded."""
    return frozenset(_read("words.json")["known"].split())


@cache
def load_profiles() -> dict[str, dict[str, float]]:
    """Return, for each shipped scenario, the stems that are its own, with their weights."""
    return _read("profiles.json")


@cache
def _read(name: str) -> dict[str, Any]:
    text = resources.files("mlsd_coach.matching").joinpath("data", name).read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table
