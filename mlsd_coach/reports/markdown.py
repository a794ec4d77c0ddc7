"""Markdown from templates: every text is escaped, so that what a candidate or an author wrote stays text."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from mlsd_coach.content.texts import plain_text
from mlsd_coach.models import Claim, Levels, Mode, Scenario, Scorecard, SecondOpinion
from mlsd_coach.reports.debrief import build_debrief

if TYPE_CHECKING:
    from jinja2 import Environment

# Whatever CommonMark, GitHub or Obsidian would read as markup: emphasis, code, links, tags, tables, HTML, entities,
# mathematics, highlights and comments.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~$&]|(?<==)=|=(?==)|(?<=%)%|%(?=%))")
_LINE_START = re.compile(r"^([ \t]*)(?:([-+=])|(\d{1,9})([.)])(?=\s|$))")


class Markdown(str):
    """A text that is markdown already."""

    __slots__ = ()


def escape(text: object) -> str:
    """Return a text as markdown that shows exactly it, on as many lines; Markdown passes as it is."""
    if isinstance(text, Markdown):
        return text
    return "\n".join(_escape_line(line) for line in plain_text(str(text)).split("\n"))


def _escape_line(line: str) -> str:
    # An indented line would be code; spaces at the end a hard break.
    escaped = _MARKUP.sub(r"\\\1", line.strip())
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", escaped)


def one_line(text: object) -> Markdown:
    """Return a text on one line, escaped: for list items and table cells."""
    return Markdown(escape(" ".join(plain_text(str(text)).split())))


def quoted(text: object) -> Markdown:
    """Return a text as a block quote, escaped; its lines stay lines."""
    lines = [line for line in escape(text).split("\n") if line.strip()]
    return Markdown("\n".join(f"> {line}" + ("\\" if line is not lines[-1] else "") for line in lines))


def yaml_string(text: object) -> Markdown:
    """Return a text as a double-quoted YAML scalar for front matter."""
    plain = " ".join(plain_text(str(text)).split())
    return Markdown('"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"')


def mermaid_text(text: object) -> Markdown:
    """Return a text as a quoted label of a Mermaid diagram: entities for what Mermaid would read as markup."""
    plain = " ".join(plain_text(str(text)).split())
    return Markdown('"' + re.sub(r"[^\w ,.()'/%:-]", lambda match: f"#{ord(match[0])};", plain) + '"')


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("mlsd_coach.reports"),
        autoescape=False,  # noqa: S701 - not HTML: `finalize` escapes for markdown
        finalize=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"line": one_line, "quoted": quoted, "yaml": yaml_string}
    environment.filters |= {"mermaid": mermaid_text, "safe_url": Markdown}
    return environment


def render_template(name: str, view: dict[str, Any]) -> str:
    """Return a template of the package filled in: no run of empty lines, one newline at the end."""
    text = _environment().get_template(name).render(view)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def render_debrief_markdown(
    card: Scorecard,
    scenario: Scenario | None,
    levels: Levels,
    *,
    prediction: int | None,
    mode: Mode | None,
    samples: bool = False,
    stages: Sequence[str] | None = None,
    heading: str = "",
    opinions: Sequence[SecondOpinion] = (),
    claims: Sequence[Claim] = (),
) -> str:
    """Return the debrief as markdown; `heading` is a line on which attempt it is.

    `samples` adds the strong sample of each stage that was attempted; `stages` limits the details to some stages.
    """
    view = build_debrief(
        card,
        scenario,
        levels,
        prediction=prediction,
        mode=mode,
        stages=stages,
        opinions=opinions,
        claims=claims,
    )
    return render_template("debrief.md.j2", {**view, "samples": samples, "heading": heading})
