"""Data moves one way, and each library has one owner."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "mlsd_coach"

LAYERS = {
    "errors": 0,
    "models": 0,
    "matching": 1,
    "content": 2,  # its loader asks matching whether a rule can be compiled
    "scoring": 3,
    "interview": 3,
    "judges": 3,
    "checks": 4,
    "history": 4,
    "reports": 5,
    "terminal": 6,
    "commands": 7,
    "cli": 8,
    "__main__": 9,
}
OWNERS = {
    "yaml": {"content"},
    "pydantic": {"content"},
    "sqlite3": {"history"},
    "fsrs": {"history"},
    "jinja2": {"reports"},
    "rich": {"terminal"},
    "questionary": {"terminal"},
    "prompt_toolkit": {"terminal"},
    "snowballstemmer": {"matching"},
    "rapidfuzz": {"matching"},
    "typer": {"cli", "commands", "__main__"},
    "platformdirs": {"commands"},
    "httpx": {"judges"},
    "sentence_transformers": {"judges"},
    "transformers": {"judges"},
}
SURROUNDINGS = {"os.environ", "os.getenv", "time.time", "datetime.now", "Path.home"}
READS_SURROUNDINGS = {"commands", "cli", "__main__", "terminal"}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
            if node.module == "mlsd_coach":
                found += [f"mlsd_coach.{alias.name}" for alias in node.names]
    return found


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.name != "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down_and_each_library_has_its_owner(path):
    part = part_of(path)
    for name in imports(path):
        root = name.split(".")[0]
        if root in OWNERS:
            assert part in OWNERS[root], f"{name} belongs to {sorted(OWNERS[root])}"
        if root == "mlsd_coach" and "." in name:
            other = name.split(".")[1]
            if other in LAYERS and other != part:
                assert LAYERS[other] < LAYERS[part], f"{part} must not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_rim_reads_clock_environment_and_home(path):
    if part_of(path) in READS_SURROUNDINGS:
        return
    read = {
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert not read & SURROUNDINGS


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_module_opens_with_a_sentence_and_stays_small(path):
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module opens with one sentence on what it holds"
    assert text.count("\n") <= 330
