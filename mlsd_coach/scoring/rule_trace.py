"""An evidence rule held against an answer part by part: which alternatives stand where, and what the rule lacks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.phrases import Span
from mlsd_coach.matching.rules import Hit, compile_rule, find_hits
from mlsd_coach.models import Rule, Status

MET = "met"
MISSING = "missing"
"""No word of it stands in the answer, or not of every part."""
UNCOUNTED = "uncounted"
"""It would be met if its words were meant in a way that earns."""
APART = "apart"
"""Every part is there, but they stand too far from each other."""
VETOED = "vetoed"
"""Every part is there, and so is something that must not be."""
MOST_HITS = 10
"""Ways in which one rule is met that are kept; `near` can be met by hundreds of combinations of the same words."""


@dataclass(frozen=True)
class Place:
    """Words of the answer: `answer[start:end] == quote`; `line` counts from 1."""

    quote: str
    start: int
    end: int
    line: int


@dataclass(frozen=True)
class Match:
    """One alternative of a phrase that stands in the answer."""

    alternative: str
    """As authored: "random*", "@a-b-test"."""
    place: Place
    why_not: str = ""
    """Empty when the words count; else `copied`, or how they are meant: `denied`, `asked` ..."""


@dataclass(frozen=True)
class RuleTrace:
    """What became of a rule, or of a part of one."""

    path: str
    """Where it stands below `evidence` or `reasoned`: "any[1].near[0]"; empty for the whole."""
    kind: str
    """phrase, any, all, near, count or not."""
    outcome: str
    """met, missing, uncounted, apart or vetoed; of a `not`, vetoed when what must not be there is there."""
    phrase: str = ""
    """All alternatives of a phrase, as authored."""
    at_least: int = 0
    """How many parts a `count` needs."""
    matches: tuple[Match, ...] = ()
    """Of a phrase: its alternatives that stand in the answer, those that do not count too."""
    hits: tuple[tuple[Match, ...], ...] = ()
    """The ways in which it is met, each with the words that met it; the first MOST_HITS of them."""
    members: tuple["RuleTrace", ...] = ()

    @property
    def wanted(self) -> tuple["RuleTrace", ...]:
        """The parts that have to be there."""
        return tuple(member for member in self.members if member.kind != "not")

    @property
    def nearness(self) -> float:
        """0..1: how close the rule came to being met, for putting the nearest alternatives first."""
        if self.outcome == MET:
            return 1.0
        if self.outcome != MISSING:
            return 0.9
        if not self.wanted:
            return 0.0
        found = [member.nearness for member in self.wanted]
        return max(found) if self.kind == "any" else sum(found) / (self.at_least or len(found)) * 0.9

    def leaves(self) -> Iterator["RuleTrace"]:
        """Yield the phrases below."""
        if self.kind == "phrase":
            yield self
        for member in self.members:
            yield from member.leaves()


def place_of(answer: Answer, first: int, last: int) -> Place:
    """Return the place of words `first` to `last` (exclusive) of an answer."""
    start, end = answer.text.words[first].start, answer.text.words[last - 1].end
    return place_at(answer.text.raw, start, end)


def place_at(raw: str, start: int, end: int) -> Place:
    """Return the place of a slice of an answer."""
    return Place(raw[start:end], start, end, raw.count("\n", 0, start) + 1)


def why_uncounted(answer: Answer, span: Span, statuses: Collection[Status]) -> str:
    """Return why the words of a span do not count: `copied`, or the first status that does not earn; "" if they do."""
    if answer.accepts(span, statuses):
        return ""
    if any(answer.masked[span.first : span.last]):
        return "copied"
    meant = (answer.statuses[word] for word in range(span.first, span.last))
    return next((status.value for status in meant if status not in statuses), Status.DENIED.value)


def trace_rule(rule: Rule, answer: Answer, statuses: Collection[Status], path: str = "") -> RuleTrace:
    """Hold an authored rule against an answer; only words meant in one of the `statuses` count."""
    if isinstance(rule, str):
        return _trace_phrase(rule, answer, statuses, path)
    ((kind, value),) = rule.items()
    if kind == "not":
        # What must not be there vetoes however it is meant.
        member = trace_rule(value, answer, frozenset(Status), _below(path, "not"))
        return RuleTrace(path, kind, VETOED if _holds(value, answer) else MET, members=(member,))
    rules: Sequence[Rule] = value["of"] if kind == "count" else value
    here = _below(path, "count.of" if kind == "count" else kind)
    members = tuple(trace_rule(member, answer, statuses, f"{here}[{n}]") for n, member in enumerate(rules))
    hits = find_hits(compile_rule(rule), answer.text, answer.find_concept, lambda span: answer.accepts(span, statuses))
    outcome = MET if hits else _why_unmet(kind, rule, rules, members, answer)
    at_least = value["at_least"] if kind == "count" else 0
    found = _named(hits, [leaf for member in members for leaf in member.leaves()], answer)
    return RuleTrace(path, kind, outcome, at_least=at_least, hits=found, members=members)


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _trace_phrase(phrase: str, answer: Answer, statuses: Collection[Status], path: str) -> RuleTrace:
    matches: list[Match] = []
    for alternative in dict.fromkeys(part.strip() for part in phrase.split("|")):
        for hit in find_hits(compile_rule(alternative), answer.text, answer.find_concept, lambda _: True):
            why_not = why_uncounted(answer, hit.spans[0], statuses)
            matches.append(Match(alternative, place_of(answer, hit.first, hit.last), why_not))
    matches.sort(key=lambda match: (match.place.start, match.place.end))
    counted = tuple((match,) for match in matches if not match.why_not)
    outcome = MET if counted else UNCOUNTED if matches else MISSING
    return RuleTrace(path, "phrase", outcome, phrase, matches=tuple(matches), hits=counted[:MOST_HITS])


def _holds(rule: Rule, answer: Answer) -> bool:
    """Tell whether a rule is met when every word counts, however it is meant."""
    return bool(find_hits(compile_rule(rule), answer.text, answer.find_concept, lambda _: True))


def _why_unmet(kind: str, rule: Rule, rules: Sequence[Rule], members: Sequence[RuleTrace], answer: Answer) -> str:
    if _holds(rule, answer):
        return UNCOUNTED
    if kind in {"any", "count"} or any(each.outcome == MISSING for each in members if each.kind != "not"):
        return MISSING
    wanted = [part for part, member in zip(rules, members, strict=True) if member.kind != "not"]
    return VETOED if kind == "all" or _holds({"near": wanted}, answer) else APART


def _named(hits: Sequence[Hit], leaves: Sequence[RuleTrace], answer: Answer) -> tuple[tuple[Match, ...], ...]:
    """Return the first hits with the alternatives that their words were found by."""
    by_place: dict[tuple[int, int], Match] = {}
    for leaf in leaves:
        for match in leaf.matches:
            by_place.setdefault((match.place.start, match.place.end), match)
    found: list[tuple[Match, ...]] = []
    for hit in hits[:MOST_HITS]:
        places = [place_of(answer, span.first, span.last) for span in sorted(hit.spans, key=lambda span: span.first)]
        found.append(tuple(by_place.get((place.start, place.end), Match("", place)) for place in places))
    return tuple(dict.fromkeys(found))
