"""The questions of an appeal: which verdict, what it should have been, which words say it, and why."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from mlsd_coach.terminal.wrapping import clip

T = TypeVar("T")
Read = Callable[[], str]
Write = Callable[[str], None]


class VerdictChoice(NamedTuple):
    """A verdict of an attempt as it stands in the list to choose from."""

    key: str
    """stage/criterion"""
    mark: str
    """The sign of its verdict, as in the debrief."""
    says: str

    def row(self, width: int) -> str:
        """Return the choice as one row of at most `width` columns."""
        return clip(f"{self.mark} {self.key}  {self.says}", width)


def pick_verdict(choices: Sequence[VerdictChoice], *, width: int) -> str:
    """Let the candidate select a verdict with the arrow keys or by typing; return its key.

    KeyboardInterrupt when they would rather leave.
    """
    import questionary

    options = [questionary.Choice(title=choice.row(width - 4), value=choice.key) for choice in choices]
    # `ask` would swallow Ctrl-C and return None.
    picked: str = questionary.select(
        "Which verdict is wrong?",
        choices=options,
        use_search_filter=True,
        use_jk_keys=False,
        instruction="\n  (arrows, or type; Enter takes it)",
        erase_when_done=True,
    ).unsafe_ask()
    return picked


def ask_verdict(offered: Sequence[str], *, read: Read, write: Write) -> str:
    """Ask what the verdict should have been; the beginning of a word is enough. EOFError at the end of the input."""
    words = f"{', '.join(offered[:-1])} or {offered[-1]}"
    write(f"What should it have been: {words}?")
    while True:
        said = read().strip().casefold()
        begun = [word for word in offered if said and word.startswith(said)]
        if len(begun) == 1:
            return begun[0]
        write(f"Type {words}; the first letter is enough.")


def ask_quote(find: Callable[[str], T | None], hint: Callable[[str], str], *, read: Read, write: Write) -> T | None:
    """Ask for the words of the answer that say it, until `find` finds them; None for an empty line.

    `hint` says what to do about words that were not found. EOFError at the end of the input.
    """
    write("Which words of your answer say it? Copy them on one line; Enter alone goes on.")
    while True:
        said = read().strip()
        if not said:
            return None
        found = find(said)
        if found is not None:
            return found
        write(hint(said))


def ask_reason(*, read: Read, write: Write) -> str:
    """Ask why, in a sentence; may come back empty. EOFError at the end of the input."""
    write("Why? One sentence; Enter alone goes on.")
    return read().strip()
