"""How each word of an answer is meant: stated, denied, refused, asked, hypothetical, attributed or rejected.

After ConText (Harkema et al. 2009), which does this for clinical text: cues open a scope that ends at a contrast or at
the end of the sentence; phrases that only look like a denial are taken out first. Refusing a plan ("we will not split")
is told from describing the world ("posts that were not clicked"): only the first takes a credit away.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from mlsd_coach.matching.text import Segment, Text
from mlsd_coach.models import Status

_WE = r"(?:i|we|you|one|they|it|this|that|there|nobody|people|teams?)"
_ADVERB = r"(?:really |actually |just |also |probably |definitely |simply |even |ever |certainly |necessarily |yet )*"
_NOT = r"(?:n't|not|never|nt)"

# Looks like a denial and is none.
_PSEUDO = re.compile(
    r"\bnot (?:only|just|merely|simply|to mention|least|until|more than|less than|later than|earlier than|before|yet"
    r"|all\b|every|always|the same|sure|clear|enough|too|so)\b"
    r"|\b(?:no|without) (?:doubt|later than|more than|less than|fewer than|longer|matter|worse|problem|free lunch)\b"
    r"|\b(?:can ?not|can't|cannot|could not|couldn't) (?:afford|wait|stress|overstate)\b(?: not)?"
    r"|\bwhy not\b|\bif not\b|\bor not\b|\bwhether or not\b|\bnot (?:hurt|harm|lose|break|degrade|drop|regress"
    r"|let|allow"
    r"|exceed|worsen|sacrifice|violate|leak|forget|miss|ignore|skip|overload|overwhelm|annoy|punish|suffer|fall"
    r"|get worse"
    r"|go down|go up|rise|increase|decrease|neglect|underestimate|rush|jump)\w*\b"
    r"|\b(?:don't|do not|never|not to|won't|will not|can't|cannot|must not|mustn't|should not|shouldn't|doesn't"
    r"|does not"
    r"|would not|wouldn't) (?:\w+ )?(?:hurt|harm|lose|break|degrade|drop|regress|let|allow|exceed|worsen|sacrifice"
    r"|violate|leak|forget|miss|ignore|skip|overload|overwhelm|annoy|punish|suffer|fall|get worse|go down|go up|rise"
    r"|increase|decrease|neglect|underestimate|rush|jump|trust|overfit|cheat|peek|hammer|kill|tank)\w*\b"
    r"|\b(?:don't|do not|dont|never|not) want to (?:\w+ )?(?:hurt|harm|lose|break|degrade|drop|regress|wait"
    r"|show|annoy|waste"
    r"|overload|overfit|miss|rely|trust|depend|end up|see|surprise|risk|pollute|contaminate|punish|leak)\w*\b"
)

# The whole rest of the sentence is denied, whatever contrast it holds.
_WHOLE = re.compile(
    r"\b(?:it is|it's|its|that is|that's) (?:simply |just )?(?:not (?:true|the case|right|correct|so)|false"
    r"|untrue|wrong"
    r"|a myth)(?: that)?\b"
    r"|\b(?:i|we) (?:do not|don't|dont|never) (?:really )?(?:think|believe|agree|see why|see a reason)\b(?: that| why)?"
    r"|\b(?:i|we) (?:doubt|deny|disagree)\b(?: that)?"
    r"|\b(?:there is|there's|i see|we see|we have|i have) (?:absolutely )?no (?:need|point|reason|value|benefit"
    r"|use|sense"
    r"|evidence)\b(?: to| in| for| that| why)?"
    r"|\bno (?:need|point|reason) (?:to|in|for|that)\b"
    r"|\b(?:do not|don't|dont|does not|doesn't|did not|didn't|need not|needn't) (?:really |actually "
    r"|even )?(?:need|have (?=to )"
    r"|want (?=to )|care|bother|plan|intend|mean|worry|require|matter)\b(?: to| about| whether| that| if)*"
    r"|\b(?:nobody|no one|no-one) (?:needs|should|would|has to|cares)\b"
)

# Forward to the end of the clause.
_FORWARD = re.compile(
    rf"\b{_WE} {_ADVERB}(?:will|would|should|shall|must|can|could|'ll|'d) {_ADVERB}{_NOT} (?=\w)"
    rf"|\b{_WE} (?:won't|wont|wouldn't|wouldnt|shouldn't|shouldnt|shan't|mustn't) "
    rf"|\b{_WE}(?:'m| am|'re| are|'s| is) {_ADVERB}{_NOT} (?:going to|planning to|trying to|interested in|using|doing"
    r"|concerned (?:with|about)|worried about) ?"
    rf"|\b(?:i|we|you) {_ADVERB}(?:do not|don't|dont|did not|didn't|never) (?!know|see|observe|show|get"
    rf"|understand|click"
    r"|like|watch|engage|have enough|have (?:any )?(?:data|labels|history|time)|pick|yet|serve|want to (?:hurt"
    r"|lose))\w+"
    rf"|\b(?:i|we|you|let's|lets|let us|can|could|will|would|i'd|we'd|should) (?:\w+ )?(?:skip|ignore|omit|forget about"
    r"|leave out|do without|drop the idea of|avoid doing|refuse to|decline to|stay away from)\b"
    r"|^(?:skip|ignore|omit|forget|forget about|leave out|never|don't|do not|dont) "
    r"|^(?:and |so |but |then )?no (?!more|less|later|longer|matter|doubt|problem|history|label|interaction|click|wait)"
    r"|\b(?:we|i|there) (?:need|needs|want|wants|use|have|do|run|is|are|'s|will be|would be) no (?!more|less"
    r"|longer|history)"
    r"|\b(?:is|are|was|were|be) (?:neither|nor)\b|\bneither\b"
    r"|\b(?:rather than|instead of) (?=we |i )"
)

# Four words at most: "without an A/B test".
_SHORT = re.compile(r"\bwithout (?:any |an |a |the |doing |running |using )?|\black of\b|\bminus the\b")

# Backward to the start of the clause: "an A/B test is not needed".
_BACKWARD = re.compile(
    r"\b(?:is|are|was|were|be|seems?|looks?|feels?)(?: \w+)?(?:n't| not|n t) (?:\w+ )?(?:necessary|needed|required"
    r"|important|worth(?: it| the)?|relevant|useful|helpful|a (?:concern|priority|problem)|in scope"
    r"|something we need)\b"
    r"|\b(?:isn't|aren't|wasn't) (?:\w+ )?(?:necessary|needed|required|important|worth|relevant|useful|helpful"
    r"|a concern"
    r"|a priority|in scope)\b"
    r"|\b(?:is|are|be|seems?|looks?|feels?) (?:\w+ )?(?:unnecessary|unneeded|irrelevant|out of scope|overkill|pointless"
    r"|useless|a waste|superfluous|nonsense)\b"
    r"|\b(?:does not|doesn't|do not|don't|would not|won't|will not) (?:matter|apply|help|interest)\b"
    r"|\b(?:can|could|will|would|should) be (?:skipped|ignored|omitted|left out|dropped entirely)\b"
    r"|\bnot (?:needed|necessary|required|important|relevant)\b|\bunnecessary\b|\bout of scope\b"
)

_ATTRIBUTED = re.compile(
    r"\b(?:some|other|many|most|few) (?:people|teams|engineers|candidates|companies|folks|would|might)(?: \w+)? "
    r"(?:say|claim|argue|think|believe|suggest|insist|prefer|advocate)\b"
    r"|\bothers (?:say|claim|argue|think|believe|suggest)\b"
    r"|\b(?:my|a) (?:colleague|friend|coworker|manager|boss|tutor)s? (?:\w+ )?(?:said|says|thinks|thought"
    r"|claims?|argues?"
    r"|suggest\w*|believes?|told|always)\b"
    r"|\b(?:people|they|one) (?:\w+ )?(?:often |always |sometimes |usually )?(?:say|claim|argue)\b"
    r"|\bit is (?:often |sometimes )?(?:said|claimed|argued)\b"
    r"|\b(?:i've|i have) (?:heard|read) (?:that|about|of)\b|\bthe textbook (?:says|answer)\b"
)

_HYPOTHETICAL = re.compile(
    r"\b(?:could|might|may|maybe|perhaps|possibly|one option|another option|an option|alternatively|if we had)\b"
)

_REJECTED_FORWARD = re.compile(
    r"\b(?:rather than|instead of|as opposed to|in place of) |\b(?:ruled? out|reject(?:ed|s)?|discard(?:ed)?|decid\w+"
    # What people dismiss on a screen is data, and no option of the design.
    r" against) |\bdismiss(?:ed)? (?=the (?:idea|option|approach|thought)\b)"
    r"|\b(?:choose|chose|pick|prefer|take|go with|favou?r)(?: \w+){1,4} over "
)
_COMMITS = re.compile(
    r"^(?:but|however|still|yet|though|although|instead)?,? ?(?:here |for this |overall |in the end |i think )?"
    r"(?:i|we)(?:'d|'ll| would| will| am going to| want to)? (?:rather |instead |still |actually |probably )?"
    r"(?:go|choose|pick|prefer|use|take|start|settle|favou?r|stick|lean|opt|do)\b"
)
_DISCLAIMED = re.compile(
    r"\b(?:no idea|no clue|not a clue|(?:do not|don't|dont) (?:really )?know\b(?! (?:whether|which|how|what|the"
    r"|if|their))"
    r"|couldn't say|cannot say|can't say|hard to say|beats me|never heard)\b"
)
_LEAD = r"^(?:and |so |also |first |okay |ok |um |uh |then |now |well |right |next |second |third |lastly |finally )*"
# A question without its mark, as speech is written down, or one that is announced.
_ASKS = re.compile(
    _LEAD + r"(?:do|does|can|could|should|shall|will|would|may|is|are) (?:we|i|you|there|it)\b"
    r"|"
    + _LEAD
    + r"(?:what|which|who|where|when|why|how(?: (?:many|much|often|fast|quick\w*|fresh|big|large|long|old|soon))?)"
    r"(?: \w+){0,4} (?:do|does|is|are|should|can|will|would|must|may|have|has) (?:we|i|you|there|it)\b"
    r"|\b(?:i would|i'd|i want to|i'll|let me|i need to|i have to|can i|may i|like to|want to|need to) (?:first |also |"
    r"quickly |just |start by |like to |begin by )*(?:ask|asking|clarify|check with you|confirm with you|find out from"
    r" you)\b"
    r"|\b(?:my|first|next|another|second|quick) questions?\b|\bclarify(?:ing)?\b"
)
# A check put as a question ("did the people who saw it come back?") says what is checked: nobody is asked.
_CHECKS = re.compile(
    _LEAD + r"(?:did|does|do|is|are|was|were|has|have) (?!we\b|i\b|you\b|there\b|it\b|this\b|that\b)\w"
)
_OPENS_QUESTION = re.compile(
    _LEAD
    + r"(?:do|does|did|can|could|should|shall|will|would|may|might|is|are|was|were|has|have|had|what|which|who|whose"
    r"|where|when|why|how|any|right|really|ok|okay)\b"
)
_BOUNDARY = re.compile(
    r"\b(?:but|however|instead|though|although|whereas|nevertheless|yet|except|rather|because|since|so that)\b"
    r"|, (?=(?:we|i|so|just)\b)"
)
_STRONG_BOUNDARY = re.compile(r"\b(?:but|however|instead|nevertheless)\b")
_ANSWERS = re.compile(r"^(?:because|since|yes|yeah|well|so that|the reason)\b")

DENYING = frozenset({Status.DENIED, Status.REFUSED})
MOSTLY_DENIED = 0.6
"""Share of sentences opened by a denial from which on a contrast no longer ends the denial."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A segment as one folded string, with the way back to its words."""

    text: str
    starts: list[int]
    first: int

    def word_at(self, offset: int) -> int:
        return self.first + bisect_right(self.starts, offset) - 1


def read_statuses(text: Text) -> list[Status]:
    """Return the status of every word of the answer."""
    return read_meaning(text)[0]


def read_meaning(text: Text) -> tuple[list[Status], bool]:
    """Return the status of every word, and whether the answer denies nearly all that it says, sentence by sentence."""
    statuses = [Status.STATED] * len(text.words)
    lines = [_line(text, segment) for segment in text.segments]
    wholesale = _denies_wholesale(text, lines)
    for index, (segment, line) in enumerate(zip(text.segments, lines, strict=True)):
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        asked = _is_question(segment, line)
        if asked:
            next_asks = index + 1 < len(lines) and _is_question(text.segments[index + 1], lines[index + 1])
            if following and not next_asks and _is_topic(text, index, line):
                _mark(statuses, segment.first, segment.last, Status.HYPOTHETICAL)
            elif not (following and not next_asks and _ANSWERS.match(following)):
                _mark(statuses, segment.first, segment.last, Status.ASKED)
        if _DISCLAIMED.search(line.text) or (asked and _DISCLAIMED.search(following)):
            for match in _DISCLAIMED.finditer(line.text):
                _mark(statuses, segment.first, line.word_at(match.start()), Status.DENIED)
            if asked and _DISCLAIMED.search(following):
                _mark(statuses, segment.first, segment.last, Status.DENIED)
        _read_line(statuses, segment, line, wholesale=wholesale)
        if _HYPOTHETICAL.search(line.text) and _COMMITS.match(following):
            _mark_where(statuses, segment.first, segment.last, Status.STATED, Status.HYPOTHETICAL)
    if wholesale:
        _spread_denials(statuses, text)
    return statuses, wholesale


def _spread_denials(statuses: list[Status], text: Text) -> None:
    """In an answer that denies all it says, a denial holds to the end of its sentence, semicolons and all."""
    denied = False
    for segment in text.segments:
        words = range(segment.first, segment.last)
        denied = (denied and segment.continues) or any(statuses[word] in DENYING for word in words)
        if denied:
            _mark(statuses, segment.first, segment.last, Status.REFUSED)


def _read_line(statuses: list[Status], segment: Segment, line: _Line, *, wholesale: bool) -> None:
    blanked = _PSEUDO.sub(lambda match: re.sub(r"\w", "_", match.group()), line.text)
    for match in _HYPOTHETICAL.finditer(blanked):
        word = line.word_at(match.start())
        stop = _clause_end(line, match.end(), segment.last, _STRONG_BOUNDARY)
        rest = line.text[line.starts[stop - line.first] :] if stop < segment.last else ""
        status = Status.REJECTED if _COMMITS.match(rest) else Status.HYPOTHETICAL
        _mark_where(statuses, word, stop, Status.STATED, status)
    for match in _ATTRIBUTED.finditer(blanked):
        _mark(
            statuses,
            line.word_at(match.start()),
            _clause_end(line, match.end(), segment.last, _STRONG_BOUNDARY),
            Status.ATTRIBUTED,
        )
    for match in _REJECTED_FORWARD.finditer(blanked):
        _mark(
            statuses,
            line.word_at(match.end() - 1) + 1,
            min(line.word_at(match.end() - 1) + 7, _clause_end(line, match.end(), segment.last, _BOUNDARY)),
            Status.REJECTED,
        )
    for match in _WHOLE.finditer(blanked):
        contrast = _STRONG_BOUNDARY.search(line.text, match.end())
        committed = contrast and not wholesale and _is_full_clause(line.text[contrast.end() :])
        stop = line.word_at(contrast.start()) if contrast and committed else segment.last
        _mark(statuses, line.word_at(match.start()), stop, Status.REFUSED)
    for match in _FORWARD.finditer(blanked):
        stop = segment.last if wholesale else _clause_end(line, match.end(), segment.last, _BOUNDARY)
        _mark(statuses, line.word_at(match.start()), stop, Status.REFUSED)
    for match in _SHORT.finditer(blanked):
        word = line.word_at(max(match.end() - 1, match.start()))
        comma = line.text.find(",", match.end())
        stop = line.word_at(comma) + 1 if comma >= 0 else segment.last
        _mark(statuses, line.word_at(match.start()), min(word + 5, stop, segment.last), Status.DENIED)
    for match in _BACKWARD.finditer(blanked):
        begin = segment.first
        for boundary in _STRONG_BOUNDARY.finditer(line.text, 0, match.start()):
            begin = line.word_at(boundary.start())
        _mark(statuses, begin, line.word_at(max(match.end() - 1, 0)) + 1, Status.REFUSED)


def _line(text: Text, segment: Segment) -> _Line:
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for word in text.words[segment.first : segment.last]:
        starts.append(length)
        part = word.folded + ("," if _pauses(text, word.end) else "")
        parts.append(part)
        length += len(part) + 1
    return _Line(" ".join(parts), starts, segment.first)


def _pauses(text: Text, end: int) -> bool:
    """Tell whether a comma, colon, bracket or dash follows a word."""
    return text.raw[end : end + 3].lstrip()[:1] in {",", ":", "(", ")", "–", "—"}


def _is_question(segment: Segment, line: _Line) -> bool:
    if segment.question:
        return not _CHECKS.search(line.text)
    return bool(_ASKS.search(line.text))


def _is_topic(text: Text, index: int, line: _Line) -> bool:
    """Tell whether a question only puts up what the rest of its line deals with ("ranker down? serve the cache")."""
    gap = text.raw[text.segments[index].end : text.segments[index + 1].start]
    return "\n" not in gap and not _ASKS.search(line.text) and not _OPENS_QUESTION.match(line.text)


def _denies_wholesale(text: Text, lines: Sequence[_Line]) -> bool:
    begun = [line for segment, line in zip(text.segments, lines, strict=True) if not segment.continues]
    denied = sum(
        1 for line in begun if any(m and m.start() < 30 for m in (_WHOLE.search(line.text), _FORWARD.search(line.text)))
    )
    return len(begun) >= 2 and denied / len(begun) >= MOSTLY_DENIED


def _is_full_clause(rest: str) -> bool:
    return bool(re.match(r"\s*,?\s*(?:i|we|it|the|this|that|they|for|in|a|an|our|there|when|with)\b", rest))


def _clause_end(line: _Line, offset: int, last: int, boundary: re.Pattern[str]) -> int:
    found = boundary.search(line.text, offset)
    return line.word_at(found.start()) if found else last


def _mark(statuses: list[Status], first: int, last: int, status: Status) -> None:
    for position in range(first, min(last, len(statuses))):
        if statuses[position] not in DENYING or status in DENYING:
            statuses[position] = status


def _mark_where(statuses: list[Status], first: int, last: int, old: Status, new: Status) -> None:
    for position in range(first, min(last, len(statuses))):
        if statuses[position] is old:
            statuses[position] = new
