"""What the conversation came to beside the verdicts, as a plain view: the thread, figures, contradictions."""

from collections.abc import Mapping, Sequence
from typing import Any

from mlsd_coach.content.texts import plain_text
from mlsd_coach.matching.formulas import write_number, write_value
from mlsd_coach.models import ChainLink, Contradiction, FigureCheck, Fit, Interview, SourceChain

View = dict[str, Any]

_FIT_WORDS = {Fit.RIGHT: "right", Fit.ROUGH: "rough", Fit.OFF: "off"}
_WORST_FIRST = (Fit.OFF, Fit.ROUGH, Fit.RIGHT)


def build_thread_view(interview: Interview, titles: Mapping[str, str]) -> View:
    """Return thread, figures and contradictions as dicts, lists and strings; `titles` are those of the stages by id."""
    thread = interview.thread
    chain = [_link(link, titles) for link in thread.chain]
    figures = [_figure(check, titles) for check in _without_repeats(interview.figures)]
    return {
        "chain": chain,
        "chain_words": _tally(chain),
        "budgets": [_link(link, titles) for link in thread.budgets],
        "sources": [_source(source) for source in thread.sources],
        "figures": figures,
        "contradictions": [_contradiction(each, titles) for each in interview.contradictions],
        "is_empty": not (chain or thread.budgets or thread.sources or figures or interview.contradictions),
    }


def _tally(chain: Sequence[View]) -> str:
    held = sum(link["holds"] for link in chain)
    if not chain:
        return ""
    if held == len(chain):
        return f"all {held} links hold"
    broken = next(link["title"] for link in chain if not link["holds"])
    return f"{held} of {len(chain)} links hold; first broken at: {broken}"


def _link(link: ChainLink, titles: Mapping[str, str]) -> View:
    return {
        "title": plain_text(link.title),
        "stage": link.stage,
        "stage_title": plain_text(titles.get(link.stage, link.stage)),
        "quote": plain_text(link.quote),
        "holds": link.holds,
        "why": plain_text(link.why),
        "mend": plain_text(link.mend),
    }


def _source(source: SourceChain) -> View:
    missing = "" if source.number else "no number made of it" if source.feature else "no feature made of it"
    return {
        "title": plain_text(source.title),
        "source": plain_text(source.source),
        "feature": plain_text(source.feature),
        "number": plain_text(source.number),
        # One sentence may name the feature and turn it into a number: it is shown once.
        "is_one": bool(source.number) and source.number in source.feature,
        "missing": missing,
    }


def _without_repeats(checks: Sequence[FigureCheck]) -> list[FigureCheck]:
    """Return the checks, worst first; a figure that is right again in a later stage is told once."""
    kept: list[FigureCheck] = []
    seen: set[str] = set()
    for check in checks:
        if check.fit is not Fit.RIGHT or check.estimate not in seen:
            kept.append(check)
        if check.fit is Fit.RIGHT:
            seen.add(check.estimate)
    return sorted(kept, key=lambda check: _WORST_FIRST.index(check.fit))


def _figure(check: FigureCheck, titles: Mapping[str, str]) -> View:
    said = write_value(check.value, check.unit)
    off = off_by(check.value, check.expected)
    verdict = "right" if check.fit is Fit.RIGHT else off
    return {
        "title": plain_text(check.title),
        "stage_title": plain_text(titles.get(check.stage, check.stage)),
        "fit": check.fit.value,
        "word": _FIT_WORDS[check.fit],
        "quote": plain_text(check.said),
        "said": plain_text(said),
        "working": plain_text(check.working),
        "off": off,
        "words": plain_text(f"you said {said}; {check.working}: {verdict}"),
    }


def off_by(value: float, expected: float) -> str:
    """Return how far a figure is from the worked-out one: 6× too low; empty when it is the same."""
    if value <= 0 or expected <= 0:
        return ""
    ratio = max(value / expected, expected / value)
    factor = write_number(ratio, digits=1 if ratio >= 10 else 2)
    if factor == "1":
        return ""
    return f"{factor}× too {'high' if value > expected else 'low'}"


def _contradiction(each: Contradiction, titles: Mapping[str, str]) -> View:
    return {
        "fact": each.fact,
        "stage_title": plain_text(titles.get(each.stage, each.stage)),
        "told": plain_text(each.told),
        "quote": plain_text(each.quote),
        "because": plain_text(each.because),
    }
