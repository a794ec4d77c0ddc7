"""`mlsd-coach resume`: go on with a sitting that was left."""

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from mlsd_coach.commands import completion
from mlsd_coach.commands.judging import JudgeOption, YesOption, call_judges
from mlsd_coach.commands.surroundings import ContentOption, JsonOption, PlainOption, open_library

if TYPE_CHECKING:
    from mlsd_coach.commands.seat import Seat
    from mlsd_coach.history.store import Store
    from mlsd_coach.models import Scenario, Session


def resume(
    session: Annotated[
        str | None,
        typer.Argument(help="The sitting's id; without it the last one.", autocompletion=completion.sittings),
    ] = None,
    judge: JudgeOption = None,
    yes: YesOption = False,
    content: ContentOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Go on with the last unfinished sitting, with its text and the time used."""
    from mlsd_coach.commands.sitting import Keeper, Manner, hold

    judges = call_judges(judge, yes=yes, plain=plain)
    with closing(Keeper()) as keeper, _seat(session, keeper.store) as seat:
        # Read again now that nobody else writes it.
        found = _find(seat.session_id, keeper.store)
        library = open_library(content)
        scenario = library.scenario(found.scenario)
        _check_stages(found, scenario)
        hold(found, scenario, library, keeper, Manner(plain=plain, json=json, judges=judges))


def _find(session_id: str | None, store: "Store") -> "Session":
    """Return the sitting meant: the last one, or that of the id or of its unique beginning."""
    from mlsd_coach.content.texts import did_you_mean
    from mlsd_coach.errors import CoachError, UsageError

    if session_id is None:
        last = store.session()
        if last is None:
            raise CoachError("There is no unfinished sitting.", fix="Start one: mlsd-coach practice")
        return last
    found = store.session(session_id)
    if found is not None:
        return found
    known = [each.id for each in store.sessions()]
    begun = [name for name in known if name.startswith(session_id)]
    if len(begun) == 1 and (found := store.session(begun[0])) is not None:
        return found
    if any(head.id == session_id for head in store.heads()):
        raise UsageError(f"The sitting '{session_id}' is finished.", fix=f"See it: mlsd-coach show {session_id}")
    guess = did_you_mean(session_id, known)
    raise UsageError(f"Unknown sitting '{session_id}'{guess}.", fix="`mlsd-coach resume` alone takes the last one.")


def _seat(wanted: str | None, store: "Store") -> "Seat":
    """Return the seat of the sitting meant, without an id of the last one that is free; CoachError when none is."""
    from mlsd_coach.commands.seat import old_seat
    from mlsd_coach.commands.sitting import seats_folder
    from mlsd_coach.errors import CoachError

    found = _find(wanted, store).id
    others = [] if wanted is not None else [each.id for each in store.sessions() if each.id != found]
    for session_id in (found, *others):
        seat = old_seat(seats_folder(), session_id)
        if seat is not None:
            return seat
    raise CoachError(f"The sitting {found} is open in another terminal.", fix="Go on there, or quit it first.")


def _check_stages(session: "Session", scenario: "Scenario") -> None:
    """Refuse a sitting of which the scenario no longer has a stage."""
    from mlsd_coach.errors import CoachError

    known = {plan.id for plan in scenario.stages}
    lost = [stage.id for stage in session.stages if stage.id not in known]
    if lost:
        message = f"The scenario '{scenario.id}' no longer has the stage '{lost[0]}' of this sitting."
        raise CoachError(message, fix="Restore the scenario file, or start anew with `mlsd-coach practice`.")
