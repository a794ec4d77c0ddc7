"""Why a verdict came out as it did: the numbers, words and rules behind it, criterion by criterion.

The verdicts are those of `Scorer.score_stage`; all else is found again by the same functions that led to them.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.similarity import Sentence
from mlsd_coach.matching.words import split_words, stem
from mlsd_coach.models import FORMAT, Judgement, Level, Scenario, StageScore, Status, Verdict
from mlsd_coach.scoring.criteria import CompiledCriterion
from mlsd_coach.scoring.features import FEATURES, Candidate, find_candidates
from mlsd_coach.scoring.profiles import STRONGEST
from mlsd_coach.scoring.rule_trace import Place, RuleTrace, place_at, trace_rule
from mlsd_coach.scoring.scorer import Scorer
from mlsd_coach.scoring.signs import Sign, find_signs
from mlsd_coach.scoring.verdicts import (
    Choice,
    Model,
    choose,
    judge,
    load_models,
    model_of,
    reach,
    reason_values,
)

RANK = {Verdict.NOT_JUDGED: 0, Verdict.MISSING: 0, Verdict.MAYBE: 1, Verdict.NAMED: 2, Verdict.REASONED: 3}


@dataclass(frozen=True)
class Contribution:
    """One feature of the place that speaks best for the criterion: value times weight goes into the sum."""

    feature: str
    value: float
    weight: float


@dataclass(frozen=True)
class Likeness:
    """How much of a sentence that the author wrote is said at that place."""

    sort: str
    """way, near-miss (a sentence that must not count), statement, core (it without its examples) or earning."""
    register: str
    """Of a way: plain, terse, speech ...; else empty."""
    text: str
    said: float
    """0..1, by the weight of its telling words."""
    words_said: tuple[str, ...]
    words_near: tuple[str, ...]
    """Words of which only one of near meaning is said."""
    words_unsaid: tuple[str, ...]


@dataclass(frozen=True)
class Uncounted:
    """A run of words that is not taken as said."""

    place: Place
    why: str
    """`copied` from the question or the rubric, or how it is meant: `denied`, `asked`, `hypothetical` ..."""


@dataclass(frozen=True)
class Reasoning:
    """What told REASONED from NAMED; looked at only where the criterion is covered."""

    probability: float
    """0..1."""
    threshold: float
    """From here on it is reasoned."""
    contributions: tuple[Contribution, ...]
    signs: tuple[Sign, ...]
    """The signs of a reason in and after the evidence."""
    wanted: RuleTrace | None
    """The criterion's own rule for a reason, if it has one; without it near the evidence the probability is 0."""


@dataclass(frozen=True)
class CriterionExplanation:
    """Everything behind the verdict on one criterion."""

    id: str
    statement: str
    level: Level
    weight: int
    verdict: Verdict
    points: float
    reason: str
    """One sentence: why the verdict is not higher; empty for REASONED."""
    confidence: float
    """0..1, the probability that it is covered, less a little for the length of the place."""
    low: float
    """From here on it is at least a maybe."""
    high: float
    """From here on it is covered: named or reasoned."""
    model: str
    """`authored` for criteria with a rule or ways, `statement` for the others; empty when nothing was judged."""
    intercept: float
    counts: tuple[Status, ...]
    """The ways of meaning it that earn here."""
    places: tuple[Place, ...]
    """What the verdict quotes; of a missing one the place that came nearest."""
    contributions: tuple[Contribution, ...]
    rule: RuleTrace | None
    likenesses: tuple[Likeness, ...]
    """The sentences of which any word is said at that place, the nearest first."""
    profile: tuple[str, ...]
    """The strongest words there that tell this criterion from the others of its stage."""
    uncounted: tuple[Uncounted, ...]
    """What would have earned more, had its words counted."""
    would_be: Verdict | None
    """The verdict then; None when it is the same."""
    reasoning: Reasoning | None


@dataclass(frozen=True)
class StageExplanation:
    """Everything behind the verdicts on one answer."""

    scenario: str
    stage: str
    title: str
    answer: str
    guard: str
    """Why nothing was judged; else empty."""
    uncounted: tuple[Uncounted, ...]
    """Every run of words that is not plainly stated, or is copied."""
    criteria: tuple[CriterionExplanation, ...]


def explain_stage(
    scorer: Scorer, scenario: Scenario, stage_id: str, raw: str, *, level: Level, only: Collection[str] | None = None
) -> StageExplanation:
    """Explain the verdicts on the answer to one stage; `only` limits it to some criteria.

    KeyError when the scenario leaves the stage out.
    """
    score = scorer.score_stage(scenario, stage_id, raw, level=level)
    answer, compiled = scorer.read(scenario, stage_id, raw)
    generous, _ = scorer.read(scenario, stage_id, raw)
    generous.masked = [False] * len(generous.masked)
    criteria = tuple(
        _explain(each, judgement, answer, generous, score)
        for each, judgement in zip(compiled, score.judgements, strict=True)
        if only is None or each.criterion.id in only
    )
    uncounted = tuple(_uncounted(answer, range(len(answer.text.words)), frozenset({Status.STATED})))
    return StageExplanation(scenario.id, stage_id, score.title, raw, score.guard, uncounted, criteria)


def explanation_to_json(explanation: StageExplanation) -> dict[str, Any]:
    """Return an explanation as plain dicts, lists, strings and numbers."""
    return {"format": FORMAT, **asdict(explanation)}


def _explain(
    compiled: CompiledCriterion, judgement: Judgement, answer: Answer, generous: Answer, score: StageScore
) -> CriterionExplanation:
    name, model = model_of(compiled)
    reasoned = load_models()["reasoned"]
    is_judged = score.attempted and not score.guard
    candidates = find_candidates(compiled, answer) if is_judged else []
    choice = choose(compiled, answer, candidates, model, reasoned)
    would_be, lost = _would_be(compiled, judgement, answer, generous) if is_judged else (None, ())
    criterion = compiled.criterion
    rule = criterion.evidence
    is_covered = judgement.verdict in (Verdict.NAMED, Verdict.REASONED)
    return CriterionExplanation(
        criterion.id,
        criterion.statement,
        criterion.level,
        criterion.weight,
        judgement.verdict,
        judgement.points,
        judgement.reason,
        choice.confidence if choice else 0.0,
        model.low,
        model.high,
        name if is_judged else "",
        model.intercept,
        tuple(status for status in Status if status in compiled.statuses),
        tuple(_places(answer, choice.candidate)) if choice else (),
        _contributions(choice.candidate, model) if choice else (),
        trace_rule(rule, answer, compiled.statuses) if rule is not None and is_judged else None,
        tuple(_likenesses(compiled, answer, choice.candidate)) if choice else (),
        _profile(compiled, answer, choice.candidate) if choice else (),
        lost,
        would_be,
        _reasoning(compiled, answer, choice, reasoned) if choice and is_covered else None,
    )


def _places(answer: Answer, candidate: Candidate) -> Iterator[Place]:
    for window in candidate.windows:
        start = answer.text.segments[window.first_segment].start
        end = answer.text.segments[window.last_segment - 1].end
        yield place_at(answer.text.raw, start, end)


def _contributions(candidate: Candidate, model: Model) -> tuple[Contribution, ...]:
    values = zip(FEATURES, candidate.values, strict=True)
    return tuple(Contribution(name, value, model.weights.get(name, 0.0)) for name, value in values)


def _likenesses(compiled: CompiledCriterion, answer: Answer, candidate: Candidate) -> list[Likeness]:
    criterion = compiled.criterion
    ways = [("way", register, way) for register, ways in criterion.ways for way in ways]
    misses = [("near-miss", "", miss) for miss in criterion.near_misses]
    sentences = [*zip(ways, compiled.ways, strict=True), *zip(misses, compiled.near_misses, strict=True)]
    sentences.append((("statement", "", criterion.statement), compiled.statement))
    if compiled.core != compiled.statement:
        sentences.append((("core", "", criterion.statement), compiled.core))
    if compiled.earning is not None:
        sentences.append((("earning", "", criterion.earning), compiled.earning))
    windows = [answer.windows.index(window) for window in candidate.windows]
    found = [_likeness(*heads, sentence, compiled, answer, windows) for heads, sentence in sentences]
    return sorted((each for each in found if each.said > 0), key=lambda each: -each.said)


def _likeness(
    sort: str,
    register: str,
    text: str,
    sentence: Sentence,
    compiled: CompiledCriterion,
    answer: Answer,
    windows: Sequence[int],
) -> Likeness:
    shares = answer.recalls(sentence, compiled.statuses)
    window = max(windows, key=lambda number: shares.get(number, 0.0))
    index = answer.index(compiled.statuses)
    words = {stem(word): word for word in reversed(split_words(text))}
    sorted_out: dict[str, list[str]] = {"said": [], "near": [], "unsaid": []}
    for each in sentence.stems:
        score = dict(index.get(each, ())).get(window, 0.0)
        sorted_out["said" if score >= 1 else "near" if score else "unsaid"].append(words.get(each, each))
    said, near, unsaid = map(tuple, sorted_out.values())
    return Likeness(sort, register, text, round(shares.get(window, 0.0), 4), said, near, unsaid)


def _profile(compiled: CompiledCriterion, answer: Answer, candidate: Candidate) -> tuple[str, ...]:
    index = answer.index(compiled.statuses)
    windows = {answer.windows.index(window) for window in candidate.windows}
    found: dict[str, float] = {}
    for each, weight in compiled.profile.items():
        found[each] = max((weight * score for window, score in index.get(each, ()) if window in windows), default=0.0)
    strongest = sorted((each for each in found if found[each]), key=lambda each: (-found[each], each))[:STRONGEST]
    criterion = compiled.criterion
    authored = (criterion.statement, criterion.earning, *(way for _, ways in criterion.ways for way in ways))
    written = {stem(word): word.lower() for word in split_words(" ".join(authored))}
    # A word of the rule alone, where only one of near meaning is said, is left as its stem.
    return tuple(written.get(each, each) for each in strongest)


def _would_be(
    compiled: CompiledCriterion, judgement: Judgement, answer: Answer, generous: Answer
) -> tuple[Verdict | None, tuple[Uncounted, ...]]:
    """Return the verdict if every word counted, when it is a higher one, and the words that made the difference."""
    then = judge(replace(compiled, statuses=frozenset(Status)), generous)
    if RANK[then.verdict] <= RANK[judgement.verdict]:
        return None, ()
    words = [
        number
        for number, word in enumerate(answer.text.words)
        if any(quote.start <= word.start and word.end <= quote.end for quote in then.evidence)
    ]
    return then.verdict, tuple(_uncounted(answer, words, compiled.statuses))


def _uncounted(answer: Answer, words: Sequence[int], statuses: Collection[Status]) -> Iterator[Uncounted]:
    """Yield the runs among these words that are copied or not meant in one of the ways, split at sentence ends."""

    def why(number: int) -> str:
        if answer.masked[number]:
            return "copied"
        status = answer.statuses[number]
        return "" if status in statuses else status.value

    def run(number: int) -> tuple[str, int]:
        return why(number), answer.text.segment_of[number]

    for (reason, _), group in groupby(words, key=run):
        numbers = list(group)
        if reason:
            start, end = answer.text.words[numbers[0]].start, answer.text.words[numbers[-1]].end
            yield Uncounted(place_at(answer.text.raw, start, end), reason)


def _reasoning(compiled: CompiledCriterion, answer: Answer, choice: Choice, model: Model) -> Reasoning:
    values = reason_values(answer, choice.candidate)
    rule = compiled.criterion.reasoned
    return Reasoning(
        choice.reason,
        model.high,
        tuple(Contribution(name, value, model.weights.get(name, 0.0)) for name, value in values.items()),
        find_signs(answer, reach(choice.candidate, answer)),
        trace_rule(rule, answer, compiled.statuses) if rule is not None else None,
    )
