"""The nouns of the coach, one word for one thing; plain frozen values, no input or output.

scenario (the interview question), stage (one of nine timed parts), prompt (what the interviewer says), fact (what the
interviewer knows and tells only if asked), rubric (the checklist of a stage), criterion (one line of it), concept (a
term of the field with its aliases), evidence (a quote of the answer with its offsets), verdict (missing, named,
reasoned), opinion (a second judge's verdict beside the scorer's), appeal (the candidate's word that a verdict is
wrong), confirmation (that a maybe was meant), signal (what the panel is grading), level (mid, senior, staff), session
(a sitting under way), attempt (a sitting kept), scorecard, debrief, study sheet, pack (a folder of scenarios from
elsewhere), candidate, author.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsd_coach.models.appeal import APPEALED_TO, Appeal, Claim, Confirmation
    from mlsd_coach.models.content import (
        AmbiguousAlias,
        Band,
        ChecklistItem,
        Concept,
        Criterion,
        Fact,
        FollowUp,
        LevelBar,
        Levels,
        Lexicon,
        Number,
        RecallQuestion,
        Resource,
        Rubric,
        Samples,
        Scenario,
        SignalText,
        SourceKind,
        StagePlan,
    )
    from mlsd_coach.models.head import ScenarioHead
    from mlsd_coach.models.opinion import Opinion, SecondOpinion, Tally
    from mlsd_coach.models.scorecard import (
        Digests,
        Evidence,
        FirstGap,
        Judgement,
        LevelResult,
        Scorecard,
        SignalScore,
        StageScore,
    )
    from mlsd_coach.models.sitting import Attempt, Mode, Session, StageState
    from mlsd_coach.models.terms import FORMAT, STAGE_MINUTES, STAGES, Level, Rule, Signal, Status, Verdict

__all__ = [
    "APPEALED_TO",
    "FORMAT",
    "STAGES",
    "STAGE_MINUTES",
    "AmbiguousAlias",
    "Appeal",
    "Attempt",
    "Band",
    "ChecklistItem",
    "Claim",
    "Concept",
    "Confirmation",
    "Criterion",
    "Digests",
    "Evidence",
    "Fact",
    "FirstGap",
    "FollowUp",
    "Judgement",
    "Level",
    "LevelBar",
    "LevelResult",
    "Levels",
    "Lexicon",
    "Mode",
    "Number",
    "Opinion",
    "RecallQuestion",
    "Resource",
    "Rubric",
    "Rule",
    "Samples",
    "Scenario",
    "ScenarioHead",
    "Scorecard",
    "SecondOpinion",
    "Session",
    "Signal",
    "SignalScore",
    "SignalText",
    "SourceKind",
    "StagePlan",
    "StageScore",
    "StageState",
    "Status",
    "Tally",
    "Verdict",
]

_HOMES = {
    "appeal": frozenset(["APPEALED_TO", "Appeal", "Claim", "Confirmation"]),
    "terms": frozenset(["FORMAT", "Level", "Rule", "STAGES", "STAGE_MINUTES", "Signal", "Status", "Verdict"]),
    "content": frozenset(
        [
            "AmbiguousAlias",
            "Band",
            "ChecklistItem",
            "Concept",
            "Criterion",
            "Fact",
            "FollowUp",
            "LevelBar",
            "Levels",
            "Lexicon",
            "Number",
            "RecallQuestion",
            "Resource",
            "Rubric",
            "Samples",
            "Scenario",
            "SignalText",
            "SourceKind",
            "StagePlan",
        ]
    ),
    "head": frozenset(["ScenarioHead"]),
    "opinion": frozenset(["Opinion", "SecondOpinion", "Tally"]),
    "scorecard": frozenset(
        ["Digests", "Evidence", "FirstGap", "Judgement", "LevelResult", "Scorecard", "SignalScore", "StageScore"]
    ),
    "sitting": frozenset(["Attempt", "Mode", "Session", "StageState"]),
}


def __getattr__(name: str) -> object:
    """Load the module that holds a noun when the noun is first asked for: forty dataclasses take a third of a start."""
    from importlib import import_module

    for module, held in _HOMES.items():
        if name in held:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
