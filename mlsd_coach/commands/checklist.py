"""`mlsd-coach checklist`: the five preparations before an interview, with what the history knows of each."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mlsd_coach.commands.surroundings import ContentOption, JsonOption, PlainOption, is_interactive, now, say

if TYPE_CHECKING:
    from mlsd_coach.content.library import Library
    from mlsd_coach.history.store import Store
    from mlsd_coach.models import ChecklistItem
    from mlsd_coach.reports.checklist import View


def checklist(
    scenario: Annotated[str | None, typer.Argument(help="Only what concerns this scenario.")] = None,
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
        lines = _new_lines(company, no_input=no_input or (is_interactive() and form != "screen"))
        with open_store() as store:
            _show_brainstorm(_company(company, store), lines, library, store, form)
        return
    picked = library.scenario(scenario) if scenario is not None else None
    with open_store() as store:
        _set_ticks(tick, untick, library, store)
        view = _view(library, store, picked.id if picked else None)
        if form == "screen" and is_interactive() and not (no_input or tick or untick):
            _walk(view, store)
            return
    _print(view, form)


# The checklist ------------------------------------------------------------------------------------------------------


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


# The brainstorm -----------------------------------------------------------------------------------------------------

MOST_NAME = 80


def _company(name: str, store: "Store") -> str:
    """Return the company as it is kept already, case aside, or as it was given."""
    wanted = " ".join(name.split())
    return next((known for known in store.companies() if known.casefold() == wanted.casefold()), wanted)


def _new_lines(company: str, *, no_input: bool) -> list[str]:
    """Return the lines of a brainstorm from the terminal or from standard input."""
    from mlsd_coach.content.texts import plain_text
    from mlsd_coach.errors import UsageError

    if not company.strip() or len(company) > MOST_NAME or plain_text(company) != company or "\n" in company:
        raise UsageError("--company takes a name of up to 80 characters.", fix="For example: --company Acme")
    if no_input or sys.stdin is None or sys.stdin.closed:
        return []
    if is_interactive():
        raw = _asked_lines(company)
    elif sys.stdin.isatty():
        return []
    else:
        from mlsd_coach.commands.choices import read_bytes
        from mlsd_coach.content.answers import decode_answers

        raw = decode_answers(read_bytes("-", "the lines"), source="standard input").splitlines()
    lines = (" ".join(plain_text(line).strip().lstrip("-*•").split()) for line in raw)
    return [line for line in lines if line]


def _asked_lines(company: str) -> list[str]:
    say(
        f"Data sources at {company}, one a line (clicks, age of the item, who follows whom ...). An empty line ends it."
    )
    lines: list[str] = []
    while True:
        try:
            line = input("> ")
        except EOFError:
            return lines
        if not line.strip():
            return lines
        lines.append(line)


def _show_brainstorm(company: str, lines: list[str], library: "Library", store: "Store", form: str) -> None:
    from mlsd_coach.commands import output, screen
    from mlsd_coach.reports.checklist import brainstorm_view, render_brainstorm_markdown
    from mlsd_coach.terminal.render_checklist import plain_brainstorm, render_brainstorm

    kept = list(store.brainstorm(company))
    known = {line.casefold() for line in kept}
    added = [line for line in dict.fromkeys(lines) if line.casefold() not in known]
    if added:
        store.save_brainstorm(company, [*kept, *added], now=now().isoformat(timespec="seconds"))
        say(f"Kept {len(added)} new line{'' if len(added) == 1 else 's'} for {company}.")
    view: dict[str, Any] = brainstorm_view(company, [*kept, *added], _with_kinds(library), library.lexicon())
    if form == "json":
        output.emit_json({"format": 1, **view})
    elif form == "markdown":
        output.emit(render_brainstorm_markdown(view))
    elif form == "plain":
        output.emit(plain_brainstorm(view))
    else:
        width = screen.columns()
        output.emit(render_brainstorm(view, width=width, colour=output.has_colour(), ascii_only=output.is_ascii()))


def _with_kinds(library: "Library") -> "ChecklistItem":
    from mlsd_coach.errors import CoachError

    for item in library.checklist():
        if item.kinds:
            return item
    raise CoachError("The checklist has no kinds of data source.", fix="Add `kinds` to an item of checklist.yaml.")
