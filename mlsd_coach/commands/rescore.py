"""`mlsd-coach rescore`: kept attempts scored again with today's content and scorer."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mlsd_coach.commands import completion
from mlsd_coach.commands.show_more import KIT
from mlsd_coach.commands.surroundings import ContentOption, JsonOption, PlainOption, now

if TYPE_CHECKING:
    from mlsd_coach.content.library import Library
    from mlsd_coach.history.store import Store
    from mlsd_coach.models import Attempt, Scorecard
    from mlsd_coach.reports.rescoring import Difference
    from mlsd_coach.scoring import Scorer


def rescore(
    attempt: Annotated[
        str | None,
        typer.Argument(help="An attempt's id or the beginning of one, or a scenario; without it the newest attempt."),
    ] = None,
    all_attempts: Annotated[bool, typer.Option("--all", help="Every attempt there is.")] = False,
    scenario: Annotated[
        str | None,
        typer.Option("--scenario", help="Every attempt at this scenario.", autocompletion=completion.scenarios),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Store the new scorecards; without it nothing is changed.")
    ] = False,
    content: ContentOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Score kept answers again with today's content and scorer, and show what changes; a dry run unless --keep.

    Examples: mlsd-coach rescore; mlsd-coach rescore --all; mlsd-coach rescore feed-ranking --keep
    """
    from mlsd_coach.commands.choices import open_history
    from mlsd_coach.commands.surroundings import open_library
    from mlsd_coach.errors import Interrupted, UsageError

    if (attempt is not None) + all_attempts + (scenario is not None) > 1:
        raise UsageError("Which: an attempt, --all or --scenario?", fix="Drop the others.")
    done: list[_Rescored] = []
    with open_history() as store:
        found = _attempts(store, attempt, scenario, is_all=all_attempts)
        shows = _Shown(len(found), json=json, plain=plain)
        try:
            for each in _rescore_all(found, open_library(content), store if keep else None):
                done.append(each)
                shows.one(each)
        except KeyboardInterrupt:
            kept = " What was kept until then stays." if keep else ""
            raise Interrupted(f"Stopped after {len(done)} of {len(found)} attempts.{kept}") from None
    shows.end(done, keep=keep)
    if any(each.problem for each in done):
        raise typer.Exit(1)


@dataclass(frozen=True)
class _Rescored:
    """What became of one attempt."""

    attempt: "Attempt"
    difference: "Difference | None" = None
    problem: str = ""
    """Why it could not be scored, with the fix; empty when it was."""
    is_kept: bool = False


def _attempts(store: "Store | None", wanted: str | None, scenario: str | None, *, is_all: bool) -> "Sequence[Attempt]":
    """Return the attempts meant, newest first; UsageError when there is none."""
    from mlsd_coach.commands.choices import find_attempt, unknown
    from mlsd_coach.errors import UsageError

    if store is None or not (is_all or scenario is not None):
        return [find_attempt(store, wanted)]
    found = store.attempts(scenario)
    if found or scenario is None:
        return found or [find_attempt(store, None)]  # which says that there is none yet
    known = sorted({head.scenario for head in store.heads()})
    fix = f"There are attempts at: {', '.join(known)}." if known else "Sit one: mlsd-coach practice"
    raise UsageError(f"No attempt at {unknown('scenario', scenario, known).removeprefix('Unknown ')}", fix=fix)


def _rescore_all(attempts: "Sequence[Attempt]", library: "Library", store: "Store | None") -> "Iterator[_Rescored]":
    """Yield what becomes of each attempt; with a store, a new scorecard that is not the same is put beside the old."""
    from mlsd_coach.errors import CoachError
    from mlsd_coach.history.rescoring import with_scorecard
    from mlsd_coach.reports.rescoring import compare
    from mlsd_coach.scoring import Scorer, scorecard_to_json

    scorer = Scorer(library.lexicon(), library.levels(), library.criteria)
    for attempt in attempts:
        try:
            before, card = _score(attempt, library, scorer)
        except CoachError as error:
            yield _Rescored(attempt, problem=str(error))
            continue
        difference = compare(before, card)
        is_another = bool(difference.causes) or not difference.is_empty
        if store is not None and is_another:
            moment = now().isoformat(timespec="seconds")
            store.change(attempt.id, partial(with_scorecard, scorecard=scorecard_to_json(card), at=moment))
        yield _Rescored(attempt, difference, is_kept=store is not None and is_another)


def _score(attempt: "Attempt", library: "Library", scorer: "Scorer") -> "tuple[Scorecard, Scorecard]":
    """Return (scorecard kept, scorecard now) of an attempt; CoachError when its scenario or its scorecard is gone."""
    from mlsd_coach.commands.choices import card_of
    from mlsd_coach.errors import CoachError, UsageError
    from mlsd_coach.history.conversation import conversation_of

    before = card_of(attempt)
    if attempt.extra.get(KIT):
        message = f"The attempt {attempt.id} was marked by an interviewer: there is nothing to score again."
        raise CoachError(message, fix=f"Read it: mlsd-coach show {attempt.id}")
    try:
        scenario = library.scenario(attempt.scenario)
    except UsageError:
        message = f"The scenario '{attempt.scenario}' is not here any more."
        raise CoachError(
            message, fix=f"Add it with --content, or read the attempt as it is: mlsd-coach show {attempt.id}"
        ) from None
    there = {plan.id for plan in scenario.stages}
    sat = {stage.id: stage for stage in before.stages if stage.id in there}
    if not sat:
        message = f"The scenario '{attempt.scenario}' has none of the stages of this attempt any more."
        raise CoachError(message, fix=f"Read the attempt as it is: mlsd-coach show {attempt.id}")
    seconds = {name: stage.seconds for name, stage in sat.items() if stage.seconds is not None}
    card = scorer.score(
        scenario,
        dict(attempt.answers),
        level=attempt.level,
        seconds=seconds,
        stages=list(sat),
        conversation=conversation_of(attempt, library.interviewer()),
    )
    # The time there was is that of the sitting, whatever today's content gives.
    stages = tuple(replace(stage, budget_seconds=sat[stage.id].budget_seconds) for stage in card.stages)
    return before, replace(card, stages=stages)


class _Shown:
    """Prints what became of the attempts: each at once, or all as one JSON object at the end."""

    def __init__(self, total: int, *, json: bool, plain: bool) -> None:
        from mlsd_coach.commands import screen

        self._total = total
        self._json = json
        self._plain = plain
        self._shows_progress = total > 1 and screen.is_terminal(sys.stderr) and not screen.is_terminal(sys.stdout)
        self._count = 0

    def one(self, each: _Rescored) -> None:
        """Print one attempt, unless JSON is wanted; a problem on stderr."""
        from mlsd_coach.commands.output import tell

        self._count += 1
        if each.problem:
            tell(f"{each.attempt.id}: {each.problem}")
        elif self._shows_progress:
            tell(f"{self._count}/{self._total} {each.attempt.id}")
        if not self._json and each.difference is not None:
            self._print(each, each.difference)

    def _print(self, each: _Rescored, difference: "Difference") -> None:
        from mlsd_coach.commands import output, screen
        from mlsd_coach.terminal.render_rescoring import plain_difference, render_difference

        kept = each.attempt
        if self._plain:
            text = plain_difference(difference, f"{kept.id} ({kept.scenario}, {kept.level})")
        else:
            heading = f"{kept.id} · {kept.level}"
            colour, ascii_only = output.has_colour(), output.is_ascii()
            text = render_difference(difference, heading, width=screen.columns(), colour=colour, ascii_only=ascii_only)
        if self._total == 1:
            output.emit_long(text)
            return
        output.emit(text if self._count == self._total or self._plain else f"{text}\n")
        sys.stdout.flush()

    def end(self, done: Sequence[_Rescored], *, keep: bool) -> None:
        """Print the JSON object, and what was kept or how to keep it."""
        from mlsd_coach.commands.output import emit_json, tell

        if self._json:
            emit_json({"format": 1, "attempts": [_to_json(each) for each in done]})
        changed = [each for each in done if each.difference is not None and not each.difference.is_empty]
        failed = sum(bool(each.problem) for each in done)
        if len(done) > 1:
            tell(f"{len(done)} attempts: {len(changed)} would score otherwise, {failed} could not be scored.")
        kept = sum(each.is_kept for each in done)
        if keep and not kept:
            tell("There was no other scorecard to keep.")
        elif keep:
            tell(f"Kept {kept} new scorecard{'' if kept == 1 else 's'}; the first ones: mlsd-coach show ID --original")
        elif changed:
            tell("Nothing was stored; --keep stores the new scorecard beside the old one.")


def _to_json(each: _Rescored) -> dict[str, Any]:
    from mlsd_coach.reports.rescoring import difference_to_json

    return {
        "id": each.attempt.id,
        "scenario": each.attempt.scenario,
        "level": each.attempt.level.value,
        "error": each.problem or None,
        "kept": each.is_kept,
        "difference": None if each.difference is None else difference_to_json(each.difference),
    }
