"""Which figures of an answer stand beside which words: loosely in one stretch, closely in one clause."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.meaning import MEANT
from mlsd_coach.matching.measures import Measure
from mlsd_coach.matching.phrases import Span
from mlsd_coach.matching.rules import NEAR_WORDS, CompiledRule, Hit, find_hits
from mlsd_coach.matching.units import word_set
from mlsd_coach.models import Evidence

CLOSE_WORDS = 12
"""Words between a figure and what it belongs to, at most."""
_AROUND = 8
_LONGEST_QUOTE = 40
# A clause that turns to something else: "the embeddings are looked up in Redis, and the log holds 2 PB".
_TURNS = word_set(
    "and which while whereas but plus versus vs then another separate separately besides unlike than instead where"
)
_DIFFERENCES = (
    *(
        "lift",
        "rise",
        "rising",
        "rose",
        "increas",
        "drop",
        "fall",
        "fell",
        "gain",
        "improv",
        "relativ",
        "point",
        "differ",
    ),
    *("more", "less", "better", "worse", "chang", "effect", "by", "error", "within", "declin", "lower", "higher", "up"),
)
"""How words of change begin."""

Wanted = Callable[[Measure], bool]


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure and how it stands to the words of a rule."""

    measure: Measure
    close: bool
    """In the same clause, with nothing between that it could belong to instead."""
    gap: int
    """Words between."""
    hit: Hit
    """The words that met the rule."""


def is_said(answer: Answer, first: int, last: int) -> bool:
    """Tell whether words are the candidate's own and meant as part of the design: not denied, asked or reported."""
    return answer.accepts(Span(first, last), MEANT)


def hits_within(answer: Answer, rule: CompiledRule, first: int, last: int) -> list[Hit]:
    """Return the ways in which words `first` to `last` of an answer meet a rule."""
    if not rule.can_be_met(answer.text):
        return []

    def accepts(span: Span) -> bool:
        return first <= span.first and span.last <= last and answer.accepts(span, MEANT)

    return find_hits(rule, answer.text, answer.find_concept, accepts)


def sentences_meeting(answer: Answer, rule: CompiledRule) -> Iterator[tuple[int, Hit]]:
    """Yield the segments that meet a rule by themselves, each with its first hit."""
    for index, segment in enumerate(answer.text.segments):
        hits = hits_within(answer, rule, segment.first, segment.last)
        if hits:
            yield index, hits[0]


def figures_beside(
    answer: Answer, rule: CompiledRule, measures: Sequence[Measure], index: int, wanted: Wanted
) -> list[Beside]:
    """Return the wanted figures of a segment that stand beside a rule's words, in it or in the segment before."""
    text = answer.text
    segment = text.segments[index]
    here = [m for m in measures if segment.first <= m.first < segment.last and wanted(m) and _is_meant(answer, m)]
    if not here:
        return []
    hits = hits_within(answer, rule, segment.first, segment.last)
    if not hits and index and text.segments[index - 1].block == segment.block:
        hits = hits_within(answer, rule, text.segments[index - 1].first, segment.last)
    found = (_best(answer, hits, measure, here) for measure in here)
    return [each for each in found if each is not None]


def _is_meant(answer: Answer, measure: Measure) -> bool:
    if answer.text.segments[answer.text.segment_of[measure.first]].question:
        return False  # also "is it 2 TB?", which the statuses take for a check that is stated
    return is_said(answer, measure.first, max(measure.first + 1, min(measure.last, measure.first + 2)))


def _best(answer: Answer, hits: Sequence[Hit], measure: Measure, others: Sequence[Measure]) -> Beside | None:
    best: Beside | None = None
    for hit in hits:
        first, last = min(hit.first, measure.first), max(hit.last, measure.last)
        if last - first > NEAR_WORDS:
            continue
        apart = [span for span in hit.spans if span.last <= measure.first or measure.last <= span.first]
        gap = max((_gap(span, measure) for span in apart), default=0)
        close = all(_is_close(answer, span, measure, others) for span in apart)
        if best is None or (not close, gap) < (not best.close, best.gap):
            best = Beside(measure, close, gap, hit)
    return best


def _gap(span: Span, measure: Measure) -> int:
    return max(measure.first - span.last, span.first - measure.last, 0)


def _is_close(answer: Answer, span: Span, measure: Measure, others: Sequence[Measure]) -> bool:
    text = answer.text
    first, last = (span.last, measure.first) if span.last <= measure.first else (measure.last, span.first)
    if last - first > CLOSE_WORDS or text.segment_of[span.first] != text.segment_of[measure.first]:
        return False
    if any(text.words[position].folded in _TURNS for position in range(first, last)):
        return False
    if any(other is not measure and other.first <= span.first < other.last for other in others):
        return False  # the words are another figure's own: "64 dimensions"
    # The words belong to the figure that is nearer to them; one that goes into a sum is no rival.
    rivals = (other for other in others if other is not measure and not other.operand)
    low, high = min(span.first, measure.first), max(span.last, measure.last)
    return not any(low <= other.first and other.last <= high for other in rivals)


def is_difference(answer: Answer, measure: Measure) -> bool:
    """Tell whether a share is how much something changes, and not how much there is: "a lift of 0.5 %"."""
    segment = answer.text.segments[answer.text.segment_of[measure.first]]
    near = (*range(max(segment.first, measure.first - 5), measure.first), *range(measure.last, measure.last + 2))
    words = (answer.text.words[at].folded for at in near if at < segment.last)
    return measure.kind == "percent" and any(word.startswith(_DIFFERENCES) for word in words)


def sentence(answer: Answer, position: int) -> Evidence:
    """Return the sentence of a word as a quote, cut down around the word when it is long."""
    segment = answer.text.segments[answer.text.segment_of[position]]
    if segment.last - segment.first <= _LONGEST_QUOTE:
        return _slice(answer, segment.start, segment.end)
    return around(answer, position, position + 1, words=_LONGEST_QUOTE // 2)


def around(answer: Answer, first: int, last: int, *, words: int = _AROUND) -> Evidence:
    """Return some words with those around them in their sentence, as a quote."""
    text = answer.text
    segment = text.segments[text.segment_of[first]]
    low, high = max(segment.first, first - words), min(segment.last, last + words)
    end = segment.end if high == segment.last else text.words[high - 1].end
    start = segment.start if low == segment.first else text.words[low].start
    return _slice(answer, start, end)


def _slice(answer: Answer, start: int, end: int) -> Evidence:
    return Evidence(answer.text.raw[start:end], start, end)
