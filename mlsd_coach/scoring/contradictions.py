"""Places where the design contradicts what the interviewer has told.

A design is only said to contradict a figure when that figure stands in the same clause as the words of the bound, is
meant (not asked, denied, or reported of today's system), is no part of the whole (a share of a budget, a sample of the
users) and is none of the scenario's other figures, which a candidate may have been told as well.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.attachment import Beside, figures_beside, is_difference, sentence, sentences_meeting
from mlsd_coach.matching.formulas import write_number, write_value
from mlsd_coach.matching.measures import Measure, comparable_value, find_measures
from mlsd_coach.matching.rules import CompiledRule, compile_rule
from mlsd_coach.matching.units import Unit, read_unit, unit_of_number, word_set
from mlsd_coach.models import STAGES, Bound, Contradiction, Fact, FactBound, Number, Scenario
from mlsd_coach.scoring.inputs import ReadAnswer

ABOUT_WITHIN = 3.0
SAME_WITHIN = 1.05
"""Figures this near are the same one, rounded."""
_FARTHEST = 5000.0
"""A figure farther off is about something else."""
_PART_OF = word_set(
    "each per every subset sample samples sampled fraction share part some arm arms bucket holdback group shard "
    "shards machine machines node nodes server servers replica region country slice only first remaining rest left"
)
_WHOLES = word_set("it them these those that this the our all")
_BARE_FROM, _BARE_WORDS = 100.0, 3
"""A number that does not say what it counts is taken from here on, this near behind the words of the bound."""
# Said of a condition, of what is not done, or of what there was before.
_NOT_THE_DESIGN = word_set(
    "if unless exceed exceeds exceeding exceeded alarm alert alerts today currently was were instead would too "
    "otherwise suppose imagine fallback timeout timeouts retry worst slower beyond headroom provision provisioned "
    "spike double triple tenfold"
)
_USED_TO = re.compile(r"\bused to\b", re.IGNORECASE)
_AVERAGES, _PEAKS = word_set("average averages averaged mean typical normal"), word_set("peak peaks evening busiest")
_WORDS = {Bound.AT_MOST: "at most ", Bound.AT_LEAST: "at least ", Bound.ABOUT: ""}


@dataclass(frozen=True)
class _Told:
    """A bound of a fact that was told, ready to be held against figures."""

    bound: FactBound
    where: CompiledRule
    number: Number
    unit: Unit
    others: tuple[tuple[float, Unit], ...]
    """The scenario's other figures, and those of the change of requirements."""

    @property
    def value(self) -> float:
        """The figure told, in base units."""
        return self.number.value * self.unit.factor


def find_contradictions(
    scenario: Scenario,
    told: Sequence[str],
    persona: str,
    answers: Mapping[str, str],
    read: Callable[[str], Answer],
) -> tuple[Contradiction, ...]:
    """Return where the answers (stage id → text) contradict facts that were told, by stage; one a fact and stage."""
    facts = [fact for fact in scenario.facts if fact.id in set(told) and (fact.bounds or fact.against)]
    if not facts:
        return ()
    texts = [_read(stage, read(answers[stage])) for stage in STAGES if answers.get(stage, "").strip()]
    changed = _figures_of_change(scenario, read)
    found = []
    for text in texts:
        for fact in facts:
            if _is_after(fact.stage, text.stage):
                continue
            is_changed = scenario.change is not None and _is_after(text.stage, scenario.change.after)
            first = next(_of_fact(scenario, fact, text, changed if is_changed else ()), None)
            if first is not None:
                quote, because = first
                found.append(Contradiction(fact.id, fact.told_by(persona).says, text.stage, quote, because))
    return tuple(found)


def _is_after(stage: str, other: str) -> bool:
    return stage in STAGES and other in STAGES and STAGES.index(stage) > STAGES.index(other)


def _read(stage: str, answer: Answer) -> ReadAnswer:
    return ReadAnswer(stage, answer, find_measures(answer.text))


def _figures_of_change(scenario: Scenario, read: Callable[[str], Answer]) -> tuple[tuple[float, Unit], ...]:
    """Return what the change of requirements puts in place of what was told."""
    if scenario.change is None:
        return ()
    return tuple((m.value, m.unit) for m in find_measures(read(scenario.change.plan.prompt).text))


def _of_fact(
    scenario: Scenario, fact: Fact, text: ReadAnswer, changed: tuple[tuple[float, Unit], ...]
) -> Iterator[tuple[str, str]]:
    """Yield (quote, because) for each contradiction of a fact in an answer."""
    for denial in fact.against:
        for index, hit in sentences_meeting(text.answer, compile_rule(denial.when)):
            del index
            yield sentence(text.answer, hit.first).quote, denial.because
    for bound in fact.bounds:
        prepared = _prepare(scenario, bound, changed)
        if prepared is not None:
            yield from _of_bound(prepared, text)


def _prepare(scenario: Scenario, bound: FactBound, changed: tuple[tuple[float, Unit], ...]) -> _Told | None:
    number = next((each for each in scenario.numbers if each.id == bound.number), None)
    if number is None or number.value <= 0:
        return None
    units = [(each, unit_of_number(each.id, each.unit)) for each in scenario.numbers if each is not number]
    others = tuple((each.value * unit.factor, unit) for each, unit in units)
    unit = unit_of_number(number.id, number.unit)
    return _Told(bound, compile_rule(bound.where), number, unit, (*others, *changed))


def _of_bound(told: _Told, text: ReadAnswer) -> Iterator[tuple[str, str]]:
    for index in range(len(text.answer.text.segments)):
        beside = figures_beside(
            text.answer, told.where, text.measures, index, lambda m: comparable_value(m, told.unit) is not None
        )
        if any(_is_same(each.measure.value, told.value) for each in beside):
            continue  # the figure told is there as well: the other one is about something else
        for each in beside:
            if each.close and _contradicts(told, each.measure.value) and _is_claim(told, text, each):
                yield sentence(text.answer, each.measure.first).quote, _because(told, each.measure, text)
                break


def _contradicts(told: _Told, value: float) -> bool:
    """Tell whether a value lies outside of what was told, and is not too far off to be about it."""
    ratio = value / told.value
    if max(ratio, 1 / ratio) > _FARTHEST:
        return False
    if told.bound.bound is Bound.AT_MOST:
        return ratio > SAME_WITHIN
    if told.bound.bound is Bound.AT_LEAST:
        return ratio < 1 / SAME_WITHIN
    return max(ratio, 1 / ratio) > ABOUT_WITHIN * 1.0001


def _is_claim(told: _Told, text: ReadAnswer, beside: Beside) -> bool:
    """Tell whether a figure is what the design is said to do, as a whole."""
    measure = beside.measure
    others = (value for value, unit in told.others if unit.kind == measure.kind)
    if measure.operand or any(_is_same(measure.value, value) for value in others):
        return False
    if is_difference(text.answer, measure) or _is_other_load(told, text, measure):
        return False
    is_bare = told.unit.kind == "count" and not measure.unit.nouns
    is_theirs = beside.hit.last <= measure.first and beside.gap <= _BARE_WORDS
    if is_bare and not (is_theirs and measure.number >= _BARE_FROM):
        return False  # a bare number may count anything
    # "over a million users" agrees with any larger number, "under 200 ms" with any smaller one
    smaller = measure.value < told.value
    if measure.limit == ("least" if smaller else "most") and told.bound.bound is Bound.ABOUT:
        return False
    if measure.limit == "least" and (smaller or told.bound.bound is Bound.AT_MOST):
        return False  # "more than 500 ms" is a threshold
    segment = text.answer.text.segments[text.answer.text.segment_of[measure.first]]
    words = text.answer.text.words
    if _USED_TO.search(text.answer.text.raw, segment.start, segment.end):
        return False
    if any(words[at].folded in _NOT_THE_DESIGN for at in range(segment.first, segment.last)):
        return False
    return not (smaller and _is_part(text, measure))


def _is_other_load(told: _Told, text: ReadAnswer, measure: Measure) -> bool:
    """Tell whether an average stands against a peak, or the other way round."""
    segment = text.answer.text.segments[text.answer.text.segment_of[measure.first]]
    words = {word.folded for word in text.answer.text.words[segment.first : segment.last]}
    return bool(words & _AVERAGES) if "peak" in told.number.id else bool(words & _PEAKS) and measure.kind == "rate"


def _is_part(text: ReadAnswer, measure: Measure) -> bool:
    """Tell whether a figure is given for a part of the whole: "100 ms of it", "each arm gets 1 M users"."""
    segment = text.answer.text.segments[text.answer.text.segment_of[measure.first]]
    before = range(max(segment.first, measure.first - 6), measure.first)
    after = range(measure.last, min(segment.last, measure.last + 4))
    words = text.answer.text.words
    near = [at for at in (*before, *after) if at < segment.last]
    if any(words[at].folded == "of" and words[min(at + 1, segment.last - 1)].folded in _WHOLES for at in near):
        return True
    return any(words[at].folded in _PART_OF for at in near)


def _is_same(one: float, other: float) -> bool:
    return other > 0 and 1 / SAME_WITHIN <= one / other <= SAME_WITHIN


def _because(told: _Told, measure: Measure, text: ReadAnswer) -> str:
    bound = _WORDS[told.bound.bound]
    said = text.answer.text.raw[measure.start : measure.end]
    return f"You were told {bound}{_write_told(told)}; here it is {' '.join(said.split())}."


def _write_told(told: _Told) -> str:
    number = told.number
    if read_unit(number.unit).kind == told.unit.kind:
        return write_value(told.value, number.unit)
    # The unit says requests, and the name that they are those of a day.
    lasting = re.search(r"per_([a-z]+)", number.id)
    per = f" per {lasting.group(1)}" if lasting else ""
    return f"{write_number(number.value, digits=6)} {number.unit}{per}"
