"""The thread through the stages: whether goal, proxy, label, metrics and guardrail are after the same thing.

A link holds when one of its criteria was met. A link that has to be after the same outcome as those before it is broken
only when both sides are known: it speaks of outcomes, links before it spoke of others, and none is shared. The first
such link says how the goal is measured, so it widens what the goal said, and so does every link that holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mlsd_coach.matching.answer import Answer
from mlsd_coach.matching.attachment import around, hits_within, sentence, sentences_meeting
from mlsd_coach.matching.meaning import is_said
from mlsd_coach.matching.rules import CompiledRule, compile_rule
from mlsd_coach.models import (
    BudgetThread,
    ChainLink,
    Evidence,
    GeneralThread,
    Interviewer,
    Judgement,
    Scenario,
    SourceChain,
    SourceThread,
    StageScore,
    Thread,
    ThreadLink,
    Verdict,
)
from mlsd_coach.scoring.summary import MET
from mlsd_coach.scoring.verdicts import POINTS

_CLAUSES = ("what ", "how ", "which ", "who ", "when ", "that ")


@dataclass(frozen=True)
class _Stage:
    """A stage that was sat, read."""

    score: StageScore
    answer: Answer


@dataclass(frozen=True)
class _Outcome:
    id: str
    title: str
    when: CompiledRule


def follow_thread(
    scenario: Scenario, interviewer: Interviewer, stages: Sequence[StageScore], read: Callable[[str], Answer]
) -> Thread:
    """Follow what ties the stages together; stages not sat and links without a criterion here are left out."""
    general = interviewer.thread
    if not (general.links or general.budgets or scenario.thread.sources):
        return Thread()
    sat = {stage.id: _Stage(stage, read(stage.answer)) for stage in stages}
    outcomes = [_Outcome(each.id, each.title, compile_rule(each.when)) for each in scenario.thread.outcomes]
    return Thread(
        _follow_chain(general, sat, outcomes),
        tuple(link for budget in general.budgets for link in _follow_budget(budget, sat) if _is_stated(budget, sat)),
        _follow_sources(scenario.thread.sources, general, sat),
    )


def _is_stated(budget: BudgetThread, sat: dict[str, _Stage]) -> bool:
    """Tell whether there is a budget to carry along: one that was never stated is the requirements' gap."""
    return any(is_said(budget.where, stage.answer) for stage in sat.values())


def _follow_chain(
    general: GeneralThread, sat: dict[str, _Stage], outcomes: Sequence[_Outcome]
) -> tuple[ChainLink, ...]:
    spoken: dict[str, str] = {}  # outcomes of the links that hold, id → title
    is_measured = False  # a link before has said how the goal is measured
    chain: list[ChainLink] = []
    for link in general.links:
        stage = sat.get(link.stage)
        if stage is None or not any(j.criterion.id in link.criteria for j in stage.score.judgements):
            continue
        met = _met(link, stage)
        if met is None:
            chain.append(_missing(link, stage))
            continue
        quote = met.evidence[0].quote if met.evidence else ""
        here = _outcomes_of(link, stage, outcomes)
        if link.outcome and is_measured and spoken and here and not spoken.keys() & here.keys():
            why = f"The {link.title} is after {_listed(here)}; so far you spoke of {_listed(spoken)}."
            chain.append(ChainLink(link.id, link.title, link.stage, quote, why=why, mend=link.mend))
            continue
        spoken |= here
        is_measured = is_measured or (link.outcome and bool(here))
        chain.append(ChainLink(link.id, link.title, link.stage, quote, holds=True))
    return tuple(chain)


def _met(link: ThreadLink, stage: _Stage) -> Judgement | None:
    """Return the best judgement of a link's criteria, None when none of them was met."""
    mine = [j for j in stage.score.judgements if j.criterion.id in link.criteria]
    met = [j for j in mine if j.verdict in MET]
    # What was said when the interviewer asked for it ties the design together as well.
    met = met or [
        replace(j, verdict=j.nudge.verdict, evidence=j.nudge.evidence) for j in mine if j.nudge and j.nudge.points
    ]
    return min(met, key=lambda j: (-POINTS[j.verdict], link.criteria.index(j.criterion.id)), default=None)


def _missing(link: ThreadLink, stage: _Stage) -> ChainLink:
    thing = link.title if link.title.startswith(_CLAUSES) else f"what the {link.title} is"
    title = stage.score.title
    doubted = [
        j
        for j in stage.score.judgements
        if j.criterion.id in link.criteria and j.verdict is Verdict.MAYBE and j.evidence
    ]
    if not stage.score.attempted:
        why = f"The {title} stage was not answered, so nothing says {thing}."
    elif doubted:
        why = f"Nothing in the {title} stage says clearly {thing}."
    else:
        why = f"Nothing in the {title} stage says {thing}."
    quote = doubted[0].evidence[0].quote if doubted else ""
    return ChainLink(link.id, link.title, link.stage, quote, why=why, mend=link.mend)


def _outcomes_of(link: ThreadLink, stage: _Stage, outcomes: Sequence[_Outcome]) -> dict[str, str]:
    """Return the outcomes in the evidence of a link's criteria; where there are none, in the whole stage's evidence."""
    judgements = [j for j in stage.score.judgements if j.verdict in MET]
    own = [j for j in judgements if j.criterion.id in link.criteria]
    for among in (own, judgements):
        found = _outcomes_in(stage.answer, [evidence for j in among for evidence in j.evidence], outcomes)
        if found:
            return found
    return {}


def _outcomes_in(answer: Answer, quotes: Sequence[Evidence], outcomes: Sequence[_Outcome]) -> dict[str, str]:
    """Return the outcomes, id → title, that the sentences of some quotes mention."""
    segments = [
        segment
        for segment in answer.text.segments
        if any(quote.start < segment.end and segment.start < quote.end for quote in quotes)
    ]
    return {
        outcome.id: outcome.title
        for outcome in outcomes
        if any(hits_within(answer, outcome.when, segment.first, segment.last) for segment in segments)
    }


def _listed(outcomes: dict[str, str]) -> str:
    titles = list(outcomes.values())
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"


def _follow_budget(budget: BudgetThread, sat: dict[str, _Stage]) -> list[ChainLink]:
    where = compile_rule(budget.where)
    links = []
    for name in budget.stages:
        stage = sat.get(name)
        if stage is None:
            continue
        index_and_hit = next(sentences_meeting(stage.answer, where), None)
        link_id = f"{budget.title.replace(' ', '-')}-{name}"
        if index_and_hit is not None:
            quote = sentence(stage.answer, index_and_hit[1].first).quote
            links.append(ChainLink(link_id, budget.title, name, quote, holds=True))
        else:
            why = f"The {budget.title} does not come back in the {stage.score.title} stage."
            links.append(ChainLink(link_id, budget.title, name, why=why, mend=budget.mend))
    return links


def _follow_sources(
    sources: Sequence[SourceThread], general: GeneralThread, sat: dict[str, _Stage]
) -> tuple[SourceChain, ...]:
    data, features = sat.get("data"), sat.get("features")
    if data is None:
        return ()
    chains = []
    for source in sources:
        named = next(sentences_meeting(data.answer, compile_rule(source.in_data)), None)
        if named is None:
            continue
        said = around(data.answer, named[1].first, named[1].last).quote
        feature, number = _feature_and_number(source, general, features.answer) if features else ("", "")
        chains.append(SourceChain(source.title, said, feature, number))
    return tuple(chains)


def _feature_and_number(source: SourceThread, general: GeneralThread, answer: Answer) -> tuple[str, str]:
    """Return the words that name a source's feature and those that make a number of it, if any feature becomes one."""
    rule = source.as_number if source.as_number is not None else general.as_number
    as_number = compile_rule(rule) if rule is not None else None
    first = ""
    for index, hit in sentences_meeting(answer, compile_rule(source.in_features)):
        feature = sentence(answer, hit.first).quote
        number = _number_near(answer, as_number, index) if as_number is not None else ""
        if number:
            return feature, number
        first = first or feature
    return first, ""


def _number_near(answer: Answer, as_number: CompiledRule, index: int) -> str:
    """Return the words that make a number, in a sentence or else in the one after it in its paragraph."""
    segments = answer.text.segments
    for at in (index, index + 1):
        if 0 <= at < len(segments) and segments[at].block == segments[index].block:
            hits = hits_within(answer, as_number, segments[at].first, segments[at].last)
            if hits:
                return around(answer, hits[0].first, hits[0].last).quote
    return ""
