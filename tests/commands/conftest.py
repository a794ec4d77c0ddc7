import shutil
from pathlib import Path

import pytest

from tests.commands.program import Program


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose cache has the content, so that not every test reads YAML anew."""
    home = tmp_path_factory.mktemp("warm")
    program = Program(home)
    program.run("export", "--all")
    program.run("checklist", "--no-input")
    shutil.rmtree(home / "data", ignore_errors=True)
    return home


@pytest.fixture
def program(tmp_path: Path, warm: Path) -> Program:
    home = tmp_path / "home"
    shutil.copytree(warm, home)
    return Program(home)
