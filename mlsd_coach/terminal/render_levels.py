"""The three bars on screen and as plain lines."""

from collections.abc import Iterator, Mapping
from typing import Any

from mlsd_coach.terminal.render import Page, Part, one_line

View = Mapping[str, Any]
WIDE = 60
_STYLES = {"maybe": "cyan", "missing": "red", "not-judged": "dim"}


def render_levels(view: View, *, width: int, colour: bool, ascii_only: bool = False) -> str:
    """Return the three bars as text of at most `width` columns, without a newline at its end."""
    page = Page(width, colour=colour, ascii_only=ascii_only)
    page.line((view["title"], "bold"))
    page.line((" · ".join(part for part in (view["scenario"], view["attempt"]) if part), "dim"))
    page.heading("Three bars", f"held against {view['level']} at the time")
    _draw_bars(page, view)
    page.heading("Level reached")
    page.line((view["reached"]["title"], "bold"), first="  ")
    following = view["next"]
    if following is None:
        page.line("Every level is reached.", first="  ")
        return page.text()
    page.heading("To the next level", following["title"])
    page.line(following["words"], first="  ")
    for each in following["criteria"]:
        _draw_open(page, each)
    return page.text()


def _draw_bars(page: Page, view: View) -> None:
    wide = page.width >= WIDE
    head: list[Part] = [(word, "bold") for word in ("Bar", "points", "band", "met", "to go" if wide else "go")]
    rows = [head]
    for bar in view["bars"]:
        met = f"{bar['met']} of {bar['asked']}" if wide else f"{bar['met']}/{bar['asked']}"
        style = "bold" if bar["is_held"] else ""
        rows.append([(bar["level"], style), (bar["score"], style), (bar["band"], style), met, _to_go(bar, wide=wide)])
    page.table(rows, right=(1, 3), fold=2)


def _to_go(bar: View, *, wide: bool) -> Part:
    if not bar["asked"]:
        return ("-", "dim")
    if not bar["short"]:
        return ("there" if wide else "ok", "green")
    return f"{bar['short']} more" if wide else str(bar["short"])


def _draw_open(page: Page, each: View) -> None:
    page.line(
        (each["verdict"], _STYLES.get(each["kind"], "")),
        f"  {each['stage_title']}: {each['says']} ",
        (f"(stage ×{each['stage_weight']}, criterion ×{each['weight']})", "dim"),
        first=f"{each['mark']} ",
        rest="    ",
    )
    for quote in each["quotes"]:
        page.quote(quote, indent=4)
    if each["earning"]:
        page.labelled("Would have earned it", f"“{each['earning']}”", indent=4, style="italic")
    else:
        page.labelled("Next time", each["advice"], indent=4)


def plain_levels(view: View) -> str:
    """Return the three bars as lines that are not wrapped, a record a line."""
    return "\n".join(one_line(line) for line in _plain(view))


def _plain(view: View) -> Iterator[str]:
    attempt = f", attempt {view['attempt']}" if view["attempt"] else ""
    yield f"Three bars: {view['title']} ({view['scenario']}{attempt})."
    for bar in view["bars"]:
        score = f"{bar['score']} of 100, {bar['band']}" if bar["is_known"] else "not asked"
        held = ", held against at the time" if bar["is_held"] else ""
        more = f", {bar['short']} more to its majority" if bar["short"] else ""
        yield f"Bar: {bar['level']}, {score}, {bar['met']} of {bar['asked']} criteria met{more}{held}."
    yield f"Level reached: {view['reached']['title']}."
    if view["next"] is None:
        yield "Every level is reached."
        return
    yield f"Next level: {view['next']['title']}. {view['next']['words']}"
    for each in view["next"]["criteria"]:
        where = f"{each['stage']}/{each['id']}, stage weight {each['stage_weight']}, criterion weight {each['weight']}"
        yield f"Open: {each['stage_title']}, {each['verdict']}. {each['says']} ({where})"
        yield from (f'Quote: "{quote}"' for quote in each["quotes"])
        if each["earning"]:
            yield f"Would have earned it: {each['earning']}"
        elif each["advice"]:
            yield f"Next time: {each['advice']}"
