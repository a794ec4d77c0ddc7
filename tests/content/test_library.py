"""What a library holds, and how roots add to and override one another."""

import os
import shutil
from pathlib import Path

import pytest

from mlsd_coach.content.library import Library, builtin_root, digest_of
from mlsd_coach.errors import ContentError, UsageError
from mlsd_coach.models import STAGES, Level, Samples, Signal, Status

GOOD = Path(__file__).parent / "good"
SMALL = "format: 1\ntitle: {title}\nstages: {{data: {{prompt: P}}}}\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_scenario_is_read_key_by_key() -> None:
    scenario = Library([GOOD]).scenario("whole")

    assert (scenario.title, scenario.family, scenario.tags) == ("2024: a year in search", "search", ("search", "yes"))
    assert scenario.context == "A shop in a town."
    assert scenario.levels == (Level.SENIOR, Level.STAFF)
    assert [(n.id, n.value, n.unit) for n in scenario.numbers] == [
        ("daily_users", 1_200_000, "users"),
        ("share", 0.5, "fraction"),
    ]
    first, second = scenario.facts
    assert (first.id, first.asks, first.load_bearing, first.stage) == (
        "scale",
        ("@a-b-test", "how many"),
        True,
        "requirements",
    )
    assert (second.load_bearing, second.stage) == (False, "data")
    assert scenario.omitted == (("lifecycle", "Too short a round."),)
    assert scenario.resources[0].year == 2021
    assert scenario.source.endswith("whole.yaml")


def test_a_stage_is_the_rubric_less_what_is_dropped_and_the_scenarios_own() -> None:
    data = Library([GOOD]).scenario("whole").stage("data")

    assert (data.title, data.minutes, data.weight, data.purpose) == ("Data & labels", 2.5, 5, "What it is learnt from.")
    assert [criterion.id for criterion in data.criteria] == ["positive-label", "receipts"]
    assert data.own == {"receipts"}
    assert data.dropped == (("negatives", "There are none."),)
    assert data.samples == Samples("Data.", "Some data.", "Much data.")
    assert data.follow_ups[0].criterion == "receipts"


def test_stages_stand_in_their_order_and_take_what_they_lack_from_rubric_or_defaults() -> None:
    library = Library([GOOD])
    whole, small = library.scenario("whole"), library.scenario("statements-only")

    assert [stage.id for stage in whole.stages] == ["data", "features"]
    features = whole.stage("features")
    assert (features.title, features.minutes, features.weight) == ("Features", 6, 3)
    assert (small.stage("data").title, small.stage("data").minutes, small.stage("data").weight) == ("Data", 7, 2)
    assert small.opening == "Here is what I would like you to design today: Sort the post."


def test_a_criterion_of_id_and_statement_has_defaults() -> None:
    criterion = Library([GOOD]).scenario("statements-only").stage("data").criteria[-1]

    assert (criterion.signal, criterion.level, criterion.weight) == (Signal.DATA_SENSE, Level.MID, 1)
    assert (criterion.counts, criterion.evidence, criterion.ways) == ((Status.STATED,), None, ())


def test_other_names_of_levels_are_the_same_levels() -> None:
    rubrics = Library([GOOD]).rubrics()

    assert rubrics["data"].criteria[1].level is Level.SENIOR
    assert rubrics["features"].criteria[0].level is Level.STAFF
    assert rubrics["data"].criteria[1].counts == (Status.STATED, Status.ASKED)


def test_rules_are_kept_as_they_were_written() -> None:
    library = Library([GOOD])

    assert library.rubrics()["data"].criteria[0].evidence == "counts as a positive | positive is"
    assert library.rubrics()["data"].criteria[1].evidence == {
        "near": ["shown | seen", "not clicked", {"not": "@cold-start"}]
    }
    assert library.scenario("whole").stage("data").criteria[-1].reasoned == {"any": ["<number>"]}


def test_ways_from_a_file_of_their_own_are_merged_in() -> None:
    library = Library([GOOD])

    label = library.rubrics()["data"].criteria[0]
    assert label.ways == (("plain", ("A click is a yes.", "They opened it.")), ("terse", ("pos = click",)))
    assert label.near_misses == ("That is positive.",)
    receipts = library.scenario("whole").stage("data").criteria[-1]
    assert receipts.ways == (
        ("textbook", ("We join receipts.",)),
        ("plain", ("The till knows.",)),
        ("simple", ("Paper from shop.",)),
    )


def test_lexicon_levels_and_checklist_are_read() -> None:
    library = Library([GOOD])

    cold, test = library.lexicon().concepts
    assert (cold.id, cold.aliases, cold.lookalikes) == ("cold-start", ("new users", "on"), ("cold start of an engine",))
    assert cold.ambiguous[0].company == ("user", "item")
    assert test.aliases == ()
    levels = library.levels()
    assert [bar.id for bar in levels.bars] == list(Level)
    assert [band.floor for band in levels.bands] == [60.5, 0]
    (item,) = library.checklist()
    assert item.kinds[0].patterns == ("rating | review",)
    assert item.questions[0].criterion == "positive-label"


def test_good_content_has_no_problems_but_the_small_scenario_s_missing_stages() -> None:
    problems = Library([GOOD]).problems()

    assert all("leave it out with a reason" in problem.message for problem in problems), problems
    assert {Path(problem.file).stem for problem in problems} == {"whole", "statements-only"}


def test_heads_come_by_id_with_what_a_list_shows() -> None:
    heads = Library([GOOD]).heads()

    assert [(head.id, head.title, head.levels) for head in heads] == [
        ("statements-only", "Sort the post", tuple(Level)),
        ("whole", "2024: a year in search", (Level.SENIOR, Level.STAFF)),
    ]


def test_later_roots_add_and_override_by_id(tmp_path: Path) -> None:
    write(tmp_path / "pack", "scenarios/whole.yaml", SMALL.format(title="Mine"))
    write(tmp_path / "pack", "scenarios/extra.yaml", SMALL.format(title="More"))
    write(
        tmp_path / "pack",
        "rubrics/lexicon.yaml",
        "format: 1\nconcepts: [{id: cold-start, name: Mine}, {id: own, name: O}]\n",
    )
    library = Library([GOOD, tmp_path / "pack"])

    assert [head.title for head in library.heads()] == ["More", "Sort the post", "Mine"]
    assert library.scenario("whole").title == "Mine"
    assert [criterion.id for criterion in library.scenario("extra").stage("data").criteria] == [
        "positive-label",
        "negatives",
    ]
    assert {concept.id: concept.name for concept in library.lexicon().concepts} == {
        "cold-start": "Mine",
        "a-b-test": "A/B test",
        "own": "O",
    }


def test_a_rubric_of_a_later_root_does_not_take_the_ways_of_the_earlier_one(tmp_path: Path) -> None:
    text = "format: 1\nstage: data\ncriteria: [{id: positive-label, statement: Mine.}]\n"
    write(tmp_path, "rubrics/data.yaml", text)

    (criterion,) = Library([GOOD, tmp_path]).rubrics()["data"].criteria

    assert (criterion.statement, criterion.ways) == ("Mine.", ())


def test_ways_of_a_later_root_add_to_the_rubric_that_counts(tmp_path: Path) -> None:
    write(tmp_path, "rubrics/ways/data.yaml", "format: 1\ncriteria: {negatives: {ways: [Nobody touched it.]}}\n")

    negatives = Library([GOOD, tmp_path]).rubrics()["data"].criteria[1]

    assert negatives.ways == (("plain", ("Nobody touched it.",)),)


@pytest.mark.parametrize("place", ["flat", "flat/mine.yaml"])
def test_a_flat_folder_and_a_single_file_are_roots(place: str, tmp_path: Path) -> None:
    write(tmp_path, "flat/mine.yaml", SMALL.format(title="Mine"))

    assert Library([GOOD, tmp_path / place]).scenario("mine").title == "Mine"


def test_a_rubric_in_a_flat_folder_is_known_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, "features.yaml", "format: 1\nstage: features\ncriteria: [{id: a, statement: S.}]\n")

    assert set(Library([tmp_path]).rubrics()) == {"features"}


def test_a_root_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such content file or folder"):
        Library([tmp_path / "nowhere"]).heads()


def test_an_unknown_id_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"Unknown scenario 'whle'; did you mean 'whole'\?"):
        Library([GOOD]).scenario("whle")


def test_a_library_without_rubrics_still_serves_scenarios(tmp_path: Path) -> None:
    write(tmp_path, "mine.yaml", SMALL.format(title="Mine"))
    library = Library([tmp_path])

    assert library.scenario("mine").stage("data").criteria == ()
    assert library.lexicon().concepts == ()
    assert library.levels().bands == ()
    assert library.checklist() == ()


def test_a_scenario_is_refused_with_the_problems_of_the_rubrics_it_needs(tmp_path: Path) -> None:
    write(tmp_path, "rubrics/models.yaml", "format: 1\nstage: models\ncriteria: [{id: a}]\n")
    write(tmp_path, "scenarios/mine.yaml", "format: 1\nstages: {data: {prompt: P}}\n")

    with pytest.raises(ContentError) as caught:
        Library([GOOD, tmp_path]).scenario("mine")

    messages = [problem.message for problem in caught.value.problems]
    assert messages == ["the key 'title' is missing", "the key 'statement' is missing"]


def test_digests_change_with_the_files_they_cover(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "root")
    before = Library([tmp_path / "root"]).scenario("whole")
    ways = tmp_path / "root" / "scenarios" / "ways" / "whole.yaml"
    ways.write_text(ways.read_text().replace("The till knows.", "The till tells."))
    own = Library([tmp_path / "root"]).scenario("whole")
    lexicon = tmp_path / "root" / "rubrics" / "lexicon.yaml"
    lexicon.write_text(lexicon.read_text().replace("A/B test", "A/B testing"))
    general = Library([tmp_path / "root"]).scenario("whole")

    assert own.digest != before.digest
    assert own.rubrics_digest == before.rubrics_digest
    assert general.digest == own.digest
    assert general.rubrics_digest != own.rubrics_digest


def test_the_digest_of_a_scenario_without_ways_is_the_sha256_of_its_file() -> None:
    import hashlib

    raw = (GOOD / "scenarios" / "statements-only.yaml").read_bytes()

    assert Library([GOOD]).scenario("statements-only").digest == hashlib.sha256(raw).hexdigest()
    assert digest_of(raw.replace(b"\n", b"\r\n")) == digest_of(raw)


def test_a_folder_named_like_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "scenarios" / "odd.yaml").mkdir(parents=True)

    (problem,) = Library([tmp_path]).problems()

    assert problem.message == "not a file"


def test_the_name_of_a_file_must_be_an_id(tmp_path: Path) -> None:
    write(tmp_path, "scenarios/My Feed.yaml", SMALL.format(title="T"))
    library = Library([tmp_path])

    assert any("the file's name is the scenario's id" in problem.message for problem in library.problems())
    assert library.heads() == ()
    with pytest.raises(ContentError, match="found 'My Feed'"):
        library.scenario("My Feed")


def test_a_name_with_control_characters_or_broken_bytes_is_shown_without_them(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    for name in (b"red\x1b[31m.yaml", b"caf\xe9.yaml"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/scenarios/" + name)).write_text("format: 1\n")

    for problem in Library([tmp_path]).problems():
        assert str(problem).encode().isascii()
        assert "\x1b" not in str(problem)


def test_the_built_in_root_has_scenarios_and_all_nine_rubrics() -> None:
    library = Library([builtin_root()])

    assert list(library.rubrics()) == list(STAGES)
    assert {"feed-ranking", "video-search"} <= {head.id for head in library.heads()}
