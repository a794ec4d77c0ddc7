"""The interviewer kit: a script, what the interviewer knows, cues and a score sheet, for a friend who interviews."""

from typing import Any

from mlsd_coach.content.kit import SHEET, asked_at, parts_in
from mlsd_coach.content.texts import plain_text
from mlsd_coach.models import CHANGE, Fact, Interviewer, Level, Levels, RedFlag, Scenario, StagePlan, VagueQuestion
from mlsd_coach.reports.debrief import as_deed
from mlsd_coach.reports.markdown import Markdown, render_template

View = dict[str, Any]

FOLLOW_UPS = 2
QUESTIONS = 2
"""Ways of asking for a fact that the table shows."""


def render_kit(scenario: Scenario, levels: Levels, interviewer: Interviewer, *, level: Level) -> str:
    """Return the kit of a scenario as markdown, with the criteria that are asked at a level."""
    return render_template("kit.md.j2", build_kit(scenario, levels, interviewer, level=level))


def build_kit(scenario: Scenario, levels: Levels, interviewer: Interviewer, *, level: Level) -> View:
    """Return the kit as a plain view."""
    bar = next((each for each in levels.bars if each.id is level), None)
    titles = {plan.id: plain_text(plan.title) for plan in parts_in(scenario)}
    change = scenario.change
    return {
        "title": plain_text(scenario.title),
        "scenario": Markdown(scenario.id),
        "level": Markdown(level.value),
        "level_title": plain_text(bar.title if bar else level.value),
        "expects": plain_text(bar.expects if bar else ""),
        "sheet": SHEET,
        "minutes": f"{sum(plan.minutes for plan in parts_in(scenario)):g}",
        "opening": plain_text(scenario.opening),
        "context": plain_text(scenario.context),
        "script": [_script(plan) for plan in scenario.stages],
        "facts": [_fact(each, titles) for each in scenario.facts],
        "vague": [_vague(each, scenario) for each in scenario.vague],
        "flags": [_flag(each, titles) for each in (*scenario.red_flags, *interviewer.red_flags)],
        "change": change
        and {
            **_script(change.plan),
            "after": titles.get(change.after, change.after),
        },
        "parts": [_part(plan, level) for plan in parts_in(scenario)],
    }


def _script(plan: StagePlan) -> View:
    asked = [each.ask for each in plan.follow_ups]
    asked += [each.follow_up for each in plan.criteria if each.follow_up and each.follow_up not in asked]
    return {
        "title": plain_text(plan.title),
        "minutes": f"{plan.minutes:g}",
        "prompt": plain_text(plan.prompt),
        "follow_ups": [plain_text(ask) for ask in asked[:FOLLOW_UPS]],
    }


def _fact(fact: Fact, titles: dict[str, str]) -> View:
    return {
        "about": plain_text(fact.about or fact.id.replace("-", " ")),
        "questions": [plain_text(question) for question in fact.questions[:QUESTIONS]],
        "says": plain_text(fact.says),
        "is_key": fact.load_bearing,
        "stage": titles.get(fact.stage, fact.stage),
    }


def _vague(question: VagueQuestion, scenario: Scenario) -> View:
    about = {fact.id: plain_text(fact.about or fact.id.replace("-", " ")) for fact in scenario.facts}
    return {"says": plain_text(question.says), "between": [about.get(name, name) for name in question.between]}


def _flag(flag: RedFlag, titles: dict[str, str]) -> View:
    return {
        "name": flag.id.replace("-", " "),
        "says": plain_text(flag.says),
        "lesson": plain_text(flag.lesson),
        "stages": [titles[stage] for stage in flag.stages if stage in titles],
    }


def _part(plan: StagePlan, level: Level) -> View:
    asked = asked_at(plan, level)
    return {
        "id": Markdown(plan.id),
        "title": plain_text(plan.title),
        "minutes": f"{plan.minutes:g}",
        "is_change": plan.id == CHANGE,
        "criteria": [
            {"id": Markdown(each.id), "says": as_deed(each.statement), "level": each.level.value}
            for each in sorted(plan.criteria, key=lambda each: each.level.rank)
            if each.id in asked
        ],
    }
