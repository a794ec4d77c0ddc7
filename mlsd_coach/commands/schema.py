"""`mlsd-coach schema`: the JSON Schemas of the content files, for editors."""

from pathlib import Path
from typing import Annotated

import typer


def schema(
    kind: Annotated[
        str | None,
        typer.Argument(help="scenario, rubric, ways, lexicon, levels, checklist, interviewer, questions; none: all."),
    ] = None,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="DIR", help="Write KIND.schema.json into this folder.")
    ] = None,
) -> None:
    """Print the JSON Schema of a kind of content file, or write the schemas into a folder for an editor."""
    from json import dumps

    from mlsd_coach.commands.surroundings import say
    from mlsd_coach.content.schema import MODELS, json_schema
    from mlsd_coach.content.texts import did_you_mean
    from mlsd_coach.errors import UsageError

    kinds = list(MODELS)
    if kind is not None and kind not in kinds:
        raise UsageError(
            f"Unknown kind of file '{kind}'{did_you_mean(kind, kinds)}.", fix=f"Known: {', '.join(kinds)}."
        )
    wanted = kinds if kind is None else [kind]
    if write is not None:
        for name in wanted:
            _write(write / f"{name}.schema.json", schema_text(name))
        say(f"Wrote {', '.join(f'{name}.schema.json' for name in wanted)} to {write}.")
    elif kind is not None:
        typer.echo(schema_text(kind), nl=False)
    else:
        typer.echo(dumps({name: json_schema(name) for name in kinds}, ensure_ascii=False, indent=2))


def schema_text(kind: str) -> str:
    """Return one schema as it is written to a file."""
    from json import dumps

    from mlsd_coach.content.schema import json_schema

    return dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    from mlsd_coach.errors import CoachError

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CoachError(f"Cannot write {path}: {error.strerror}.", fix="Choose another folder with --write.") from None
