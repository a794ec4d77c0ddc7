"""The cache: nothing is parsed twice, and nothing depends on it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mlsd_coach.content.library import Library

GOOD = Path(__file__).parent / "good"

WARM = """
import sys
from pathlib import Path
from mlsd_coach.content.library import Library
library = Library([Path(sys.argv[1])], cache_dir=Path(sys.argv[2]))
library.heads(), library.scenario("whole"), library.rubrics(), library.lexicon(), library.levels(), library.checklist()
print(sorted({"yaml", "pydantic", "difflib", "mlsd_coach.content.guard"} & set(sys.modules)))
"""


def everything(library: Library) -> object:
    scenarios = [library.scenario(head.id) for head in library.heads()]
    return library.heads(), scenarios, library.rubrics(), library.lexicon(), library.levels(), library.checklist()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "root")
    return tmp_path / "root"


def kept(cache: Path) -> list[Path]:
    return sorted((cache / "content").glob("*.json"))


def test_a_warm_cache_gives_the_same_nouns(root: Path, tmp_path: Path) -> None:
    cold = everything(Library([root]))
    first = everything(Library([root], cache_dir=tmp_path / "cache"))
    warm = everything(Library([root], cache_dir=tmp_path / "cache"))

    assert cold == first == warm
    assert kept(tmp_path / "cache")


def test_with_a_warm_cache_neither_yaml_nor_pydantic_is_imported(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WARM, str(root), str(tmp_path / "cache")]
    subprocess.run(command, check=True, capture_output=True)

    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "[]\n"


def test_a_changed_file_is_read_anew(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert Library([root], cache_dir=cache).heads()[0].title == "Sort the post"
    path = root / "scenarios" / "statements-only.yaml"
    path.write_text(path.read_text().replace("Sort the post", "Sort the past"))  # of the same length

    library = Library([root], cache_dir=cache)

    assert library.heads()[0].title == "Sort the past"
    assert library.scenario("statements-only").title == "Sort the past"


def test_a_change_of_the_lexicon_checks_the_rules_again(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    everything(Library([root], cache_dir=cache))
    path = root / "rubrics" / "lexicon.yaml"
    path.write_text(path.read_text().replace("id: a-b-test", "id: ab-test"))

    with pytest.raises(Exception, match=r"unknown concept @a-b-test; did you mean 'ab-test'\?"):
        Library([root], cache_dir=cache).scenario("whole")


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"\x00" * 100, b"00000000\n{}", b"[]", b'{"a": ' * 5000],
    ids=["empty", "cut", "zeros", "checksum", "list", "deep"],
)
def test_a_broken_cache_is_ignored(damage: bytes, root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    expected = everything(Library([root], cache_dir=cache))
    for path in kept(cache):
        path.write_bytes(damage)

    assert everything(Library([root], cache_dir=cache)) == expected


def test_a_flipped_byte_in_the_cache_is_noticed(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    expected = everything(Library([root], cache_dir=cache))
    for path in kept(cache):
        path.write_bytes(path.read_bytes().replace(b"title", b"tilte"))

    assert everything(Library([root], cache_dir=cache)) == expected


def test_a_cache_that_cannot_be_written_is_ignored(root: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")

    assert everything(Library([root], cache_dir=blocked)) == everything(Library([root]))
    assert blocked.read_text() == "in the way"


def test_old_versions_of_a_file_do_not_pile_up(root: Path, tmp_path: Path) -> None:
    path = root / "scenarios" / "statements-only.yaml"
    text = path.read_text()
    for number in range(9):
        path.write_text(text.replace("Sort the post", f"Sort the post {number}"))
        assert Library([root], cache_dir=tmp_path / "cache").scenario("statements-only").title.endswith(str(number))

    names = [kept_file.name for kept_file in kept(tmp_path / "cache")]
    assert sum(name.startswith("scenario-statements-only-") for name in names) == 4
    assert not [name for name in (tmp_path / "cache" / "content").iterdir() if name.suffix == ".tmp"]


def test_a_broken_file_is_never_kept(root: Path, tmp_path: Path) -> None:
    (root / "scenarios" / "bad.yaml").write_text("format: 1\nstages: {}\n")
    library = Library([root], cache_dir=tmp_path / "cache")

    assert "bad" not in {head.id for head in library.heads()}
    assert not [path for path in kept(tmp_path / "cache") if path.name.startswith("scenario-bad")]
    assert "bad" not in {head.id for head in Library([root], cache_dir=tmp_path / "cache").heads()}


def test_what_is_kept_is_plain_json(root: Path, tmp_path: Path) -> None:
    everything(Library([root], cache_dir=tmp_path / "cache"))

    for path in kept(tmp_path / "cache"):
        assert isinstance(json.loads(path.read_bytes().partition(b"\n")[2]), dict)
