"""Plain data, as it comes out of the schema or the cache, to the frozen nouns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mlsd_coach.content.build_interviewer import (
    build_estimate,
    build_fact,
    build_red_flag,
    build_scenario_thread,
    build_vague,
)
from mlsd_coach.models import (
    CHANGE,
    STAGE_MINUTES,
    STAGES,
    AmbiguousAlias,
    Band,
    Change,
    ChecklistItem,
    Concept,
    Criterion,
    FollowUp,
    Level,
    LevelBar,
    Levels,
    Number,
    RecallQuestion,
    Resource,
    Rubric,
    Samples,
    Scenario,
    ScenarioHead,
    Signal,
    SignalText,
    SourceKind,
    StagePlan,
    Status,
)

Plain = dict[str, Any]
"""A file as plain data, every default filled in."""

STAGE_SIGNALS = {
    "requirements": Signal.PRODUCT_SENSE,
    "high-level-design": Signal.SYSTEMS,
    "data": Signal.DATA_SENSE,
    "features": Signal.DATA_SENSE,
    "candidates": Signal.SYSTEMS,
    "models": Signal.ML_DEPTH,
    "offline-evaluation": Signal.EXPERIMENTATION,
    "online-evaluation": Signal.EXPERIMENTATION,
    "lifecycle": Signal.SYSTEMS,
}
"""The signal of a criterion that names none."""

_DEFAULT_WEIGHT = 3
_REGISTERS = ("textbook", "plain", "terse", "speech", "simple")


def build_head(scenario_id: str, plain: Plain) -> ScenarioHead:
    """Build what a list shows of a scenario."""
    levels = tuple(Level(word) for word in plain["levels"])
    return ScenarioHead(scenario_id, plain["title"], plain["family"] or "", tuple(plain["tags"]), levels)


def build_rubric(plain: Plain, ways: Sequence[Plain] = ()) -> Rubric:
    """Build a rubric with the ways of its criteria."""
    stage = plain["stage"]
    return Rubric(
        stage=stage,
        title=plain["title"] or title_of(stage),
        minutes=plain["minutes"] or STAGE_MINUTES[stage],
        weight=plain["weight"],
        purpose=plain["purpose"] or "",
        criteria=_criteria(plain["criteria"], stage, ways),
    )


def title_of(stage: str) -> str:
    """Return a stage's id in words: `offline-evaluation` is `Offline evaluation`."""
    return stage.replace("-", " ").capitalize()


def _criteria(entries: Sequence[Plain], stage: str, ways: Sequence[Plain]) -> tuple[Criterion, ...]:
    built = (_criterion(entry, stage) for entry in entries)
    return tuple(_with_ways(criterion, ways) for criterion in built)


def _criterion(entry: Plain, stage: str) -> Criterion:
    return Criterion(
        id=entry["id"],
        statement=entry["statement"],
        signal=Signal(entry["signal"]) if entry["signal"] else STAGE_SIGNALS[stage],
        level=Level(entry["level"]),
        weight=entry["weight"],
        counts=tuple(Status(word) for word in entry["counts"]),
        evidence=entry["evidence"],
        reasoned=entry["reasoned"],
        ways=_ways(entry["ways"]),
        near_misses=tuple(entry["near_misses"]),
        hints=tuple(entry["hints"]),
        follow_up=entry["follow_up"] or "",
        why=entry["why"] or "",
        advice=entry["advice"] or "",
        earning=entry["earning"] or "",
    )


def _ways(entry: list[str] | dict[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    # A plain list does not say in which register it is; "plain" is what most authors write.
    by_register = {"plain": entry} if isinstance(entry, list) else entry
    return tuple((name, tuple(by_register[name])) for name in _REGISTERS if by_register.get(name))


def _with_ways(criterion: Criterion, files: Sequence[Plain]) -> Criterion:
    for plain in files:
        more = plain["criteria"].get(criterion.id)
        if more is not None:
            merged = {name: list(texts) for name, texts in criterion.ways}
            for name, texts in _ways(more["ways"]):
                merged.setdefault(name, []).extend(texts)
            misses = (*criterion.near_misses, *more["near_misses"])
            criterion = replace(criterion, ways=_ways(merged), near_misses=misses)
    return criterion


def build_scenario(
    scenario_id: str,
    plain: Plain,
    rubrics: Mapping[str, Rubric],
    ways: Sequence[Plain] = (),
    *,
    digest: str = "",
    rubrics_digest: str = "",
    source: str = "",
) -> Scenario:
    """Build a scenario: each of its stages is the rubric's criteria, less those dropped, and its own."""
    title = plain["title"]
    stages = tuple(
        _stage(stage, plain["stages"][stage], rubrics.get(stage), ways) for stage in STAGES if stage in plain["stages"]
    )
    return Scenario(
        id=scenario_id,
        title=title,
        family=plain["family"] or "",
        opening=plain["opening"] or f"Here is what I would like you to design today: {title}.",
        context=plain["context"] or "",
        stages=stages,
        tags=tuple(plain["tags"]),
        levels=tuple(Level(word) for word in plain["levels"]),
        facts=tuple(build_fact(entry, _questions(entry["id"], ways)) for entry in plain["facts"]),
        numbers=tuple(Number(name, entry["value"], entry["unit"]) for name, entry in plain["numbers"].items()),
        elsewhere=tuple(text for entry in ways for text in entry["elsewhere"]),
        vague=tuple(build_vague(entry) for entry in plain["vague"]),
        change=_change(plain["change"], ways),
        red_flags=tuple(build_red_flag(entry) for entry in plain["red_flags"]),
        estimates=tuple(build_estimate(entry) for entry in plain["estimates"]),
        thread=build_scenario_thread(plain["thread"]),
        resources=tuple(_resource(entry) for entry in plain["resources"]),
        omitted=tuple((stage, plain["omit"][stage]) for stage in STAGES if stage in plain["omit"]),
        digest=digest,
        rubrics_digest=rubrics_digest,
        source=source,
    )


def _stage(stage: str, plain: Plain, rubric: Rubric | None, ways: Sequence[Plain]) -> StagePlan:
    rubric = rubric or Rubric(stage, title_of(stage), STAGE_MINUTES[stage], _DEFAULT_WEIGHT, "", ())
    dropped = {entry["criterion"]: entry["reason"] for entry in plain["drop"]}
    own = _criteria(plain["criteria"], stage, ways)
    own_ids = frozenset(criterion.id for criterion in own)
    # A scenario's own criterion stands in for the rubric's of the same id.
    general = tuple(each for each in rubric.criteria if each.id not in dropped and each.id not in own_ids)
    return StagePlan(
        id=stage,
        title=plain["title"] or rubric.title,
        minutes=plain["minutes"] or rubric.minutes,
        weight=plain["weight"] or rubric.weight,
        prompt=plain["prompt"],
        criteria=(*general, *own),
        own=own_ids,
        hints=tuple(plain["hints"]),
        follow_ups=tuple(FollowUp(entry["criterion"], entry["ask"]) for entry in plain["follow_ups"]),
        samples=_samples(plain["samples"]),
        purpose=rubric.purpose,
        dropped=tuple(dropped.items()),
    )


def _questions(fact: str, ways: Sequence[Plain]) -> list[str]:
    return [text for plain in ways for text in plain["facts"].get(fact, ())]


def _change(plain: Plain | None, ways: Sequence[Plain]) -> Change | None:
    if plain is None:
        return None
    criteria = _criteria(plain["criteria"], plain["after"], ways)
    plan = StagePlan(
        id=CHANGE,
        title=plain["title"],
        minutes=plain["minutes"],
        weight=plain["weight"],
        prompt=plain["says"],
        criteria=criteria,
        own=frozenset(criterion.id for criterion in criteria),
        samples=_samples(plain["samples"]),
    )
    return Change(plain["after"], plan)


def _samples(plain: Plain | None) -> Samples:
    return Samples(**{name: text or "" for name, text in (plain or {}).items()})


def _resource(entry: Plain) -> Resource:
    return Resource(entry["title"], entry["by"] or "", entry["year"], entry["url"], entry["why"] or "")


def build_concepts(plain: Plain) -> tuple[Concept, ...]:
    """Build the concepts of one lexicon file."""
    return tuple(
        Concept(
            id=entry["id"],
            name=entry["name"],
            aliases=tuple(entry["aliases"]),
            stage=entry["stage"] or "",
            gloss=entry["gloss"] or "",
            ambiguous=tuple(
                AmbiguousAlias(word["alias"], tuple(word["company"]), tuple(word["not_company"]))
                for word in entry["ambiguous"]
            ),
            lookalikes=tuple(entry["not"]),
        )
        for entry in plain["concepts"]
    )


def build_levels(plain: Plain) -> Levels:
    """Build the bars (lowest first), the bands (highest first) and the signals in words."""
    bars = (LevelBar(Level(bar["id"]), bar["title"], bar["expects"], tuple(bar["asks_for"])) for bar in plain["levels"])
    bands = (Band(band["id"], band["from"], band["title"], band["meaning"]) for band in plain["bands"])
    return Levels(
        bars=tuple(sorted(bars, key=lambda bar: bar.id.rank)),
        bands=tuple(sorted(bands, key=lambda band: -band.floor)),
        signals=tuple(SignalText(Signal(each["id"]), each["title"], each["meaning"]) for each in plain["signals"]),
    )


def build_checklist(plain: Plain) -> tuple[ChecklistItem, ...]:
    """Build the preparations of one checklist file."""
    return tuple(
        ChecklistItem(
            id=entry["id"],
            title=entry["title"],
            why=entry["why"],
            steps=tuple(entry["steps"]),
            concepts=tuple(entry["concepts"]),
            questions=tuple(RecallQuestion(each["ask"], each["criterion"]) for each in entry["questions"]),
            kinds=tuple(
                SourceKind(kind["id"], kind["title"], tuple(kind["examples"]), tuple(kind["patterns"]))
                for kind in entry["kinds"]
            ),
            prompts=tuple(entry["prompts"]),
        )
        for entry in plain["items"]
    )
