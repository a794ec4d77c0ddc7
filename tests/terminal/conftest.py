import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal.terminals import Terminal, coach

Start = Callable[..., Terminal]


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose cache has the content: reading YAML anew for each test would take most of its time."""
    home = tmp_path_factory.mktemp("warm")
    env = os.environ | {"MLSD_COACH_HOME": str(home)}
    command = [*coach("practice", "feed-ranking", "--answers", "-")]
    subprocess.run(command, input=b"# requirements\n\nFirst, the goal.\n", env=env, check=False, capture_output=True)
    return home / "cache"


@pytest.fixture
def home(tmp_path: Path, warm_cache: Path) -> Path:
    """A fresh home of a candidate."""
    if warm_cache.is_dir():
        shutil.copytree(warm_cache, tmp_path / "home" / "cache")
    return tmp_path / "home"


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Start the program in a terminal; it is ended with the test."""
    terminals: list[Terminal] = []

    def start(*words: str, columns: int = 80, rows: int = 24, env: dict[str, str] | None = None) -> Terminal:
        terminal = Terminal(coach(*words), home, columns=columns, rows=rows, env=env)
        terminals.append(terminal)
        return terminal

    yield start
    for terminal in terminals:
        terminal.close()
