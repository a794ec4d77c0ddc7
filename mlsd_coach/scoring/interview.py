"""The conversation of a sitting held against the content: nudges, the change, cues, facts, figures, the thread."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from mlsd_coach.matching.answer import Answer
from mlsd_coach.models import (
    Exchange,
    Heard,
    Interview,
    Level,
    MissedFact,
    Scenario,
    StagePlan,
    StageScore,
)
from mlsd_coach.scoring.contradictions import find_contradictions
from mlsd_coach.scoring.criteria import CompiledCriterion
from mlsd_coach.scoring.estimates import check_figures
from mlsd_coach.scoring.replies import Conversation, cue_results, flags_of, nudge
from mlsd_coach.scoring.thread import follow_thread
from mlsd_coach.scoring.weighing import Factors, agreed_in, factors_of, stage_points

Read = Callable[[str], Answer]


class ReadsStages(Protocol):
    """What is needed of the scorer."""

    def read(self, scenario: Scenario, stage_id: str, raw: str) -> tuple[Answer, tuple[CompiledCriterion, ...]]:
        """Return an answer as it is read for a stage, with the stage's compiled criteria."""

    def read_plainly(self, raw: str) -> Answer:
        """Return a text as it is read for no stage in particular."""

    def score_plan(
        self, scenario: Scenario, plan: StagePlan, answer: str, level: Level, budget: float, seconds: float | None
    ) -> StageScore:
        """Return the score of an answer to a stage, or to the change."""


def factors_in(conversation: Conversation | None, scenario: Scenario) -> Factors:
    """Return by what the weights of signals are multiplied in this sitting."""
    if conversation is None:
        return {}
    persona = conversation.interviewer.persona(conversation.persona)
    return factors_of(persona, scenario, conversation.told)


def with_nudges(
    scorer: ReadsStages, scenario: Scenario, stage: StageScore, conversation: Conversation, level: Level
) -> StageScore:
    """Return the score of a stage with what its follow-ups added, weighed as this sitting weighs."""
    factors = factors_in(conversation, scenario)
    judgements = list(stage.judgements)
    for exchange in conversation.follow_ups(stage.id):
        for at, before in enumerate(judgements):
            if before.criterion.id != exchange.target or stage.guard:
                continue
            quoted = before.evidence[-1].quote if before.evidence else ""
            reply, criteria = scorer.read(scenario, stage.id, exchange.answer)
            joined, _ = scorer.read(scenario, stage.id, f"{quoted}\n{exchange.answer}")
            compiled = next(each for each in criteria if each.criterion.id == exchange.target)
            judgements[at] = replace(before, nudge=nudge(before, compiled, exchange, reply, joined))
    scored = stage_points(judgements, level, factors) if stage.attempted and not stage.guard else stage.score
    return replace(stage, judgements=tuple(judgements), score=scored)


def score_change(
    scorer: ReadsStages, scenario: Scenario, conversation: Conversation, level: Level
) -> StageScore | None:
    """Return the score of the answer to the change; None when it was not put."""
    exchange = conversation.change()
    if exchange is None or scenario.change is None:
        return None
    plan = scenario.change.plan
    scored = scorer.score_plan(scenario, plan, exchange.answer, level, exchange.budget_seconds, exchange.seconds)
    if not scored.attempted or scored.guard:
        return scored
    return replace(scored, score=stage_points(scored.judgements, level, factors_in(conversation, scenario)))


def hold_interview(
    scorer: ReadsStages,
    scenario: Scenario,
    stages: Sequence[StageScore],
    change: StageScore | None,
    conversation: Conversation,
) -> Interview:
    """Return what the conversation came to."""
    answers = _answers(stages, change, conversation.exchanges)
    told = conversation.told
    read = scorer.read_plainly
    exchanges = [each for each in conversation.exchanges if each.done]
    replies = [read(each.answer) for each in exchanges]
    sat = {stage.id for stage in stages}
    return Interview(
        persona=conversation.persona,
        seed=conversation.seed,
        factors=tuple(factors_in(conversation, scenario).items()),
        agreed=agreed_in(scenario, conversation.persona, told),
        asked=conversation.asked,
        missed=tuple(
            MissedFact(fact.id, fact.about, fact.told_by(conversation.persona).says, fact.stage)
            for fact in scenario.facts
            if fact.load_bearing and fact.id not in told and fact.stage in sat
        ),
        contradictions=tuple(
            each
            for each in find_contradictions(scenario, told, conversation.persona, answers, read)
            if _is_told_by(each.fact, each.stage, conversation, [stage.id for stage in stages])
        ),
        cues=tuple(cue_results(exchanges, flags_of(scenario, conversation.interviewer), replies)),
        figures=check_figures(scenario, answers, read),
        thread=follow_thread(scenario, conversation.interviewer, stages, read),
        drive=conversation.drive,
    )


def _is_told_by(fact: str, stage: str, conversation: Conversation, order: Sequence[str]) -> bool:
    """Tell whether a fact was told by the time of a stage: before that, another figure was only an assumption."""
    told = next((each.stage for each in conversation.asked if each.heard is Heard.TOLD and fact in each.facts), "")
    return told in order and stage in order and order.index(told) <= order.index(stage)


def _answers(
    stages: Sequence[StageScore], change: StageScore | None, exchanges: Sequence[Exchange]
) -> Mapping[str, str]:
    """Return what was said in each stage, replies included; after the change a design may rightly be another one."""
    said = {stage.id: stage.answer for stage in stages}
    for exchange in exchanges:
        if exchange.stage in said and exchange.answer and (change is None or exchange.answer != change.answer):
            said[exchange.stage] = f"{said[exchange.stage]}\n\n{exchange.answer}"
    return said
