"""The brainstorm of data sources at a company, for `mlsd-coach checklist --company`."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mlsd_coach.commands.surroundings import is_interactive, now, open_store, say
from mlsd_coach.errors import CoachError, Interrupted, UsageError

if TYPE_CHECKING:
    from mlsd_coach.content.library import Library
    from mlsd_coach.history.store import Store
    from mlsd_coach.models import ChecklistItem

MOST_NAME = 80


def hold_brainstorm(company: str, library: "Library", *, form: str, no_input: bool) -> None:
    """Take lines from the terminal or standard input, keep them, and print the company's brainstorm by kind."""
    _check_name(company)
    given = [] if no_input or is_interactive() else _piped_lines()
    with open_store() as store:
        name = _as_kept(company, store)
        added = _add(name, given, store)
        if is_interactive() and form == "screen" and not no_input:
            added += _ask(name, store)
        if added:
            say(f"Kept {added} new line{'' if added == 1 else 's'} for {name}.")
        _print(name, store.brainstorm(name), library, form)


def _check_name(company: str) -> None:
    from mlsd_coach.content.texts import plain_text

    if not company.strip() or len(company) > MOST_NAME or plain_text(company) != company or "\n" in company:
        raise UsageError("--company takes a name of up to 80 characters.", fix="For example: --company Acme")


def _as_kept(name: str, store: "Store") -> str:
    """Return the company as it is kept already, case aside, or as it was given."""
    wanted = " ".join(name.split())
    return next((known for known in store.companies() if known.casefold() == wanted.casefold()), wanted)


def _add(company: str, lines: Sequence[str], store: "Store") -> int:
    """Add lines that are not there yet; return how many."""
    kept = list(store.brainstorm(company))
    known = {line.casefold() for line in kept}
    new = [line for line in dict.fromkeys(lines) if line.casefold() not in known]
    if new:
        store.save_brainstorm(company, [*kept, *new], now=now().isoformat(timespec="seconds"))
    return len(new)


def _ask(company: str, store: "Store") -> int:
    """Take lines one by one, each kept as it comes; return how many were new."""
    say(f"Data sources at {company}, one a line (clicks, age of an item, who follows whom ...); an empty line ends it.")
    added = 0
    try:
        for line in _typed_lines():
            added += _add(company, _cleaned([line]), store)
    except KeyboardInterrupt:
        fix = f"Go on with: mlsd-coach checklist --company '{company}'"
        raise Interrupted("Left; the lines so far are kept.", fix=fix) from None
    return added


def _typed_lines() -> Iterator[str]:
    while True:
        try:
            line = input("> ")
        except EOFError:
            return
        if not line.strip():
            return
        yield line


def _piped_lines() -> list[str]:
    from mlsd_coach.commands.choices import read_bytes
    from mlsd_coach.content.answers import decode_answers

    if sys.stdin is None or sys.stdin.closed or sys.stdin.isatty():
        return []
    return _cleaned(decode_answers(read_bytes("-", "the lines"), source="standard input").splitlines())


def _cleaned(lines: Sequence[str]) -> list[str]:
    """Return the lines without bullets, control characters and empty ones."""
    from mlsd_coach.content.texts import plain_text

    plain = (" ".join(plain_text(line).strip().lstrip("-*•").split()) for line in lines)
    return [line for line in plain if line]


def _print(company: str, lines: Sequence[str], library: "Library", form: str) -> None:
    from mlsd_coach.commands import output, screen
    from mlsd_coach.reports.checklist import brainstorm_view, render_brainstorm_markdown
    from mlsd_coach.terminal.render_checklist import plain_brainstorm, render_brainstorm

    view: dict[str, Any] = brainstorm_view(company, lines, _item_with_kinds(library), library.lexicon())
    if form == "json":
        output.emit_json({"format": 1, **view})
    elif form == "markdown":
        output.emit(render_brainstorm_markdown(view))
    elif form == "plain":
        output.emit(plain_brainstorm(view))
    else:
        width = screen.columns()
        output.emit(render_brainstorm(view, width=width, colour=output.has_colour(), ascii_only=output.is_ascii()))


def _item_with_kinds(library: "Library") -> "ChecklistItem":
    for item in library.checklist():
        if item.kinds:
            return item
    raise CoachError("The checklist has no kinds of data source.", fix="Add `kinds` to an item of checklist.yaml.")
