"""The boxes of the checklist, to be ticked with the space bar."""

from collections.abc import Mapping, Sequence
from typing import Any

from mlsd_coach.terminal.wrapping import clip


def ask_ticks(steps: Sequence[Mapping[str, Any]], *, width: int) -> set[str]:
    """Let the candidate tick the steps of one preparation; return the keys that are ticked.

    Each step has `key`, `text` and `ticked_at`. KeyboardInterrupt when they would rather leave.
    """
    import questionary

    choices = [
        questionary.Choice(
            clip(f"{number}. {step['text']}", max(10, width - 6)),
            value=step["key"],
            checked=bool(step["ticked_at"]),
        )
        for number, step in enumerate(steps, 1)
    ]
    # `ask` would swallow Ctrl-C and return None.
    picked: list[str] = questionary.checkbox(
        "Done?", choices=choices, instruction="(space ticks, Enter goes on)", use_jk_keys=False
    ).unsafe_ask()
    return set(picked)
