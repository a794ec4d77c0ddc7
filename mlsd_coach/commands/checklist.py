"""`mlsd-coach checklist`: the five preparations before an interview, with what the history knows of each."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mlsd_coach.commands import completion
from mlsd_coach.commands.surroundings import ContentOption, JsonOption, PlainOption, is_interactive, now, say

if TYPE_CHECKING:
    from mlsd_coach.content.library import Library
    from mlsd_coach.history.store import Store
    from mlsd_coach.reports.checklist import View


def checklist(
    scenario: Annotated[
        str | None, typer.Argument(help="Only what concerns this scenario.", autocompletion=completion.scenarios)
    ] = None,
    company: Annotated[
        str | None,
        typer.Option("--company", help="Brainstorm data sources at this company: a line each, asked for or on stdin."),
    ] = None,
    tick: Annotated[
        list[str] | None, typer.Option("--tick", metavar="ITEM/N", help="Tick a step; may be given again.")
    ] = None,
    untick: Annotated[
        list[str] | None, typer.Option("--untick", metavar="ITEM/N", help="Take a tick away; may be given again.")
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask for anything.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print markdown with task boxes.")] = False,
    content: ContentOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Prepare the day before: concepts, questions, the flow, a brainstorm per company, the product's entities.

    Examples: mlsd-coach checklist; mlsd-coach checklist feed-ranking --markdown; mlsd-coach checklist --company Acme
    """
    from mlsd_coach.commands.surroundings import open_library, open_store
    from mlsd_coach.errors import UsageError

    if markdown + json + plain > 1:
        raise UsageError("Only one of --markdown, --json and --plain at a time.", fix="Drop the others.")
    library = open_library(content)
    form = "markdown" if markdown else "json" if json else "plain" if plain else "screen"
    if company is not None:
        from mlsd_coach.commands.brainstorm import hold_brainstorm

        hold_brainstorm(company, library, form=form, no_input=no_input)
        return
    picked = library.scenario(scenario) if scenario is not None else None
    with open_store() as store:
        _set_ticks(tick, untick, library, store)
        view = _view(library, store, picked.id if picked else None)
        if form == "screen" and is_interactive() and not (no_input or tick or untick):
            _walk(view, store)
            return
    _print(view, form)


def _view(library: "Library", store: "Store", scenario: str | None) -> "View":
    from mlsd_coach.reports.checklist import Preparation

    return Preparation(
        library.checklist(),
        attempts=store.attempts(scenario),
        lexicon=library.lexicon(),
        rubrics=library.rubrics(),
        scenario=library.scenario(scenario) if scenario else None,
        ticks=store.ticks(),
        brainstorms={name: store.brainstorm(name) for name in store.companies()},
    ).view()


def _print(view: "View", form: str) -> None:
    from mlsd_coach.commands import output, screen

    if form == "json":
        output.emit_json(view)
    elif form == "markdown":
        from mlsd_coach.reports.checklist import render_checklist_markdown

        output.emit(render_checklist_markdown(view))
    elif form == "plain":
        from mlsd_coach.terminal.render_checklist import plain_checklist

        output.emit(plain_checklist(view))
    else:
        from mlsd_coach.terminal.render_checklist import render_checklist

        width = screen.columns()
        output.emit(render_checklist(view, width=width, colour=output.has_colour(), ascii_only=output.is_ascii()))


def _set_ticks(tick: Sequence[str] | None, untick: Sequence[str] | None, library: "Library", store: "Store") -> None:
    from mlsd_coach.commands.choices import one_of

    if not tick and not untick:
        return
    known = [f"{item.id}/{number}" for item in library.checklist() for number in range(1, len(item.steps) + 1)]
    fix = "Run `mlsd-coach checklist --plain` for all steps."
    wanted = [
        (one_of(key, known, "step", fix), on) for keys, on in ((tick, True), (untick, False)) for key in keys or ()
    ]
    for key, on in wanted:
        store.set_tick(key, on, now=now().isoformat(timespec="seconds"))


def _walk(view: "View", store: "Store") -> None:
    """Go through the preparations one by one; what is ticked is kept at each Enter."""
    from mlsd_coach.commands import output, screen
    from mlsd_coach.errors import Interrupted
    from mlsd_coach.terminal.render_checklist import render_item
    from mlsd_coach.terminal.ticking import ask_ticks

    width, done = screen.columns(), view["done"]
    for number, item in enumerate(view["items"], 1):
        text = render_item(item, width=width, colour=output.has_colour(), ascii_only=output.is_ascii())
        output.emit(f"\n{number} of {len(view['items'])}\n{text}\n")
        sys.stdout.flush()
        before = {step["key"] for step in item["steps"] if step["ticked_at"]}
        try:
            after = ask_ticks(item["steps"], width=width)
        except (KeyboardInterrupt, EOFError):
            raise Interrupted("Left; the ticks so far are kept.", fix="Go on with: mlsd-coach checklist") from None
        for key in sorted(before ^ after):
            store.set_tick(key, key in after, now=now().isoformat(timespec="seconds"))
        done += len(after) - len(before)
    say(f"{done} of {view['steps']} steps done. Your ticks are kept.")
