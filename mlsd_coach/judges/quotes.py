"""Quotes held against the answer: a passage counts only where it stands there, white space and case aside."""

from functools import lru_cache

from mlsd_coach.models import Evidence

LEAST_QUOTE = 12
"""Characters of a quote, white space folded; shorter ones stand in any answer by chance."""
MOST_QUOTES = 3


def find_quote(answer: str, quote: str) -> Evidence | None:
    """Return the first place of the answer that reads as the quote, or None."""
    wanted = _folded(quote)[0].strip()
    if len(wanted) < LEAST_QUOTE:
        return None
    text, places = _folded(answer)
    at = text.find(wanted)
    if at < 0:
        return None
    start, end = places[at], places[at + len(wanted) - 1] + 1
    return Evidence(answer[start:end], start, end)


@lru_cache(maxsize=32)
def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text with case and white space folded, and for each of its characters the offset it came from."""
    folded: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        if char.isspace():
            if not folded or folded[-1] != " ":
                folded.append(" ")
                places.append(at)
            continue
        for part in char.casefold():  # one character may become two
            folded.append(part)
            places.append(at)
    return "".join(folded), tuple(places)
