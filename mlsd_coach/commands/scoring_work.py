"""An answers file or a transcript to its scorecard: what `score` does with each file, in whichever process."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_coach.commands.answer_files import SUBTITLES, AnswerFile, which_scenario
from mlsd_coach.commands.choices import read_bytes, read_stages
from mlsd_coach.content.answers import decode_answers, read_answers
from mlsd_coach.content.library import Library
from mlsd_coach.errors import CoachError, UsageError
from mlsd_coach.models import Level, Scenario, Scorecard
from mlsd_coach.scoring import Scorer, scorecard_to_json

if TYPE_CHECKING:
    from mlsd_coach.content.transcript import Cut


class Terms(NamedTuple):
    """How files are to be read and scored."""

    level: Level
    minutes: float
    stages: tuple[str, ...] | None
    """Names of the stages to score; None for all."""
    is_transcript: bool = False
    by_clock: bool = False
    speaker: str = ""
    """The candidate's name in a transcript; empty to find out."""


@dataclass(frozen=True)
class Scored:
    """What became of one file; light enough to be handed from process to process by the thousand."""

    file: AnswerFile
    error: str = ""
    """Why it could not be scored, in one line; empty when it was."""
    card: dict[str, Any] | None = None
    """The contract's object; None when it could not be scored."""
    cut: "Cut | None" = None
    """How a transcript was cut."""


class Desk:
    """Scores files one after the other; content and scorer are loaded once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._scorer: Scorer | None = None
        self._scenarios: dict[str, Scenario] = {}

    def scenario(self, scenario_id: str) -> Scenario:
        """Return a scenario; UsageError or ContentError when there is none to use."""
        if scenario_id not in self._scenarios:
            self._scenarios[scenario_id] = self._library.scenario(scenario_id)
        return self._scenarios[scenario_id]

    def score(self, file: AnswerFile, terms: Terms) -> "tuple[Scorecard, Cut | None]":
        """Return the scorecard of a file, and how it was cut if it is a transcript; CoachError when it cannot be."""
        if not file.scenario:
            raise which_scenario(file)
        scenario = self.scenario(file.scenario)
        stages = read_stages(terms.stages, [plan.id for plan in scenario.stages])
        if not terms.is_transcript and Path(file.path).suffix.casefold() in SUBTITLES:
            raise UsageError(f"{file.source} is a subtitle file, not answers with headings.", fix="Add --transcript.")
        what = "the transcript" if terms.is_transcript else "the answers"
        text = decode_answers(read_bytes(file.path, what), source=file.source)
        cut, seconds = None, None
        if terms.is_transcript:
            from mlsd_coach.content.transcript import cut_transcript

            cut = cut_transcript(
                text,
                scenario,
                source=file.source,
                minutes=terms.minutes,
                speaker=terms.speaker,
                by_clock=terms.by_clock,
            )
            answers, seconds = cut.answers(), cut.seconds()
        else:
            answers = read_answers(text, scenario, source=file.source)
        if self._scorer is None:
            self._scorer = Scorer(self._library.lexicon(), self._library.levels(), self._library.criteria)
        card = self._scorer.score(
            scenario, answers, level=terms.level, minutes=terms.minutes, seconds=seconds, stages=stages
        )
        return card, cut

    def try_to_score(self, file: AnswerFile, terms: Terms) -> Scored:
        """Return what becomes of a file, be it the error."""
        try:
            card, cut = self.score(file, terms)
        except CoachError as error:
            return Scored(file, " ".join(str(error).split()))
        return Scored(file, card=scorecard_to_json(card), cut=cut)
