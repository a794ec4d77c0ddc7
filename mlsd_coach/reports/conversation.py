"""The conversation of a sitting as a plain view: what was never asked, how cues were taken, who drove."""

from collections.abc import Mapping, Sequence
from typing import Any

from mlsd_coach.content.texts import plain_text
from mlsd_coach.models import CueResult, Drive, Heard, Interview, Nudge, Reaction, Turn, Verdict

View = dict[str, Any]

CUE_WORDS = {
    Turn.EYEBROW: "raised an eyebrow",
    Turn.MORE: "asked for more",
    Turn.ENOUGH: "said it was enough",
}
_GOOD = 0.75


def conversation_view(interview: Interview, titles: Mapping[str, str]) -> View:
    """Return what a debrief shows of a conversation besides the thread; `titles` are those of the stages."""
    told = [each for each in interview.asked if each.heard is Heard.TOLD]
    return {
        "persona": interview.persona,
        "seed": interview.seed,
        "weights": [f"{signal.value.replace('-', ' ')} ×{factor:g}" for signal, factor in interview.factors],
        "agreed": plain_text(interview.agreed),
        "told": len(dict.fromkeys(fact for each in told for fact in each.facts)),
        "assumed": [plain_text(each.says) for each in interview.asked if each.heard is Heard.ASSUMED],
        "missed": [
            {"id": each.id, "about": plain_text(each.about), "says": plain_text(each.says), "stage": titles[each.stage]}
            for each in interview.missed
        ],
        "cues": [_cue(each, titles) for each in interview.cues],
        "drive": _drive(interview.drive, titles),
    }


def _cue(cue: CueResult, titles: Mapping[str, str]) -> View:
    return {
        "turn": cue.turn.value,
        "words": f"The interviewer {CUE_WORDS[cue.turn]}; you {_reaction(cue)}.",
        "stage": titles.get(cue.stage, cue.stage),
        "says": plain_text(cue.says),
        "quote": plain_text(cue.quote) if cue.turn is Turn.EYEBROW else "",
        "reply": plain_text(cue.reply),
        "lesson": plain_text(cue.lesson),
        "mark": "+" if cue.points >= _GOOD else "~" if cue.points else "-",
    }


def _reaction(cue: CueResult) -> str:
    if cue.turn is Turn.ENOUGH and cue.reaction is Reaction.WENT_DEEPER:
        return "went on all the same"
    return "put it right" if cue.reaction is Reaction.REPAIRED else cue.reaction.value


def _drive(drive: Drive, titles: Mapping[str, str]) -> list[str]:
    """Return what was observed, in sentences; nothing when the order was simply followed."""

    def names(stages: Sequence[str]) -> str:
        return ", ".join(titles.get(stage, stage) for stage in dict.fromkeys(stages))

    found: list[str] = []
    if drive.called:
        times = "once" if len(drive.called) == 1 else f"{len(drive.called)} times"
        found.append(f"You called the next stage yourself {times}: {names([stage for _, stage in drive.called])}.")
    if drive.returned:
        found.append(f"You came back to: {names(drive.returned)}.")
    if drive.skipped:
        found.append(f"You left out, or broke off: {names(drive.skipped)}.")
    return found


def nudge_view(nudge: Nudge | None, words: Mapping[Verdict, str]) -> View | None:
    """Return what a follow-up brought to a criterion; None when there was none."""
    if nudge is None:
        return None
    points = f"{nudge.points:.2f}".rstrip("0").rstrip(".")
    gained = f"after a nudge: {words[nudge.verdict]}, {points} more"
    return {
        "words": gained if nudge.points else "asked about it after the stage; the reply added nothing",
        "ask": plain_text(nudge.ask),
        "reply": plain_text(nudge.reply),
        "quotes": [plain_text(each.quote) for each in nudge.evidence] if nudge.points else [],
    }
