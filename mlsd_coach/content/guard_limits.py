"""How large a content file may be; apart from the guard, so that the cached path need not import YAML."""

MAX_BYTES = 1_000_000
MAX_DEPTH = 50
MAX_EVENTS = 100_000

Trail = tuple[str | int, ...]
"""The keys and indices from the top of a file down to a value."""
