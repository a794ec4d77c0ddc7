"""What the candidate won, or lost, in the conversation after a stage: nudges, the change, reactions to cues."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.guards import why_not_sentences
from mlsd_coach.matching.meaning import is_said
from mlsd_coach.matching.reasons import find_reasons
from mlsd_coach.models import (
    CUES,
    Asked,
    CueResult,
    Drive,
    Evidence,
    Exchange,
    Heard,
    Interviewer,
    Judgement,
    Nudge,
    Reaction,
    RedFlag,
    Scenario,
    Session,
    Turn,
    Verdict,
)
from mlsd_coach.scoring.criteria import CompiledCriterion
from mlsd_coach.scoring.verdicts import POINTS, judge

NUDGE_SHARE = 0.5
"""What is won after a follow-up counts half of what it would have counted unprompted."""
MORE_WORDS = 15
"""A reply that goes deeper has at least so many words, and a reason in them."""
PROMPTED, PROMPTED_WORDS = 0.25, 10
"""From this certainty on, a reply of so many words is taken to speak of what was asked."""
WAVED_ON_WORDS = 25
"""After "I think we are good here" a closing sentence is fine; more than this is going on."""
_TURNS_WITH_CRITERION = frozenset({Turn.FOLLOW_UP, Turn.DEEP_DIVE})


@dataclass(frozen=True)
class Conversation:
    """What was said in a sitting besides the stages' answers."""

    interviewer: Interviewer
    persona: str
    seed: int
    asked: tuple[Asked, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    drive: Drive = field(default_factory=Drive)

    @classmethod
    def of(cls, session: Session, interviewer: Interviewer) -> "Conversation":
        """Return what was said in a session."""
        skipped = tuple(stage.id for stage in session.stages if stage.skipped)
        drive = Drive(session.called, session.returned, skipped)
        return cls(interviewer, session.persona, session.seed, session.asked, session.exchanges, drive)

    @property
    def told(self) -> tuple[str, ...]:
        """Ids of the facts that were told, in order."""
        return tuple(dict.fromkeys(fact for each in self.asked if each.heard is Heard.TOLD for fact in each.facts))

    def change(self) -> Exchange | None:
        """Return the exchange in which the change of requirements was put."""
        return next((each for each in self.exchanges if each.turn is Turn.CHANGE), None)

    def follow_ups(self, stage: str) -> tuple[Exchange, ...]:
        """Return the follow-ups of a stage that were replied to."""
        return tuple(
            each
            for each in self.exchanges
            if each.turn in _TURNS_WITH_CRITERION and each.stage == stage and each.answer.strip()
        )


def nudge(before: Judgement, compiled: CompiledCriterion, asked: Exchange, reply: Answer, joined: Answer) -> Nudge:
    """Return what a reply adds to a criterion; 0 points when it adds nothing.

    `joined` is the quote that earned the verdict so far, a line break, and the reply: a reply may give only the reason
    for what was named before.
    """
    alone, offset = judge(compiled, reply), 0
    best = alone
    if before.evidence and POINTS[alone.verdict] < POINTS[Verdict.REASONED]:
        together = judge(compiled, joined)
        if POINTS[together.verdict] > POINTS[alone.verdict] and _has_reason(reply):
            best, offset = together, len(before.evidence[-1].quote) + 1
    if POINTS[best.verdict] == 0 and best.confidence >= PROMPTED and len(reply.text.words) >= PROMPTED_WORDS:
        # The question says what the reply is about: half the certainty that an answer needs is enough.
        verdict = Verdict.REASONED if _has_reason(reply) else Verdict.NAMED
        best = replace(best, verdict=verdict, evidence=())
    if why_not_sentences(reply.text):
        best = replace(alone, verdict=Verdict.NOT_JUDGED, evidence=())
    gain = max(0.0, POINTS[best.verdict] - POINTS[before.verdict]) * before.criterion.weight * NUDGE_SHARE
    evidence = _shifted(best.evidence, offset, asked.answer)
    if gain and not evidence:
        # The quote that was there before, and the reason for it in the reply.
        evidence = _reasons_in(reply)
    return Nudge(asked.says, asked.answer, best.verdict, round(gain, 3), evidence)


def _shifted(evidence: Iterable[Evidence], offset: int, reply: str) -> tuple[Evidence, ...]:
    """Return the parts of quotes that stand in the reply."""
    found: list[Evidence] = []
    for each in evidence:
        start, end = max(0, each.start - offset), each.end - offset
        if end > start:
            found.append(Evidence(reply[start:end], start, end))
    return tuple(found)


def _reasons_in(reply: Answer) -> tuple[Evidence, ...]:
    """Return the first sentence of a reply that holds a sign of a reason, or its first one."""
    segments = reply.text.segments
    found = [each for each in segments if find_reasons(reply.text, each.first, each.last).total] or segments
    return tuple(Evidence(reply.text.raw[each.start : each.end], each.start, each.end) for each in found[:1])


def _has_reason(reply: Answer) -> bool:
    reasons = find_reasons(reply.text, 0, len(reply.text.words))
    return any((reasons.cause, reasons.purpose, reasons.contrast, reasons.condition, reasons.number))


def cue_results(exchanges: Sequence[Exchange], flags: Sequence[RedFlag], replies: Sequence[Answer]) -> list[CueResult]:
    """Return how the candidate took each cue; `replies` are the answers of the exchanges, read."""
    by_id = {flag.id: flag for flag in flags}
    found: list[CueResult] = []
    for exchange, reply in zip(exchanges, replies, strict=True):
        if exchange.turn not in CUES or not exchange.done:
            continue
        flag = by_id.get(exchange.target)
        reaction = _reaction(exchange, reply, flag)
        points, lesson = _worth(exchange.turn, reaction, flag)
        found.append(
            CueResult(
                exchange.turn, exchange.stage, exchange.says, exchange.answer, reaction, points, lesson, exchange.quote
            )
        )
    return found


def _reaction(exchange: Exchange, reply: Answer, flag: RedFlag | None) -> Reaction:
    words = len(reply.text.words)
    if exchange.turn is Turn.ENOUGH:
        return Reaction.WENT_DEEPER if words > WAVED_ON_WORDS else Reaction.MOVED_ON
    if flag is not None and is_said(flag.repaired, reply):
        return Reaction.REPAIRED
    is_deeper = words >= MORE_WORDS and _has_reason(reply) and not why_not_sentences(reply.text)
    return Reaction.WENT_DEEPER if is_deeper else Reaction.MOVED_ON


def _worth(turn: Turn, reaction: Reaction, flag: RedFlag | None) -> tuple[float, str]:
    if turn is Turn.ENOUGH:
        if reaction is Reaction.MOVED_ON:
            return 1.0, "You took the hint and moved on: the time goes to the next stage."
        return 0.0, "The interviewer had heard enough. One closing sentence, then move on."
    if turn is Turn.MORE:
        if reaction is Reaction.WENT_DEEPER:
            return 1.0, "You were asked for more and gave a reason: that is what the interviewer wanted to hear."
        return 0.0, "“Tell me more” is an offer of points: give the reason, a number, or what would make you change it."
    lesson = flag.lesson if flag else ""
    return {Reaction.REPAIRED: 1.0, Reaction.WENT_DEEPER: 0.5, Reaction.MOVED_ON: 0.0}[reaction], lesson


def flags_of(scenario: Scenario, interviewer: Interviewer) -> tuple[RedFlag, ...]:
    """Return every red flag that is listened for; the scenario's own come first."""
    own = {flag.id for flag in scenario.red_flags}
    return (*scenario.red_flags, *(flag for flag in interviewer.red_flags if flag.id not in own))
