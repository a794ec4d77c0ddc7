"""`score --kit`: a score sheet that a friend has filled, to a debrief and an attempt in the history."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import typer

from mlsd_coach.commands.show_more import KIT
from mlsd_coach.commands.surroundings import now, say
from mlsd_coach.errors import UsageError

if TYPE_CHECKING:
    from mlsd_coach.content.kit import FilledSheet
    from mlsd_coach.content.library import Library
    from mlsd_coach.models import Attempt, Scorecard

NOT_WITH_KIT = ("level", "minutes", "stage", "transcript", "by_clock", "speaker", "jobs", "judge")
"""Options of `score` that say how answers are to be read: the sheet says it all, and nothing is matched."""


def refuse_others(context: typer.Context) -> None:
    """Raise UsageError for options that a score sheet leaves nothing to do for."""
    for name in NOT_WITH_KIT:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = f"--{name.replace('_', '-')}"
            raise UsageError(f"{option} does not go with --kit: the sheet says it all.", fix=f"Drop {option}.")


def score_sheet(files: Sequence[str], scenario: str | None, library: "Library", *, json: bool, plain: bool) -> None:
    """Read a filled sheet, keep what it comes to as an attempt, and print the debrief."""
    from mlsd_coach.commands import output
    from mlsd_coach.commands.answer_files import is_one
    from mlsd_coach.commands.choices import read_bytes
    from mlsd_coach.content.answers import decode_answers
    from mlsd_coach.content.kit import read_kit
    from mlsd_coach.models import Mode
    from mlsd_coach.scoring.kit import score_kit

    if not is_one(files):
        raise UsageError("--kit takes one score sheet at a time.", fix="Name one file, or - for stdin.")
    source = "standard input" if files[0] == "-" else files[0]
    text = decode_answers(read_bytes(files[0], "the score sheet"), source=source)
    sheet = read_kit(text, library.scenario, source=source, scenario=scenario)
    picked = library.scenario(sheet.scenario)
    card = score_kit(sheet, picked, library.levels())
    for remark in sheet.remarks:
        output.tell(remark)
    kept_as = _keep(sheet, card)
    output.emit_card(card, picked, library.levels(), json=json, plain=plain, mode=Mode.MOCK)
    say(kept_as)
    say("See it again: mlsd-coach show")


def _keep(sheet: "FilledSheet", card: "Scorecard") -> str:
    """Put the attempt into the history, unless the very same is there; return the sentence that says where it is."""
    from mlsd_coach.commands.surroundings import open_store

    attempt = attempt_of(sheet, card, _held_at(sheet))
    with open_store() as store:
        for each in store.attempts(attempt.scenario):
            if each.extra == attempt.extra and each.scorecard == attempt.scorecard:
                return f"This sheet is in the history already, as {each.id}"
        return f"Kept as {store.finish(None, attempt)}"


def _held_at(sheet: "FilledSheet") -> datetime:
    """Return when the interview was: noon of the day on the sheet, now without one."""
    moment = now().replace(microsecond=0)
    if sheet.held_on is None or sheet.held_on == moment.date():
        return moment
    if sheet.held_on > moment.date():
        say(f"The date {sheet.held_on} lies ahead: kept under today's.")
        return moment
    return datetime.combine(sheet.held_on, time(12), UTC)


def attempt_of(sheet: "FilledSheet", card: "Scorecard", moment: datetime) -> "Attempt":
    """Return the attempt that a filled sheet becomes."""
    from mlsd_coach.models import Attempt, Mode
    from mlsd_coach.scoring import scorecard_to_json
    from mlsd_coach.scoring.bars import parts_of

    parts = parts_of(card)
    used = sum(stage.seconds or 0.0 for stage in parts)
    return Attempt(
        id=f"{moment:%Y%m%d-%H%M%S}-{card.scenario}",
        scenario=card.scenario,
        level=card.level,
        mode=Mode.MOCK,
        minutes=round(sum(stage.budget_seconds for stage in parts) / 60, 2),
        started_at=(moment - timedelta(seconds=used)).isoformat(timespec="seconds"),
        finished_at=moment.isoformat(timespec="seconds"),
        scorecard=scorecard_to_json(card),
        answers=tuple((stage.id, stage.answer) for stage in card.stages),
        seconds=tuple((stage.id, stage.seconds) for stage in parts if stage.seconds is not None),
        extra={
            KIT: True,
            "interviewer": sheet.interviewer,
            "candidate": sheet.candidate,
            "stages": [stage.id for stage in card.stages],
            "skipped": [stage.id for stage in card.stages if not stage.attempted],
            "transcript": [],
        },
    )
