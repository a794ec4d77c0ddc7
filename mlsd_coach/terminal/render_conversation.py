"""The conversation in the debrief: what was never asked for, how cues were taken, who drove."""

from collections.abc import Iterator, Mapping
from typing import Any

from mlsd_coach.terminal.render import Page

View = Mapping[str, Any]
_STYLES = {"+": "green", "~": "yellow", "-": "red"}


def draw_conversation(page: Page, view: View) -> None:
    """Add the sections of a conversation to a page."""
    page.heading("The conversation", f"interviewer: {view['persona']}, seed {view['seed']}")
    for line in _general(view):
        page.line(line, first="  ")
    if view["missed"]:
        page.gap()
        page.line("Never asked for, and the design rests on it:", first="  ")
        for fact in view["missed"]:
            page.line(
                (fact["about"][:1].upper() + fact["about"][1:], "bold"),
                f" ({fact['stage']})",
                first="  - ",
                rest="    ",
            )
            page.quote(fact["says"], indent=4)
    for cue in view["cues"]:
        page.gap()
        page.line(
            (cue["words"], _STYLES[cue["mark"]]), (f" ({cue['stage']})", "dim"), first=f"  {cue['mark']} ", rest="    "
        )
        if cue["quote"]:
            page.labelled("You had said", f"“{cue['quote']}”", indent=4)
        page.labelled("Interviewer", f"“{cue['says']}”", indent=4)
        page.labelled("Take away", cue["lesson"], indent=4)


def _general(view: View) -> Iterator[str]:
    told = view["told"]
    facts = "no fact" if not told else "one fact" if told == 1 else f"{told} facts"
    yield f"You asked for {facts}." + ("" if told else " ^G in the editor, or ? in line mode, asks the interviewer.")
    for assumed in view["assumed"]:
        yield f"You assumed: {assumed}"
    if view["agreed"]:
        yield f"Agreed on what this round wants: “{view['agreed']}”"
    if view["weights"]:
        yield f"So these weighed more or less than usual: {', '.join(view['weights'])}."
    yield from view["drive"]


def plain_conversation(view: View) -> Iterator[str]:
    """Yield a conversation as lines, a record a line."""
    yield f"Interviewer: {view['persona']}, seed {view['seed']}."
    yield from _general(view)
    for fact in view["missed"]:
        yield f"Never asked: {fact['about']} ({fact['stage']}). {fact['says']}"
    for cue in view["cues"]:
        lesson = f" {cue['lesson']}" if cue["lesson"] else ""
        yield f"Cue: {cue['stage']}. {cue['says']} {cue['words']}{lesson}"
