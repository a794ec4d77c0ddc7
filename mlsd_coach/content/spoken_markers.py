"""Where somebody says that the talk goes on to another stage: "okay, moving on to features"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

# All patterns read text in small letters, with single spaces and with spaces for the hyphens within words.
_LEAD = (
    r"(?:(?:okay|ok|so|right|alright|all right|great|cool|good|perfect|nice|now|well|and|then|but|yeah|yes|yep|sure|"
    r"fine|thanks|thank you|i think|i guess|with that(?: said)?|given that|after that|from there|let's see|let me see)"
    r"(?:[,.!…]| [–—-])? ){0,6}"
)
_ADVERB = r"(?:(?:now|then|next|also|briefly|quickly|first|maybe|perhaps|just|please) ){0,3}"
_WAY = r"(?: on| over| forward| ahead| back| right| straight| now| next| then){0,3} (?:to|into|onto)"
_GO = rf"(?:move|go|jump|turn|switch|get|continue|proceed|come|shift|head|skip){_WAY}"
_GOING = rf"(?:moving|going|turning|switching|jumping|coming|getting|continuing|proceeding|shifting){_WAY}"
_TALK = r"(?:(?:talk|speak)(?: a (?:little )?bit| more)?(?: more)? about|discuss|cover)"
_LOOK = (
    r"(?:(?:start|begin|kick off|finish|end|wrap up)(?: off)? (?:with|from|by talking about)|look (?:at|into)|"
    r"think about|focus on|touch (?:on|upon)|(?:walk|go|step|talk)(?: me| you| us)? (?:through|over)|"
    r"dive into|dig into|get into|tell (?:me|you|us)(?: a (?:little )?bit| more)? about|describe|explain)"
)
_LETS = (
    r"(?:let'?s|let us|let me|shall we|can we|could we|should we|do you want to|i want to|i(?:'d| would) like to|i'?ll|"
    r"i will|i'?m going to|i am going to|i'?m gonna)"
)
_WE_COULD = (
    r"(?:we'?ll|we will|we(?:'d| would) like to|we(?:'re| are) going to|we can|we could|we should|you can|can you|"
    r"could you|would you|i can|i would|i'd|we'd|why don't (?:we|you|i))"
)
_BRINGS = r"(?:that|this|which) (?:brings|takes|leads|gets) (?:me|us)(?: on)? to"
_NEXT = (
    r"(?:(?:the )?(?:next|first|second|third|last|finally|lastly)(?: up)?(?: (?:thing|step|part|stage|topic|one))?"
    r"(?: is| comes| would be| for| on)?,?|(?:now|then) (?:for|to|on to|about))"
)
_ANYWHERE = (
    rf"(?:{_LETS} {_ADVERB}(?:{_GO}|{_TALK})|{_GOING}|{_BRINGS}|(?:okay|ok|alright|so|now)[,.]? next(?: up)?(?: is)?,?)"
)
_AT_START = (
    rf"(?:(?:{_LETS}|{_WE_COULD}) {_ADVERB}(?:{_GO}|{_TALK}|{_LOOK})|(?:move|go) on to|(?:on|over|back) to|onto|"
    rf"(?:talk about|tell me(?: a (?:little )?bit| more)? about|walk me through|starting with|beginning with|"
    rf"what about|how about)|{_NEXT})"
)
_DETERMINER = (
    r"(?:(?:topic|question|part|stage|section|issue|side) (?:of|on|about) )?(?:(?:the|our|my|some|your|a|its) )?"
)
_KIND = r"(?: (?:stage|part|section|side|step|piece|phase|bit|topic)\b)?"
_STOP = r"(?: ?[.!?;:…]|\Z| [–—-] |\n)"
_SOFT = (
    r"(?:,| (?:now|first|next|then|here|for|that|which|where|we|we'd|we're|i|i'd|i'm|you|so|and|if|because|since|"
    r"as well|a bit|a little|in more|okay|ok|right|before|what|how)\b)"
)
_NOT_BEFORE = "".join(
    f"(?<!\\b{word} )"
    for word in ("before", "after", "when", "while", "until", "without", "by", "of", "not", "than", "for")
)
_LATER = re.compile(
    r"[^.!?\n]{0,60}?\b(?:later|afterwards|in a (?:minute|moment|second|bit)\b|after (?:that|this)|at the (?:very )?"
    r"end|another time|separately|(?:if|when) (?:we have|there'?s) time|but first)"
)
_SENTENCE = re.compile(r"\A|[.!?…] |\n+")
_PAST_STOP = re.compile(r"\s*(?:[.!?;:…]+|[–—-])?\s*")
_JOINED = re.compile(r"(?<=\w)[-/](?=\w)")


@dataclass(frozen=True)
class SpokenMarker:
    """A stage that somebody names as the next topic."""

    stage: str
    start: int
    """Offset of the marker's first word."""
    after: int
    """Offset from which the words count for the stage: behind the marker when it says nothing else."""
    quote: str
    """The words that say so, as they stand."""


class MarkerFinder:
    """Finds the spoken markers of some stages."""

    def __init__(self, names: Mapping[str, str], stages: Sequence[str]) -> None:
        """Take folded names with their stage ids; only the stages in `stages` are looked for."""
        self._names = {name: stage for name, stage in names.items() if stage in stages and name}
        longest_first = sorted(self._names, key=lambda name: (-len(name), name))
        name = "|".join(re.escape(each).replace(r"\ and\ ", r"\ (?:and|&)\ ") for each in longest_first)
        what = rf" {_DETERMINER}(?P<name>{name})\b{_KIND}"
        self._anywhere = re.compile(rf"\b{_NOT_BEFORE}(?P<core>{_ANYWHERE}{what})(?={_STOP}|{_SOFT})")
        self._at_start = (
            re.compile(rf"{_LEAD}(?P<core>{_ANYWHERE}{what})(?={_STOP}|{_SOFT})"),
            re.compile(rf"{_LEAD}(?P<core>{_AT_START}{what})(?={_STOP}|,)"),
            # "Okay, features." Without the word before it, it is more likely an answer to a question.
            re.compile(rf"(?P<core>(?:okay|ok|alright|all right|so|now|next|then|first)[,.:]?{what})(?={_STOP})"),
        )
        self._agenda = re.compile(
            r"(?:,(?: and| then| and then| finally| next| after that| followed by)?|(?: and)? then| followed by)"
            rf" {_DETERMINER}(?:{name})\b"
        )

    def find(self, text: str) -> Iterator[SpokenMarker]:
        """Yield the markers of a text in their order; they do not overlap."""
        if not self._names:
            return
        plain = _plain(text)
        found = {match.start(): match for match in self._anywhere.finditer(plain)}
        for begin in (each.end() for each in _SENTENCE.finditer(plain)):
            for pattern in self._at_start:
                if begin not in found and (match := pattern.match(plain, begin)):
                    found[begin] = match
        done = -1
        for start, match in sorted(found.items()):
            if start >= done and not self._is_another_matter(plain, match.end()):
                done = match.end()
                yield self._marker(text, plain, match)

    def _is_another_matter(self, plain: str, end: int) -> bool:
        """Tell whether the stage is only put off, or the first of a list of all that will come."""
        return bool(self._agenda.match(plain, end) or _LATER.match(plain, end))

    def _marker(self, text: str, plain: str, match: re.Match[str]) -> SpokenMarker:
        name = match["name"].replace("&", "and")
        says_no_more = re.compile(_STOP).match(plain, match.end()) is not None
        stop = _PAST_STOP.match(plain, match.end())
        after = stop.end() if says_no_more and stop else match.start()
        return SpokenMarker(self._names[name], match.start(), after, text[match.start("core") : match.end()])


def _plain(text: str) -> str:
    """Return the text as the patterns read it, character for character."""
    small = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return _JOINED.sub(" ", small.replace("’", "'"))
