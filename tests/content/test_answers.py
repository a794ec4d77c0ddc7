"""Reading an answers file: headings found in any dress, everything else refused with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_coach.content.answers import decode_answers, read_answers
from mlsd_coach.content.library import Library
from mlsd_coach.errors import CoachError, ContentError
from mlsd_coach.models import STAGE_MINUTES, Scenario, StagePlan

GOOD = Path(__file__).parent / "good"


def stage(name: str, title: str = "") -> StagePlan:
    return StagePlan(name, title or name.replace("-", " ").capitalize(), STAGE_MINUTES[name], 3, "Prompt.", ())


SCENARIO = Scenario(
    id="fraud",
    title="Fraud",
    family="",
    opening="",
    context="",
    stages=(
        stage("requirements"),
        stage("high-level-design"),
        stage("data", "Data & labels"),
        stage("offline-evaluation"),
    ),
    omitted=(("candidates", "Everything is scored."),),
)


def read(text: str) -> dict[str, str]:
    return read_answers(text, SCENARIO, source="answers.md")


def refused(text: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "heading",
    [
        "# data", "###### data", "## Data & labels", "# DATA AND LABELS", "## data:", "## **Data**", "# Data #",
        "## 3. Data", "## Stage 3: Data", "## Data (6 min)", "  # data", "#\tdata", "Data\n====", "Data & labels\n---",
        "# ｄａｔａ",
    ],
)  # fmt: skip
def test_a_heading_is_found_in_any_dress(heading: str) -> None:
    assert read(f"{heading}\n\nClicks.\n") == {"data": "Clicks."}


@pytest.mark.parametrize(
    "heading", ["high-level-design", "High level design", "HIGH-LEVEL DESIGN", "high_level_design"]
)
def test_hyphens_and_spaces_are_the_same(heading: str) -> None:
    assert read(f"# {heading}\nTwo steps.") == {"high-level-design": "Two steps."}


def test_stages_come_in_the_order_of_the_file_and_keep_their_text() -> None:
    text = "\ufeff# Data\r\n\r\n- clicks\r\n- views\r\n\r\n    code\r\n# Requirements\r\nWho?\r\n"

    assert read(text) == {"data": "- clicks\n- views\n\n    code", "requirements": "Who?"}
    assert list(read(text)) == ["data", "requirements"]


def test_a_heading_without_text_is_an_empty_answer() -> None:
    assert read("# data\n# requirements\nWho?") == {"data": "", "requirements": "Who?"}


def test_a_title_above_the_stages_is_left_out() -> None:
    assert read("# My mock of Tuesday\n\n## data\nClicks.") == {"data": "Clicks."}


def test_deeper_headings_belong_to_the_answer() -> None:
    assert read("## data\n### Sources\nClicks.\n#### More\n") == {"data": "### Sources\nClicks.\n#### More"}


def test_what_stands_in_a_code_fence_is_no_heading() -> None:
    text = "# data\n```python\n# nonsense\n```\n~~~\n# requirements\n```\n# nonsense\n~~~\nEnd."

    assert list(read(text)) == ["data"]
    assert read(text)["data"].endswith("End.")


def test_dashes_under_a_line_that_names_no_stage_are_text() -> None:
    assert read("# data\na | b\n--- | ---\nplain\n---\n#hashtag") == {"data": "a | b\n--- | ---\nplain\n---\n#hashtag"}


def test_control_characters_are_left_out() -> None:
    assert read("# data\nred \x1b[31mtext\u202e\x00") == {"data": "red [31mtext"}


def test_unknown_and_repeated_headings_come_all_at_once() -> None:
    assert refused("# requirments\nx\n# data\ny\n# Databases\nz\n# Data & labels\n") == [
        "answers.md:1: unknown heading 'requirments'; did you mean 'requirements'?",
        "answers.md:5: unknown heading 'Databases'; did you mean 'data'?",
        "answers.md:7: the heading 'Data & labels' is here twice (first in line 3)",
    ]


def test_a_mistyped_stage_is_told_at_any_depth() -> None:
    assert refused("# data\nx\n### Offline evaluatoin\ny") == [
        "answers.md:3: unknown heading 'Offline evaluatoin'; did you mean 'offline-evaluation'?"
    ]


def test_a_stage_that_the_scenario_leaves_out_is_told() -> None:
    assert refused("# data\nx\n# candidates\ny") == [
        "answers.md:3: the scenario fraud leaves out the stage 'candidates'"
    ]


def test_text_before_the_first_heading_is_told() -> None:
    assert refused("\nHello.\n# data\nx") == ["answers.md:2: text before the first heading that names a stage"]


@pytest.mark.parametrize("text", ["", "  \n\n", "\ufeff", "\x00\x1b"])
def test_an_empty_file_is_told(text: str) -> None:
    assert refused(text) == ["answers.md:0: the file is empty"]


def test_a_file_without_headings_says_how_to_write_them() -> None:
    with pytest.raises(ContentError, match="Start each answer with a heading such as `# requirements`"):
        read("I would use clicks.")


def test_more_than_a_megabyte_is_refused() -> None:
    with pytest.raises(ContentError, match="larger than 1 MB"):
        read("# data\n" + "word " * 200_001)
    with pytest.raises(ContentError, match="larger than 1 MB"):
        decode_answers(b"x" * 1_000_001, source="answers.md")


def test_bytes_are_utf8_with_or_without_a_mark() -> None:
    assert decode_answers("\ufeffgrün".encode(), source="-") == "grün"
    with pytest.raises(ContentError, match=r"answers\.md:2: not UTF-8") as caught:
        decode_answers(b"# data\ncaf\xe9", source="answers.md")
    assert "UTF-8" in caught.value.fix


def test_the_strong_samples_of_a_scenario_come_back_as_they_are() -> None:
    scenario = Library([GOOD]).scenario("whole")
    text = "".join(f"# {stage.title}\n{stage.samples.strong}\n" for stage in scenario.stages)

    assert read_answers(text, scenario, source="-") == {"data": "Much data.", "features": ""}


MARKDOWN = st.lists(
    st.sampled_from(
        ["# data", "## Requirements", "### x", "```", "~~~~", "---", "===", "", "text", "data", "#", "- a", "\x1b"]
    )
    | st.text(max_size=30),
    max_size=30,
).map("\n".join)


@given(MARKDOWN)
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    try:
        answers = read(text)
    except CoachError as error:
        assert str(error)  # noqa: PT017 - both ends are right
    else:
        assert answers
        assert set(answers) <= {stage.id for stage in SCENARIO.stages}


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(raw: bytes) -> None:
    try:
        text = decode_answers(raw, source="-")
    except CoachError:
        return
    assert text.encode() in {raw, raw.removeprefix(b"\xef\xbb\xbf")}


SENTENCES = st.lists(
    st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1, max_size=40).filter(lambda line: line.strip()),
    max_size=4,
)


@given(st.lists(st.tuples(st.sampled_from(SCENARIO.stages), SENTENCES), unique_by=lambda pair: pair[0].id, min_size=1))
def test_what_was_written_under_headings_comes_back(parts: list[tuple[StagePlan, list[str]]]) -> None:
    text = "\n\n".join(f"## {plan.title}\n" + "\n".join(lines) for plan, lines in parts)

    assert read(text) == {plan.id: "\n".join(lines).strip() for plan, lines in parts}
