"""What the shell offers when Tab is pressed: ids and option values, never an error."""


def scenarios(incomplete: str) -> list[str]:
    """Return the ids of scenarios that begin so."""
    from mlsd_coach.commands.surroundings import open_library
    from mlsd_coach.errors import CoachError

    try:
        return [head.id for head in open_library().heads() if head.id.startswith(incomplete)]
    except (CoachError, OSError):
        return []


def sittings(incomplete: str) -> list[str]:
    """Return the ids of unfinished sittings that begin so."""
    from mlsd_coach.commands.choices import open_history
    from mlsd_coach.errors import CoachError

    try:
        with open_history() as store:
            found = store.sessions() if store is not None else ()
    except (CoachError, OSError):
        return []
    return [session.id for session in found if session.id.startswith(incomplete)]


def attempts(incomplete: str) -> list[str]:
    """Return the ids of attempts that begin so, the newest first."""
    from mlsd_coach.commands.choices import open_history
    from mlsd_coach.errors import CoachError

    try:
        with open_history() as store:
            heads = store.heads() if store is not None else ()
    except (CoachError, OSError):
        return []
    return [head.id for head in heads if head.id.startswith(incomplete)]


def levels(incomplete: str) -> list[str]:
    """Return the levels that begin so."""
    from mlsd_coach.models import Level

    return [level.value for level in Level if level.startswith(incomplete)]


def stages(incomplete: str) -> list[str]:
    """Return the ids of stages that begin so."""
    from mlsd_coach.models import STAGES

    return [stage for stage in STAGES if stage.startswith(incomplete)]


def personas(incomplete: str) -> list[str]:
    """Return the interviewers that begin so."""
    from mlsd_coach.commands.choices import PERSONAS

    return [name for name in (*PERSONAS, "balanced", "random") if name.startswith(incomplete)]
