"""`mlsd-coach check`: what it prints and how it ends."""

import json
import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from mlsd_coach.commands.check import check
from mlsd_coach.errors import UsageError

CONTENT = Path(__file__).parents[1] / "content"
APP = typer.Typer()
APP.command()(check)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLSD_COACH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MLSD_COACH_CONTENT", raising=False)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(APP, list(arguments))


def test_every_problem_is_a_line_of_its_own_and_the_exit_code_is_one(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    for case in ("key-unknown", "title-number"):
        shutil.copy(CONTENT / "broken" / f"{case}.yaml", tmp_path / "mine")

    result = run("mine", "--no-samples")

    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert any(line.startswith("mine/key-unknown.yaml:6: stages.data.hint: unknown key 'hint'") for line in lines)
    assert any(line.startswith("mine/title-number.yaml:2: title: expected text") for line in lines)
    assert lines[-1].startswith("2 files, ")


def test_sound_content_ends_with_zero_and_a_summary(tmp_path: Path) -> None:
    shutil.copy(CONTENT / "good" / "scenarios" / "statements-only.yaml", tmp_path / "mine.yaml")
    text = (tmp_path / "mine.yaml").read_text()
    others = ["requirements", "high-level-design", "features", "candidates", "models"]
    others += ["offline-evaluation", "online-evaluation", "lifecycle"]
    omit = "".join(f"  {stage}: It is a short one.\n" for stage in others)
    (tmp_path / "mine.yaml").write_text(f"{text}omit:\n{omit}")

    result = run("mine.yaml")

    assert result.stdout.splitlines() == [
        "mine.yaml:4: stages.data.samples: warning: no samples: nothing in this stage is proved",
        "1 file, 0 problems, 1 warning; 0 stages proved by samples.",
    ]
    assert result.exit_code == 0


def test_samples_are_proved_with_the_real_scorer(tmp_path: Path) -> None:
    shutil.copy(CONTENT / "good" / "scenarios" / "whole.yaml", tmp_path)

    result = run("whole.yaml", "--scores")

    assert result.exit_code == 1
    assert ": stages.data.samples.strong: the strong sample must meet at least 80% of the core" in result.stdout
    assert "whole data: weak" in result.stdout


def test_json_is_one_object(tmp_path: Path) -> None:
    shutil.copy(CONTENT / "broken" / "level-unknown.yaml", tmp_path)

    result = run("level-unknown.yaml", "--no-samples", "--json")

    found = json.loads(result.stdout)
    assert (found["format"], found["ok"], found["files"], found["samples"]) == (1, False, 1, [])
    assert found["problems"][-1]["path"] == "stages.data.criteria[0].level"
    assert found["problems"][-1]["line"] == 9
    assert result.exit_code == 1


def test_broken_rubrics_of_ones_own_are_told_and_nothing_is_scored(tmp_path: Path) -> None:
    (tmp_path / "pack" / "rubrics").mkdir(parents=True)
    shutil.copy(CONTENT / "broken" / "rubric-no-criteria.yaml", tmp_path / "pack" / "rubrics" / "models.yaml")

    result = run("pack")

    assert "pack/rubrics/models.yaml:3: criteria: is empty" in result.stdout
    assert result.exit_code == 1


def test_a_path_that_is_not_there_is_a_usage_error() -> None:
    result = run("nowhere")

    assert isinstance(result.exception, UsageError)


def test_without_a_path_all_that_is_in_use_is_checked(tmp_path: Path) -> None:
    own = tmp_path / "home" / "data" / "content"
    own.mkdir(parents=True)
    shutil.copy(CONTENT / "broken" / "tag.yaml", own)

    result = run("--no-samples")

    assert "tag.yaml:2: tags (tag:yaml.org,2002:str) are not taken" in result.stdout
    assert result.exit_code == 1
