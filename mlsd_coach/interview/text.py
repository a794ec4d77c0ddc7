"""What a candidate types, made safe to keep and to show again; and its length in words."""

import re
from functools import cache, lru_cache

# C0 but newline and tab, DEL, C1, bidirectional overrides and isolates, lone surrogates.
_UNSAFE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
# A character of Chinese, Japanese or Korean counts as a word: those texts have no spaces to count by.
_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = rf"[{_WIDE}]|[^\s{_WIDE}]*\w[^\s{_WIDE}]*"


def clean(text: str) -> str:
    """Return the text with line feeds for line ends, without control characters, bidi overrides and lone surrogates.

    What is left can be stored as UTF-8 and printed to any terminal; newlines and tabs stay. Cleaning twice changes
    nothing more.
    """
    if not text:
        return text
    unsafe = _compiled(_UNSAFE)
    if unsafe.search(text) is None:
        return text
    return unsafe.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def count_words(text: str) -> int:
    """Return the number of words, counting bullets and arrows as none."""
    return sum(_words_in(line) for line in text.split("\n")) if text else 0


@lru_cache(maxsize=4096)
def _words_in(line: str) -> int:
    # Line by line from memory: the count is shown with every key, and one line has changed.
    return len(_compiled(_WORD).findall(line)) if line else 0


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Not at import: these take several milliseconds, and the first screen has no text yet.
    return re.compile(pattern)
