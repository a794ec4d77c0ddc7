"""Cleaning of text that comes from files: line ends, and characters that act on a terminal instead of being read."""

import re

# C0 but newline and tab, DEL, C1, and the bidirectional overrides and isolates: an escape sequence or a reversed line
# in a pack or an answers file would otherwise reach the terminal.
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain_text(text: str) -> str:
    """Return `text` with Unix line ends, without control characters and bidirectional overrides."""
    return _ACTING.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def did_you_mean(word: str, known: "tuple[str, ...] | list[str]") -> str:
    """Return `; did you mean 'x'?` for the nearest of `known`, or nothing when none is near."""
    from difflib import get_close_matches  # only a mistake pays for the import

    near = get_close_matches(word.casefold(), [name.casefold() for name in known], n=1, cutoff=0.6)
    if not near:
        return ""
    name = next(name for name in known if name.casefold() == near[0])
    return f"; did you mean '{name}'?"
