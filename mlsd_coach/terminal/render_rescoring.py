"""What rescoring changes, on screen and as plain lines: the score, why, and every verdict that is another one."""

from collections.abc import Iterator

from mlsd_coach.models import Judgement
from mlsd_coach.reports.debrief import WORDS, as_deed
from mlsd_coach.reports.rescoring import Difference, Pair, quotes
from mlsd_coach.terminal.render import Page

_CAUSES = {"scenario": "the scenario", "rubrics": "the rubrics", "scorer": "the scorer"}


def render_difference(found: Difference, heading: str, *, width: int, colour: bool, ascii_only: bool = False) -> str:
    """Return the difference as text of at most `width` columns, without a newline at its end."""
    page = Page(width, colour=colour, ascii_only=ascii_only)
    page.line((heading, "bold"))
    page.line((score_line(found), "" if found.is_empty else "bold"))
    page.line(cause_line(found))
    stage = ""
    for pair in found.verdicts:
        if pair.title != stage:
            page.heading(pair.title)
            stage = pair.title
        page.line((_verdicts(pair), "yellow"), f"  {as_deed(pair.either.criterion.statement)}", first="  ", rest="    ")
        for label, quote in _quotes(pair):
            page.line((f"{label}: ", "dim"), (f"“{quote}”" if quote else "nothing quoted", "italic"), first="      ")
    rest = list(_rest(found))
    if rest:
        page.gap()
    for label, text in rest:
        page.line((f"{label}: ", "dim"), text, rest="  ")
    return page.text()


def plain_difference(found: Difference, heading: str) -> str:
    """Return the difference as lines that are not wrapped, a record a line."""
    lines = [f"Attempt: {heading}.", f"Score: {score_line(found)}", cause_line(found)]
    for pair in found.verdicts:
        deed = as_deed(pair.either.criterion.statement)
        lines.append(f"Verdict: {_verdicts(pair)}. {deed} ({pair.stage}, {pair.either.criterion.id})")
        lines += [f'Quote {label}: "{quote}"' if quote else f"Quote {label}: none" for label, quote in _quotes(pair)]
    lines += [f"{label}: {text}" for label, text in _rest(found)]
    return "\n".join(lines)


def score_line(found: Difference) -> str:
    """Return the score before and now in a sentence, and the level reached where it is another one."""
    if found.points:
        text = f"{found.before.score:.1f} of 100 before, {found.now.score:.1f} now ({found.points:+.1f})."
    else:
        text = f"{found.now.score:.1f} of 100, before and now."
    before, now = (card.level_result.reached for card in (found.before, found.now))
    if before is not now:
        text += f" Level reached: {before or 'none'} before, {now or 'none'} now."
    return text


def cause_line(found: Difference) -> str:
    """Return in a sentence what has changed since."""
    causes = [_CAUSES[cause] for cause in found.causes]
    if not causes and not found.is_empty:
        # Only while somebody works on the scorer: its digest knows its version and its tables.
        return "Content and scorer have the same digests; the code of the scorer is another one."
    if not causes:
        return "Nothing has changed since: the same content and the same scorer."
    if found.is_empty:
        return f"Changed since: {_listed(causes)}; every verdict is the same."
    return f"Changed since: {_listed(causes)}."


def _listed(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _verdicts(pair: Pair) -> str:
    return f"{_word(pair.before)} before, {_word(pair.now)} now"


def _word(judgement: Judgement | None) -> str:
    return WORDS[judgement.verdict] if judgement else ""


def _quotes(pair: Pair) -> Iterator[tuple[str, str]]:
    """Yield (when, quote); once where both sides quote the same, an empty quote where one quotes nothing."""
    before, now = quotes(pair.before), quotes(pair.now)
    if before == now:
        yield from (("both", quote) for quote in before)
        return
    yield from (("before", quote) for quote in before or [""])
    yield from (("now", quote) for quote in now or [""])


def _rest(found: Difference) -> Iterator[tuple[str, str]]:
    """Yield (label, text) of what is asked otherwise than before."""
    for stage in found.gone_stages:
        yield "Gone", f"the stage '{stage.id}' is not in the scenario any more; its answer is not scored"
    for pair in found.gone:
        yield "Gone", f"{_deed(pair)} It was {_word(pair.before)}."
    for pair in found.new:
        yield "New", f"{_deed(pair)} It is {_word(pair.now)}."
    for pair in found.reweighed:
        before, now = pair.before, pair.now
        if before and now:
            was, is_ = (f"{each.criterion.level}, weight {each.criterion.weight}" for each in (before, now))
            yield "Counts otherwise", f"{_deed(pair)} It was {was}; it is {is_}."


def _deed(pair: Pair) -> str:
    return f"{pair.title}: {as_deed(pair.either.criterion.statement)} ({pair.either.criterion.id})"
