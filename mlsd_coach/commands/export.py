"""`mlsd-coach export`: a study sheet."""


def export() -> None:
    """Write a study sheet."""
