"""The conversation of a sitting in the JSON contract of docs/json.md, there and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from mlsd_coach.models import (
    Asked,
    ChainLink,
    Contradiction,
    CueResult,
    Drive,
    Evidence,
    Exchange,
    FigureCheck,
    Fit,
    Heard,
    Interview,
    MissedFact,
    Nudge,
    Reaction,
    Signal,
    SourceChain,
    Thread,
    Turn,
    Verdict,
)

Json = dict[str, Any]


def interview_to_json(interview: Interview) -> Json:
    """Return the contract's object for a conversation."""
    return {
        **asdict(interview),
        "factors": {signal.value: factor for signal, factor in interview.factors},
        "asked": [asked_to_json(each) for each in interview.asked],
        "drive": {
            "called": [{"left": left, "stage": stage} for left, stage in interview.drive.called],
            "returned": list(interview.drive.returned),
            "skipped": list(interview.drive.skipped),
        },
    }


def interview_from_json(obj: Json) -> Interview:
    """Return the conversation that `interview_to_json` made the object from; KeyError or ValueError when it is none."""
    drive = obj["drive"]
    return Interview(
        persona=obj["persona"],
        seed=obj["seed"],
        factors=tuple((Signal(name), factor) for name, factor in obj["factors"].items()),
        agreed=obj["agreed"],
        asked=tuple(map(asked_from_json, obj["asked"])),
        missed=tuple(MissedFact(**each) for each in obj["missed"]),
        contradictions=tuple(Contradiction(**each) for each in obj["contradictions"]),
        cues=tuple(
            CueResult(**{**each, "turn": Turn(each["turn"]), "reaction": Reaction(each["reaction"])})
            for each in obj["cues"]
        ),
        figures=tuple(FigureCheck(**{**each, "fit": Fit(each["fit"])}) for each in obj["figures"]),
        thread=_thread_from_json(obj["thread"]),
        drive=Drive(
            tuple((each["left"], each["stage"]) for each in drive["called"]),
            tuple(drive["returned"]),
            tuple(drive["skipped"]),
        ),
    )


def _thread_from_json(obj: Json) -> Thread:
    return Thread(
        tuple(ChainLink(**each) for each in obj["chain"]),
        tuple(ChainLink(**each) for each in obj["budgets"]),
        tuple(SourceChain(**each) for each in obj["sources"]),
    )


def nudge_to_json(nudge: Nudge) -> Json:
    """Return what a follow-up added to a criterion."""
    return {**asdict(nudge), "verdict": nudge.verdict.value}


def nudge_from_json(obj: Json) -> Nudge:
    """Return the nudge that `nudge_to_json` made the object from."""
    evidence = tuple(Evidence(**each) for each in obj["evidence"])
    return Nudge(obj["ask"], obj["reply"], Verdict(obj["verdict"]), obj["points"], evidence)


def asked_to_json(asked: Asked) -> Json:
    """Return one thing said at the fact desk."""
    return {**asdict(asked), "heard": asked.heard.value, "facts": list(asked.facts)}


def asked_from_json(obj: Mapping[str, Any]) -> Asked:
    """Return what `asked_to_json` made the object from."""
    return Asked(obj["stage"], obj["says"], Heard(obj["heard"]), obj["reply"], tuple(obj["facts"]))


def exchange_to_json(exchange: Exchange) -> Json:
    """Return one exchange."""
    return {**asdict(exchange), "turn": exchange.turn.value}


def exchange_from_json(obj: Mapping[str, Any]) -> Exchange:
    """Return what `exchange_to_json` made the object from."""
    return Exchange(**{**obj, "turn": Turn(obj["turn"])})
