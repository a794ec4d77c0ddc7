"""What the reading commands print: data on standard output, long texts through a pager on a terminal."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mlsd_coach.commands import screen
from mlsd_coach.commands.surroundings import is_interactive, say

if TYPE_CHECKING:
    from mlsd_coach.models import Claim, Levels, Mode, Scenario, Scorecard, SecondOpinion


def emit(text: str) -> None:
    """Print data on standard output, with a newline at its end."""
    from mlsd_coach.errors import CoachError

    if sys.stdout is None or sys.stdout.closed:
        raise CoachError("Standard output is closed.", fix="Run it without closing the output, or with -o FILE.")
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def tell(message: str) -> None:
    """Print a message for the person on stderr, broken between words where it goes to a terminal."""
    from mlsd_coach.terminal.wrapping import wrap

    is_seen = screen.is_terminal(sys.stderr)
    say("\n".join(wrap(message, screen.columns_of(sys.stderr))) if is_seen else message)


def emit_json(value: dict[str, Any]) -> None:
    """Print one JSON object."""
    from json import dumps

    emit(dumps(value, ensure_ascii=False, indent=2))


def emit_long(text: str) -> None:
    """Print a text; where it is longer than the terminal, through the pager, so that its beginning is read first."""
    import os
    import shutil

    if is_interactive() and text.count("\n") + 2 > shutil.get_terminal_size().lines:
        from mlsd_coach.terminal.paging import page

        sys.stdout.flush()
        if page(text, os.environ):
            return
    emit(text)


def emit_card(
    card: "Scorecard",
    scenario: "Scenario",
    levels: "Levels",
    *,
    json: bool,
    plain: bool,
    prediction: int | None = None,
    mode: "Mode | None" = None,
    opinions: "Sequence[SecondOpinion]" = (),
    claims: "Sequence[Claim]" = (),
    time: "Mapping[str, Any] | None" = None,
) -> None:
    """Print a fresh scorecard: the debrief, or its JSON object; `mode` is None for answers that were not sat."""
    if json:
        from mlsd_coach.judges.contract import with_opinions
        from mlsd_coach.scoring import scorecard_to_json

        emit_json(with_opinions(scorecard_to_json(card), opinions))
        return
    from mlsd_coach.terminal.render_debrief import render_debrief_screen

    emit_long(
        render_debrief_screen(
            card,
            scenario,
            levels,
            prediction=prediction,
            mode=mode,
            width=screen.columns(),
            plain=plain,
            colour=has_colour(),
            ascii_only=is_ascii(),
            opinions=opinions,
            claims=claims,
            time=time,
        )
    )


def is_ascii() -> bool:
    """Tell whether standard output can take nothing beyond ASCII."""
    return sys.stdout is not None and screen.is_ascii(sys.stdout)


def has_colour() -> bool:
    """Tell whether to colour standard output."""
    return sys.stdout is not None and screen.has_colour(sys.stdout)
