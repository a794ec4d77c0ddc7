"""Evidence to verdicts to a scorecard; deterministic, offline."""

from mlsd_coach.scoring.contract import scorecard_from_json, scorecard_to_json
from mlsd_coach.scoring.scorer import Scorer

__all__ = ["Scorer", "scorecard_from_json", "scorecard_to_json"]
