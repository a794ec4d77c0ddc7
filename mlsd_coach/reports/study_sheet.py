"""The study sheet: a scenario's flow, questions, criteria, architecture, concepts and resources, as markdown."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from mlsd_coach.content.texts import plain_text
from mlsd_coach.models import (
    ChecklistItem,
    Criterion,
    Levels,
    Lexicon,
    Rule,
    Scenario,
    Scorecard,
    StagePlan,
    Verdict,
)
from mlsd_coach.reports.debrief import as_deed, build_debrief
from mlsd_coach.reports.markdown import Markdown, render_template

View = dict[str, Any]
_TAG = re.compile(r"[^\w/-]+")
_USUAL_TITLE = "Models"
_WEB = re.compile(r"https?://[^\s<>]+\Z")


def render_study_sheet(
    scenario: Scenario,
    *,
    lexicon: Lexicon,
    levels: Levels,
    checklist: Sequence[ChecklistItem],
    card: Scorecard | None = None,
    attempt: str = "",
) -> str:
    """Return one scenario's study sheet; with a scorecard, what was missed in that attempt comes first."""
    view = _sheet(scenario, lexicon, levels, checklist, card)
    return render_template("study_sheet.md.j2", {**view, "attempt": attempt})


def render_study_book(
    scenarios: Sequence[Scenario], *, lexicon: Lexicon, levels: Levels, checklist: Sequence[ChecklistItem]
) -> str:
    """Return the study sheets of several scenarios as one document."""
    views = [_sheet(scenario, lexicon, levels, checklist, None) for scenario in scenarios]
    sheets = [Markdown(render_template("sheet.md.j2", view)) for view in views]
    return render_template("study_book.md.j2", {"sheets": sheets})


def _sheet(
    scenario: Scenario, lexicon: Lexicon, levels: Levels, checklist: Sequence[ChecklistItem], card: Scorecard | None
) -> View:
    verdicts = {
        (stage.id, judgement.criterion.id): judgement.verdict
        for stage in (card.stages if card else ())
        for judgement in stage.judgements
        if stage.attempted and not stage.guard
    }
    return {
        "scenario": scenario.id,
        "title": plain_text(scenario.title),
        "family": scenario.family,
        "tags": [tag for tag in (_TAG.sub("-", tag).strip("-") for tag in ("mlsd-coach", *scenario.tags)) if tag],
        "opening": plain_text(scenario.opening),
        "context": plain_text(scenario.context),
        "minutes": sum(stage.minutes for stage in scenario.stages),
        "debrief": _misses(card, levels) if card else None,
        "stages": [_stage(stage, verdicts) for stage in scenario.stages],
        "omitted": [{"stage": stage, "reason": plain_text(reason)} for stage, reason in scenario.omitted],
        "questions": _questions(scenario, checklist),
        "diagram": _diagram(scenario),
        "concepts": _concepts(scenario, lexicon),
        "resources": [
            {
                "title": plain_text(each.title),
                "by": plain_text(each.by),
                "year": each.year,
                "url": each.url if _WEB.match(each.url) else "",
                "why": plain_text(each.why),
            }
            for each in scenario.resources
        ],
    }


def _misses(card: Scorecard, levels: Levels) -> View:
    """Return the debrief with only what was not reasoned, the stages that lost most first."""
    view = build_debrief(card, None, levels, prediction=None, mode=None)
    weights = {stage.id: stage.weight * (100 - stage.score) for stage in card.stages}
    stages = sorted(view["stages"], key=lambda stage: -weights[stage["id"]])
    for stage in stages:
        stage["misses"] = [
            each for each in stage["criteria"] if each["kind"] != Verdict.REASONED.value and not each["is_bonus"]
        ]
    return {**view, "stages": stages}


def _stage(stage: StagePlan, verdicts: dict[tuple[str, str], Verdict]) -> View:
    criteria = sorted(stage.criteria, key=lambda criterion: criterion.level.rank)
    return {
        "id": stage.id,
        "title": plain_text(stage.title),
        "minutes": stage.minutes,
        "weight": stage.weight,
        "purpose": plain_text(stage.purpose),
        "prompt": plain_text(stage.prompt),
        "criteria": [_criterion(criterion, verdicts.get((stage.id, criterion.id))) for criterion in criteria],
    }


def _criterion(criterion: Criterion, verdict: Verdict | None) -> View:
    return {
        "says": as_deed(criterion.statement),
        "level": criterion.level.value,
        "signal": criterion.signal.value.replace("-", " "),
        "weight": criterion.weight,
        "why": plain_text(criterion.why),
        "earning": plain_text(criterion.earning),
        "verdict": verdict.value.replace("-", " ") if verdict else "",
    }


def _questions(scenario: Scenario, checklist: Sequence[ChecklistItem]) -> list[str]:
    """Return the requirement questions that serve a criterion of this scenario."""
    stage = next((stage for stage in scenario.stages if stage.id == "requirements"), None)
    if stage is None:
        return []
    ids = {criterion.id for criterion in stage.criteria}
    asks = [question.ask for item in checklist for question in item.questions if question.criterion in ids]
    return [plain_text(ask) for ask in asks]


def _diagram(scenario: Scenario) -> View:
    """Return the labels of the two-stage architecture; without a candidates stage everything is scored."""
    titles = {stage.id: plain_text(stage.title) for stage in scenario.stages}
    models = titles.get("models", _USUAL_TITLE)
    ranking = "Ranking" if "candidates" in titles else "Scoring"
    return {
        "candidates": titles.get("candidates", ""),
        "ranking": ranking if models == _USUAL_TITLE else f"{ranking}: {models}",
    }


def _concepts(scenario: Scenario, lexicon: Lexicon) -> list[View]:
    """Return the concepts that the scenario's criteria look for, by stage in the scenario's order."""
    by_id = {concept.id: concept for concept in lexicon.concepts}
    shown: set[str] = set()
    groups: list[View] = []
    for stage in scenario.stages:
        names = {name for criterion in stage.criteria for name in _named(criterion.evidence)} - shown
        shown |= names
        concepts = sorted((by_id[name] for name in names if name in by_id), key=lambda concept: concept.name.casefold())
        if concepts:
            listed = [{"name": plain_text(each.name), "gloss": plain_text(each.gloss)} for each in concepts]
            groups.append({"stage": plain_text(stage.title), "concepts": listed})
    return groups


def _named(rule: Rule | None) -> Iterator[str]:
    """Yield the ids of the concepts that a rule names."""
    if isinstance(rule, str):
        yield from (part.strip()[1:] for part in rule.split("|") if part.strip().startswith("@"))
    elif isinstance(rule, dict):
        for key, value in rule.items():
            members = value["of"] if key == "count" else value if isinstance(value, list) else [value]
            if key != "not":
                yield from (name for member in members for name in _named(member))
