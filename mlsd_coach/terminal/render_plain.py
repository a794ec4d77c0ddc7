"""The debrief as plain lines, a record a line: for screen readers, pipes and logs."""

from collections.abc import Iterator, Mapping
from typing import Any

from mlsd_coach.terminal.plain_thread import plain_thread
from mlsd_coach.terminal.render_conversation import plain_conversation

View = Mapping[str, Any]


def plain_debrief(view: View, *, samples: bool = False) -> str:
    """Return the debrief as lines that are not wrapped."""
    return "\n".join(_flat(line) for line in _debrief(view, samples=samples))


def plain_stage(stage: View) -> str:
    """Return the verdict on one stage as lines that are not wrapped."""
    return "\n".join(_flat(line) for line in _stage(stage, samples=False))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _debrief(view: View, *, samples: bool) -> Iterator[str]:
    mode = f", {view['mode']}" if view["mode"] else ""
    yield f"Debrief: {view['title']} ({view['scenario']}, {view['level']}{mode})."
    yield f"Score: {view['score']} of 100."
    if view["band"]:
        yield f"Band: {view['band']['title']}. {view['band']['meaning']}"
    if view["prediction"]:
        yield f"Prediction: {view['prediction']['predicted']}, {view['prediction']['words']}."
    for judge in view["judges"]:
        yield f"Second opinion: {judge['words']} The points are the coach's alone."
    yield f"Level reached: {view['reached']['title']}. {view['reached']['why']}"
    gap = view["first_gap"]
    if gap:
        yield f"First gap: {gap['stage_title']}, {gap['verdict']}. {gap['says']}"
        yield from _labelled("First gap, why it matters", gap["why"])
        yield from _labelled("First gap, do this", gap["fix"])
        yield from _labelled("First gap, would have earned it", gap["earning"])
    for best in view["best"]:
        yield f"Went well: {best['stage']}. {best['says']}"
    for stage in view["overview"]:
        yield f"Stage: {_stage_line(stage)}"
    for signal in view["signals"]:
        score = (
            f"{signal['score']} of 100, {signal['met']} of {signal['asked']} met" if signal["asked"] else "not asked"
        )
        yield f"Signal: {signal['title']}, {score}."
    if view["conversation"]:
        yield from plain_conversation(view["conversation"])
        yield from plain_thread(view["thread"])
    for stage in view["stages"]:
        yield from _stage(stage, samples=samples)
    if not samples and any(stage["sample"] for stage in view["stages"]):
        yield "Strong answers to the stages you tried: mlsd-coach show --samples"


def _stage_line(stage: View) -> str:
    if not stage["attempted"]:
        return f"{stage['title']}, not answered, weight {stage['weight']}."
    time = f", {stage['used']} of {stage['budget']} minutes" if stage["used"] else ""
    over = f", {stage['over']} over" if stage["over"] else ""
    points = f"{stage['score']} of 100" if stage["is_judged"] else "not judged"
    return f"{stage['title']}, {points}, weight {stage['weight']}{time}{over}."


def _stage(stage: View, *, samples: bool) -> Iterator[str]:
    yield f"Stage in detail: {_stage_line(stage)}"
    yield from _labelled("Not judged", stage["guard"])
    for criterion in stage["criteria"]:
        yield from _criterion(criterion)
    for above in stage["above"]:
        yield f"Above your level, not held against you: {above}"
    if samples and stage["sample"]:
        yield f"A strong answer: {stage['sample']}"


def _criterion(criterion: View) -> Iterator[str]:
    bonus = ", a bonus" if criterion["is_bonus"] else ""
    points = f"{criterion['points']} of {criterion['weight']} points{bonus}"
    yield f"{criterion['verdict'].capitalize()}: {criterion['says']} ({criterion['id']}, {points})"
    for quote in criterion["quotes"]:
        yield f'Quote: "{quote}"'
    nudge = criterion["nudge"]
    if nudge:
        yield f"{nudge['words'].capitalize()}."
        yield from (f'After a nudge, quote: "{quote}"' for quote in nudge["quotes"])
    for opinion in criterion.get("opinions", ()):
        yield f"Second opinion, {opinion['words']}. {opinion['reason']}"
        for quote in opinion["quotes"]:
            yield f'Second opinion, quote: "{quote}"'
    for claim in criterion.get("claims", ()):
        yield f"{claim['words']}. {claim['reason']}"
        if claim["quote"]:
            yield f'Your quote: "{claim["quote"]}"'
    yield from _labelled("What is missing", criterion["missing"])
    yield from _labelled("Next time", criterion["advice"])
    yield from _labelled("Would have earned it", criterion["earning"])


def _labelled(label: str, text: str) -> Iterator[str]:
    if text:
        yield f"{label}: {text}"
