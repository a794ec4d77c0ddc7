"""The thread, the figures and the contradictions as plain lines, a record a line."""

from collections.abc import Iterator, Mapping
from typing import Any

View = Mapping[str, Any]


def plain_thread(view: View) -> Iterator[str]:
    """Yield what ties the stages together as lines."""
    for link in view["chain"]:
        yield f"Thread: {_link(link)}"
    for link in view["budgets"]:
        yield f"Carried along: {_link(link)}"
    for source in view["sources"]:
        words = [source["title"], source["feature"] and f'feature "{source["feature"]}"', source["missing"]]
        yield f"Source: {', '.join(word for word in words if word)}"
    for figure in view["figures"]:
        yield f"Figure: {figure['title']}, {figure['fit']}. {figure['words']}"
    for each in view["contradictions"]:
        yield f'Contradiction: {each["because"]} You were told: "{each["told"]}" You wrote: "{each["quote"]}"'


def _link(link: View) -> str:
    quote = f' "{link["quote"]}"' if link["quote"] else ""
    state = "holds" if link["holds"] else f"broken. {link['why']} Next time: {link['mend']}"
    return f"{link['title']} ({link['stage_title']}), {state}{quote}"
