"""The names of the stages as people write them: ids and titles, whatever the case, punctuation and numbering."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from mlsd_coach.models import STAGES, Scenario

_WORD = re.compile(r"[^\W_]+")
_NUMBERING = re.compile(r"\s*(?:stage|part|step)?\s*\d{1,2}\s*[.):–—-]\s*", re.IGNORECASE)
_MINUTES = re.compile(r"\s*[(\[]\s*\d+\s*(?:min|minutes|m|')?\s*[)\]]\s*\Z", re.IGNORECASE)


def stage_names(scenario: Scenario) -> dict[str, str]:
    """Map folded ids and titles to stage ids, also of stages left out; the scenario's own titles win."""
    names = {fold_name(stage): stage for stage in STAGES}
    names.update({fold_name(stage.title): stage.id for stage in scenario.stages if fold_name(stage.title)})
    names.update({fold_name(stage.id): stage.id for stage in scenario.stages})
    return names


def fold_name(text: str) -> str:
    """Fold a heading: no case, punctuation, numbering or minutes."""
    plain = _MINUTES.sub("", _NUMBERING.sub("", normalize("NFKC", text), count=1))
    return " ".join(_WORD.findall(plain.casefold().replace("&", " and ")))


def near_stage(text: str, names: Mapping[str, str]) -> str:
    """Return the stage that a mistyped heading probably means, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(fold_name(text), list(names), n=1, cutoff=0.8)
    return names[near[0]] if near else ""
