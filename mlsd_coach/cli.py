"""The command line: which commands there are and in what order they are shown. Wiring only."""

from typing import Annotated, Any

import typer

from mlsd_coach import __version__
from mlsd_coach.commands.check import check
from mlsd_coach.commands.checklist import checklist
from mlsd_coach.commands.export import export
from mlsd_coach.commands.history import history
from mlsd_coach.commands.list_ import list_
from mlsd_coach.commands.new import new
from mlsd_coach.commands.practice import practice
from mlsd_coach.commands.resume import resume
from mlsd_coach.commands.schema import schema
from mlsd_coach.commands.score import score
from mlsd_coach.commands.show import show

app = typer.Typer(
    name="mlsd-coach",
    help=(
        "Practise machine-learning systems design interviews in the terminal.\n\n"
        "\b\n"
        "  mlsd-coach practice feed-ranking      sit an interview, then read the debrief\n"
        "  mlsd-coach checklist                  review before the interview\n"
        "  mlsd-coach export feed-ranking        a study sheet in markdown"
    ),
    # Plain help: the rich one takes twice as long to start.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(value: bool) -> None:  # typer calls it with the flag's value
    if value:
        typer.echo(f"mlsd-coach {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    pass


for _name, _command in (
    ("practice", practice),
    ("resume", resume),
    ("show", show),
    ("list", list_),
    ("history", history),
    ("checklist", checklist),
    ("export", export),
    ("score", score),
    ("check", check),
    ("new", new),
    ("schema", schema),
):
    app.command(_name)(_command)


def command() -> Any:  # noqa: ANN401 - the class is typer's own and not public
    """Return the command line as one object that can be run."""
    return typer.main.get_command(app)
