"""Appeals and confirmations as plain views and as JSON: the candidate's word beside the coach's, which stays."""

from collections.abc import Sequence
from typing import Any

from mlsd_coach.content.texts import plain_text
from mlsd_coach.models import Appeal, Claim, Evidence

View = dict[str, Any]


def claimed(claims: Sequence[Claim], stage: str) -> frozenset[str]:
    """Return the criteria of a stage on which the candidate says something."""
    return frozenset(claim.criterion for claim in claims if claim.stage == stage)


def with_claims(stages: Sequence[View], claims: Sequence[Claim]) -> list[View]:
    """Return the stages' views, each criterion with its `claims`, an empty list where there is none."""
    said: dict[tuple[str, str], list[View]] = {}
    for claim in claims:
        said.setdefault((claim.stage, claim.criterion), []).append(_view(claim))
    return [
        {
            **stage,
            "criteria": [{**each, "claims": said.get((stage["id"], each["id"]), [])} for each in stage["criteria"]],
        }
        for stage in stages
    ]


def _view(claim: Claim) -> View:
    if isinstance(claim, Appeal):
        quote = plain_text(claim.quote.quote) if claim.quote else ""
        return {"words": f"You say: {claim.verdict.value}", "quote": quote, "reason": plain_text(claim.reason)}
    return {"words": "You said that you meant it", "quote": "", "reason": ""}


def contract_with_claims(card: dict[str, Any], claims: Sequence[Claim]) -> dict[str, Any]:
    """Return the scorecard's JSON object with `appeal` and `confirmation` in the criteria that have one."""
    said = {(claim.stage, claim.criterion, _key(claim)): _contract(claim) for claim in claims}

    def criterion(stage: str, each: dict[str, Any]) -> dict[str, Any]:
        keys = [key for key in ("appeal", "confirmation") if (stage, each["id"], key) in said]
        return {**each, **{key: said[stage, each["id"], key] for key in keys}}

    stages = [
        {**stage, "criteria": [criterion(stage["id"], each) for each in stage["criteria"]]} for stage in card["stages"]
    ]
    return {**card, "stages": stages}


def _key(claim: Claim) -> str:
    return "appeal" if isinstance(claim, Appeal) else "confirmation"


def _contract(claim: Claim) -> dict[str, Any]:
    if isinstance(claim, Appeal):
        quote = evidence_to_json(claim.quote)
        return {"verdict": claim.verdict.value, "quote": quote, "reason": claim.reason, "at": claim.at}
    return {"by": "candidate", "at": claim.at}


def evidence_to_json(evidence: Evidence | None) -> dict[str, Any] | None:
    """Return a quote as the contract has it."""
    if evidence is None:
        return None
    return {"quote": evidence.quote, "start": evidence.start, "end": evidence.end}
