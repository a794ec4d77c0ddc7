"""`mlsd-coach resume`: go on with a sitting that was left."""

from typing import TYPE_CHECKING, Annotated

import typer

from mlsd_coach.commands.surroundings import ContentOption, JsonOption, PlainOption, open_library, open_store

if TYPE_CHECKING:
    from mlsd_coach.history.store import Store
    from mlsd_coach.models import Session


def resume(
    session: Annotated[str | None, typer.Argument(help="The sitting's id; without it the last one.")] = None,
    content: ContentOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Go on with the last unfinished sitting, with its text and the time used."""
    from mlsd_coach.commands.sitting import Manner, hold, old_seat, with_stages_of

    with open_store() as store, old_seat(_find(session, store).id) as seat:
        # Read again now that nobody else writes it.
        found = _find(seat.session_id, store)
        library = open_library(content)
        scenario = library.scenario(found.scenario)
        hold(with_stages_of(found, scenario), scenario, library, store, Manner(plain=plain, json=json))


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
    if store.attempt(session_id) is not None:
        raise UsageError(f"The sitting '{session_id}' is finished.", fix=f"See it: mlsd-coach show {session_id}")
    guess = did_you_mean(session_id, known)
    raise UsageError(f"Unknown sitting '{session_id}'{guess}.", fix="`mlsd-coach resume` alone takes the last one.")
