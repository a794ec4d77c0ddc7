"""The whole conversation of a sitting as markdown: what was asked, said, answered and followed up, in its order.

No clock times: the same seed and the same answers give the same bytes.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from mlsd_coach.models import Attempt, Heard, Scenario
from mlsd_coach.reports.markdown import render_template

View = dict[str, Any]
SPEAKERS = {"interviewer": "Interviewer", "question": "You ask", "assumed": "You assume", "candidate": "You"}


def render_transcript(attempt: Attempt, scenario: Scenario | None) -> str:
    """Return the transcript of an attempt; the prompts are left out where the scenario is gone."""
    entries = [(str(stage), str(who), str(text)) for stage, who, text in attempt.extra.get("transcript", ())]
    if not any(who == "candidate" for _, who, _ in entries):
        # Kept by an older coach, which stored the answers apart.
        entries = _with_answers(attempt, entries)
    kept = attempt.extra.get("conversation") or {}
    assumed = {each["says"] for each in kept.get("asked", ()) if each["heard"] == Heard.ASSUMED}
    entries = [(stage, "assumed" if text in assumed else who, text) for stage, who, text in entries]
    view = {
        "title": scenario.title if scenario else attempt.scenario,
        "scenario": attempt.scenario,
        "level": attempt.level.value,
        "persona": kept.get("persona", ""),
        "seed": kept.get("seed", 0),
        "opening": scenario.opening if scenario else "",
        "context": scenario.context if scenario else "",
        "parts": list(_parts(entries, scenario)),
    }
    return render_template("transcript.md.j2", view)


def _with_answers(attempt: Attempt, entries: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for stage, answer in attempt.answers:
        found += [entry for entry in entries if entry[0] == stage]
        found += [(stage, "candidate", answer)] if answer else []
    return found


def _parts(entries: Sequence[tuple[str, str, str]], scenario: Scenario | None) -> Iterator[View]:
    """Yield each stretch of the conversation in one stage; a stage that is opened again has another one."""
    plans = {plan.id: plan for plan in scenario.stages} if scenario else {}
    seen: set[str] = set()
    part: View = {}
    for stage, who, text in entries:
        if part.get("stage") != stage:
            if part:
                yield part
            plan = plans.get(stage)
            title = plan.title if plan else stage
            part = {
                "stage": stage,
                "title": f"{title}, again" if stage in seen else title,
                "prompt": plan.prompt if plan and stage not in seen else "",
                "lines": [],
            }
            seen.add(stage)
        part["lines"].append({"who": SPEAKERS.get(who, who), "text": text})
    if part:
        yield part
