"""The stages by the names that people say: "labelling", "candidate generation", "A/B tests"."""

from collections.abc import Mapping

from mlsd_coach.content.stage_names import fold_name, stage_names
from mlsd_coach.models import Scenario

_SPOKEN: Mapping[str, tuple[str, ...]] = {
    "requirements": (
        "requirement", "clarifying questions", "clarification", "clarifications", "requirements gathering",
        "functional requirements", "problem requirements", "the clarifying questions",
    ),
    "high-level-design": (
        "architecture", "overall architecture", "overall design", "high level architecture", "high level overview",
        "high level", "system design", "system architecture", "framing", "problem framing", "ml framing",
        "problem formulation", "overall system",
    ),
    "data": (
        "training data", "dataset", "data set", "data sets", "datasets", "labels", "labelling", "labeling",
        "data sources", "data collection", "data and labels", "data preparation", "labels and data",
        "data and features", "data gathering",
    ),
    "features": ("feature", "feature engineering", "feature set", "feature list", "input features", "model features"),
    "candidates": (
        "candidate", "candidate generation", "candidate retrieval", "candidate sources", "candidate sourcing",
        "candidate selection", "retrieval", "retrieval stage",
    ),
    "models": (
        "model", "modelling", "modeling", "model architecture", "model choice", "model selection", "ranking model",
        "model training", "model itself", "modelling approach", "modeling approach", "ml model", "choice of model",
    ),
    "offline-evaluation": (
        "offline metrics", "offline eval", "offline testing", "evaluation", "model evaluation", "offline experiments",
        "offline and online evaluation", "evaluation offline", "offline validation",
    ),
    "online-evaluation": (
        "online metrics", "online eval", "online testing", "a b test", "a b tests", "a b testing", "ab test",
        "ab tests", "ab testing", "online experiments", "online experimentation", "experimentation",
        "evaluation online", "online experiment", "online and offline evaluation",
    ),
    "lifecycle": (
        "life cycle", "model lifecycle", "ml lifecycle", "deployment", "monitoring", "maintenance", "retraining",
        "deployment and monitoring", "monitoring and retraining", "monitoring and maintenance", "productionization",
        "serving and monitoring", "deployment and serving", "the lifecycle",
    ),
}  # fmt: skip
"""Folded names by stage, beside the stage's id and title."""


def spoken_names(scenario: Scenario) -> dict[str, str]:
    """Map folded names, as written or as said, to stage ids; the scenario's own ids and titles win."""
    names = {fold_name(name): stage for stage, said in _SPOKEN.items() for name in said}
    names.update(stage_names(scenario))
    return names
