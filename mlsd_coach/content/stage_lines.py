"""Lines of a transcript that name a stage and say nothing else: `[data]`, `## Data`, `-- data --`, `Data:`."""

import re
from collections.abc import Mapping, Sequence

from mlsd_coach.content.speech import Utterance
from mlsd_coach.content.stage_names import fold_name, near_stage, stage_names
from mlsd_coach.errors import ContentError, Problem
from mlsd_coach.models import Scenario

_DRESSED = (
    re.compile(r"\[(?:stage:? )?(?P<name>[^\[\]]+)\]:?\Z", re.IGNORECASE),
    re.compile(r"#{1,6}[ ]+(?P<name>.+?)[ ]*#*\Z"),
    re.compile(r"([-=*_~])\1+[ ]*(?P<name>.+?)[ ]*\1*:?\Z"),
)
"""[data], ## Data, -- data --, == data ==, **Data**"""
_UNDRESSED = (
    re.compile(r"(?:stage|part|section)\s*\d{0,2}\s*[:.)–—-]\s*(?P<name>.+?):?\Z", re.IGNORECASE),
    re.compile(r"(?P<name>.+):\Z"),
)
"""Stage 3: data; Data:"""
LONGEST_LINE = 80
"""Characters that a line which names a stage may have."""


def find_stage_lines(
    utterances: Sequence[Utterance], names: Mapping[str, str], scenario: Scenario, *, source: str
) -> dict[int, str]:
    """Return the stage by line; ContentError with every line that names one wrongly, or one that is left out."""
    found: dict[int, str] = {}
    problems: list[Problem] = []
    there = {stage.id for stage in scenario.stages}
    own = stage_names(scenario)
    for each in utterances:
        name, is_dressed = _name_on_line(each)
        stage = names.get(fold_name(name), "") if name else ""
        if stage in there:
            found[each.line] = stage
        elif stage and is_dressed:
            problems.append(
                Problem(source, each.line, "", f"the scenario {scenario.id} leaves out the stage '{stage}'")
            )
        elif name and is_dressed and (near := near_stage(name, own)):
            problems.append(Problem(source, each.line, "", f"unknown stage '{name}'; did you mean '{near}'?"))
    if problems:
        order = ", ".join(stage.id for stage in scenario.stages)
        raise ContentError(problems, fix=f"\nThe stages: {order}.")
    return found


def _name_on_line(line: Utterance) -> tuple[str, bool]:
    """Return (name, is it dressed as a heading) of a line that may name a stage and says nothing else."""
    if len(line.text) > LONGEST_LINE:
        return "", False
    for pattern in (*_DRESSED, *_UNDRESSED):
        if match := pattern.match(line.text):
            return match["name"], pattern in _DRESSED
    return "", False
