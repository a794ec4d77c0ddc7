"""The few questions outside the sitting: which scenario, and what score the candidate expects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mlsd_coach.terminal.wrapping import clip


@dataclass(frozen=True)
class ScenarioChoice:
    """A scenario as it stands in the list to choose from."""

    id: str
    title: str
    family: str
    last_score: float | None = None

    def row(self, width: int) -> str:
        """Return the choice as one row of at most `width` columns."""
        score = "new" if self.last_score is None else f"last {self.last_score:.0f}"
        tail = f"  {self.family}, {score}"
        return clip(self.title, max(8, width - len(tail))) + tail


def pick_scenario(choices: Sequence[ScenarioChoice], *, width: int) -> str:
    """Let the candidate select a scenario with the arrow keys or by typing; return its id.

    KeyboardInterrupt when they would rather leave.
    """
    import questionary

    options = [questionary.Choice(title=choice.row(width - 4), value=choice.id) for choice in choices]
    # `ask` would swallow Ctrl-C and return None.
    picked: str = questionary.select(
        "Which interview?", choices=options, use_search_filter=True, use_jk_keys=False, instruction="(arrows, or type)"
    ).unsafe_ask()
    return picked


def pick_by_number(
    choices: Sequence[ScenarioChoice], *, read: Callable[[], str], write: Callable[[str], None], width: int
) -> str | None:
    """Let the candidate select by number or id, a line at a time; None at the end of the input."""
    for number, choice in enumerate(choices, 1):
        write(f"{number:3}  {choice.row(width - 5)}")
    while True:
        write("Which interview? Type its number:")
        try:
            said = read().strip()
        except EOFError:
            return None
        by_id = [choice.id for choice in choices if choice.id == said]
        if by_id:
            return by_id[0]
        if said.isdecimal() and 1 <= int(said) <= len(choices):
            return choices[int(said) - 1].id
        write(f"There is no {said!r} in the list; 1 to {len(choices)} are.")


def ask_prediction(*, read: Callable[[], str], write: Callable[[str], None]) -> int | None:
    """Ask for the score the candidate expects, 0..100; None when they skip it with an empty line."""
    write("Before the reveal: which score do you expect, 0 to 100? (Enter skips)")
    for _ in range(3):
        try:
            said = read().strip().rstrip("%").strip()
        except EOFError:
            return None
        if not said:
            return None
        if said.isdecimal() and int(said) <= 100:
            return int(said)
        write("A whole number from 0 to 100, or Enter to skip.")
    return None
