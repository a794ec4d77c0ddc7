"""`mlsd-coach checklist`: the five preparations before an interview."""


def checklist() -> None:
    """Review before the interview."""
