"""Every problem of a set of content files, those between files too."""

from collections.abc import Iterator, Sequence

from mlsd_coach.content.fresh import Fresh, read_fresh
from mlsd_coach.content.guard_limits import Trail
from mlsd_coach.content.lint_interviewer import check_change_ids, check_interview, check_kinds, check_thread
from mlsd_coach.content.sources import Source, read_bytes
from mlsd_coach.content.texts import did_you_mean
from mlsd_coach.errors import ContentError, Problem
from mlsd_coach.models import STAGES

_Found = tuple[Trail, str]


def lint(sources: Sequence[Source], from_root: int) -> tuple[Problem, ...]:
    """Return every problem of the files of the roots from index `from_root` on, file by file, by line."""
    lexicons = [_read(source, None) for source in sources if source.kind == "lexicon"]
    concepts = frozenset(each["id"] for fresh in lexicons for each in fresh.plain.get("concepts", ())) or None
    if any(fresh.problems for fresh in lexicons):
        concepts = None  # a lexicon that is broken would make every rule look wrong
    read = [_read(source, concepts) for source in sources]
    world = _World(read)
    problems: list[Problem] = []
    for fresh in read:
        if fresh.source.root >= from_root:
            mine = [*fresh.problems, *_between_files(fresh, world)]
            problems += sorted(mine, key=lambda problem: problem.line)
    return tuple(problems)


def _read(source: Source, concepts: frozenset[str] | None) -> Fresh:
    try:
        return read_fresh(source, read_bytes(source.path), concepts)
    except ContentError as error:
        return Fresh(source, None, {}, error.problems)


class _World:
    """What files may refer to in one another."""

    def __init__(self, read: Sequence[Fresh]) -> None:
        usable = [fresh for fresh in read if fresh.plain]
        self.rubric_criteria: dict[str, list[str]] = {}
        self.own_criteria: dict[str, list[str]] = {}
        self.facts: dict[str, list[str]] = {}
        self.kinds: list[str] = []
        self.concepts: set[str] = set()
        for fresh in usable:
            if fresh.source.kind == "rubric":
                self.rubric_criteria[fresh.plain["stage"]] = [each["id"] for each in fresh.plain["criteria"]]
            elif fresh.source.kind == "scenario":
                parts = [*fresh.plain["stages"].values(), *filter(None, [fresh.plain["change"]])]
                self.own_criteria[fresh.source.id] = [each["id"] for part in parts for each in part["criteria"]]
                self.facts[fresh.source.id] = [each["id"] for each in fresh.plain["facts"]]
            elif fresh.source.kind == "questions":
                self.kinds += [each["id"] for each in fresh.plain["kinds"]]
            elif fresh.source.kind == "lexicon":
                self.concepts.update(each["id"] for each in fresh.plain["concepts"])
        broken = {fresh.source.kind for fresh in read if fresh.problems}
        self.is_whole = not broken & {"rubric", "lexicon"}
        """False while a file that others refer to is broken: its ids are then not known."""


def _between_files(fresh: Fresh, world: _World) -> Iterator[Problem]:
    document = fresh.document
    if document is None:
        return
    found: list[_Found] = list(_check_name(fresh))
    if fresh.plain:
        if fresh.source.kind == "scenario":
            found += _check_stages(fresh)
            found += check_interview(fresh.plain)
        if world.is_whole:
            found += _REFERENCES.get(fresh.source.kind, _check_nothing)(fresh, world)
    yield from (document.problem(trail, message) for trail, message in found)


def _check_nothing(fresh: Fresh, world: _World) -> Iterator[_Found]:
    del fresh, world
    yield from ()


def _check_name(fresh: Fresh) -> Iterator[_Found]:
    """Hold a file's name, which is its id, against what it may be."""
    name = fresh.source.id
    if fresh.source.kind in {"rubric", "rubric-ways"} and name not in STAGES:
        yield (), f"the file's name must be a stage{did_you_mean(name, STAGES)}; the stages are {', '.join(STAGES)}"
    elif fresh.plain and fresh.plain.get("stage", name) != name:
        yield ("stage",), f"the stage is '{fresh.plain['stage']}' but the file is named {fresh.source.path.name}"


def _check_stages(fresh: Fresh) -> Iterator[_Found]:
    """Each of the nine stages is either there or left out with a reason."""
    stages, omitted = fresh.plain["stages"], fresh.plain["omit"]
    for stage in STAGES:
        if stage in stages and stage in omitted:
            yield ("omit", stage), f"the stage '{stage}' is left out here and written under stages"
    missing = [stage for stage in STAGES if stage not in stages and stage not in omitted]
    if missing:
        advice = f"write what is asked there, or leave it out with a reason: `omit: {{{missing[0]}: ...}}`"
        yield ("stages",), f"no {', '.join(missing)}: {advice}"


def _check_scenario(fresh: Fresh, world: _World) -> Iterator[_Found]:
    yield from check_change_ids(fresh.plain, world.rubric_criteria)
    if world.kinds:
        yield from check_kinds(fresh.plain, world.kinds)
    for stage, plan in fresh.plain["stages"].items():
        general = world.rubric_criteria.get(stage, [])
        dropped = {each["criterion"] for each in plan["drop"]}
        kept = [name for name in general if name not in dropped]
        own = [each["id"] for each in plan["criteria"]]
        here = ("stages", stage)
        for index, name in enumerate(own):
            if name in kept:
                message = f"the rubric has a criterion '{name}' already: rename this one, or drop that"
                yield (*here, "criteria", index, "id"), message
        for index, each in enumerate(plan["drop"]):
            trail = (*here, "drop", index, "criterion")
            yield from _check_id(each["criterion"], general, trail, f"the rubric of {stage}")
        for index, each in enumerate(plan["follow_ups"]):
            trail = (*here, "follow_ups", index, "criterion")
            yield from _check_id(each["criterion"], kept + own, trail, f"the stage {stage}")


def _check_id(name: str, known: Sequence[str], trail: Trail, where: str) -> Iterator[_Found]:
    if name not in known:
        near = did_you_mean(name, list(known))
        yield trail, f"no criterion '{name}' in {where}{near}; there are {', '.join(known) or 'none'}"


def _check_ways(fresh: Fresh, world: _World) -> Iterator[_Found]:
    owners = world.rubric_criteria if fresh.source.kind == "rubric-ways" else world.own_criteria
    for name in fresh.plain["criteria"]:
        yield from _check_id(name, owners.get(fresh.source.id, []), ("criteria", name), fresh.source.id)
    known = [] if fresh.source.kind == "rubric-ways" else world.facts.get(fresh.source.id, [])
    for name in fresh.plain["facts"]:
        if name not in known:
            yield ("facts", name), f"no fact '{name}' in {fresh.source.id}{did_you_mean(name, known)}"


def _check_lexicon(fresh: Fresh, world: _World) -> Iterator[_Found]:
    del world
    for index, concept in enumerate(fresh.plain["concepts"]):
        for place, each in enumerate(concept["ambiguous"]):
            if not each["company"] and not each["not_company"]:
                yield ("concepts", index, "ambiguous", place), "an ambiguous alias needs company, not_company or both"


def _check_levels(fresh: Fresh, world: _World) -> Iterator[_Found]:
    del world
    missing = [
        level for level in ("mid", "senior", "staff") if level not in [bar["id"] for bar in fresh.plain["levels"]]
    ]
    if missing:
        yield ("levels",), f"no text for {', '.join(missing)}"
    if min(band["from"] for band in fresh.plain["bands"]) > 0:
        yield ("bands",), "one band must start at 0, so that every score has its band"


def _check_interviewer(fresh: Fresh, world: _World) -> Iterator[_Found]:
    yield from check_thread(fresh.plain, world.rubric_criteria)


def _check_checklist(fresh: Fresh, world: _World) -> Iterator[_Found]:
    known = [name for names in world.rubric_criteria.values() for name in names]
    concepts = sorted(world.concepts)
    for index, item in enumerate(fresh.plain["items"]):
        for place, question in enumerate(item["questions"]):
            if question["criterion"] not in known:
                near = did_you_mean(question["criterion"], known)
                trail: Trail = ("items", index, "questions", place, "criterion")
                yield trail, f"no rubric has a criterion '{question['criterion']}'{near}"
        for place, name in enumerate(item["concepts"]):
            if concepts and name not in concepts:
                yield ("items", index, "concepts", place), f"no concept '{name}'{did_you_mean(name, concepts)}"


_REFERENCES = {
    "scenario": _check_scenario,
    "rubric-ways": _check_ways,
    "scenario-ways": _check_ways,
    "lexicon": _check_lexicon,
    "levels": _check_levels,
    "checklist": _check_checklist,
    "interviewer": _check_interviewer,
}
