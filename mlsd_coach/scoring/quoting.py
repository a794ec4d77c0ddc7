"""The candidate's own quote found in their answer: an exact slice, white space and case aside."""

import re
from difflib import SequenceMatcher

from mlsd_coach.matching.text import read_text
from mlsd_coach.models import Evidence

NEAR = 0.35
"""A sentence less like the words than this is not offered as what was meant."""
_MARKS = "\"'“”‘’«»„ \t\n"


def find_slice(answer: str, words: str) -> Evidence | None:
    """Return the first place of an answer that reads as these words, or None; quotation marks around them may go."""
    for wanted in dict.fromkeys((tuple(words.split()), tuple(words.strip(_MARKS).split()))):
        pattern = r"\s+".join(map(re.escape, wanted))
        if not pattern:
            continue
        # Whole words before parts of words: "rank" is not first of all in "frank".
        for around in (rf"(?<!\w){pattern}(?!\w)", pattern):
            match = re.search(around, answer, re.IGNORECASE)
            if match:
                return Evidence(answer[match.start() : match.end()], match.start(), match.end())
    return None


def nearest_sentence(answer: str, words: str) -> str:
    """Return the sentence of an answer that is most like these words, "" when none is like them at all."""
    wanted = " ".join(words.casefold().split())
    sentences = [answer[segment.start : segment.end] for segment in read_text(answer).segments]
    rated = [(SequenceMatcher(None, wanted, " ".join(each.casefold().split())).ratio(), each) for each in sentences]
    likeness, nearest = max(rated, key=lambda pair: pair[0], default=(0.0, ""))
    return nearest if likeness >= NEAR else ""
