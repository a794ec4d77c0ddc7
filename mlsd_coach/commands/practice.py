"""`mlsd-coach practice`: sit an interview, or hand in answers written elsewhere."""

import gc
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from mlsd_coach.commands import completion
from mlsd_coach.commands.judging import JudgeOption, YesOption, call_judges
from mlsd_coach.commands.surroundings import (
    ContentOption,
    JsonOption,
    PlainOption,
    can_ask,
    is_interactive,
    now,
    open_library,
)

if TYPE_CHECKING:
    from mlsd_coach.commands.sitting import Keeper, Manner
    from mlsd_coach.content.library import Library
    from mlsd_coach.history.store import Store
    from mlsd_coach.models import Level, Mode, Scenario, Session

DEFAULT_LEVEL = "senior"
SILENT = "silent"
SEEDS = 10_000
"""A seed that is not given has at most four digits: it may have to be typed."""


def practice(
    scenario: Annotated[
        str | None,
        typer.Argument(help="The scenario's id; without it you choose one.", autocompletion=completion.scenarios),
    ] = None,
    level: Annotated[
        str, typer.Option("--level", help="The bar: mid, senior or staff.", autocompletion=completion.levels)
    ] = DEFAULT_LEVEL,
    minutes: Annotated[
        float | None, typer.Option("--minutes", help="Length: 20, 35, 45, 60 or any number; budgets scale. [45]")
    ] = None,
    stage: Annotated[
        list[str] | None,
        typer.Option("--stage", help="Sit only this stage; may be given again.", autocompletion=completion.stages),
    ] = None,
    coached: Annotated[bool, typer.Option("--coached", help="Hints, and a verdict after each stage.")] = False,
    mock: Annotated[bool, typer.Option("--mock", help="Silent until the end, as in the real one (default).")] = False,
    interviewer: Annotated[
        str | None,
        typer.Option(
            "--interviewer",
            help="product, infra, research, silent, balanced or random; over a pipe silent. [balanced]",
            autocompletion=completion.personas,
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, help="Replay the interviewer's choices of an earlier sitting.")
    ] = None,
    answers: Annotated[
        str | None, typer.Option("--answers", help="Score this file (- for stdin): markdown, a heading a stage.")
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask for anything.")] = False,
    judge: JudgeOption = None,
    yes: YesOption = False,
    content: ContentOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Sit an interview stage by stage, then read what was said, named and missing.

    Examples: mlsd-coach practice feed-ranking; mlsd-coach practice --coached --stage data --stage features;
    mlsd-coach practice feed-ranking --answers answers.md --json
    """
    from mlsd_coach.commands.choices import read_bytes, read_level, read_minutes, read_persona
    from mlsd_coach.commands.sitting import Keeper, Manner

    # Nothing made before the first screen can be thrown away: looking for garbage costs a tenth of the start.
    gc.disable()
    number = now().microsecond % SEEDS if seed is None else seed
    # Where nobody can be asked, a pipe hands in nine answers and nobody waits for the interviewer's questions.
    chosen = read_persona(interviewer or (None if can_ask() else SILENT), number)
    wanted = _Wanted(
        level=read_level(level),
        mode=_mode(coached=coached, mock=mock),
        minutes=None if minutes is None else read_minutes(minutes),
        stages=stage,
        persona=chosen,
        seed=number,
    )
    _check_input(scenario, answers, no_input=no_input, is_hosted=interviewer is not None or seed is not None)
    judges = call_judges(judge, yes=yes, no_input=no_input, plain=plain)
    raw = read_bytes(answers, "the answers") if answers is not None else None
    library = open_library(content)
    with closing(Keeper()) as keeper:
        name = scenario or _pick(library, keeper.store, plain=plain)
        if name is not None:
            manner = Manner(plain=plain, json=json, judges=judges)
            _begin(name, wanted, library, keeper, manner, raw=raw, source=answers or "")


class _Wanted(NamedTuple):
    """What kind of sitting was asked for."""

    level: "Level"
    mode: "Mode"
    minutes: float | None
    stages: list[str] | None
    persona: str
    seed: int


def _begin(
    name: str,
    wanted: _Wanted,
    library: "Library",
    keeper: "Keeper",
    manner: "Manner",
    *,
    raw: bytes | None,
    source: str,
) -> None:
    """Hold a new sitting, or score the `raw` answers from `source` instead."""
    from mlsd_coach.commands.choices import read_stages
    from mlsd_coach.commands.seat import new_seat
    from mlsd_coach.commands.sitting import greeted, hold, seats_folder
    from mlsd_coach.interview.sitting import new_session

    picked = library.scenario(name)
    stages = read_stages(wanted.stages, [plan.id for plan in picked.stages])
    moment = now()
    with new_seat(seats_folder(), f"{moment:%Y%m%d-%H%M%S}-{picked.id}") as seat:
        session = new_session(
            picked,
            persona=wanted.persona if raw is None else "",
            seed=wanted.seed,
            session_id=seat.session_id,
            level=wanted.level,
            mode=wanted.mode,
            started_at=moment.isoformat(timespec="seconds"),
            minutes=wanted.minutes,
            stages=stages,
        )
        if raw is None:
            session = greeted(session, library)
            hold(session, picked, library, keeper, manner)
        else:
            _score_answers(session, picked, library, keeper, manner, raw=raw, source=source)


def _mode(*, coached: bool, mock: bool) -> "Mode":
    from mlsd_coach.errors import UsageError
    from mlsd_coach.models import Mode

    if coached and mock:
        raise UsageError("A sitting is either --coached or --mock.", fix="Drop one of them.")
    return Mode.COACHED if coached else Mode.MOCK


def _check_input(scenario: str | None, answers: str | None, *, no_input: bool, is_hosted: bool) -> None:
    """Refuse what would have to ask where nobody can be asked."""
    from mlsd_coach.errors import UsageError

    if scenario is None and (answers is not None or no_input or not can_ask()):
        raise UsageError("Which scenario?", fix="Pass its id: mlsd-coach practice SCENARIO (see mlsd-coach list).")
    if no_input and answers is None:
        raise UsageError("With --no-input nobody writes the answers.", fix="Pass --answers FILE, or - for stdin.")
    if answers is not None and is_hosted:
        raise UsageError("Answers that are handed in meet no interviewer.", fix="Drop --interviewer and --seed.")


def _score_answers(
    session: "Session",
    scenario: "Scenario",
    library: "Library",
    keeper: "Keeper",
    manner: "Manner",
    *,
    raw: bytes,
    source: str,
) -> None:
    from mlsd_coach.commands.reveal import Judge, keep_answers, show, tell_kept
    from mlsd_coach.content.answers import decode_answers, read_answers

    name = "standard input" if source == "-" else source
    texts = read_answers(decode_answers(raw, source=name), scenario, source=name)
    judge = Judge(scenario, library)
    card, kept_as = keep_answers(session, texts, judge, keeper.store)
    said = manner.judges.hear(card, scenario, keeper.store, kept_as) if manner.judges else ()
    show(card, judge, prediction=None, mode=None, json=manner.json, plain=manner.plain, opinions=said)
    tell_kept(kept_as)
    if manner.judges:
        manner.judges.end()


def _pick(library: "Library", store: "Store", *, plain: bool) -> str | None:
    """Let the candidate choose a scenario; None when the input ends."""
    from mlsd_coach.commands import screen
    from mlsd_coach.errors import CoachError
    from mlsd_coach.terminal.prompts import ScenarioChoice, pick_by_number, pick_scenario

    last: dict[str, float] = {}
    for attempt in store.heads():
        last.setdefault(attempt.scenario, attempt.score)
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
