"""The interviewer kit: what it tells, and that a filled score sheet is read back to exactly what was marked."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_coach.content.kit import FilledSheet, asked_at, parts_in, read_kit
from mlsd_coach.content.kit_marks import Mark, read_date, read_mark, read_seconds
from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.errors import CoachError, ContentError, UsageError
from mlsd_coach.models import (
    CHANGE,
    Change,
    Fact,
    Interviewer,
    Level,
    RedFlag,
    Scenario,
    StagePlan,
    VagueQuestion,
    Verdict,
)
from mlsd_coach.reports.kit import render_kit
from mlsd_coach.scoring import scorecard_from_json, scorecard_to_json
from mlsd_coach.scoring.kit import score_kit
from tests.reports.goldens import assert_golden
from tests.reports.samples import GOAL, LOSS, small_levels, small_scenario

WRITTEN = {
    Mark.EMPTY: ("", " ", "  ", "_"),
    Mark.MISSING: ("0", " 0", "m", "-"),
    Mark.TICKED: ("x", "X", "✓"),
    Mark.NAMED: ("1", "n", "N "),
    Mark.REASONED: ("2", "r", " R", "２"),
}


def scenario() -> Scenario:
    """The small scenario with everything that an interviewer may know."""
    plan = StagePlan(CHANGE, "Books for children", 3, 2, "A law has come.", (replace(GOAL, id="law"), LOSS))
    flag = RedFlag("sale-as-label", "sale", "Hm. And a gift?", "gift", "A sale may be a gift.", ("data",))
    return replace(
        small_scenario(),
        facts=(
            Fact(
                "readers", "5 M a day | at peak 900/s.", load_bearing=True, about="how many *read*", questions=("QPS?",)
            ),
            Fact("rights", "They differ."),
        ),
        vague=(VagueQuestion(("how big",), "Big in which way?", ("readers", "rights")),),
        red_flags=(flag,),
        change=Change("data", plan),
    )


def kit(level: Level = Level.STAFF) -> str:
    return render_kit(scenario(), small_levels(), Interviewer(), level=level)


def find(name: str) -> Scenario:
    if name != "book-shelf":
        raise UsageError(f"Unknown scenario '{name}'.")
    return scenario()


def read(text: str, named: str | None = None) -> FilledSheet:
    return read_kit(text, find, source="kit.md", scenario=named)


def filled(text: str, **marks: str) -> str:
    """The kit with marks by criterion, the hyphens of ids as underscores."""
    for name, mark in marks.items():
        text = re.sub(rf"- \[ \] (`[a-z-]+/{name.replace('_', '-')}`)", rf"- [{mark}] \1", text)
    return text


def problems(text: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read(text)
    return [str(each) for each in caught.value.problems]


# The kit -------------------------------------------------------------------------------------------------------------


def test_the_whole_kit():
    assert_golden("kit.md", kit(Level.MID))


@pytest.mark.parametrize("level", list(Level))
def test_the_sheet_asks_what_the_level_asks(level: Level):
    sheet = read(filled(kit(level), goal="0"))

    assert [(box.stage, box.criterion) for box in sorted(sheet.boxes, key=lambda box: box.stage)] == sorted(
        ((plan.id, name) for plan in parts_in(scenario()) for name in asked_at(plan, level)), key=lambda pair: pair[0]
    )
    assert sheet.level is level


# Round trip ----------------------------------------------------------------------------------------------------------


@cache
def shipped() -> tuple[Library, Scenario]:
    library = Library([builtin_root()])
    return library, library.scenario("video-search")


@cache
def shipped_kit(level: Level) -> str:
    library, found = shipped()
    return render_kit(found, library.levels(), library.interviewer(), level=level)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), level=st.sampled_from(list(Level)))
def test_marks_written_by_anybody_are_read_back(seed: int, level: Level):
    """Whatever is marked, and however the markdown was edited around it."""
    rng = random.Random(seed)
    marks: list[tuple[str, Mark]] = []
    quotes: list[tuple[str, ...]] = []
    lines: list[str] = []
    for line in shipped_kit(level).splitlines():
        if not line.startswith("- [ ] `"):
            lines.append(line + " " * rng.randint(0, 2))
            continue
        mark = rng.choice(list(Mark))
        marks.append((line.split("`")[1], mark))
        lines.append(_edited(line, rng.choice(WRITTEN[mark]), rng))
        said = tuple(f"We log {rng.randint(1, 99)} % of it." for _ in range(rng.randint(0, 2)))
        quotes.append(said)
        lines += [rng.choice(("  > {}", "> {}", "   >{}  ", '> "{}"', "  - > {}")).format(each) for each in said]
        if rng.random() < 0.1:
            lines.append("  he was fast here, see data/labels")
    sheet = read_kit(
        rng.choice(("\n", "\r\n", "\r")).join(lines), lambda _: shipped()[1], source="kit.md", scenario=None
    )

    assert [(f"{box.stage}/{box.criterion}", box.mark) for box in sheet.boxes] == marks
    assert [box.quotes for box in sheet.boxes] == quotes
    assert sheet.level is level


def _edited(line: str, written: str, rng: random.Random) -> str:
    head = rng.choice(("- [{}]", "* [{}]", "+ [{}] ", "-  [{}]", "  - [{}]", "- \\[{}\\]", "- **[{}]**", "[{}]"))
    rest = line.removeprefix("- [ ]")
    name = line.split("`")[1]
    edits: list[Callable[[str], str]] = [
        lambda text: text,
        lambda text: text.replace(name, name.upper()),
        lambda text: text.replace("`", ""),
        lambda text: text.replace("`", "").replace("/", " / ", 1),
        lambda text: text[: text.rindex("`") + 1],
    ]
    return head.format(written) + rng.choice(edits)(rest)


# The scorecard -------------------------------------------------------------------------------------------------------


def test_the_friend_s_marks_are_the_verdicts_and_their_quotes_the_answer():
    text = filled(kit(), goal="2", scale="n", rights="0", label="x")
    text = re.sub(r"(.*/goal`.*)", r"\1\n  > Coming back,\n  > because a sale happens once.", text)
    text = re.sub(r"(.*/scale`.*)", r"\1\n  > How many?", text)
    card = score_kit(read(text), scenario(), small_levels())
    first = card.stages[0]

    assert first.answer == "Coming back,\nbecause a sale happens once.\nHow many?"
    assert [(each.verdict, each.points) for each in first.judgements] == [
        (Verdict.REASONED, 3.0),
        (Verdict.NAMED, 1.0),
        (Verdict.MISSING, 0.0),
    ]
    for each in first.judgements:
        assert all(first.answer[quote.start : quote.end] == quote.quote for quote in each.evidence)
    assert [len(each.evidence) for each in first.judgements] == [2, 1, 0]
    assert card.stages[1].judgements[0].verdict is Verdict.NAMED
    assert card.change is None  # nothing was written down of it
    assert scorecard_from_json(scorecard_to_json(card)).score == card.score


def test_the_change_counts_where_something_was_marked():
    without = score_kit(read(filled(kit(), goal="2")), scenario(), small_levels())
    changed = score_kit(read(filled(kit(), goal="2", law="2")), scenario(), small_levels())

    assert changed.change is not None
    assert changed.change.judgements[0].verdict is Verdict.REASONED
    assert changed.score > without.score


def test_a_stage_taken_off_the_sheet_is_left_out_and_a_line_counts_as_missing():
    text = filled(kit(), goal="2", label="2")
    text = "\n".join(line for line in text.split("\n") if "/loss`" not in line and "/scale`" not in line)
    sheet = read(text)
    card = score_kit(sheet, scenario(), small_levels())

    assert [stage.id for stage in card.stages] == ["requirements", "data"]
    assert [each.verdict for each in card.stages[0].judgements][1] is Verdict.MISSING
    assert "Not on the sheet any more, so left out of the score: models." in sheet.remarks
    assert "Not on the sheet any more, counted as missing: requirements/scale, change/loss." in sheet.remarks


def test_what_was_decided_is_told():
    text = filled(kit(), goal="x", scale="x", rights="2", law="1")
    text = re.sub(r"(.*/label`.*)", r"\1\n> A sale.", text)
    line = next(number for number, row in enumerate(text.split("\n"), 1) if "/label`" in row)

    assert read(text).remarks == (
        "3 boxes are empty: counted as missing.",
        "2 boxes are ticked: counted as 1 (named).",
        f"A quote but no mark, counted as missing: line {line}.",
    )


def test_head_fields_and_minutes():
    text = (
        filled(kit(), goal="2")
        .replace("- Candidate:", "- **Candidate:** Anna Ü. ")
        .replace("- Date:", "Date: 2.1.2025")
    )
    text = text.replace("- Interviewer:", "- interviewer : _Ben_").replace("`data` (of 6):", "data: 7,5 min")
    text = text.replace("`requirements` (of 6):", "`Requirements` (of 6): 5:30")
    sheet = read(text)

    assert (sheet.candidate, sheet.interviewer, str(sheet.held_on)) == ("Anna Ü.", "Ben", "2025-01-02")
    assert sheet.seconds == (("requirements", 330.0), ("data", 450.0))


# Problems ------------------------------------------------------------------------------------------------------------


def test_every_problem_comes_with_its_line():
    text = filled(kit(), goal="3", scale="2", rights="half of it", label="r").replace("data/label", "data/labels")
    text = text.replace("- Date:", "- Date: soon").replace("- Level: staff", "- Level: boss")
    text = text.replace("`models` (of 8):", "`models` (of 8): long")
    text = text.replace("### Data\n\n-", "### Data\n\n> lost words\n\n-") + "\n- [2] `requirements/scale` again\n"
    lines = text.split("\n")

    def at(part: str) -> int:
        return max(number for number, line in enumerate(lines, 1) if part in line)

    first = next(number for number, line in enumerate(lines, 1) if "/scale`" in line)

    assert problems(text) == [
        f"kit.md:{at('Level: boss')}: unknown level 'boss'; it is mid, senior, staff",
        f"kit.md:{at('Date: soon')}: 'soon' is no date; write it as 2026-11-25",
        f"kit.md:{at('/goal`')}: '3' in the box of `requirements/goal` is no mark",
        f"kit.md:{at('/rights`')}: 'half of it' in the box of `requirements/rights` is no mark",
        f"kit.md:{at('lost words')}: a quote below no box: put it under the criterion that it is about",
        f"kit.md:{at('/labels`')}: unknown criterion 'data/labels'; did you mean 'label'?",
        f"kit.md:{at('long')}: 'long' are no minutes; write them as 7, 7.5 or 7:30",
        f"kit.md:{at('again')}: `requirements/scale` is here twice (first in line {first})",
    ]


@pytest.mark.parametrize(
    "broken", ["- `requirements/goal` Asks", "- 2 `requirements/goal` Asks", "- [2 `requirements/goal`"]
)
def test_a_box_that_is_gone_is_a_problem(broken: str):
    text = re.sub(r"- \[ \] `requirements/goal`", broken, kit())

    assert ["has no box [ ] before it" in each for each in problems(text)] == [True]


@pytest.mark.parametrize("text", ["", "# Notes\n\nNothing here.", "- [ ] buy milk\n"])
def test_a_file_without_a_box_is_no_sheet(text: str):
    assert problems(text) == ["kit.md:0: no box of a score sheet is in this file"]


def test_a_stage_of_another_scenario_is_a_problem():
    assert "unknown stage 'dat'; did you mean 'data'?" in problems(kit().replace("`data/label`", "`dat/label`"))[0]


def test_which_scenario():
    cut = kit().replace("- Scenario: book-shelf\n", "")

    assert read(cut, "book-shelf").scenario == "book-shelf"
    with pytest.raises(UsageError, match="Which scenario"):
        read(cut)
    with pytest.raises(UsageError, match="is for 'book-shelf', not for 'feed-ranking'"):
        read(kit(), "feed-ranking")
    with pytest.raises(UsageError, match="Unknown scenario"):
        read(cut, "x")


def test_without_a_level_it_is_senior_and_that_is_said():
    sheet = read(kit(Level.SENIOR).replace("- Level: senior", ""))

    assert (sheet.level, "held against senior" in sheet.remarks[0]) == (Level.SENIOR, True)


@pytest.mark.parametrize(
    "text",
    ["x" * 1_100_000, "# " + "#" * 400_000 + "x", "[1]" + " " * 400_000 + "!", "- " + "*" * 400_000, "> " * 400_000],
    ids=["large", "hashes", "blanks", "stars", "quotes"],
)
def test_a_hostile_file_is_refused_at_once(text: str):
    with pytest.raises(CoachError):
        read(text)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="[]\\ `/-*>#:012xnr\n\rabdegolt", max_size=300))
def test_any_text_is_read_or_refused_with_a_sentence(text: str):
    said = ""
    try:
        read(filled(kit(), goal="2") + "\n" + text)
    except CoachError as error:
        said = str(error)
    assert not said or "kit.md:" in said


# What people write ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mark", "written"), [(mark, text) for mark, texts in WRITTEN.items() for text in texts])
def test_a_mark_as_people_write_it(mark: Mark, written: str):
    assert read_mark(written) is mark


@pytest.mark.parametrize("written", ["3", "12", "0 1", "1/2", "?", "good"])
def test_no_mark(written: str):
    assert read_mark(written) is None


@pytest.mark.parametrize(
    ("written", "seconds"), [("", None), ("___", None), ("7", 420), ("7.5", 450), ("7,5 min", 450), ("7:05", 425)]
)
def test_minutes_as_people_write_them(written: str, seconds: float | None):
    assert read_seconds(written) == seconds


@pytest.mark.parametrize("written", ["seven", "7:75", "-3", "1e9", "99999", "nan"])
def test_no_minutes(written: str):
    with pytest.raises(ValueError, match=r"."):
        read_seconds(written)


@pytest.mark.parametrize("written", ["2025-02-30", "11/25/2025", "today", "2025", "0000-01-01"])
def test_no_date(written: str):
    with pytest.raises(ValueError, match=r"."):
        read_date(written)
