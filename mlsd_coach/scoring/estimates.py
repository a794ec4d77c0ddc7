"""Figures of the answers held against those worked out of a scenario's numbers.

Doubt speaks for the candidate, since a figure wrongly called off costs more trust than one that is passed over:

- A figure within a factor of three counts wherever it stands beside the words of the estimate, also in the next
  sentence, in a product or in a list; of several the nearest to the worked-out one is taken.
- To be called rough or off, a figure has to stand close: in the same clause, with no turn ("and", "which") and no other
  figure of the kind in between. It must not go into a product, be given for one of many (256 bytes a vector, a machine
  of 512 GB) or for a time to come, and what it counts must be what the estimate counts. "Under 100 GB" is no claim of
  100 GB, so it is off only when the worked-out figure lies beyond it. A figure more than five thousand times off is
  taken for something else: a thousand is a unit mixed up, the size of one row is millions away.
- A figure that is one of the scenario's numbers is somebody else's, and a peak is no average.
- The candidate's own inputs (dimensions, days kept) come from the same sentence or its neighbours, else the default is
  taken; before a figure is called off, inputs said anywhere else in the answers are tried as well.
- One check an estimate and a stage: the nearest figure of the stage, as people correct themselves.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.attachment import Beside, around, figures_beside, is_difference
from mlsd_coach.matching.formulas import Formula, evaluate, parse_formula, write_number, write_value, write_working
from mlsd_coach.matching.measures import Measure, comparable_value, find_measures
from mlsd_coach.matching.rules import CompiledRule, compile_rule
from mlsd_coach.matching.units import Unit, read_unit, unit_of_number, word_set
from mlsd_coach.models import STAGES, Estimate, FigureCheck, Fit, Scenario
from mlsd_coach.scoring.inputs import FARTHEST as FARTHEST_INPUT
from mlsd_coach.scoring.inputs import FARTHEST_ELSEWHERE, Input, ReadAnswer, input_values

RIGHT_WITHIN, ROUGH_WITHIN, FARTHEST = 3.0, 10.0, 5000.0
_SLACK = 1.0001
"""A factor of three is within a factor of three, whatever the floats say."""
_BARE_FROM = 100.0
"""A figure that does not say what it counts is held against a count from here on: "2", "10" may count anything."""
_ELSEWHERE = word_set(
    "year years grow grows growth growing later eventually future someday machine machines box boxes node "
    "nodes server servers host hosts gpu gpus instance instances shard shards replica replicas instead"
)
"""A sentence with one of these may give its figure for a part, for a machine or for another day."""
_PEAKS = frozenset({"peak", "peaks", "evening", "busiest"})
_SAME_WITHIN = 1.05
_EACH = frozenset({"each", "every", "single"})
_SUMS_UP = frozenset({"that", "is", "it", "this", "which", "makes", "gives", "so", "comes", "we", "and", "means"})
_ONE_WORDS = 8


def fit_of(value: float, expected: float) -> Fit:
    """Return how a figure stands to the worked-out one."""
    ratio = max(value / expected, expected / value)
    if ratio <= RIGHT_WITHIN * _SLACK:
        return Fit.RIGHT
    return Fit.ROUGH if ratio <= ROUGH_WITHIN * _SLACK else Fit.OFF


@dataclass(frozen=True)
class _Work:
    """An estimate ready to be looked for."""

    estimate: Estimate
    formula: Formula
    where: CompiledRule
    unit: Unit
    inputs: tuple[Input, ...]
    numbers: Mapping[str, float]
    shown: Mapping[str, str]
    told: tuple[tuple[float, str], ...]
    """(value, kind) of the scenario's numbers, in base units."""

    @property
    def named(self) -> str:
        """All that names it."""
        return " ".join((self.estimate.id, self.estimate.title, *self.formula.names)).casefold()

    def expected(self, inputs: Mapping[str, float]) -> float:
        """Return the worked-out figure in base units, 0 when it cannot be worked out."""
        try:
            return evaluate(self.formula, {**self.numbers, **inputs}) * self.unit.factor
        except ValueError:
            return 0.0  # content that `check` complains of

    def working(self, inputs: Mapping[str, float], said: Mapping[str, float]) -> str:
        """Write the working out, defaults marked as assumed."""
        words = {
            name: f"{write_number(value, digits=6)} {name.replace('_', ' ')}{'' if name in said else ' (assumed)'}"
            for name, value in inputs.items()
        }
        result = write_value(self.expected(inputs), self.estimate.unit)
        return write_working(self.formula, {**self.shown, **words}, result)


def check_figures(
    scenario: Scenario, answers: Mapping[str, str], read: Callable[[str], Answer]
) -> tuple[FigureCheck, ...]:
    """Hold the figures of the answers (stage id → text) against the estimates, in the order of the stages."""
    works = [work for estimate in scenario.estimates if (work := _prepare(scenario, estimate)) is not None]
    if not works:
        return ()
    given = [(stage, read(answers[stage])) for stage in STAGES if answers.get(stage, "").strip()]
    texts = [ReadAnswer(stage, answer, find_measures(answer.text)) for stage, answer in given]
    checks = (_check_stage(work, each, texts) for each in texts for work in works)
    return tuple(check for check in checks if check is not None)


def _prepare(scenario: Scenario, estimate: Estimate) -> _Work | None:
    try:
        formula = parse_formula(estimate.formula)
    except ValueError:
        return None
    return _Work(
        estimate,
        formula,
        compile_rule(estimate.where),
        _unit_of(estimate, formula, scenario),
        tuple(Input(each.name, compile_rule(each.where), each.default) for each in estimate.reads),
        {number.id: number.value for number in scenario.numbers},
        {number.id: _show_input(number.value, number.unit) for number in scenario.numbers},
        tuple((n.value * unit.factor, unit.kind) for n in scenario.numbers if (unit := unit_of_number(n.id, n.unit))),
    )


def _unit_of(estimate: Estimate, formula: Formula, scenario: Scenario) -> Unit:
    """Return the unit; what is only put into another time may be counted as it is in the scenario's number."""
    unit = read_unit(estimate.unit)
    if len(formula.names) != 1:
        return unit
    nouns = [noun for number in scenario.numbers if number.id in formula.names for noun in read_unit(number.unit).nouns]
    return replace(unit, nouns=(*unit.nouns, *nouns)) if unit.nouns else unit


def _show_input(value: float, unit: str) -> str:
    """Write a number as it goes into a formula: in its own unit, since that is how it is worked with."""
    if unit in {"share", "fraction", "ratio"}:
        return write_number(value, digits=6)
    return f"{write_number(value, digits=6)} {unit.replace('_', ' ')}"


def _check_stage(work: _Work, text: ReadAnswer, texts: Sequence[ReadAnswer]) -> FigureCheck | None:
    """Return the check of the figure of a stage that is nearest to the worked-out one, None when there is none."""
    found = [
        check
        for index in range(len(text.answer.text.segments))
        if (check := _check_sentence(work, text, index, texts)) is not None
    ]
    return min(found, key=lambda check: _distance(check.value, check.expected), default=None)


def _check_sentence(work: _Work, text: ReadAnswer, index: int, texts: Sequence[ReadAnswer]) -> FigureCheck | None:
    beside = figures_beside(
        text.answer, work.where, text.measures, index, lambda m: comparable_value(m, work.unit) is not None
    )
    if not beside:
        return None
    said = input_values(text.answer, text.measures, work.inputs, (index, index - 1, index + 1), within=FARTHEST_INPUT)
    inputs = {each.name: said.get(each.name, each.default) for each in work.inputs}
    expected = work.expected(inputs)
    if expected <= 0:
        return None
    ordered = sorted(beside, key=lambda each: _distance(each.measure.value, expected))
    if fit_of(ordered[0].measure.value, expected) is Fit.RIGHT:
        return _result(work, text, ordered[0].measure, inputs, said)
    close = [each.measure for each in ordered if each.close and _may_be_off(work, text, each, expected)]
    if not close:
        return None
    for inputs_, said_ in _other_inputs(work, inputs, said, texts):
        if fit_of(close[0].value, work.expected(inputs_)) is Fit.RIGHT:
            return _result(work, text, close[0], inputs_, said_)
    return _result(work, text, close[0], inputs, said)


def _distance(value: float, expected: float) -> float:
    return abs(math.log(value / expected))


def _may_be_off(work: _Work, text: ReadAnswer, beside: Beside, expected: float) -> bool:
    """Tell whether a figure is a claim that can be wrong."""
    measure, unit = beside.measure, work.unit
    if any(
        kind == measure.kind and _distance(measure.value, told) <= math.log(_SAME_WITHIN) for told, kind in work.told
    ):
        return False
    if measure.operand or (measure.limit == "most" and measure.value >= expected):
        return False
    if measure.limit == "least" and measure.value <= expected:
        return False
    if unit.kind == "count" and not measure.unit.nouns and (measure.number < _BARE_FROM or _is_year(measure)):
        return False
    segment = text.answer.text.segments[text.answer.text.segment_of[measure.first]]
    words = text.answer.text.words
    if any(each.folded in _ELSEWHERE and each.stem not in unit.nouns for each in words[segment.first : segment.last]):
        return False
    if "peak" not in work.named and any(each.folded in _PEAKS for each in words[segment.first : segment.last]):
        return False
    if any(each.folded in {"fit", "fits"} for each in words[segment.first : measure.first]):
        return False
    if is_difference(text.answer, measure) or _is_of_one(text, beside, segment.first):
        return False
    return max(measure.value / expected, expected / measure.value) <= FARTHEST


def _is_of_one(text: ReadAnswer, beside: Beside, first: int) -> bool:
    """Tell whether a figure is that of one: "each row takes 256 bytes", but not "64 floats each, that is 3 GB".

    What the estimate itself is about may well be one of several: "each arm has a million users".
    """
    words = text.answer.text.words
    named = {at for span in beside.hit.spans for at in range(span.first, span.last)}
    near = range(max(first, beside.measure.first - _ONE_WORDS), beside.measure.first - 1)
    eaches = (at for at in near if words[at].folded in _EACH and at + 1 not in named)
    return any(words[at + 1].folded not in _SUMS_UP for at in eaches)


def _is_year(measure: Measure) -> bool:
    return measure.number.is_integer() and 1900 <= measure.number <= 2100


def _other_inputs(
    work: _Work, inputs: Mapping[str, float], said: Mapping[str, float], texts: Sequence[ReadAnswer]
) -> Iterator[tuple[Mapping[str, float], Mapping[str, float]]]:
    """Yield the inputs with those that are said elsewhere in the answers, one answer at a time."""
    if len(said) == len(inputs):
        return
    for text in texts:
        everywhere = range(len(text.answer.text.segments))
        found = input_values(text.answer, text.measures, work.inputs, everywhere, within=FARTHEST_ELSEWHERE)
        more = {**found, **said}
        if len(more) > len(said):
            yield {**inputs, **more}, more


def _result(
    work: _Work, text: ReadAnswer, measure: Measure, inputs: Mapping[str, float], said: Mapping[str, float]
) -> FigureCheck:
    expected = work.expected(inputs)
    return FigureCheck(
        estimate=work.estimate.id,
        title=work.estimate.title,
        fit=fit_of(measure.value, expected),
        said=around(text.answer, measure.first, measure.last).quote,
        stage=text.stage,
        value=measure.value,
        expected=expected,
        unit=work.estimate.unit,
        working=work.working(inputs, said),
    )
