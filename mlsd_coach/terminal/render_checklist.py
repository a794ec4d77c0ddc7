"""The checklist before an interview on screen and as plain lines."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mlsd_coach.reports.checklist import count
from mlsd_coach.terminal.render import Page

View = Mapping[str, Any]


def render_checklist(view: View, *, width: int, colour: bool, ascii_only: bool = False) -> str:
    """Return the whole checklist as text of at most `width` columns."""
    page = Page(width, colour=colour, ascii_only=ascii_only)
    for_what = f": {view['title']}" if view["title"] else ""
    page.line((f"Before the interview{for_what}", "bold"), (f"  {view['done']} of {view['steps']} steps done", "dim"))
    for item in view["items"]:
        page.gap()
        draw_item(page, item)
        for step in item["steps"]:
            ticked = step["ticked_at"] is not None
            page.line((step["text"], "dim" if ticked else ""), first="  [x] " if ticked else "  [ ] ", rest="      ")
    return page.text()


def render_item(item: View, *, width: int, colour: bool, ascii_only: bool = False) -> str:
    """Return one preparation with its steps in full: what stands above the boxes to tick, which cut them."""
    page = Page(width, colour=colour, ascii_only=ascii_only)
    draw_item(page, item)
    page.gap()
    for number, step in enumerate(item["steps"], 1):
        page.line(step["text"], first=f"  {number}. ", rest="     ")
    return page.text()


def draw_item(page: Page, item: View) -> None:
    """Add a preparation's title, why it matters, and what the history knows."""
    page.line((item["title"], "bold"))
    page.line((item["why"], "dim"), first="  ")
    for known in item["known"]:
        page.line((known, "yellow"), first="  > ", rest="    ")
    unused = item.get("never_used", [])
    for label, texts in (
        ("Concepts", [each["name"] for each in item.get("concepts", []) if each["name"] not in unused]),
        ("Not used so far", unused),
        ("The flow", [f"{stage['title']} {stage['minutes']:g}" for stage in item.get("flow", [])]),
    ):
        page.labelled(label, ", ".join(texts), indent=2)
    unasked = [question["ask"] for question in item.get("questions", []) if question["never_asked"]]
    for label, texts in (
        ("Not asked so far", unasked),
        ("The kinds", [kind["title"] for kind in item.get("kinds", [])]),
        ("To think about", item.get("prompts", [])),
        ("Weakest so far", [f"{weak['stage_title']}: {weak['statement']} {_average(weak)}" for weak in _weak(item)]),
    ):
        if texts:
            page.line((f"{label}:", "dim"), first="  ")
        for text in texts:
            page.line(text, first="  - ", rest="    ")


def _weak(item: View) -> Sequence[View]:
    weak: Sequence[View] = item.get("weak", [])
    return weak


def _average(weak: View) -> str:
    return f"({100 * weak['average']:.0f} % of its points on average)"


def plain_checklist(view: View) -> str:
    """Return the checklist as lines that are not wrapped, a record a line."""
    return "\n".join(" ".join(line.split()) for line in _plain(view))


def _plain(view: View) -> Iterator[str]:
    yield f"Before the interview: {view['done']} of {view['steps']} steps done."
    if view["title"]:
        yield f"For: {view['title']}"
    for item in view["items"]:
        yield f"Preparation: {item['title']}. {item['why']}"
        yield from (f"From your history: {known}" for known in item["known"])
        yield from (f"Concept: {concept['name']}" for concept in item.get("concepts", []))
        yield from (f"Not used so far: {name}" for name in item.get("never_used", []))
        for weak in _weak(item):
            yield f"Weak: {weak['stage_title']}, {weak['statement']} {_average(weak)}"
        for question in item.get("questions", []):
            yield f"Question{', not asked so far' if question['never_asked'] else ''}: {question['ask']}"
        yield from (f"Flow: {stage['title']}, {stage['minutes']:g} minutes" for stage in item.get("flow", []))
        yield from (f"Kind of source: {kind['title']}" for kind in item.get("kinds", []))
        yield from (f"To think about: {prompt}" for prompt in item.get("prompts", []))
        for step in item["steps"]:
            yield f"{'Done' if step['ticked_at'] else 'Open'}: {step['key']} {step['text']}"


def render_brainstorm(view: View, *, width: int, colour: bool, ascii_only: bool = False) -> str:
    """Return a company's brainstorm by kind of source."""
    page = Page(width, colour=colour, ascii_only=ascii_only)
    page.line((view["company"], "bold"), f"  {view['score']:g} of 100")
    page.line((_sum(view), "dim"))
    for kind in view["kinds"]:
        page.gap()
        page.line((f"{kind['title']} ", "bold" if kind["lines"] else "yellow"), (f"({kind['id']})", "dim"))
        for line in kind["lines"]:
            page.line(line, first="  - ", rest="    ")
        if not kind["lines"]:
            page.labelled("Nothing yet, for example", ", ".join(kind["examples"]), indent=2)
    if view["unsorted"]:
        page.gap()
        page.line(("Not recognised as any kind", "bold"))
        for line in view["unsorted"]:
            page.line(line, first="  - ", rest="    ")
    return page.text()


def plain_brainstorm(view: View) -> str:
    """Return a company's brainstorm as lines that are not wrapped."""
    lines = [f"Brainstorm: {view['company']}, {view['score']:g} of 100. {_sum(view)}"]
    for kind in view["kinds"]:
        lines += [f"{kind['id']}: {line}" for line in kind["lines"]]
        if not kind["lines"]:
            lines.append(f"{kind['id']}: nothing yet, for example {', '.join(kind['examples'])}")
    return "\n".join(lines + [f"not recognised: {line}" for line in view["unsorted"]])


def _sum(view: View) -> str:
    covered = f"{view['covered']} of {len(view['kinds'])} kinds of source"
    return f"{count(len(view['lines']), 'line')}, {covered}; two lines a kind are enough"
