"""`mlsd-coach check`: load all content, say everything that is wrong with it, and prove the samples."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mlsd_coach.commands.surroundings import JsonOption, content_roots, is_interactive, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlsd_coach.checks import Proof
    from mlsd_coach.content.library import Library
    from mlsd_coach.errors import Problem

_OwnContent = Annotated[
    list[Path] | None, typer.Argument(help="Content files or folders to check; without one, all that is in use.")
]


def check(
    paths: _OwnContent = None,
    no_samples: Annotated[bool, typer.Option("--no-samples", help="Load only; do not score the samples.")] = False,
    scores: Annotated[bool, typer.Option("--scores", help="Print the score of every sample too.")] = False,
    json: JsonOption = False,
) -> None:
    """Check scenarios and rubrics: every problem as `file:line: path: message`, and the samples proved."""
    from mlsd_coach.content.library import Library

    library = Library(content_roots(paths or ()))
    from_root = len(content_roots()) if paths else 0
    problems = list(library.problems(from_root=from_root))
    warnings: list[Problem] = []
    proof = None if no_samples else _prove(library, from_root)
    if proof is not None:
        for finding, problem in _located(library, proof):
            (warnings if finding else problems).append(problem)
    files = sum(source.root >= from_root for source in library.sources)
    if json:
        _print_json(files, problems, warnings, proof)
    else:
        _print(files, problems, warnings, proof, with_scores=scores)
    if problems:
        raise typer.Exit(1)


def _prove(library: "Library", from_root: int) -> "Proof":
    """Score the samples of the scenarios asked for; of all of them when a rubric or the lexicon was asked for."""
    from mlsd_coach.checks import Proof, prove
    from mlsd_coach.errors import ContentError
    from mlsd_coach.scoring import Scorer

    asked = [source for source in library.sources if source.root >= from_root]
    is_general = any(source.kind != "scenario" and source.kind != "scenario-ways" for source in asked)
    names = sorted({source.id for source in library.sources if source.kind == "scenario"})
    if not is_general:
        wanted = {source.id for source in asked}
        names = [name for name in names if name in wanted]
    try:
        scorer = Scorer(library.lexicon(), library.levels(), library.criteria)
        rubrics = library.rubrics() if is_general else {}
    except ContentError:
        return Proof()  # the rubrics are broken, which `problems` has told: nothing can be scored
    if is_interactive():
        say(f"Scoring the samples of {_counted(len(names), 'scenario')} ...")
    scenarios = []
    for name in names:
        try:
            scenarios.append(library.scenario(name))
        except ContentError:
            continue
    return prove(scenarios, rubrics, scorer)


def _located(library: "Library", proof: "Proof") -> "list[tuple[bool, Problem]]":
    """Return (is it a warning, problem with its line) for each finding of the proof."""
    from mlsd_coach.content.fresh import Lines

    lines: dict[Path, Lines] = {}
    located = []
    for finding in proof.findings:
        source = library.source(finding.kind, finding.id)
        if source is not None:
            if source.path not in lines:
                lines[source.path] = Lines(source.path)
            located.append((finding.is_warning, lines[source.path].problem(finding.place, finding.message)))
    return located


def _shown(problem: "Problem") -> "Problem":
    """Name the file as the author would: from the folder they stand in."""
    from dataclasses import replace

    path = Path(problem.file)
    here = Path.cwd()
    return replace(problem, file=str(path.relative_to(here))) if path.is_relative_to(here) else problem


def _print(
    files: int,
    problems: "Sequence[Problem]",
    warnings: "Sequence[Problem]",
    proof: "Proof | None",
    *,
    with_scores: bool,
) -> None:
    from dataclasses import replace

    for problem in problems:
        typer.echo(str(_shown(problem)))
    for warning in warnings:
        typer.echo(str(_shown(replace(warning, message=f"warning: {warning.message}"))))
    samples = proof.samples if proof else []
    for each in samples if with_scores else ():
        scored = "  ".join(f"{name} {score:5.1f}" for name, score in each.scores.items())
        typer.echo(f"{each.scenario} {each.stage}: {scored or 'no samples'}")
    counts = [_counted(files, "file"), _counted(len(problems), "problem"), _counted(len(warnings), "warning")]
    proved = sum(bool(each.scores) for each in samples)
    typer.echo(f"{', '.join(counts)}; {_counted(proved, 'stage')} proved by samples.")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _print_json(
    files: int, problems: "Sequence[Problem]", warnings: "Sequence[Problem]", proof: "Proof | None"
) -> None:
    from dataclasses import asdict
    from json import dumps

    samples: list[dict[str, Any]] = [
        {"scenario": each.scenario, "stage": each.stage, **each.scores} for each in (proof.samples if proof else ())
    ]
    found = {
        "format": 1,
        "ok": not problems,
        "files": files,
        "problems": [asdict(_shown(problem)) for problem in problems],
        "warnings": [asdict(_shown(warning)) for warning in warnings],
        "samples": samples,
    }
    typer.echo(dumps(found, ensure_ascii=False, indent=2))
