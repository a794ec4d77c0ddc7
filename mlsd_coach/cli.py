"""The command line: which commands there are and in what order they are shown. Wiring only."""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from mlsd_coach import __version__

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


COMMANDS = {
    "practice": "practice:practice",
    "resume": "resume:resume",
    "show": "show:show",
    "appeal": "appeal:appeal",
    "list": "list_:list_",
    "history": "history:history",
    "checklist": "checklist:checklist",
    "export": "export:export",
    "score": "score:score",
    "rescore": "rescore:rescore",
    "explain": "explain:explain",
    "check": "check:check",
    "new": "new:new",
    "schema": "schema:schema",
}
"""Each command's module and function, in the order of the help."""


def command(arguments: Sequence[str] = ()) -> Any:  # noqa: ANN401 - the class is typer's own and not public
    """Return the command line as one object that can be run.

    Only the command that is called is loaded; all of them for help, completion and a mistyped name.
    """
    called = [arguments[0]] if arguments and arguments[0] in COMMANDS else list(COMMANDS)
    for name in called:
        module, function = COMMANDS[name].split(":")
        app.command(name)(getattr(import_module(f"mlsd_coach.commands.{module}"), function))
    return typer.main.get_command(app)
