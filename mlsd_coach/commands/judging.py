"""Second opinions on the command line: the options, what has to be there, and those kept with an attempt."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mlsd_coach.commands.surroundings import can_ask, say
from mlsd_coach.errors import UsageError

if TYPE_CHECKING:
    from mlsd_coach.commands.configuring import LlmSettings
    from mlsd_coach.commands.hearing import Hearing
    from mlsd_coach.models import Attempt, SecondOpinion

JudgeOption = Annotated[
    list[str] | None,
    typer.Option("--judge", help="Add a second opinion beside the score: llm or semantic; may be given again."),
]
YesOption = Annotated[bool, typer.Option("--yes", help="With --judge: do not ask before answers are sent.")]

JUDGES = ("llm", "semantic")
KEPT_AS = "opinions"
"""Where an attempt's `extra` holds them."""


def call_judges(
    names: Sequence[str] | None, *, yes: bool, no_input: bool = False, plain: bool = False
) -> "Hearing | None":
    """Return the hearing of the judges named, None when none are.

    Everything that can be known beforehand is checked now, so that nobody writes for an hour and learns it then:
    UsageError or CoachError for an unknown name, a missing package, no configuration, nobody to ask.
    """
    if not names:
        return None
    from mlsd_coach.commands.choices import one_of

    known = f"--judge takes: {', '.join(JUDGES)}."
    wanted = list(dict.fromkeys(one_of(name, JUDGES, "judge", known) for name in names))
    from mlsd_coach.commands.hearing import Hearing

    may_ask = can_ask() and not no_input
    settings: LlmSettings | None = None
    model = ""
    if "llm" in wanted:
        settings = _ready_llm(may_ask=may_ask, yes=yes)
    if "semantic" in wanted:
        from mlsd_coach.commands.configuring import semantic_model
        from mlsd_coach.judges.extras import require

        require("sentence_transformers", extra="semantic", judge="semantic")
        model = semantic_model()
    return Hearing(wanted, settings, model, yes=yes, may_ask=may_ask, plain=plain)


def _ready_llm(*, may_ask: bool, yes: bool) -> "LlmSettings":
    from mlsd_coach.commands.configuring import llm_settings, open_to_others
    from mlsd_coach.judges.extras import require

    require("httpx", extra="llm", judge="llm")
    settings = llm_settings()
    if not yes and not may_ask:
        message = f"The judge 'llm' sends your answers to {settings.server.host}, and nobody can be asked here."
        raise UsageError(message, fix="Pass --yes to send them.")
    warning = open_to_others()
    if warning:
        say(warning)
    return settings


def kept_opinions(attempt: "Attempt") -> "tuple[SecondOpinion, ...]":
    """Return the second opinions kept with an attempt; a word on stderr when they cannot be read."""
    kept = attempt.extra.get(KEPT_AS)
    if not kept:
        return ()
    from mlsd_coach.judges.contract import opinion_from_json

    try:
        return tuple(opinion_from_json(each) for each in kept)
    except (KeyError, ValueError, TypeError):
        say("The second opinions kept with this attempt cannot be read by this mlsd-coach.")
        return ()
