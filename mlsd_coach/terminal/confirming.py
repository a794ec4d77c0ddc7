"""What the coach doubts, asked back: one screen of boxes to tick, or a question each."""

from collections.abc import Callable, Iterator, Sequence

from mlsd_coach.interview.prompter import Doubt
from mlsd_coach.terminal.wrapping import clip, wrap

BEFORE = 5
"""Columns that the pointer and the box take."""
QUOTE_ROWS = 3


def tick_meant(doubts: Sequence[Doubt], *, width: int) -> tuple[Doubt, ...]:
    """Let the candidate tick what they did say, all on one screen; return it.

    KeyboardInterrupt when they would rather leave.
    """
    import questionary
    from prompt_toolkit.layout.containers import ScrollOffsets

    titles = [_title(doubt, max(10, width - BEFORE - 1)) for doubt in doubts]
    question = questionary.checkbox(
        "Did you mean this?",
        choices=[questionary.Choice(title, value=number) for number, title in enumerate(titles)],
        instruction="\n  Tick what you did say (space): it is\n  noted, the score stays. Enter goes on.",
        use_jk_keys=False,
        erase_when_done=True,
    )
    for window in question.application.layout.find_all_windows():
        # The cursor stands on the first row of a choice; all its rows are to be read.
        window.scroll_offsets = ScrollOffsets(bottom=max(title.count("\n") for title in titles))
    # `ask` would swallow Ctrl-C and return None.
    picked: list[int] = question.unsafe_ask()
    return tuple(doubt for number, doubt in enumerate(doubts) if number in picked)


def ask_meant(
    doubts: Sequence[Doubt], *, read: Callable[[], str], write: Callable[[str], None], width: int
) -> Iterator[Doubt]:
    """Ask about each doubt in turn; yield those that are confirmed as they come, none after the end of the input."""
    count = f"{len(doubts)} points" if len(doubts) > 1 else "one point"
    write("\n".join(wrap(f"The coach is not sure of {count}. Did you mean this? y, or Enter for no.", width)))
    for number, doubt in enumerate(doubts, 1):
        write("\n".join(wrap(f"{number}. {doubt.stage_title}: {doubt.says}", width)))
        for quote in doubt.quotes:
            write("\n".join(wrap(f"   “{quote}”", width)))
        write("y/N?")
        try:
            said = read().strip().casefold()
        except EOFError:
            return
        if said in {"y", "yes"}:
            yield doubt


def _title(doubt: Doubt, room: int) -> str:
    """Return a doubt on rows of at most `room` columns: what it is, and below it the words in question."""
    rows = wrap(f"{doubt.stage_title}: {doubt.says}", room)
    for quote in doubt.quotes:
        rows += wrap(f"“{clip(quote, QUOTE_ROWS * (room - 4))}”", room)
    return f"\n{' ' * BEFORE}".join(rows)
