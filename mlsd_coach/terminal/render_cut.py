"""How a transcript was cut into stages, told so that a person can see where it went wrong."""

from collections.abc import Sequence

from mlsd_coach.content.transcript import Cut, How, Segment
from mlsd_coach.models import Scenario
from mlsd_coach.terminal.render_table import columns_of, cut
from mlsd_coach.terminal.wrapping import wrap

WIDE = 64
"""From this many columns on a stretch takes one row."""
FAR_OFF = 0.15
"""How far a transcript may be from the round's length, as a share of it, without a word about it."""
_HOW = {How.LINES: "by the lines that name a stage", How.SPOKEN: "by what was said", How.CLOCK: "by the clock"}


def render_cut(found: Cut, scenario: Scenario, *, minutes: float, width: int, ascii_only: bool = False) -> str:
    """Return the stretches, what was left out and how to do better, in at most `width` columns."""
    who = f"; the candidate is {' and '.join(found.candidate)}" if any(found.candidate) else ""
    rows = wrap(f"Cut into stages {_HOW[found.how]}{who}.", width)
    rows += _table(found.segments, width, "." if ascii_only else "…")
    for sentence in _remarks(found, scenario, minutes):
        rows += wrap(sentence, width)
    text = "\n".join(rows)
    return text.encode("ascii", "replace").decode() if ascii_only else text


def cut_in_a_line(found: Cut, scenario: Scenario) -> str:
    """Return the same in one line without a full stop, for one file of many."""
    words = {stage: sum(each.words for each in found.segments if each.stage == stage) for stage in found.answers()}
    counts = ", ".join(f"{stage} {count}" for stage, count in words.items())
    empty = _empty(found, scenario)
    return f"cut {_HOW[found.how]}: words in {counts}" + (f"; none in {', '.join(empty)}" if empty else "")


def clock(seconds: float) -> str:
    """Return a time as recorders write it: 12:30, 1:02:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _table(segments: Sequence[Segment], width: int, ellipsis: str) -> list[str]:
    fields = [(each.stage, f"{each.words}", *_span(each), f"“{each.why}”" if each.why else "") for each in segments]
    if width >= WIDE:
        head = ("STAGE", "WORDS", "FROM", "TO", "MARKER")
        return [
            f"  {row}"
            for row in columns_of([head, *fields], width=width - 2, give=4, right=(1, 2, 3), ellipsis=ellipsis)
        ]
    rows = []
    for stage, words, begins, ends, why in fields:
        rows.append(cut(f"  {stage}: {words} words", width, ellipsis))
        rows.append(cut(f"    {begins} to {ends}{', ' if why else ''}{why}", width, ellipsis))
    return rows


def _span(segment: Segment) -> tuple[str, str]:
    begins, ends = segment.begins, segment.ends
    if begins.seconds is None or ends.seconds is None:
        return f"line {begins.line}", f"line {ends.line}"
    return clock(begins.seconds), clock(ends.seconds)


def _empty(found: Cut, scenario: Scenario) -> list[str]:
    said = found.answers()
    return [stage.id for stage in scenario.stages if stage.id not in said]


def _remarks(found: Cut, scenario: Scenario, minutes: float) -> list[str]:
    said = []
    if empty := _empty(found, scenario):
        said.append(f"No words for: {', '.join(empty)}.")
    if found.others:
        others = ", ".join(f"{name or 'nobody named'} ({words} words)" for name, words in found.others[:6])
        said.append(f"Not counted: {others}.")
    if found.how is How.CLOCK and found.length is not None and abs(found.length / 60 - minutes) > FAR_OFF * minutes:
        lasted = max(1, round(found.length / 60))
        long = "1 minute" if lasted == 1 else f"{lasted} minutes"
        said.append(f"It lasts {long} and the round {minutes:g}: if that was all of it, pass --minutes {lasted}.")
    if found.how is How.LINES:
        said.append("Wrong somewhere? Move these lines, or add others.")
    else:
        clocked = ", or pass --by-clock" if found.how is How.SPOKEN and found.length is not None else ""
        said.append(f"Wrong somewhere? Put a line such as [{scenario.stages[0].id}] where each stage begins{clocked}.")
    return said
