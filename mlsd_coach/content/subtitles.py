"""Subtitle files (WebVTT and SRT) as utterances: cue numbers, settings, notes and repeated lines are left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from mlsd_coach.content.speech import TIME, Utterance, clean_words, read_time

_TIMING = re.compile(rf"\s*({TIME})\s*-->\s*({TIME})(?:\s.{{0,200}})?\Z")
_NUMBER = re.compile(r"\s*\d{1,6}\s*\Z")
_ASIDE = re.compile(r"\s*(?:NOTE|STYLE|REGION)(?:\s|\Z)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,60})?\s+([^<>\n]{1,80})>|</v>", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:[-–—]\s+|>+\s*)")
TOUCHING = 0.15
"""Seconds between two cues below which the second may show the first one's line again (rolling captions)."""


def is_subtitles(text: str) -> bool:
    """Tell whether a text is a subtitle file: it says so, or has a cue's timing line near its beginning."""
    if text.lstrip().startswith("WEBVTT"):
        return True
    return any(_TIMING.match(line) for line in text[:4000].split("\n"))


def read_subtitles(text: str) -> tuple[Utterance, ...]:
    """Return the utterances of a WebVTT or SRT file in their order; times are in seconds.

    A line between two cues that may be a marker is kept too, as not spoken.
    """
    reader = _Cues()
    for number, line in enumerate(text.split("\n"), 1):
        reader.take(number, line)
    reader.flush()
    return tuple(reader.found)


@dataclass
class _Cues:
    """Reads line by line; tools differ in whether they put empty lines between the cues."""

    found: list[Utterance] = field(default_factory=list)
    cue: tuple[float, float] | None = None
    lines: list[tuple[int, str]] = field(default_factory=list)
    """What came since the last timing line or empty line."""
    is_aside: bool = False
    last_text: str = ""
    last_end: float = -1.0

    def take(self, number: int, line: str) -> None:
        """Take in the next line."""
        if timing := _TIMING.match(line):
            if self.lines and _NUMBER.match(self.lines[-1][1]):
                self.lines.pop()  # the number of the cue that begins here
            elif self.cue is None and self.lines:
                self.lines = [each for each in self.lines if _stays(each[1])]  # its name, which nobody spoke
            self.flush()
            self.cue, self.is_aside = (read_time(timing[1]), read_time(timing[2])), False
        elif not line.strip():
            self.flush()
            self.cue, self.is_aside = None, False
        elif not self.lines and self.cue is None and _ASIDE.match(line):
            self.is_aside = True
        elif not self.is_aside:
            self.lines.append((number, line))

    def flush(self) -> None:
        """Put what was collected among the utterances."""
        lines, self.lines = self.lines, []
        if self.cue is None:
            self.found += [Utterance(number, line.strip(), spoken=False) for number, line in lines if _stays(line)]
            return
        start, end = self.cue
        touches = start - self.last_end <= TOUCHING
        for number, line in lines:
            for speaker, words in _voices(line):
                text = clean_words(unescape(words).replace("\u200b", ""))
                if not text or (touches and text == self.last_text):
                    continue
                self.found.append(Utterance(number, text, speaker, start, max(start, end)))
                self.last_text = text
        self.last_end = end


def _stays(line: str) -> bool:
    """Tell whether a line outside of the cues was put there by hand."""
    return line.strip()[:1] in {"[", "#", "-", "=", "*"} and "-->" not in line


def _voices(line: str) -> Iterator[tuple[str, str]]:
    """Yield (speaker, words) of one line of a cue."""
    position, speaker = 0, ""
    line = _DASH.sub("", line, count=1) if _DASH.match(line) else line
    for match in _VOICE.finditer(line):
        if line[position : match.start()].strip():
            yield speaker, line[position : match.start()]
        position, speaker = match.end(), unescape(match[1] or "").strip()
    if line[position:].strip():
        yield speaker, line[position:]
