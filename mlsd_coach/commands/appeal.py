"""`mlsd-coach appeal`: a verdict marked as wrong, kept beside the coach's, and sent in by those who want to."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, NoReturn

import typer

from mlsd_coach.commands import completion
from mlsd_coach.commands.surroundings import can_ask, now, say
from mlsd_coach.errors import Interrupted, UsageError

if TYPE_CHECKING:
    from mlsd_coach.history.store import Store
    from mlsd_coach.models import Appeal, Attempt, Judgement, StageScore

    Pair = tuple[StageScore, Judgement]

EXPORT = "export"


def appeal(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ATTEMPT] CRITERION | export [ATTEMPT]",
            help="ATTEMPT: an id, the beginning of one, or a scenario; without it the newest. "
            "CRITERION: its id, or stage/id where several stages have it (`mlsd-coach show --plain` names them).",
            autocompletion=completion.attempts,
        ),
    ] = None,
    verdict: Annotated[
        str | None, typer.Option("--verdict", help="What it should have been: named, reasoned or missing.")
    ] = None,
    quote: Annotated[
        str | None, typer.Option("--quote", help="The words of your answer that say it, as they stand there.")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why the verdict is wrong.")] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take the appeal back.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask for anything.")] = False,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="With export: where to write. [standard output]"),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="With export: write over a file that is there already.")
    ] = False,
) -> None:
    """Say that a verdict is wrong. Your word is kept beside the coach's; verdict and score stay as they are.

    appeal [ATTEMPT] CRITERION marks a verdict; what no option says is asked for.

    appeal export [ATTEMPT] writes your appeals as lines of JSON, to be sent in with a pull request.

    Examples: mlsd-coach appeal positive-label --verdict reasoned --quote "watched it to the end"; mlsd-coach appeal
    data/positive-label --withdraw; mlsd-coach appeal export -o appeals.jsonl
    """
    given = words or []
    options = _Options(verdict, quote, reason, withdraw=withdraw, asks=can_ask() and not no_input)
    if given[:1] == [EXPORT]:
        _check_export(given, options)
        _export(given[1] if len(given) > 1 else None, output, force=force)
        return
    if output is not None or force:
        _refuse(f"{'--output' if output is not None else '--force'} belongs to `appeal export`.", "Drop it.")
    from mlsd_coach.commands.choices import open_history

    with open_history() as store:
        kept, stage, judgement = _find(given, store, options)
        if store is None:
            return  # without a history `_find` has said so
        if withdraw:
            _withdraw(kept, stage, judgement, store, options)
        else:
            _file(kept, stage, judgement, store, options)


class _Options(NamedTuple):
    """What the options say of an appeal, and whether the rest can be asked for."""

    verdict: str | None
    quote: str | None
    reason: str | None
    withdraw: bool
    asks: bool

    @property
    def says_something(self) -> bool:
        """Tell whether an option says what the appeal is to say."""
        return self.verdict is not None or self.quote is not None or self.reason is not None


def _refuse(message: str, fix: str) -> NoReturn:
    raise UsageError(message, fix=fix)


# Which verdict --------------------------------------------------------------------------------------------------------


def _find(given: list[str], store: "Store | None", options: _Options) -> "tuple[Attempt, StageScore, Judgement]":
    from mlsd_coach.commands.choices import find_attempt

    if len(given) > 2:
        _refuse(f"An appeal takes an attempt and a criterion; found {len(given)} words.", "One criterion at a time.")
    kept = find_attempt(store, given[0] if len(given) == 2 else None)
    name = given[-1] if given else ""
    if len(given) == 1 and not _matching(name, _pairs(kept)) and _is_attempt(name, store):
        kept, name = find_attempt(store, name), ""
    stage, judgement = _criterion(name or _pick(kept, options), kept)
    if not stage.attempted:
        _refuse(f"The stage '{stage.id}' was not answered in {kept.id}: there is nothing to appeal.", "")
    return kept, stage, judgement


def _pairs(kept: "Attempt") -> "list[Pair]":
    from mlsd_coach.commands.choices import card_of

    return [(stage, judgement) for stage in card_of(kept).stages for judgement in stage.judgements]


def _matching(name: str, pairs: "list[Pair]") -> "list[Pair]":
    """Return the verdicts meant by `criterion` or `stage/criterion`."""
    word = name.strip().casefold()
    return [(s, j) for s, j in pairs if word in (j.criterion.id.casefold(), f"{s.id}/{j.criterion.id}".casefold())]


def _is_attempt(name: str, store: "Store | None") -> bool:
    heads = store.heads() if store is not None else ()
    return any(head.id.startswith(name) or head.scenario == name for head in heads)


def _criterion(name: str, kept: "Attempt") -> "Pair":
    """Return the verdict meant; UsageError when it is none or more than one."""
    from mlsd_coach.commands.choices import unknown

    pairs = _pairs(kept)
    found = _matching(name, pairs)
    if len(found) == 1:
        return found[0]
    full = [f"{s.id}/{j.criterion.id}" for s, j in found or pairs]
    if found:
        raise UsageError(f"{len(found)} stages have a criterion '{name}'.", fix=f"Which one: {', '.join(full)}?")
    known = [*dict.fromkeys(j.criterion.id for _, j in pairs), *full]
    raise UsageError(unknown("criterion", name, known), fix=f"See them: mlsd-coach show {kept.id} --plain")


def _pick(kept: "Attempt", options: _Options) -> str:
    """Let the candidate choose a verdict from a list."""
    from mlsd_coach.commands import screen
    from mlsd_coach.commands.surroundings import is_interactive
    from mlsd_coach.reports.debrief import MARKS, as_deed
    from mlsd_coach.terminal.appealing import VerdictChoice, pick_verdict

    if not (options.asks and is_interactive()):
        _refuse("Which verdict?", f"Pass a criterion; see them: mlsd-coach show {kept.id} --plain")
    choices = [
        VerdictChoice(f"{stage.id}/{j.criterion.id}", MARKS[j.verdict], as_deed(j.criterion.statement))
        for stage, j in _pairs(kept)
        if stage.attempted
    ]
    if not choices:
        _refuse(f"No stage of {kept.id} was answered: there is nothing to appeal.", "")
    try:
        return pick_verdict(choices, width=screen.columns())
    except (KeyboardInterrupt, EOFError):
        raise _left() from None


def _left() -> Interrupted:
    return Interrupted("Left; no appeal was filed.")


# Filing ---------------------------------------------------------------------------------------------------------------


def _file(kept: "Attempt", stage: "StageScore", judgement: "Judgement", store: "Store", options: _Options) -> None:
    from mlsd_coach.commands import screen
    from mlsd_coach.commands.appealing import complete
    from mlsd_coach.history.claims import appeals_of, with_appeal
    from mlsd_coach.models import Appeal

    try:
        should, quote, reason = complete(
            stage, judgement, verdict=options.verdict, quote=options.quote, reason=options.reason, asks=options.asks
        )
    except (KeyboardInterrupt, EOFError):
        raise _left() from None
    made = Appeal(stage.id, judgement.criterion.id, should, now().isoformat(timespec="seconds"), quote, reason)
    is_new = not any((old.stage, old.criterion) == (made.stage, made.criterion) for old in appeals_of(kept))
    store.change(kept.id, lambda attempt: with_appeal(attempt, made))
    newest = store.attempt()
    name = "" if newest is not None and newest.id == kept.id else f" {kept.id}"
    what = "Kept" if is_new else "Kept in the place of your earlier one"
    for line in (
        f"{what}: {made.stage}/{made.criterion}. The coach says {judgement.verdict.value}, you say {should.value}.",
        f"Your score stays {kept.scorecard['score']:g}.",
        f"See both: mlsd-coach show{name} --stage {stage.id}",
        f"To send it in: mlsd-coach appeal export{name}",
    ):
        say(screen.wrapped(line))


def _withdraw(kept: "Attempt", stage: "StageScore", judgement: "Judgement", store: "Store", options: _Options) -> None:
    from mlsd_coach.history.claims import appeals_of, without_appeal

    if options.says_something:
        _refuse("--withdraw takes the appeal back as it is.", "Drop --verdict, --quote and --reason.")
    place = (stage.id, judgement.criterion.id)
    if not any((each.stage, each.criterion) == place for each in appeals_of(kept)):
        _refuse(f"There is no appeal against {'/'.join(place)} in {kept.id}.", _where(appeals_of(kept)))
    store.change(kept.id, lambda attempt: without_appeal(attempt, *place))
    say(f"Withdrawn: {'/'.join(place)}.")


def _where(appeals: "tuple[Appeal, ...]") -> str:
    if not appeals:
        return "It has none."
    return f"It has: {', '.join(f'{each.stage}/{each.criterion}' for each in appeals)}."


# Export ---------------------------------------------------------------------------------------------------------------


def _check_export(given: list[str], options: _Options) -> None:
    if len(given) > 2:
        _refuse("`appeal export` takes one attempt.", "A criterion of that name is written as stage/export.")
    if options.withdraw or options.says_something:
        _refuse("`appeal export` writes the appeals that are kept.", "Drop --verdict, --quote, --reason, --withdraw.")


def _export(wanted: str | None, output: str | None, *, force: bool) -> None:
    from mlsd_coach.commands import screen
    from mlsd_coach.commands.choices import card_of, find_attempt, open_history
    from mlsd_coach.commands.output import emit
    from mlsd_coach.history.claims import appeals_of
    from mlsd_coach.reports.appeal_fixture import appeal_lines

    with open_history() as store:
        kept = find_attempt(store, wanted)
        appeals = appeals_of(kept)
        others = [] if appeals or store is None else [each.id for each in store.attempts() if appeals_of(each)]
    if not appeals:
        fix = f"These have: {', '.join(others[:5])}." if others else "File one: mlsd-coach appeal CRITERION"
        _refuse(f"There is no appeal in {kept.id}.", fix)
    card_of(kept)  # tells when it cannot be read
    text = "".join(f"{line}\n" for line in appeal_lines(kept, appeals))
    if output in (None, "-"):
        emit(text)
    else:
        from mlsd_coach.commands.writing import write_file

        write_file(Path(output or ""), text, force=force)
        say(f"Wrote {output}.")
    note = "It holds your whole answer to each stage with an appeal: read it before you send it."
    say(screen.wrapped(f"{note} CONTRIBUTING.md says how."))
