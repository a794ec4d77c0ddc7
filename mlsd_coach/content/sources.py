"""Where content lies: roots, the files in them, what kind each is."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mlsd_coach.content.guard_limits import MAX_BYTES
from mlsd_coach.content.texts import plain_text
from mlsd_coach.errors import ContentError, Problem, UsageError
from mlsd_coach.models import STAGES

_SUFFIXES = {".yaml", ".yml"}
_SINGLE = ("lexicon", "levels", "checklist", "interviewer", "questions")


@dataclass(frozen=True)
class Source:
    """One content file."""

    kind: str
    """scenario, rubric, lexicon, levels, checklist, interviewer, questions, scenario-ways or rubric-ways."""
    id: str
    """The file's stem."""
    path: Path
    root: int
    """Index of the root it came from; later ones count more."""

    @property
    def shape(self) -> str:
        """The kind of schema it must fit."""
        return "ways" if self.kind.endswith("-ways") else self.kind


def find_sources(roots: list[Path]) -> list[Source]:
    """Return the content files of all roots, in order; UsageError when a root does not exist."""
    found: list[Source] = []
    for index, root in enumerate(roots):
        found.extend(_in_root(root, index))
    return found


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, or of one byte more than is taken; ContentError when it cannot be read."""
    try:
        if not path.is_file():
            raise ContentError([Problem(shown(path), 0, "", "not a file")])
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ContentError([Problem(shown(path), 0, "", f"cannot be read: {error.strerror}")]) from None


def shown(path: Path) -> str:
    """Return a file's name as it may be printed: without control characters, and without bytes that are no text."""
    return plain_text(str(path).encode("utf-8", "replace").decode())


def _in_root(root: Path, index: int) -> Iterator[Source]:
    if root.is_file():
        yield Source(_kind_of(root), shown(Path(root.stem)), root, index)
        return
    if not root.is_dir():
        raise UsageError(
            f"No such content file or folder: {shown(root)}.",
            fix="Check the path; `mlsd-coach list` shows what is found.",
        )
    scenarios, rubrics = root / "scenarios", root / "rubrics"
    if scenarios.is_dir() or rubrics.is_dir():
        yield from _in_folder(scenarios, index)
        yield from _in_folder(rubrics, index)
    else:
        yield from _in_folder(root, index)


def _in_folder(folder: Path, index: int) -> Iterator[Source]:
    for part in (folder, folder / "ways"):
        if part.is_dir():
            for path in _entries(part):
                if path.suffix in _SUFFIXES and not path.name.startswith("."):
                    yield Source(_kind_of(path), shown(Path(path.stem)), path, index)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise UsageError(f"Cannot read the folder {shown(folder)}: {error.strerror}.") from None


def _kind_of(path: Path) -> str:
    """Tell a file's kind from its folder and name: the folder decides, in a flat folder the name."""
    folder = path.absolute().parent
    is_ways = folder.name == "ways"
    home = folder.parent.name if is_ways else folder.name
    in_rubrics = home == "rubrics" or (home != "scenarios" and path.stem in (*STAGES, *_SINGLE))
    if is_ways:
        return "rubric-ways" if in_rubrics else "scenario-ways"
    if in_rubrics:
        return path.stem if path.stem in _SINGLE else "rubric"
    return "scenario"
