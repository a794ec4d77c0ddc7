"""Second opinions as a plain view: beside each verdict, and in one sentence for the whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from mlsd_coach.content.texts import plain_text
from mlsd_coach.models import Opinion, Scorecard, SecondOpinion, Verdict

View = dict[str, Any]

_WORDS: Mapping[Verdict, str] = {
    Verdict.REASONED: "reasoned",
    Verdict.NAMED: "named",
    Verdict.MAYBE: "maybe",
    Verdict.MISSING: "missing",
    Verdict.NOT_JUDGED: "not judged",
}
_COVERED = "covered"
"""What NAMED is called where the judge cannot tell a reason."""


def judges_view(card: Scorecard, seconds: Sequence[SecondOpinion]) -> list[View]:
    """Return each second judge with how often it and the scorer agree."""
    views = []
    for second in seconds:
        held = [second.agrees(first, opinion) for first, opinion in _pairs(card, second)]
        agree, compared = held.count(True), len(held) - held.count(None)
        views.append(
            {
                "judge": second.judge,
                "model": plain_text(second.model),
                "host": plain_text(second.host),
                "agree": agree,
                "compared": compared,
                "not_compared": held.count(None),
                "words": _summary(second, agree, compared, held.count(None)),
            }
        )
    return views


def said_by_criterion(card: Scorecard, seconds: Sequence[SecondOpinion]) -> dict[tuple[str, str], list[View]]:
    """Return what the second judges say, by stage and criterion."""
    said: dict[tuple[str, str], list[View]] = {}
    for second in seconds:
        for first, opinion in _pairs(card, second):
            said.setdefault((opinion.stage, opinion.criterion), []).append(_said(second, first, opinion))
    return said


def with_said(stages: Sequence[View], card: Scorecard, seconds: Sequence[SecondOpinion]) -> list[View]:
    """Return the stages' views, each criterion with its `opinions`, an empty list where there is none."""
    said = said_by_criterion(card, seconds)
    return [
        {**stage, "criteria": [{**c, "opinions": said.get((stage["id"], c["id"]), [])} for c in stage["criteria"]]}
        for stage in stages
    ]


def _pairs(card: Scorecard, second: SecondOpinion) -> list[tuple[Verdict, Opinion]]:
    """Return the scorer's verdict with each opinion; those on criteria that the card has not are left out."""
    verdicts = {(stage.id, j.criterion.id): j.verdict for stage in card.stages for j in stage.judgements}
    placed = [(verdicts.get((opinion.stage, opinion.criterion)), opinion) for opinion in second.opinions]
    return [(first, opinion) for first, opinion in placed if first is not None]


def _said(second: SecondOpinion, first: Verdict, opinion: Opinion) -> View:
    agrees = second.agrees(first, opinion)
    word = _WORDS[opinion.verdict]
    if not second.reads_reasons and opinion.verdict is Verdict.NAMED:
        word = _COVERED
    how = "" if agrees is None else " agrees" if agrees else " differs"
    near = "" if opinion.similarity is None else f" ({opinion.similarity:.2f})"
    return {
        "judge": second.judge,
        "verdict": word,
        "kind": opinion.verdict.value,
        "agrees": agrees,
        "words": f"{second.judge}{how}: {word}{near}",
        # Where they agree, the scorer's own quotes and words stand there already.
        "reason": "" if agrees else plain_text(opinion.reason),
        "quotes": [plain_text(quote.quote) for quote in opinion.evidence] if agrees is False else [],
    }


def _summary(second: SecondOpinion, agree: int, compared: int, rest: int) -> str:
    who = f"{second.judge} ({plain_text(second.model)})"
    left = "not judged" if second.reads_reasons else "in doubt"
    more = f" {rest} {'is' if rest == 1 else 'are'} {left}." if rest else ""
    what = "" if second.reads_reasons else ", on what is covered"
    return f"The coach and {who}{what}: they agree on {agree} of {compared}.{more}"
