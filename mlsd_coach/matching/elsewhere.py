"""Whether an answer speaks of this scenario or of another one.

Scenarios of one kind share most of their words, so each pair is told apart by itself: a word speaks for the scenario
that uses it more often, by the logarithm of how much more.
"""

from collections.abc import Mapping
from functools import lru_cache
from math import log

from mlsd_coach.matching.tables import load_profiles
from mlsd_coach.matching.text import Text

LEAST = 9.0
"""By so much another scenario must lead; honest gold answers stay below 5, strong samples of others are above 11."""
SMOOTH = 4.0
"""Uses in 10,000 words that every word is given: rare words tell little."""
CAP = 2.5
"""The most that one word may say."""
WORTH = 0.4
"""Words that say less than this say nothing."""


def answers_elsewhere(text: Text, own: str) -> str:
    """Return the id of the scenario that the answer speaks of instead of `own`; "" when it does not.

    A scenario of somebody else's is not known well enough for an answer to it to be doubted.
    """
    profiles = load_profiles()
    if own not in profiles:
        return ""
    leads = {
        other: sum(weight for stem, weight in _pair(own, other).items() if stem in text.positions)
        for other in sorted(profiles)
        if other != own
    }
    most = max(leads, key=lambda other: leads[other], default="")
    return most if most and leads[most] >= LEAST else ""


@lru_cache(maxsize=256)
def _pair(own: str, other: str) -> Mapping[str, float]:
    """Return stem → how much it speaks for the other scenario rather than this one."""
    profiles = load_profiles()
    here, there = profiles[own], profiles[other]
    found: dict[str, float] = {}
    for stem in sorted({*here, *there}):
        weight = log((there.get(stem, 0.0) + SMOOTH) / (here.get(stem, 0.0) + SMOOTH))
        if abs(weight) > WORTH:
            found[stem] = max(-CAP, min(CAP, weight))
    return found
