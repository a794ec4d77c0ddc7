"""Why a verdict came out as it did, on screen and as plain lines: the same facts, drawn in two ways."""

from collections import Counter
from collections.abc import Iterator, Sequence

from mlsd_coach.content.texts import plain_text
from mlsd_coach.matching.rules import NEAR_WORDS
from mlsd_coach.models import Verdict
from mlsd_coach.reports.debrief import MARKS, ORDER, WORDS, as_deed
from mlsd_coach.scoring.explanation import (
    Contribution,
    CriterionExplanation,
    Likeness,
    Reasoning,
    StageExplanation,
    Uncounted,
)
from mlsd_coach.scoring.rule_trace import APART, MET, MISSING, UNCOUNTED, VETOED, Match, Place, RuleTrace
from mlsd_coach.terminal.render import Page, Part, one_line
from mlsd_coach.terminal.render_debrief import STYLES, WIDE

Fact = tuple[str, str]
"""A label and what it says."""

SHOWN = 3
"""Met alternatives of a rule, and sentences, that are shown; `--json` has all."""
NEAREST = 2
"""Alternatives of a rule that is not met which are shown."""
PHRASE = 90
"""Characters of a phrase's alternatives that are shown."""
WHY = {
    "copied": "copied from the question or the rubric",
    "denied": "denied, you say that it is not so",
    "refused": "refused, you say that you will not do it",
    "asked": "asked, and this one has to be said",
    "hypothetical": "hypothetical, said as something that could be",
    "rejected": "rejected, named as what you would not choose",
    "attributed": "attributed, said as what others say",
}
SORTS = {
    "near-miss": "a sentence that must not count",
    "statement": "the statement",
    "core": "the statement without its examples",
    "earning": "what would earn it",
}
_LEARN_MORE = "What each number means: docs/scoring.md, parts 4 and 5. All of it as data: --json"


def render_explanation(explanation: StageExplanation, *, width: int, colour: bool, ascii_only: bool = False) -> str:
    """Return an explanation as text of at most `width` columns."""
    page = Page(width, colour=colour, ascii_only=ascii_only)
    page.line((plain_text(explanation.title), "bold"), (f"  {explanation.scenario}", "dim"))
    for label, text in _stage_facts(explanation):
        page.labelled(label, text, indent=2)
    if not explanation.guard:
        _draw_overview(page, explanation.criteria)
        for criterion in explanation.criteria:
            _draw_criterion(page, criterion)
        page.gap()
        page.line((_LEARN_MORE, "dim"))
    return page.text()


def plain_explanation(explanation: StageExplanation) -> str:
    """Return an explanation as lines that are not wrapped, a fact a line."""
    return "\n".join(one_line(line) for line in _plain(explanation))


def _plain(explanation: StageExplanation) -> Iterator[str]:
    yield f"Explained: {explanation.title} ({explanation.scenario} {explanation.stage})"
    yield from (f"{label}: {text}" for label, text in _stage_facts(explanation))
    for criterion in () if explanation.guard else explanation.criteria:
        yield f"{WORDS[criterion.verdict].capitalize()}: {as_deed(criterion.statement)} ({criterion.id})"
        yield from (f"{label}: {text}" for label, text in _facts(criterion))


def _draw_overview(page: Page, criteria: Sequence[CriterionExplanation]) -> None:
    if len(criteria) < 2:
        return
    page.gap()
    rows: list[list[Part]] = []
    for each in criteria:
        verdict = (f"{MARKS[each.verdict]} {WORDS[each.verdict]}", STYLES[each.verdict.value])
        thresholds: list[Part] = [(_thresholds(each), "dim")] if page.width >= WIDE else []
        rows.append([verdict, each.id, f"{each.confidence:.2f}", *thresholds])
    page.table(rows, right=(2,), fold=1)


def _draw_criterion(page: Page, criterion: CriterionExplanation) -> None:
    page.gap()
    mark, style = MARKS[criterion.verdict], STYLES[criterion.verdict.value]
    page.line((WORDS[criterion.verdict], style), "  ", (criterion.id, "bold"), first=f"{mark} ", rest="    ")
    page.line(as_deed(criterion.statement), first="    ")
    for label, text in _facts(criterion):
        page.labelled(label, text, indent=4)


def _stage_facts(explanation: StageExplanation) -> Iterator[Fact]:
    if explanation.guard:
        yield "Not judged", f"{plain_text(explanation.guard)}. Say it in sentences or bullets of your own."
    else:
        counts = Counter(criterion.verdict for criterion in explanation.criteria)
        words = ", ".join(f"{counts[verdict]} {WORDS[verdict]}" for verdict in ORDER if counts[verdict])
        yield "Verdicts", words
    for each in explanation.uncounted:
        if each.why != "hypothetical":  # that earns wherever stated does
            yield "Not plainly stated", f"{each.why}, {_quoted(each.place)}"


def _facts(criterion: CriterionExplanation) -> Iterator[Fact]:
    yield "Confidence", f"{criterion.confidence:.2f}; {_thresholds(criterion)}"
    if criterion.reason:
        yield "Why not higher", criterion.reason
    for place in criterion.places:
        yield "Nearest place" if criterion.verdict is Verdict.MISSING else "Quote", _quoted(place)
    if criterion.rule is not None:
        yield from _rule_facts("Rule", "evidence", criterion.rule)
    else:
        yield "Rule", "there is none; the statement and the ways of saying it decide"
    yield from (("Near to", _likeness(each)) for each in _nearest(criterion.likenesses))
    if criterion.profile:
        yield "Telling words", ", ".join(criterion.profile)
    yield "Weighed", _sum(criterion.intercept, criterion.contributions)
    yield "Earns when", ", ".join(criterion.counts)
    yield from (("Did not count", _uncounted(each)) for each in criterion.uncounted)
    if criterion.would_be is not None:
        yield "Had it counted", WORDS[criterion.would_be]
    if criterion.reasoning is not None:
        yield from _reason_facts(criterion.reasoning)


def _thresholds(criterion: CriterionExplanation) -> str:
    if criterion.low == criterion.high:
        return f"named from {criterion.high:.2f}"
    return f"maybe from {criterion.low:.2f}, named from {criterion.high:.2f}"


def _quoted(place: Place) -> str:
    return f"“{one_line(plain_text(place.quote))}” (line {place.line}, {place.start}-{place.end})"


def _uncounted(each: Uncounted) -> str:
    return f"{_quoted(each.place)}: {WHY.get(each.why, each.why)}"


def _sum(intercept: float, contributions: Sequence[Contribution]) -> str:
    weighed = [each for each in contributions if each.value and each.weight]
    parts = [f"{each.feature} {each.value * each.weight:+.2f} ({each.value:.2f} × {each.weight:g})" for each in weighed]
    nothing = [each.feature for each in contributions if each.weight and not each.value]
    found_nothing = f"; nothing from {', '.join(nothing)}" if nothing else ""
    return f"start {intercept:+.2f}, {', '.join(parts) or 'nothing more'}{found_nothing}"


# Rules ----------------------------------------------------------------------------------------------------------------


def _rule_facts(label: str, key: str, rule: RuleTrace) -> Iterator[Fact]:
    alternatives = rule.members if rule.kind == "any" else (rule,)
    met = [each for each in alternatives if each.outcome == MET]
    of = f"{len(met)} of {len(alternatives)} alternatives" if rule.kind == "any" else ""
    yield label, f"{'met' if met else 'not met'}{f', {of}' if of else ''}"
    for each in met[:SHOWN]:
        yield f"{label} met by", f"{_path(key, each)}: {_joined(each.hits[0])}{_more(len(each.hits) - 1, 'place')}"
    if len(met) > SHOWN:
        yield f"{label} met by", f"{len(met) - SHOWN} more alternatives"
    if not met:
        nearest = sorted((each for each in alternatives if each.nearness), key=lambda each: -each.nearness)
        for each in nearest[:NEAREST]:
            yield f"{label} nearly met", f"{_path(key, each)}: {_lack(each)}"
        if not nearest:
            yield f"{label} nearly met", "no; none of its words is in the answer"


def _path(key: str, rule: RuleTrace) -> str:
    return f"{key}.{rule.path}" if rule.path else key


def _more(count: int, noun: str) -> str:
    return f", and {count} more {noun}{'' if count == 1 else 's'}" if count > 0 else ""


def _joined(matches: Sequence[Match]) -> str:
    return ", ".join(_match(match) for match in matches)


def _match(match: Match) -> str:
    quote = one_line(plain_text(match.place.quote))
    by = "" if match.alternative.casefold() in ("", quote.casefold()) else f" by {match.alternative}"
    why = f", which does not count: {WHY.get(match.why_not, match.why_not)}" if match.why_not else ""
    return f"“{quote}”{by} (line {match.place.line}){why}"


def _lack(rule: RuleTrace) -> str:
    """Return what an alternative that is not met has, and what it lacks."""
    if rule.kind == "phrase":
        return _joined(rule.matches[:1])
    if rule.kind == "any":
        return _lack(max(rule.members, key=lambda member: member.nearness))
    has = [_first(member) for member in rule.wanted]
    found = f"{rule.kind} has {', '.join(_match(match) for match in has if match) or 'nothing'}"
    if rule.outcome == APART:
        return f"{found}, but not within {NEAR_WORDS} words and two sentences"
    if rule.outcome == VETOED:
        unwanted = [_first(member) for member in rule.members if member.outcome == VETOED]
        return f"{found}, but also what must not be there: {', '.join(_match(match) for match in unwanted if match)}"
    if rule.outcome == UNCOUNTED:
        return found
    lacks = "; ".join(_shortened(member) for member, match in zip(rule.wanted, has, strict=True) if match is None)
    needs = f" (it needs {rule.at_least} of {len(rule.wanted)})" if rule.kind == "count" else ""
    return f"{found}; lacks{needs} {lacks}"


def _first(rule: RuleTrace) -> Match | None:
    """Return the first word that a part of a rule found, one that counts before one that does not."""
    if rule.outcome == MISSING:
        return None
    matches = [match for leaf in rule.leaves() for match in leaf.matches]
    return min(matches, key=lambda match: (bool(match.why_not), match.place.start), default=None)


def _shortened(rule: RuleTrace) -> str:
    phrase = " | ".join(one_line(leaf.phrase) for leaf in rule.leaves())
    return phrase if len(phrase) <= PHRASE else f"{phrase[:PHRASE].rsplit(' | ', 1)[0]} | …"


# Sentences and reasons ------------------------------------------------------------------------------------------------


def _nearest(likenesses: Sequence[Likeness]) -> list[Likeness]:
    """Return the nearest sentences, with the statement among them wherever it stands."""
    ranked = [each for each in likenesses if each.sort != "core"]
    return [each for number, each in enumerate(ranked) if number < SHOWN or each.sort == "statement"]


def _likeness(each: Likeness) -> str:
    sort = SORTS.get(each.sort) or f"a way of saying it{f' ({each.register})' if each.register else ''}"
    named = {"said": each.words_said, "nearly": each.words_near}
    words = "; ".join(f"{label}: {', '.join(words)}" for label, words in named.items() if words)
    text = "" if each.sort == "statement" else f" “{one_line(plain_text(each.text))}”"
    return f"{each.said:.2f} of {sort}{text}; {words}"


def _reason_facts(reasoning: Reasoning) -> Iterator[Fact]:
    yield "Reason", f"{reasoning.probability:.2f}; reasoned from {reasoning.threshold:.2f}"
    if reasoning.wanted is not None:
        yield from _rule_facts("Reason wanted", "reasoned", reasoning.wanted)
        if reasoning.wanted.outcome == MET and not reasoning.probability:
            yield "Reason wanted", "it does not stand beside the quote, so it does not count"
    signs = ", ".join(f"“{one_line(plain_text(sign.place.quote))}” ({sign.sort})" for sign in reasoning.signs)
    yield "Signs of a reason", signs or "none in it or right after it"
