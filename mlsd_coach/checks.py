"""The proof of the content: samples scored, bounds held, hints that do not give the answer away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from mlsd_coach.models import CHANGE, Criterion, Level, Rubric, Scenario, StagePlan, StageScore, Verdict

PROOF_LEVEL = Level.SENIOR
"""The level at which samples are scored; the default of a sitting."""
CORE_SHARE = 0.8
"""Share of the mid criteria that a strong sample must meet at least."""
DEPTH_SHARE = 0.5
"""Share of the senior criteria of which a strong sample must meet more."""
WEAK_MOST = 35.0
"""Points of 100 that a weak sample may have at most."""
WORDS = {"weak": (40, 80), "mid": (80, 140), "strong": (120, 220)}
"""Words that a sample should have."""

_MET = {Verdict.NAMED, Verdict.REASONED}


class StageScorer(Protocol):
    """What the proof needs of a scorer."""

    def score_stage(self, scenario: Scenario, stage_id: str, answer: str, *, level: Level) -> StageScore:
        """Score one answer to one stage."""


@dataclass(frozen=True)
class Finding:
    """Something that the proof found in one content file."""

    kind: str
    """scenario or rubric."""
    id: str
    """The file's id: scenario or stage."""
    place: str
    """The trail to the key, such as `stages.data.samples.strong`."""
    message: str
    is_warning: bool = False


@dataclass(frozen=True)
class SampleScores:
    """The scores of one stage's samples, 0..100 by the sample's name."""

    scenario: str
    stage: str
    scores: Mapping[str, float]


@dataclass
class Proof:
    """What was found, and the scores behind it."""

    findings: list[Finding] = field(default_factory=list)
    samples: list[SampleScores] = field(default_factory=list)


def prove(scenarios: Sequence[Scenario], rubrics: Mapping[str, Rubric], scorer: StageScorer) -> Proof:
    """Prove scenarios by their samples; and the criteria of `rubrics` by the samples of all of them."""
    proof = Proof()
    met: dict[tuple[str, str], set[bool]] = defaultdict(set)
    for scenario in scenarios:
        for stage in scenario.parts:
            scored = {
                name: scorer.score_stage(scenario, stage.id, text, level=PROOF_LEVEL) for name, text in _texts(stage)
            }
            scores = {name: each.score for name, each in scored.items()}
            proof.samples.append(SampleScores(scenario.id, stage.id, scores))
            place = f"{_place_of(stage)}.samples"
            proof.findings += [
                Finding("scenario", scenario.id, f"{place}{key}", message, is_warning)
                for key, message, is_warning in (*_check_samples(scored), *_check_words(stage))
            ]
            if len(scored) == len(WORDS):
                _note_met(met, stage, scored)
                proof.findings += _check_own(scenario, stage, met)
        proof.findings += _check_texts(scenario, _own_of(scenario), scorer)
    proof.findings += _check_general(scenarios, rubrics, met, scorer)
    return proof


def _texts(stage: StagePlan) -> list[tuple[str, str]]:
    return [(name, text) for name in WORDS if (text := getattr(stage.samples, name))]


# The samples of one stage ---------------------------------------------------------------------------------------------

_Said = tuple[str, str, bool]
"""(key below `samples`, message, is it a warning)."""


def _check_samples(scored: Mapping[str, StageScore]) -> Iterator[_Said]:
    """Check order and bounds of the samples that are there."""
    names = list(scored)
    if not names:
        yield "", "no samples: nothing in this stage is proved", True
    for name in names:
        if scored[name].guard:
            yield f".{name}", f"the {name} sample is not judged: {scored[name].guard}", False
    for lower, higher in pairwise(names):
        low, high = scored[lower].score, scored[higher].score
        if high <= low:
            yield f".{higher}", f"the {higher} sample must score above the {lower} one: {high:g} against {low:g}", False
    if "strong" in scored:
        yield from _check_strong(scored["strong"])
    if "weak" in scored and scored["weak"].score > WEAK_MOST:
        met = _ids(j.criterion for j in scored["weak"].judgements if j.verdict in _MET)
        score = scored["weak"].score
        yield ".weak", f"the weak sample may have {WEAK_MOST:g} of 100 at most, it has {score:g}; it meets {met}", False


def _check_strong(strong: StageScore) -> Iterator[_Said]:
    for level, name in ((Level.MID, "core (mid)"), (Level.SENIOR, "depth (senior)")):
        asked = [j for j in strong.judgements if j.criterion.level is level]
        missed = [j.criterion for j in asked if j.verdict not in _MET]
        share = 1 - len(missed) / len(asked) if asked else 1.0
        is_enough = share >= CORE_SHARE if level is Level.MID else share > DEPTH_SHARE
        if not is_enough:
            bound = f"at least {CORE_SHARE:.0%}" if level is Level.MID else f"more than {DEPTH_SHARE:.0%}"
            message = f"the strong sample must meet {bound} of the {name} criteria, it meets {share:.0%}; it misses"
            yield ".strong", f"{message} {_ids(missed)}", False


def _check_words(stage: StagePlan) -> Iterator[_Said]:
    for name, text in _texts(stage):
        count, (fewest, most) = len(text.split()), WORDS[name]
        if not fewest <= count <= most:
            yield f".{name}", f"{count} words; a {name} sample has {fewest} to {most}", True


def _ids(criteria: Iterable[Criterion]) -> str:
    return ", ".join(criterion.id for criterion in criteria) or "none"


# Criteria: met by one sample, missed by one ---------------------------------------------------------------------------


def _note_met(met: dict[tuple[str, str], set[bool]], stage: StagePlan, scored: Mapping[str, StageScore]) -> None:
    for score in scored.values():
        for judgement in score.judgements:
            met[stage.id, judgement.criterion.id].add(judgement.verdict in _MET)


def _told_apart(seen: set[bool]) -> str:
    """Say what is wrong with a criterion that every sample meets, or none."""
    if len(seen) != 1:
        return ""
    return "met by every sample, the weak ones too: it tells nobody apart" if True in seen else "met by no sample"


def _check_own(scenario: Scenario, stage: StagePlan, met: Mapping[tuple[str, str], set[bool]]) -> Iterator[Finding]:
    for place, criterion in _own_places(stage):
        wrong = _told_apart(met[stage.id, criterion.id])
        if wrong:
            yield Finding("scenario", scenario.id, place, f"'{criterion.id}' is {wrong}")


def _own_places(stage: StagePlan) -> list[tuple[str, Criterion]]:
    own = [criterion for criterion in stage.criteria if criterion.id in stage.own]
    return [(f"{_place_of(stage)}.criteria[{index}]", criterion) for index, criterion in enumerate(own)]


def _place_of(stage: StagePlan) -> str:
    return CHANGE if stage.id == CHANGE else f"stages.{stage.id}"


def _check_general(
    scenarios: Sequence[Scenario],
    rubrics: Mapping[str, Rubric],
    met: Mapping[tuple[str, str], set[bool]],
    scorer: StageScorer,
) -> Iterator[Finding]:
    for rubric in rubrics.values():
        for index, criterion in enumerate(rubric.criteria):
            wrong = _told_apart(met.get((rubric.stage, criterion.id), set()))
            if wrong:
                yield Finding("rubric", rubric.stage, f"criteria[{index}]", f"'{criterion.id}' is {wrong}")
    done: set[tuple[str, str]] = set()
    for scenario in scenarios:
        places = [
            _Place("rubric", stage.id, f"criteria[{index}]", stage, criterion)
            for stage in scenario.stages
            if stage.id in rubrics
            for index, criterion in enumerate(rubrics[stage.id].criteria)
            if criterion in stage.criteria and (stage.id, criterion.id) not in done
        ]
        done.update((place.stage.id, place.criterion.id) for place in places)
        yield from _check_texts(scenario, places, scorer)


# Hints and earning sentences ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """A criterion, and where it is written."""

    kind: str
    id: str
    place: str
    stage: StagePlan
    criterion: Criterion


def _own_of(scenario: Scenario) -> list[_Place]:
    return [
        _Place("scenario", scenario.id, place, stage, criterion)
        for stage in scenario.parts
        for place, criterion in _own_places(stage)
    ]


def _check_texts(scenario: Scenario, places: Sequence[_Place], scorer: StageScorer) -> Iterator[Finding]:
    """Check that hints do not give the answer away and that the earning sentence earns."""
    # A scorer does not count words that were copied from the rubric: in a scenario without hints and earning
    # sentences they are judged as if the candidate had thought of them.
    bare = _bare(scenario)
    for place in places:
        for index, hint in enumerate(place.criterion.hints):
            wrong = _gives_away(hint, place.criterion, bare, place.stage.id, scorer)
            if wrong:
                yield Finding(place.kind, place.id, f"{place.place}.hints[{index}]", wrong)
        earning = place.criterion.earning
        if earning:
            verdict = _verdict(scorer, bare, place.stage.id, earning, place.criterion.id)
            if verdict is not Verdict.REASONED:
                message = f"the earning sentence of '{place.criterion.id}' is itself judged {verdict.value}"
                yield Finding(place.kind, place.id, f"{place.place}.earning", message, is_warning=True)
    if places and places[0].kind == "scenario":
        yield from _check_stage_hints(scenario, bare, scorer)


def _gives_away(hint: str, criterion: Criterion, bare: Scenario, stage: str, scorer: StageScorer) -> str:
    if criterion.earning and _words(criterion.earning) in _words(hint):
        return f"the hint is the earning sentence of '{criterion.id}': it gives the answer away"
    if _verdict(scorer, bare, stage, hint, criterion.id) is Verdict.REASONED:
        return f"the hint, taken as an answer, earns '{criterion.id}' in full: it gives the answer away"
    return ""


def _check_stage_hints(scenario: Scenario, bare: Scenario, scorer: StageScorer) -> Iterator[Finding]:
    for stage in scenario.stages:
        for index, hint in enumerate(stage.hints):
            score = scorer.score_stage(bare, stage.id, hint, level=PROOF_LEVEL)
            earned = _ids(j.criterion for j in score.judgements if j.verdict is Verdict.REASONED)
            if earned != "none":
                message = f"the hint, taken as an answer, earns {earned} in full: it gives the answer away"
                yield Finding("scenario", scenario.id, f"stages.{stage.id}.hints[{index}]", message)


def _verdict(scorer: StageScorer, scenario: Scenario, stage: str, answer: str, criterion: str) -> Verdict:
    score = scorer.score_stage(scenario, stage, answer, level=PROOF_LEVEL)
    return next(j.verdict for j in score.judgements if j.criterion.id == criterion)


def _bare(scenario: Scenario) -> Scenario:
    """Copy a scenario without its hints and earning sentences; scorers remember scenarios by id, so it gets its own."""
    stages = [
        replace(stage, hints=(), criteria=tuple(replace(each, hints=(), earning="") for each in stage.criteria))
        for stage in scenario.parts
    ]
    if scenario.change:
        *stages, plan = stages
        scenario = replace(scenario, change=replace(scenario.change, plan=plan))
    return replace(scenario, id=f"{scenario.id} without hints", stages=tuple(stages))


def _words(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in text.casefold()).split())
