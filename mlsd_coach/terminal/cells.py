"""How many cells of the terminal a text takes, without loading prompt_toolkit for texts that need no table."""


def cells(text: str) -> int:
    """Return the width of a text in terminal cells; wide characters count two, combining ones none."""
    if text.isascii() or all(map(_is_narrow, text)):
        return len(text)
    from prompt_toolkit.utils import get_cwidth

    return get_cwidth(text)


def _is_narrow(char: str) -> bool:
    """Tell whether a character takes one cell for certain: Latin, typographic punctuation, arrows, box drawing."""
    return (
        " " <= char < "\x7f"
        or "\xa0" <= char < "\u0300"
        or "\u2010" <= char <= "\u2027"
        or "\u2030" <= char <= "\u205e"
        or "\u2190" <= char <= "\u21ff"
        or "\u2500" <= char <= "\u257f"
    )
