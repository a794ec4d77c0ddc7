"""What may be an id."""


def is_id(name: str) -> bool:
    """Tell whether a name may be an id: lower-case letters, digits and single hyphens, at most 64 characters."""
    parts = name.split("-")
    return len(name) <= 64 and all(part.isascii() and part.isalnum() and part == part.lower() for part in parts)
