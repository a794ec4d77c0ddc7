"""One stretch of recorded speech, and the cleaning of its words: tags, recogniser's marks and hesitations go."""

import re
from dataclasses import dataclass

TIME = r"(?:\d{1,3}:)?[0-5]?\d:[0-5]\d(?:[.,]\d{1,3})?"
"""A time as recorders write it: 12:30 (minutes), 00:12:30, 00:12:30.500, 00:12:30,500."""

_TAG = re.compile(
    r"</?(?:v|c|i|b|u|s|ruby|rt|lang|font|span|em|strong)(?:[.\s][^<>\n]{0,200})?>|<" + TIME + r">|\{\\[^{}\n]{0,40}\}",
    re.IGNORECASE,
)
_SOUNDS = (
    r"inaudible|unintelligible|indistinct|indiscernible|cross ?talk|overlapping (?:speech|voices|talk)|laughs?|"
    r"laughter|laughing|chuckles?|chuckling|coughs?|coughing|sighs?|sighing|clears throat|music|applause|noise|silence|"
    r"pauses?|background (?:noise|music|talk|voices|sounds?|chatter)|blank[_ ]audio|no (?:audio|speech)|static|"
    r"beep|typing|foreign(?: language)?|sniffs?"
)
# The whole bracket, so that "(static features)" and "[music recommendation]" stay.
_NOISE = re.compile(
    rf"[\[({{*](?:{_SOUNDS})(?: (?:playing|continues|stops|ends|starts|\d[\d:.,]*))*[\])}}*]|[♪♫]+", re.IGNORECASE
)
# Small letters but the first: HMM and ERM are names of the field. "mm" and "er" stay, they mean other things too.
_SOUND = r"(?:[Uu]h-huh|[Mm]m*-?hm+|[Uu]h+m*|[Uu]m+|[Ee]rm+|[Hh]m+)"
_HESITATION = re.compile(rf"(?:,[ ]?)?\b{_SOUND}\b(?:\.{{3}}|…|,)?")
_FIRST_HESITATION = re.compile(rf"\A\s*(?:{_SOUND}\b[,.…?!\s]*)+")
_TWO_ENDS = re.compile(r"([.,;:?!])[ ]+[.,;:](?=[ ]|\Z)")
_SPACE_BEFORE = re.compile(r"[ ]+([.,;:?!])(?=[ ]|\Z)")


@dataclass(frozen=True)
class Utterance:
    """One line of a plain transcript, or one line of a subtitle's cue, with its words cleaned."""

    line: int
    """1-based line of the file."""
    text: str
    speaker: str = ""
    """As the file names who speaks; empty when it does not."""
    start: float | None = None
    """Seconds, as the file counts them; None when the line has no time of its own."""
    end: float | None = None
    opens: bool = False
    """A new paragraph begins here."""
    spoken: bool = True
    """False for a line that somebody has put between two cues."""


def read_time(text: str) -> float:
    """Return the seconds of a time that `TIME` matches; two parts are minutes and seconds."""
    seconds = 0.0
    for part in text.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def clean_words(text: str) -> str:
    """Return a line without tags, recogniser's marks and hesitations, its spaces single."""
    bare = _NOISE.sub(" ", _TAG.sub("", text))
    bare = _HESITATION.sub(" ", _FIRST_HESITATION.sub("", bare))
    bare = _SPACE_BEFORE.sub(r"\1", _TWO_ENDS.sub(r"\1", " ".join(bare.split())))
    return bare if any(char.isalnum() for char in bare) else ""
