"""`mlsd-coach practice`: sit an interview, or hand in answers written elsewhere."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlsd_coach.commands.surroundings import (
    ContentOption,
    JsonOption,
    PlainOption,
    can_ask,
    is_interactive,
    now,
    open_library,
    open_store,
)

if TYPE_CHECKING:
    from mlsd_coach.commands.sitting import Manner
    from mlsd_coach.content.library import Library
    from mlsd_coach.history.store import Store
    from mlsd_coach.models import Level, Mode, Scenario, Session

MOST_MINUTES = 600.0
DEFAULT_LEVEL = "senior"


def practice(
    scenario: Annotated[str | None, typer.Argument(help="The scenario's id; without it you choose one.")] = None,
    level: Annotated[str, typer.Option("--level", help="The bar: mid, senior or staff.")] = DEFAULT_LEVEL,
    minutes: Annotated[
        str | None, typer.Option("--minutes", help="Length: 20, 35, 45, 60 or any number; budgets scale. [45]")
    ] = None,
    stage: Annotated[list[str] | None, typer.Option("--stage", help="Sit only this stage; may be given again.")] = None,
    coached: Annotated[bool, typer.Option("--coached", help="Hints, and a verdict after each stage.")] = False,
    mock: Annotated[bool, typer.Option("--mock", help="Silent until the end, as in the real one (default).")] = False,
    answers: Annotated[
        str | None, typer.Option("--answers", help="Score this file (- for stdin): markdown, a heading a stage.")
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask for anything.")] = False,
    content: ContentOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Sit an interview stage by stage, then read what was said, named and missing.

    Examples: mlsd-coach practice feed-ranking; mlsd-coach practice --coached --stage data --stage features;
    mlsd-coach practice feed-ranking --answers answers.md --json
    """
    from mlsd_coach.commands.sitting import Manner
    from mlsd_coach.errors import UsageError
    from mlsd_coach.models import Mode

    if coached and mock:
        raise UsageError("A sitting is either --coached or --mock.", fix="Drop one of them.")
    mode = Mode.COACHED if coached else Mode.MOCK
    bar, length = _level(level), _minutes(minutes)
    _check_input(scenario, answers, no_input=no_input)
    raw = _read_raw(answers) if answers is not None else b""
    library = open_library(content)
    with open_store() as store:
        name = scenario or _pick(library, store, plain=plain)
        if name is None:
            return
        picked = library.scenario(name)
        session = _session(picked, store, level=bar, mode=mode, minutes=length, stages=_stages(stage, picked))
        manner = Manner(plain=plain, json=json)
        if answers is not None:
            _score_answers(session, picked, library, store, raw=raw, source=answers, manner=manner)
        else:
            from mlsd_coach.commands.sitting import hold

            hold(session, picked, library, store, manner, _unfinished(store, session))


def _check_input(scenario: str | None, answers: str | None, *, no_input: bool) -> None:
    """Refuse what would have to ask where nobody can be asked."""
    from mlsd_coach.errors import UsageError

    if scenario is None and (answers is not None or no_input or not can_ask()):
        raise UsageError("Which scenario?", fix="Pass its id: mlsd-coach practice SCENARIO (see mlsd-coach list).")
    if no_input and answers is None:
        raise UsageError("With --no-input nobody writes the answers.", fix="Pass --answers FILE, or - for stdin.")


def _session(
    scenario: "Scenario",
    store: "Store",
    *,
    level: "Level",
    mode: "Mode",
    minutes: float | None,
    stages: Sequence[str] | None,
) -> "Session":
    from mlsd_coach.commands.sitting import new_id
    from mlsd_coach.interview.sitting import new_session

    return new_session(
        scenario,
        session_id=new_id(scenario.id, store),
        level=level,
        mode=mode,
        started_at=now().isoformat(timespec="seconds"),
        minutes=minutes,
        stages=stages,
    )


def _unfinished(store: "Store", session: "Session") -> str:
    """Return a word on an unfinished sitting of the same scenario, if there is one with something in it."""
    for other in store.sessions():
        if other.scenario == session.scenario and any(stage.answer.strip() for stage in other.stages):
            return f"You have an unfinished sitting of this: mlsd-coach resume {other.id}"
    return ""


def _score_answers(
    session: "Session",
    scenario: "Scenario",
    library: "Library",
    store: "Store",
    *,
    raw: bytes,
    source: str,
    manner: "Manner",
) -> None:
    from mlsd_coach.commands.reveal import Judge, keep_answers, show, tell_kept
    from mlsd_coach.content.answers import decode_answers, read_answers

    name = "standard input" if source == "-" else source
    texts = read_answers(decode_answers(raw, source=name), scenario, source=name)
    judge = Judge(scenario, library)
    card = keep_answers(session, texts, judge, store)
    show(card, judge, prediction=None, mode=session.mode, json=manner.json, plain=manner.plain)
    tell_kept(session.id)


def _read_raw(source: str) -> bytes:
    """Return the bytes of an answers file, or of standard input for `-`; UsageError when there are none to read."""
    from mlsd_coach.errors import UsageError

    try:
        if source != "-":
            return Path(source).read_bytes()
        if sys.stdin is None:
            raise UsageError("Standard input is closed.", fix="Pass --answers FILE.")
        return sys.stdin.buffer.read()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"Cannot read answers from '{source}': {reason}.", fix="Pass a markdown file or -.") from None


def _pick(library: "Library", store: "Store", *, plain: bool) -> str | None:
    """Let the candidate choose a scenario; None when the input ends."""
    from mlsd_coach.commands import screen
    from mlsd_coach.errors import CoachError
    from mlsd_coach.terminal.prompts import ScenarioChoice, pick_by_number, pick_scenario

    last: dict[str, float] = {}
    for attempt in store.attempts():
        last.setdefault(attempt.scenario, float(attempt.scorecard["score"]))
    choices = [ScenarioChoice(head.id, head.title, head.family, last.get(head.id)) for head in library.heads()]
    if not choices:
        raise CoachError("No scenario was found.", fix="Run `mlsd-coach check` to see why.")
    if is_interactive() and not plain:
        return pick_scenario(choices, width=screen.columns())
    from mlsd_coach.terminal.line_reader import LineReader

    stream = screen.conversation_stream(json=False)

    def write(text: str) -> None:
        print(text, file=stream, flush=True)

    return pick_by_number(choices, read=LineReader(0).wait, write=write, width=screen.columns())


def _level(text: str) -> "Level":
    from mlsd_coach.models import Level

    return Level(_known(text, tuple(Level), "level", "--level"))


def _stages(names: Sequence[str] | None, scenario: "Scenario") -> list[str] | None:
    if not names:
        return None
    return [_known(name, [plan.id for plan in scenario.stages], "stage", "--stage") for name in names]


def _known(text: str, known: Sequence[str], what: str, option: str) -> str:
    """Return the text as one of the known words; UsageError with the nearest when it is none of them."""
    word = text.strip().lower()
    if word in known:
        return word
    from mlsd_coach.content.texts import did_you_mean
    from mlsd_coach.errors import UsageError

    guess = did_you_mean(word, list(known))
    raise UsageError(f"Unknown {what} '{text}'{guess}.", fix=f"{option} takes: {', '.join(known)}.")


def _minutes(text: str | None) -> float | None:
    from mlsd_coach.errors import UsageError

    if text is None:
        return None
    try:
        length = float(text)
    except ValueError:
        length = -1.0
    if not 0.0 < length <= MOST_MINUTES:
        fix = f"It takes a number up to {MOST_MINUTES:.0f}, such as 20, 35, 45 or 60."
        raise UsageError(f"--minutes cannot be '{text}'.", fix=fix)
    return length
