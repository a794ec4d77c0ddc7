"""`mlsd-coach new scenario ID`: a commented template that the loader takes as it is."""

from pathlib import Path
from typing import Annotated

import typer


def new(
    kind: Annotated[str, typer.Argument(help="What to make: scenario.")],
    name: Annotated[str, typer.Argument(metavar="ID", help="Its id: lower-case letters, digits and hyphens.")],
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="Folder to write to; ./scenarios if there is one, else your own."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a commented template of a scenario, ready to be filled in."""
    from mlsd_coach.commands.surroundings import say
    from mlsd_coach.content.ids import is_id
    from mlsd_coach.content.template import scenario_template
    from mlsd_coach.errors import UsageError

    if kind != "scenario":
        raise UsageError(f"Cannot make a '{kind}'.", fix="Known: mlsd-coach new scenario ID.")
    if not is_id(name):
        message = f"'{name}' cannot be an id: lower-case letters, digits and single hyphens, at most 64 characters."
        raise UsageError(message, fix="Example: mlsd-coach new scenario ad-click-prediction")
    folder = to if to is not None else _default_folder()
    path = folder / f"{name}.yaml"
    if path.exists() and not force:
        raise UsageError(f"{path} is there already.", fix="Choose another id, or write over it with --force.")
    _write(path, scenario_template(name, _schema_for(folder)))
    typer.echo(str(path))
    say(f"Fill it in, then check it: mlsd-coach check {path}")


def _default_folder() -> Path:
    from mlsd_coach.commands.surroundings import folders

    here = Path("scenarios")
    return here if here.is_dir() else folders().data / "content" / "scenarios"


def _schema_for(folder: Path) -> str:
    """Return the schema's address for editors: relative in a checkout, that of the installed package elsewhere."""
    near = Path("..") / "mlsd_coach" / "content" / "schemas" / "scenario.schema.json"
    if (folder / near).is_file():
        return near.as_posix()
    from mlsd_coach.content.template import SCHEMA_FOLDER

    return (SCHEMA_FOLDER / "scenario.schema.json").as_uri()


def _write(path: Path, text: str) -> None:
    """Write the file whole or not at all."""
    from contextlib import suppress

    from mlsd_coach.errors import CoachError

    fresh = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(text, encoding="utf-8", newline="\n")
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise CoachError(f"Cannot write {path}: {error.strerror}.", fix="Choose another folder with --to.") from None
