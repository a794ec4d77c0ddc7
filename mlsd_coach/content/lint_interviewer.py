"""What the interviewer's part of the content refers to: numbers, facts, stages, criteria, formulas."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from mlsd_coach.content.guard_limits import Trail
from mlsd_coach.content.texts import did_you_mean
from mlsd_coach.matching.formulas import evaluate, parse_formula
from mlsd_coach.models import STAGES

_Found = tuple[Trail, str]
Plain = Mapping[str, Any]


def check_interview(plain: Plain) -> Iterator[_Found]:
    """Hold what the interviewer knows of a scenario against the scenario itself."""
    yield from _check_facts(plain)
    for index, estimate in enumerate(plain["estimates"]):
        yield from _check_estimate(estimate, plain["numbers"], ("estimates", index))
    known = [fact["id"] for fact in plain["facts"]]
    for index, vague in enumerate(plain["vague"]):
        for place, name in enumerate(vague["between"]):
            if name not in known:
                yield ("vague", index, "between", place), _unknown("fact", name, known)
    yield from _check_stages(plain)
    for key in ("outcomes", "sources"):
        entries = plain["thread"][key] if plain["thread"] else ()
        yield from _check_twice([each["id"] for each in entries], ("thread", key))


def _check_facts(plain: Plain) -> Iterator[_Found]:
    for index, fact in enumerate(plain["facts"]):
        for place, bound in enumerate(fact["bounds"]):
            if bound["number"] not in plain["numbers"]:
                trail: Trail = ("facts", index, "bounds", place, "number")
                yield trail, _unknown("number", bound["number"], plain["numbers"])


def _check_estimate(estimate: Plain, numbers: Plain, here: Trail) -> Iterator[_Found]:
    """Hold a formula to known names, to using all that it reads, and to coming to something."""
    try:
        formula = parse_formula(estimate["formula"])
    except ValueError as error:
        yield (*here, "formula"), str(error)
        return
    reads = estimate["reads"]
    known = [*numbers, *reads]
    unknown = [name for name in formula.names if name not in known]
    for name in unknown:
        yield (*here, "formula"), _unknown("number", name, known)
    for name in reads:
        if name not in formula.names:
            yield (*here, "reads", name), f"'{name}' is read and not used: name it in the formula, or leave it out"
    if unknown:
        return
    values = {name: entry["value"] for name, entry in numbers.items()}
    values |= {name: entry["default"] for name, entry in reads.items()}
    try:
        result = evaluate(formula, values)
    except ValueError as error:
        yield (*here, "formula"), str(error)
        return
    if result <= 0:
        yield (
            (*here, "formula"),
            f"it comes to {result:g}: no answer can be held against that, only against more than 0",
        )


def _check_stages(plain: Plain) -> Iterator[_Found]:
    """Let nothing be asked, listened for or changed in a stage that the scenario leaves out."""
    omitted = plain["omit"]
    places: list[tuple[str, Trail]] = [
        (fact["stage"], ("facts", index, "stage")) for index, fact in enumerate(plain["facts"])
    ]
    for index, flag in enumerate(plain["red_flags"]):
        places += [(stage, ("red_flags", index, "stages", place)) for place, stage in enumerate(flag["stages"])]
    if plain["change"]:
        places.append((plain["change"]["after"], ("change", "after")))
    sat = ", ".join(stage for stage in STAGES if stage not in omitted)
    for stage, trail in places:
        if stage in omitted:
            yield trail, f"the stage '{stage}' is left out here (see omit); there are {sat}"


def _check_twice(names: Sequence[str], here: Trail) -> Iterator[_Found]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield (*here, index, "id"), f"the id '{name}' is here twice"


def check_kinds(plain: Plain, known: Sequence[str]) -> Iterator[_Found]:
    """Hold the kinds of question that facts name against those that there are."""
    for index, fact in enumerate(plain["facts"]):
        for at, name in enumerate(fact["kinds"]):
            if name not in known:
                yield ("facts", index, "kinds", at), f"no kind of question '{name}'{did_you_mean(name, list(known))}"


def check_change_ids(plain: Plain, rubrics: Mapping[str, Sequence[str]]) -> Iterator[_Found]:
    """Keep ids of rubrics out of the change: a history would take two criteria for one."""
    for index, criterion in enumerate(plain["change"]["criteria"] if plain["change"] else ()):
        owner = next((stage for stage, names in rubrics.items() if criterion["id"] in names), "")
        if owner:
            message = f"the rubric of {owner} has a criterion '{criterion['id']}' already: rename this one"
            yield ("change", "criteria", index, "id"), message


def check_thread(plain: Plain, rubrics: Mapping[str, Sequence[str]]) -> Iterator[_Found]:
    """Hold the links of the general thread against the rubrics of their stages."""
    links = plain["thread"]["links"]
    yield from _check_twice([link["id"] for link in links], ("thread", "links"))
    for index, link in enumerate(links):
        known = rubrics.get(link["stage"])
        for place, name in enumerate(link["criteria"] if known is not None else ()):
            if name not in (known or ()):
                trail: Trail = ("thread", "links", index, "criteria", place)
                yield trail, _unknown("criterion", name, known or (), where=f" in the rubric of {link['stage']}")


def _unknown(kind: str, name: str, known: Collection[str], *, where: str = "") -> str:
    near = did_you_mean(name, list(known))
    return f"no {kind} '{name}'{where}{near}; there are {', '.join(known) or 'none'}"
