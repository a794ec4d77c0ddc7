"""Every mistake an author can make is answered with its line, its place and what to do."""

import shutil
from pathlib import Path

import pytest

from mlsd_coach.content.library import Library
from mlsd_coach.errors import ContentError

BROKEN = Path(__file__).parent / "broken"
GOOD = Path(__file__).parent / "good"

# case: (where it is put, [(line, path, part of the message)])
CASES: dict[str, tuple[str, list[tuple[int, str, str]]]] = {
    "format-missing": ("scenario", [(1, "format", "the key 'format' is missing")]),
    "format-newer": ("scenario", [(1, "format", "written in format 2; this coach reads format 1: install a newer")]),
    "title-missing": ("scenario", [(1, "title", "the key 'title' is missing")]),
    "title-number": ("scenario", [(2, "title", "expected text, found a number (2048): put it in quotes")]),
    "title-empty": ("scenario", [(2, "title", "is empty: write the text, or leave the key out")]),
    "title-two-lines": ("scenario", [(2, "title", "expected a single line")]),
    "stages-empty": ("scenario", [(3, "stages", "is empty: at least 1 is needed")]),
    "stage-unknown": ("scenario", [(4, "stages.dta", "found 'dta'; did you mean 'data'?")]),
    "stage-nothing": ("scenario", [(4, "stages.data", "expected a mapping (key: value), found nothing")]),
    "prompt-missing": ("scenario", [(4, "stages.data.prompt", "the key 'prompt' is missing")]),
    "key-unknown": (
        "scenario",
        [(6, "stages.data.hint", "unknown key 'hint'; did you mean 'hints'?; known here: prompt,")],
    ),
    "key-unknown-deep": ("scenario", [(7, "numbers.dau.vlaue", "did you mean 'value'?; known here: value, unit")]),
    "key-twice": ("scenario", [(6, "title", "the key 'title' is here twice (first in line 2)")]),
    "level-unknown": ("scenario", [(9, "stages.data.criteria[0].level", "expected one of mid, senior, staff, core,")]),
    "weight-too-high": ("scenario", [(9, "stages.data.criteria[0].weight", "must be at most 5")]),
    "counts-unknown": ("scenario", [(9, "stages.data.criteria[0].counts[1]", "found 'denied'")]),
    "criterion-twice": (
        "scenario",
        [(9, "stages.data.criteria[1].id", "the id 'a' is here twice (first at stages.data")],
    ),
    "criterion-id": ("scenario", [(7, "stages.data.criteria[0].id", "an id is lower-case letters, digits")]),
    "list-expected": ("scenario", [(9, "stages.data.criteria[0].hints", "expected a list, found text")]),
    "ways-register": ("scenario", [(9, "stages.data.criteria[0].ways.formal", "known here: textbook, plain, terse,")]),
    "ways-form": ("scenario", [(9, "stages.data.criteria[0].ways", "expected a list of sentences, or a mapping from")]),
    "rule-concept": (
        "scenario",
        [(9, "stages.data.criteria[0].evidence", "unknown concept @cold-strat; did you mean 'cold-start'?")],
    ),
    "rule-number": (
        "scenario",
        [(9, "stages.data.criteria[0].evidence", "unknown <number:tme>; did you mean 'time'?")],
    ),
    "rule-alternative": ("scenario", [(9, "stages.data.criteria[0].evidence.any[0]", "an empty alternative")]),
    "rule-key": (
        "scenario",
        [(9, "stages.data.criteria[0].evidence", "unknown key 'nera' in a rule; did you mean 'near'?")],
    ),
    "rule-list": (
        "scenario",
        [(9, "stages.data.criteria[0].evidence", "not a list: put the list under any, all or near")],
    ),
    "rule-near-one": ("scenario", [(9, "stages.data.criteria[0].evidence.near", "at least two members")]),
    "rule-not-alone": ("scenario", [(9, "stages.data.criteria[0].evidence.not", "only works inside `near` or `all`")]),
    "rule-count": (
        "scenario",
        [(9, "stages.data.criteria[0].evidence.count.at_least", "a whole number from 1 to 2, the number of members")],
    ),
    "rule-two-keys": (
        "scenario",
        [(9, "stages.data.criteria[0].evidence", "found any, all: join them under all or any")],
    ),
    "fact-asks": ("scenario", [(7, "facts[0].asks[0]", "unknown key 'some' in a rule")]),
    "fact-twice": ("scenario", [(8, "facts[1].id", "the id 'f' is here twice")]),
    "resource-url": ("scenario", [(7, "resources[0].url", "expected an address that starts with https://")]),
    "follow-up-unknown": (
        "scenario",
        [
            (
                6,
                "stages.data.follow_ups[0].criterion",
                "no criterion 'positive-lable' in the stage data; did you mean 'p",
            )
        ],
    ),
    "drop-unknown": (
        "scenario",
        [
            (
                6,
                "stages.data.drop[0].criterion",
                "no criterion 'negative' in the rubric of data; did you mean 'negatives'?",
            )
        ],
    ),
    "id-in-rubric": ("scenario", [(7, "stages.data.criteria[0].id", "the rubric has a criterion 'negatives' already")]),
    "stage-in-neither": (
        "scenario",
        [(3, "stages", "no requirements, high-level-design, features, candidates, models,")],
    ),
    "stage-in-both": ("scenario", [(6, "omit.data", "the stage 'data' is left out here and written under stages")]),
    "bound-number": (
        "scenario",
        [
            (
                12,
                "facts[0].bounds[0].number",
                "no number 'latency_p90'; did you mean 'latency_p99'?; there are latency_p99",
            )
        ],
    ),
    "estimate-name": (
        "scenario",
        [(9, "estimates[0].formula", "no number 'post'; did you mean 'posts'?; there are posts")],
    ),
    "estimate-formula": ("scenario", [(9, "estimates[0].formula", "'max(posts)' is not taken in a formula")]),
    "estimate-nothing": (
        "scenario",
        [
            (9, "estimates[0].formula", "it comes to 0: no answer can be held against that"),
            (10, "estimates[1].formula", "'4 / posts' divides by zero"),
        ],
    ),
    "estimate-read": ("scenario", [(12, "estimates[0].reads.dims", "'dims' is read and not used")]),
    "vague-fact": (
        "scenario",
        [(10, "vague[0].between[0]", "no fact 'audiance'; did you mean 'audience'?; there are audience, load")],
    ),
    "change-omitted": (
        "scenario",
        [
            (8, "facts[0].stage", "the stage 'features' is left out here (see omit)"),
            (10, "red_flags[0].stages[1]", "the stage 'features' is left out here (see omit)"),
            (11, "change.after", "the stage 'features' is left out here (see omit)"),
        ],
    ),
    "change-in-rubric": (
        "scenario",
        [(10, "change.criteria[0].id", "the rubric of data has a criterion 'negatives' already: rename this one")],
    ),
    "thread-twice": ("scenario", [(9, "thread.sources[1].id", "the id 'logs' is here twice")]),
    "thread-criterion": (
        "rubrics/interviewer.yaml",
        [
            (
                7,
                "thread.links[1].criteria[1]",
                "no criterion 'positive-labl' in the rubric of data; did you mean 'positive-label'?",
            )
        ],
    ),
    "yes-unquoted": (
        "scenario",
        [(6, "tags[1]", 'unquoted yes is read as true or false by some YAML readers: write "yes"')],
    ),
    "no-as-key": ("scenario", [(7, "numbers.no", "as a key, unquoted no is read as true or false")]),
    "octal": ("scenario", [(6, "tags[0]", "unquoted 007 is read as an octal number")]),
    "sexagesimal": ("scenario", [(6, "tags[0]", "unquoted 12:30 is read as a number to the base of sixty")]),
    "date": ("scenario", [(6, "tags[0]", "unquoted 2024-01-31 is read as a date")]),
    "anchor": ("scenario", [(2, "", "anchors (&x) and aliases (*x) are not taken")]),
    "alias": ("scenario", [(2, "", "anchors (&x) and aliases (*x) are not taken")]),
    "tag": ("scenario", [(2, "", "are not taken: leave the tag out")]),
    "two-documents": ("scenario", [(6, "", "a second document (---) is not taken")]),
    "tab": ("scenario", [(4, "", "indent with spaces, not tabs")]),
    "colon": ("scenario", [(2, "", "quote text that contains a colon and a space")]),
    "empty": ("scenario", [(1, "", "expected keys and values at the top of the file, found nothing")]),
    "list-on-top": ("scenario", [(1, "", "expected keys and values at the top of the file, found a list")]),
    "not-utf8": ("scenario", [(2, "", "not UTF-8 (byte 0xe9): save the file as UTF-8")]),
    "rubric-no-criteria": ("rubrics/models.yaml", [(3, "criteria", "is empty: at least 1 is needed")]),
    "rubric-other-stage": (
        "rubrics/requirements.yaml",
        [(2, "stage", "the stage is 'models' but the file is named req")],
    ),
    "ways-unknown-criterion": (
        "rubrics/ways/data.yaml",
        [(3, "criteria.positive-labl", "no criterion 'positive-labl' in data; did you mean 'positive-label'?")],
    ),
    "levels-no-zero": (
        "rubrics/levels.yaml",
        [(2, "levels", "no text for senior, staff"), (4, "bands", "one band must start at 0")],
    ),
    "lexicon-twice": ("rubrics/lexicon.yaml", [(4, "concepts[1].id", "the id 'a' is here twice")]),
    "checklist-unknown": (
        "rubrics/checklist.yaml",
        [
            (6, "items[0].concepts[0]", "no concept 'cold-strat'; did you mean 'cold-start'?"),
            (7, "items[0].questions[0].criterion", "no rubric has a criterion 'nothing'"),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_mistake_is_told_with_its_line_and_place(case: str, tmp_path: Path) -> None:
    place, expected = CASES[case]
    root = tmp_path / "root"
    shutil.copytree(GOOD / "rubrics", root / "rubrics")
    target = root / (f"scenarios/{case}.yaml" if place == "scenario" else place)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(BROKEN / f"{case}.yaml", target)

    found = [problem for problem in Library([root]).problems() if Path(problem.file) == target]

    for line, path, message in expected:
        assert any(p.line == line and p.path == path and message in p.message for p in found), "\n".join(
            map(str, found)
        )
    others = [p for p in found if "leave it out with a reason" not in p.message]
    assert len(others) == len(expected) or case == "stage-in-neither", "\n".join(map(str, found))


def test_the_table_has_every_broken_file() -> None:
    assert {path.stem for path in BROKEN.iterdir()} == set(CASES)


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    for case in ("title-number", "key-unknown", "level-unknown"):
        shutil.copy(BROKEN / f"{case}.yaml", tmp_path / "scenarios")

    problems = Library([tmp_path]).problems()

    assert {Path(problem.file).stem for problem in problems} == {"title-number", "key-unknown", "level-unknown"}
    assert str(problems[0]).startswith(problems[0].file + ":")


def test_a_broken_scenario_is_left_out_of_the_list_and_refused_when_asked_for(tmp_path: Path) -> None:
    shutil.copy(BROKEN / "key-unknown.yaml", tmp_path)
    shutil.copy(GOOD / "scenarios" / "statements-only.yaml", tmp_path)
    library = Library([tmp_path])

    assert [head.id for head in library.heads()] == ["statements-only"]
    with pytest.raises(ContentError, match="unknown key 'hint'") as caught:
        library.scenario("key-unknown")
    assert caught.value.problems[0].line == 6


def test_a_small_scenario_without_all_stages_loads(tmp_path: Path) -> None:
    shutil.copy(BROKEN / "stage-in-neither.yaml", tmp_path)

    scenario = Library([tmp_path]).scenario("stage-in-neither")

    assert [stage.id for stage in scenario.stages] == ["data"]
