"""The thread, the figures and the contradictions on screen: a ladder of links, broken ones marked in words too."""

from collections.abc import Mapping, Sequence
from typing import Any

from mlsd_coach.terminal.render import Page, Part, one_line

View = Mapping[str, Any]

WIDE = 60
"""From this many columns on the ladder has steps of two columns, and quotes have room beside it."""
_DOWN, _BROKEN = "─>", "─×"
"""The page writes both in ASCII where it has to: -> and -x."""
_STYLES = {"right": "green", "rough": "yellow", "off": "red"}
_MARKS = {"right": "+", "rough": "~", "off": "-"}


def draw_thread(page: Page, view: View) -> None:
    """Draw all that ties the stages together; nothing where there is nothing."""
    draw_chain(page, view)
    draw_budgets(page, view["budgets"])
    draw_sources(page, view["sources"])
    draw_figures(page, view["figures"])
    draw_contradictions(page, view["contradictions"])


def draw_chain(page: Page, view: View) -> None:
    """Draw the chain from the goal to the guardrail as a ladder, each link a step further in."""
    if not view["chain"]:
        return
    page.heading("The thread", view["chain_words"])
    step = 2 if page.width >= WIDE else 1
    for depth, link in enumerate(view["chain"]):
        indent = " " * (2 + step * max(0, depth - 1))
        arrow = "" if depth == 0 else f"{_DOWN if link['holds'] else _BROKEN} "
        _draw_link(page, link, first=indent + arrow)


def draw_budgets(page: Page, budgets: Sequence[View]) -> None:
    """Draw in which stages a requirement came back."""
    if not budgets:
        return
    page.heading("Carried along")
    for link in budgets:
        _draw_link(page, link, first="  + " if link["holds"] else "  - ", broken="missing")


def _draw_link(page: Page, link: View, *, first: str, broken: str = "broken") -> None:
    inner = len(first)
    word: tuple[Part, ...] = () if link["holds"] else ("  ", (broken, "red"))
    page.line((link["title"], "bold"), (f"  {link['stage_title']}", "dim"), *word, first=first, rest=" " * inner)
    if link["quote"]:
        page.quote(link["quote"], indent=inner)
    if link["why"]:
        page.line((one_line(link["why"]), "red"), first=" " * inner)
    page.labelled("Next time", link["mend"], indent=inner)


def draw_sources(page: Page, sources: Sequence[View]) -> None:
    """Draw each source with the feature and the number that came of it."""
    if not sources:
        return
    page.heading("From source to number")
    for source in sources:
        is_whole = not source["missing"]
        mark, style = ("  + ", "green") if is_whole else ("  - ", "red")
        page.line((source["title"], "bold"), first=mark, rest="    ")
        page.quote(source["source"], indent=4)
        if source["feature"]:
            page.line((f"“{one_line(source['feature'])}”", "italic"), first=f"    {_DOWN} ")
        if source["number"] and not source["is_one"]:
            page.line((f"“{one_line(source['number'])}”", "italic"), first=f"      {_DOWN} ")
        if not is_whole:
            page.line((source["missing"], style), first=f"    {_BROKEN} ")


def draw_figures(page: Page, figures: Sequence[View]) -> None:
    """Draw each figure with how it is worked out and how far off it is."""
    if not figures:
        return
    page.heading("Your figures", "right is within a factor of 3, rough within 10")
    for figure in figures:
        fit = figure["fit"]
        page.line(
            (figure["word"], _STYLES[fit]),
            f"  {figure['title']} ",
            (f"({figure['stage_title']})", "dim"),
            first=f"{_MARKS[fit]} ",
            rest="    ",
        )
        page.quote(figure["quote"], indent=4)
        page.line(figure["words"], first="    ")


def draw_contradictions(page: Page, contradictions: Sequence[View]) -> None:
    """Draw each place where the design contradicts what was told, with both sides of it."""
    if not contradictions:
        return
    page.heading("Against what you were told")
    for each in contradictions:
        page.line((each["because"], "red"), f"  ({each['stage_title']})", first="! ", rest="    ")
        page.labelled("The interviewer", f"“{one_line(each['told'])}”", indent=4)
        page.labelled("You", f"“{one_line(each['quote'])}”", indent=4, style="italic")
