"""Which files `score` is to read, and which scenario each of them is for."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from mlsd_coach.errors import UsageError

ANSWERS = (".md", ".markdown", ".txt")
SUBTITLES = (".vtt", ".srt")
TRANSCRIPTS = (*SUBTITLES, *ANSWERS)


class AnswerFile(NamedTuple):
    """One file to be scored."""

    path: str
    """As it was given; `-` is standard input."""
    scenario: str
    """Empty when neither an option nor the name says which."""

    @property
    def source(self) -> str:
        """What the file is called in messages."""
        return "standard input" if self.path == "-" else self.path


def is_one(given: Sequence[str]) -> bool:
    """Tell whether one file is meant, which gets a debrief, and not several, which get a table."""
    return len(given) == 1 and not Path(given[0]).is_dir()


def find_files(
    given: Sequence[str], scenario: str | None, known: Collection[str], *, transcript: bool
) -> list[AnswerFile]:
    """Return the files meant, those of a folder by name; `known` are the ids of the scenarios.

    UsageError for a folder without any such file, and for standard input among others.
    """
    found: list[str] = []
    for path in given:
        found += _in_folder(path, transcript=transcript) if Path(path).is_dir() else [path]
    if "-" in found and len(found) > 1:
        raise UsageError("Standard input is one file of answers.", fix="Pass - alone, or files only.")
    return [AnswerFile(path, scenario or scenario_of(path, known)) for path in found]


def _in_folder(folder: str, *, transcript: bool) -> list[str]:
    endings = TRANSCRIPTS if transcript else ANSWERS
    try:
        paths = sorted(path for path in Path(folder).iterdir() if path.suffix.casefold() in endings and path.is_file())
    except OSError as error:
        raise UsageError(
            f"Cannot read '{folder}': {error.strerror}.", fix="Pass the answers, or - for stdin."
        ) from None
    shown = [str(path) for path in paths if not path.name.startswith(".")]
    if not shown:
        what = "transcript" if transcript else "answers file"
        message = f"The folder '{folder}' holds no {what} ({', '.join('*' + ending for ending in endings)})."
        raise UsageError(message, fix="Name the files, or another folder.")
    return shown


def scenario_of(path: str, known: Collection[str]) -> str:
    """Return the scenario whose id a file's name begins with, the longest there is; empty when there is none."""
    name = Path(path).name.casefold()
    for scenario in sorted(known, key=len, reverse=True):
        rest = name.removeprefix(scenario)
        if rest != name and not rest[:1].isalnum():
            return scenario
    return ""


def which_scenario(file: AnswerFile) -> UsageError:
    """Return the error for a file that does not say which scenario it is for."""
    message = f"Which scenario is {file.source} for?"
    return UsageError(
        message,
        fix="Pass --scenario ID, or begin the file's name with the id: feed-ranking--anna.md (see mlsd-coach list).",
    )
