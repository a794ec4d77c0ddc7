"""`mlsd-coach new scenario` and `mlsd-coach schema`: what an author starts with."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from mlsd_coach.commands.check import check
from mlsd_coach.commands.new import new
from mlsd_coach.commands.schema import schema
from mlsd_coach.content.library import Library
from mlsd_coach.content.schema import MODELS
from mlsd_coach.errors import CoachError, UsageError
from mlsd_coach.models import STAGES

APP = typer.Typer()
for command in (new, schema, check):
    APP.command()(command)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLSD_COACH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MLSD_COACH_CONTENT", raising=False)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(APP, list(arguments))


def test_the_template_loads_without_a_problem(tmp_path: Path) -> None:
    result = run("new", "scenario", "ad-clicks", "--to", "packs")

    assert result.exit_code == 0, result.output
    assert result.stdout == "packs/ad-clicks.yaml\n"
    library = Library([tmp_path / "packs"])
    assert library.problems() == ()
    scenario = library.scenario("ad-clicks")
    assert scenario.title == "Ad clicks"
    assert tuple(stage.id for stage in scenario.stages) == STAGES
    assert run("check", "packs").exit_code == 0


def test_the_template_loads_with_every_comment_taken_away(tmp_path: Path) -> None:
    run("new", "scenario", "ad-clicks", "--to", ".")
    lines = []
    for line in (tmp_path / "ad-clicks.yaml").read_text(encoding="utf-8").splitlines():
        bare = line.lstrip()
        is_yaml = bare.startswith("# ") and (bare[2:].startswith((" ", "- ")) or bare[2:].split(" ")[0].endswith(":"))
        is_prose = bare.startswith("#") and not is_yaml
        if not is_prose and "$schema" not in line and "omit: {candidates" not in line:
            lines.append(line.replace("# ", "", 1) if is_yaml else line)
    text = "\n".join(lines).replace("https://...", "https://example.org")
    (tmp_path / "ad-clicks.yaml").write_text(text.replace("title: ...", "title: A"), encoding="utf-8")

    problems = [str(problem) for problem in Library([tmp_path]).problems() if "no criterion" not in problem.message]

    assert problems == []
    requirements = Library([tmp_path]).scenario("ad-clicks").stage("requirements")
    assert [criterion.id for criterion in requirements.criteria] == ["who-pays"]
    assert requirements.samples.strong


def test_a_title_that_yaml_would_not_read_as_text_is_quoted(tmp_path: Path) -> None:
    run("new", "scenario", "2048", "--to", ".")
    run("new", "scenario", "on", "--to", ".")

    assert [head.title for head in Library([tmp_path]).heads()] == ["2048", "On"]


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("precious")

    refused = run("new", "scenario", "mine", "--to", ".")

    assert isinstance(refused.exception, UsageError)
    assert (tmp_path / "mine.yaml").read_text() == "precious"
    assert run("new", "scenario", "mine", "--to", ".", "--force").exit_code == 0
    assert (tmp_path / "mine.yaml").read_text().startswith("# yaml-language-server")


@pytest.mark.parametrize("name", ["Ad Clicks", "../up", "a--b", "", "é", "a" * 65, "a.yaml", "-x-"])
def test_a_name_that_is_no_id_is_refused(name: str, tmp_path: Path) -> None:
    result = run("new", "scenario", "--to", ".", "--", name)

    assert isinstance(result.exception, UsageError)
    assert list(tmp_path.iterdir()) == []


def test_another_kind_is_refused() -> None:
    assert isinstance(run("new", "rubric", "x").exception, UsageError)


def test_it_goes_to_scenarios_where_one_stands_and_to_ones_own_folder_otherwise(tmp_path: Path) -> None:
    own = run("new", "scenario", "mine").stdout.strip()
    (tmp_path / "scenarios").mkdir()
    near = run("new", "scenario", "mine").stdout.strip()

    assert own == str(tmp_path / "home" / "data" / "content" / "scenarios" / "mine.yaml")
    assert near == "scenarios/mine.yaml"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    result = run("new", "scenario", "mine", "--to", "file")

    assert isinstance(result.exception, CoachError)
    assert "Cannot write file/mine.yaml" in str(result.exception)


def test_a_schema_is_printed_as_json() -> None:
    assert json.loads(run("schema", "rubric").stdout)["title"] == "RubricFile"
    assert set(json.loads(run("schema").stdout)) == set(MODELS)


def test_schemas_are_written_to_a_folder(tmp_path: Path) -> None:
    assert run("schema", "--write", "out").exit_code == 0

    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{kind}.schema.json" for kind in MODELS}


def test_an_unknown_kind_is_answered_with_the_nearest() -> None:
    result = run("schema", "scenarioo")

    assert "did you mean 'scenario'?" in str(result.exception)
