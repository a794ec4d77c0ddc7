"""The documentation says what the program does: its commands, links, figures, layers and pictures."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from docs import sync
from mlsd_coach import errors
from mlsd_coach.cli import command
from mlsd_coach.content.guard import read_document
from mlsd_coach.interview.prompter import Leave
from mlsd_coach.matching import answer, guards, lexicon
from mlsd_coach.models import Status, Verdict
from mlsd_coach.scoring.features import FEATURES
from mlsd_coach.scoring.verdicts import REASON_FEATURES
from tests.test_architecture import LAYERS, MODULES, OWNERS, PACKAGE, imports, part_of

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.svg"))
PROGRAM: Any = command()
SHELLS = {"sh", "bash", "shell", "console"}


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fences(text: str) -> list[tuple[str, str]]:
    """Language and body of each code block."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def shell_lines(language: str, body: str) -> Iterator[str]:
    for line in body.splitlines():
        if language != "console":
            yield line
        elif line.startswith("$ "):  # the rest is what the commands print
            yield line.removeprefix("$ ")


def examples() -> list[str]:
    """Each `mlsd-coach ...` that stands in a code block or in code of a sentence, without what follows it."""
    found = set()
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        code = [line for language, body in fences(text) if language in SHELLS for line in shell_lines(language, body)]
        code += re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))
        for line in code:
            match = re.search(r"(?:^|[ /])mlsd-coach(( [^|<>#;]+)?)", line)
            if match and match.group(1).strip():
                found.add(match.group(1).strip())
    return sorted(found)


@pytest.mark.parametrize("example", examples())
def test_every_example_is_a_command_with_options_that_exist(example: str):
    words = example.split()
    if words[0].startswith("-"):
        known, options = PROGRAM, words
    else:
        assert words[0] in PROGRAM.commands, f"`mlsd-coach {words[0]}` does not exist"
        known, options = PROGRAM.commands[words[0]], words[1:]
    taken = {name for parameter in known.params for name in parameter.opts} | {"--help", "-h", "-"}
    unknown = [word for word in options if word.startswith("-") and not set(word.split("|")) <= taken]
    assert not unknown, f"`mlsd-coach {example}`: no such option"


def test_every_command_has_an_example_in_the_readme():
    readme = page("README.md")
    assert [name for name in PROGRAM.commands if f"mlsd-coach {name}" not in readme] == []


def test_the_reference_and_the_links_are_in_step():
    assert sync.problems(sync.reference()) == []


def test_the_quick_start_has_two_blocks():
    part = re.search(r"^## Quick start\b.*?(?=^## )", page("README.md"), re.MULTILINE | re.DOTALL)
    assert part
    run, test = [body for language, body in fences(part.group()) if language in SHELLS]
    assert run.splitlines()[0] == test.splitlines()[0] == "python3 -m venv .venv"
    assert run.splitlines()[-1] == ".venv/bin/mlsd-coach practice feed-ranking"
    assert "pytest" in test.splitlines()[-1]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_code_blocks_are_closed_and_parse(path: Path):
    text = path.read_text(encoding="utf-8")
    assert len(re.findall(r"^```", text, re.MULTILINE)) == 2 * len(fences(text))
    for language, body in fences(text):
        if language == "json":
            json.loads(body)
        elif language == "yaml":
            read_document(body.encode(), path.name)
        elif language in SHELLS and (bash := shutil.which("bash")):
            script = "\n".join(shell_lines(language, body))
            checked = subprocess.run([bash, "-n"], input=script, text=True, capture_output=True, check=False)
            assert not checked.stderr, body


def anchors(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path):
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", path.read_text(encoding="utf-8")):
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_the_readme_has_every_exit_code():
    codes = {0, *(leave.exit_code for leave in Leave), errors.CoachError.exit_code, errors.UsageError.exit_code}
    table = page("README.md").partition("| exit code |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE)
    assert {int(code) for row in rows for code in row.split(",")} == codes


def test_scoring_names_everything_that_decides():
    text = page("docs/scoring.md")
    named = {*FEATURES, *REASON_FEATURES}
    assert [name for name in sorted(named) if f"`{name}`" not in text] == []
    plain = {*(status.value for status in Status), *(verdict.value.replace("-", " ") for verdict in Verdict)}
    assert [word for word in sorted(plain) if word not in text] == []


@pytest.mark.parametrize(
    "figure",
    [
        f"no more than {answer.WINDOW_WORDS} words together",
        f"within {lexicon.COMPANY_WORDS} words",
        f"fewer than {guards.FEWEST_WORDS} words",
    ],
)
def test_scoring_states_the_figures_of_the_code(figure: str):
    assert figure in page("docs/scoring.md")


def test_the_layer_table_is_that_of_the_code():
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \|[^|]*\| ?([^|]*)\|$", page("docs/architecture.md"), re.MULTILINE)
    assert {part: int(layer) for layer, part, _ in rows} == LAYERS
    used = {(part_of(path), name.split(".")[0]) for path in MODULES for name in imports(path)}
    owned = {(part, library) for part, library in used if library in OWNERS and library != "typer"}
    assert {(part, library.strip()) for _, part, libraries in rows for library in libraries.split(",")} - {
        (part, "") for part in LAYERS
    } == owned


def test_the_architecture_names_files_that_exist():
    named = re.findall(r"`([\w/.-]+\.(?:py|sql|md|yaml))`", page("docs/architecture.md"))
    folder = ROOT
    for name in named:
        places = [ROOT / name, PACKAGE / name, folder / name]
        assert any(place.exists() for place in places), name
        # "`matching/text.py`, `words.py`": the second stands in the folder of the first.
        folder = (PACKAGE / name).parent if (PACKAGE / name).exists() else folder


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_pictures_are_whole_and_name_no_machine(path: Path):
    text = path.read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert not re.findall(r"https?://(?!www\.w3\.org)|/home/|/root|/tmp|/Users/|\w+@\w+", text)
