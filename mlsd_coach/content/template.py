"""The template of a new scenario."""

from pathlib import Path

SCHEMA_FOLDER = Path(__file__).resolve().parent / "schemas"
"""Where the JSON Schemas for editors lie."""


def scenario_template(scenario_id: str, schema: str) -> str:
    """Return a commented scenario that the loader takes as it is; `schema` is the address of its JSON Schema."""
    text = Path(__file__).with_name("scenario_template.yaml").read_text(encoding="utf-8")
    title = scenario_id.replace("-", " ").capitalize()
    # A title of digits or "on" alone would not be read as text.
    return text.replace("@schema@", schema).replace("@title@", f'"{title}"')
