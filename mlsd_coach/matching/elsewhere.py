"""Whether an answer speaks of this scenario or of another one."""

from collections.abc import Mapping

from mlsd_coach.matching.text import Text

Profile = Mapping[str, float]
"""Stem → how much more it is used in one scenario than elsewhere (log odds)."""

LEAST = 9.0
"""Under this weight of another scenario's words an answer is not doubted."""
TIMES = 2.0
"""So many times the weight of this scenario's own words must the other's have; honest gold answers stay below 1.7."""


def weigh_words(text: Text, profile: Profile) -> float:
    """Return the weight of a scenario's own words in a text, each stem counted once."""
    return sum(weight for stem, weight in profile.items() if stem in text.positions)


def answers_elsewhere(text: Text, own: Profile, others: Mapping[str, Profile]) -> str:
    """Return the id of the scenario that the answer speaks of instead of this one; "" when it does not."""
    here = weigh_words(text, own)
    for scenario, profile in sorted(others.items()):
        # A word that both scenarios use tells nothing.
        there = sum(w for stem, w in profile.items() if stem in text.positions and stem not in own)
        if there >= LEAST and there >= TIMES * (here + 1.0):
            return scenario
    return ""
