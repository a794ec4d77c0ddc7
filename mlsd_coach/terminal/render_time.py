"""Where the time went, on screen and as plain lines."""

from collections.abc import Iterator, Mapping
from typing import Any

from mlsd_coach.terminal.render import Page, Part, one_line

View = Mapping[str, Any]
WIDE = 60


def render_time(view: View, *, width: int, colour: bool, ascii_only: bool = False) -> str:
    """Return where the time went as text of at most `width` columns, without a newline at its end."""
    page = Page(width, colour=colour, ascii_only=ascii_only)
    page.line((view["title"], "bold"))
    page.line((" · ".join(part for part in (view["scenario"], view["level"], view["attempt"]) if part), "dim"))
    draw_time(page, view)
    draw_stages(page, view)
    return page.text()


def draw_time(page: Page, view: View) -> None:
    """Draw the short form: the score as it stood on the way, and where overtime brought little."""
    page.heading("Time", view["took"])
    if view["marks"]:
        stood = " · ".join(f"{mark['score']} at {mark['label']}" for mark in view["marks"])
        page.line(("As it stood: ", "dim"), stood, first="  ")
    for sentence in view["advice"]:
        page.line((sentence, "yellow"), first="  ! ", rest="    ")
    if view["note"]:
        page.line((view["note"], "dim"), first="  ")


def draw_stages(page: Page, view: View) -> None:
    """Draw the table of stages: time, points of what the stage is worth, points a minute."""
    page.gap()
    wide = page.width >= WIDE
    words = ("Stage", "time of budget", "points", "a minute") if wide else ("Stage", "time", "pts", "/min")
    rows: list[list[Part]] = [[(word, "bold") for word in words]]
    for stage in view["stages"]:
        used = stage["used"] or "-"
        time = f"{used} of {stage['budget']}" if wide and stage["used"] else used
        points = f"{stage['points']} of {stage['of']}" if wide else stage["points"]
        is_over = bool(stage["used"]) and stage["seconds"] > stage["budget_seconds"]
        rows.append([stage["title"], (time, "red" if is_over else ""), points, stage["rate"] or "-"])
    page.table(rows, right=(1, 2, 3))


def plain_time(view: View) -> list[str]:
    """Return where the time went as lines that are not wrapped, a record a line."""
    return [one_line(line) for line in _plain(view)]


def _plain(view: View) -> Iterator[str]:
    if view["used"]:
        yield f"Time: {view['took']}."
    for mark in view["marks"]:
        yield f"As it stood at {mark['label']}: {mark['score']} of 100."
    for stage in view["stages"]:
        time = f"{stage['used']} of {stage['budget']} minutes" if stage["used"] else "not timed"
        rate = f", {stage['rate']} a minute" if stage["rate"] else ""
        yield f"Stage's time: {stage['title']}, {time}, {stage['points']} of {stage['of']} points{rate}."
    yield from view["advice"]
    if view["note"]:
        yield view["note"]
