"""The checklist before an interview as a plain view, and as markdown."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mlsd_coach.content.texts import plain_text
from mlsd_coach.models import FORMAT, STAGE_MINUTES, STAGES, Attempt, ChecklistItem, Lexicon, Rubric, Scenario
from mlsd_coach.reports.brainstorm import Coverage, score_brainstorm
from mlsd_coach.reports.debrief import as_deed
from mlsd_coach.reports.preparation import (
    find_full_run,
    find_unasked_questions,
    find_unsaid_concepts,
    find_weak_criteria,
    recent,
)

View = dict[str, Any]
_BY_SORT = ("concepts", "never_used", "weak", "questions", "flow", "companies", "prompts")
"""Keys that only some sorts of item have."""
NO_ATTEMPT = "No attempt yet, so the history knows nothing here."


class Preparation:
    """Everything the checklist is made from; `attempts` newest first, `brainstorms` by company."""

    def __init__(
        self,
        items: Sequence[ChecklistItem],
        *,
        attempts: Sequence[Attempt],
        lexicon: Lexicon,
        rubrics: Mapping[str, Rubric],
        scenario: Scenario | None,
        ticks: Mapping[str, str],
        brainstorms: Mapping[str, Sequence[str]],
    ) -> None:
        self.items = items
        self.attempts = attempts
        self.lexicon = lexicon
        self.rubrics = rubrics
        self.scenario = scenario
        self.ticks = ticks
        self.brainstorms = brainstorms

    def view(self) -> View:
        """Return the checklist as dicts, lists, strings and numbers: the JSON of `checklist --json`."""
        items = [self._item(item) for item in self.items]
        steps = [step for item in items for step in item["steps"]]
        return {
            "format": FORMAT,
            "scenario": self.scenario.id if self.scenario else None,
            "title": plain_text(self.scenario.title) if self.scenario else None,
            "attempts": len(self.attempts),
            "counted": len(recent(self.attempts)),
            "done": sum(step["ticked_at"] is not None for step in steps),
            "steps": len(steps),
            "items": items,
        }

    def _item(self, item: ChecklistItem) -> View:
        facts = [read(item) for has, read in self._readers() if has(item)]
        merged: View = {}
        for fact in facts:
            merged["known"] = [*merged.get("known", []), *fact.pop("known")]
            merged |= fact
        return {
            "id": item.id,
            "title": plain_text(item.title),
            "why": plain_text(item.why),
            "steps": [
                {"key": key, "text": plain_text(step), "ticked_at": self.ticks.get(key)}
                for key, step in ((f"{item.id}/{number}", step) for number, step in enumerate(item.steps, 1))
            ],
            "known": merged.pop("known", []),
            **merged,
        }

    def _readers(self) -> list[tuple[Callable[[ChecklistItem], bool], Callable[[ChecklistItem], View]]]:
        """Return what the history is asked for each sort of item."""
        return [
            (lambda item: bool(item.concepts), self._concepts),
            (lambda item: bool(item.questions), self._questions),
            (lambda item: item.id == "flow-and-run", self._flow),
            (lambda item: bool(item.kinds), self._brainstorms),
            (lambda item: bool(item.prompts), self._entities),
        ]

    def _concepts(self, item: ChecklistItem) -> View:
        names = {concept.id: concept.name for concept in self.lexicon.concepts}
        weak = find_weak_criteria(self.attempts)
        unsaid = find_unsaid_concepts(item, self.attempts, self.lexicon)
        known = [] if self.attempts else [NO_ATTEMPT]
        if self.attempts:
            said = len(item.concepts) - len(unsaid)
            known.append(f"You used {said} of {len(item.concepts)} of these concepts in {self._last()}.")
        return {
            "known": known,
            "concepts": [{"id": name, "name": plain_text(names.get(name, name))} for name in item.concepts],
            "never_used": [plain_text(concept.name) for concept in unsaid],
            "weak": [{**vars(each), "statement": as_deed(each.statement)} for each in weak],
        }

    def _questions(self, item: ChecklistItem) -> View:
        unasked = {question.ask for question in find_unasked_questions(item, self.attempts)}
        known = [NO_ATTEMPT]
        if self.attempts:
            known = [f"{len(unasked)} of {len(item.questions)} were not asked in {self._last()}."]
        return {
            "known": known,
            "questions": [
                {"ask": plain_text(each.ask), "criterion": each.criterion, "never_asked": each.ask in unasked}
                for each in item.questions
            ],
        }

    def _flow(self, _: ChecklistItem) -> View:
        if self.scenario is not None:
            flow = [(plan.id, plan.title, plan.minutes) for plan in self.scenario.stages]
        else:
            flow = [(name, self._title(name), STAGE_MINUTES[name]) for name in STAGES]
        run = find_full_run(self.attempts, [name for name, _, _ in flow])
        which = f" of {self.scenario.id}" if self.scenario else ""
        known = [f"No full run{which} by the clock yet: mlsd-coach practice{self._id()}"]
        if run is not None:
            score = run.scorecard["score"]
            known = [f"Last full run{which}: {run.finished_at[:10]}, {run.scenario}, {score:g} of 100."]
        return {
            "known": known,
            "last_full_run": None if run is None else {"id": run.id, "finished_at": run.finished_at},
            "flow": [{"stage": name, "title": plain_text(title), "minutes": share} for name, title, share in flow],
        }

    def _brainstorms(self, item: ChecklistItem) -> View:
        companies = [brainstorm_view(name, lines, item, self.lexicon) for name, lines in self.brainstorms.items()]
        known = [
            f"{each['company']}: {count(len(each['lines']), 'line')}, {each['covered']} of {len(each['kinds'])} kinds"
            + (f"; empty: {', '.join(each['empty'])}." if each["empty"] else ".")
            for each in companies
        ]
        return {
            "known": known or ["No brainstorm yet: mlsd-coach checklist --company NAME"],
            "kinds": [{"id": kind.id, "title": plain_text(kind.title)} for kind in item.kinds],
            "companies": companies,
        }

    def _entities(self, item: ChecklistItem) -> View:
        names = ", ".join(self.brainstorms)
        known = (
            f"Companies you have begun: {names}." if names else "No company yet: mlsd-coach checklist --company NAME"
        )
        return {"known": [known], "prompts": [plain_text(prompt) for prompt in item.prompts]}

    def _last(self) -> str:
        count = len(recent(self.attempts))
        return "your last attempt" if count == 1 else f"your last {count} attempts"

    def _title(self, stage: str) -> str:
        return self.rubrics[stage].title if stage in self.rubrics else stage

    def _id(self) -> str:
        return f" {self.scenario.id}" if self.scenario else ""


def count(number: int, noun: str) -> str:
    """Return "1 line", "2 lines"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def brainstorm_view(company: str, lines: Sequence[str], item: ChecklistItem, lexicon: Lexicon) -> View:
    """Return a company's brainstorm sorted by kind of source."""
    coverage: Coverage = score_brainstorm(lines, item.kinds, lexicon)
    kinds = [
        {
            "id": each.kind.id,
            "title": plain_text(each.kind.title),
            "lines": [plain_text(line) for line in each.lines],
            "examples": [plain_text(example) for example in each.kind.examples],
        }
        for each in coverage.kinds
    ]
    return {
        "company": plain_text(company),
        "lines": [plain_text(line) for line in lines],
        "score": coverage.score,
        "covered": sum(bool(kind["lines"]) for kind in kinds),
        "empty": [kind["id"] for kind in kinds if not kind["lines"]],
        "kinds": kinds,
        "unsorted": [plain_text(line) for line in coverage.unsorted],
    }


def render_checklist_markdown(view: View) -> str:
    """Return the checklist as markdown with task boxes."""
    from mlsd_coach.reports.markdown import render_template

    items = [{**dict.fromkeys(_BY_SORT, ()), **item} for item in view["items"]]
    return render_template("checklist.md.j2", {**view, "items": items})


def render_brainstorm_markdown(view: View) -> str:
    """Return a company's brainstorm as markdown."""
    from mlsd_coach.reports.markdown import render_template

    return render_template("brainstorm.md.j2", view)
