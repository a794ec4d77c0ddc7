"""`appeal`: a verdict marked as wrong, shown beside the coach's, withdrawn, and written for a pull request."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from benchmarks.gold import RANK
from mlsd_coach.history.claims import appeals_of
from mlsd_coach.history.store import Store
from mlsd_coach.models import Appeal, Scorecard, Verdict
from tests.commands.program import Program
from tests.reports.samples import ANSWER, LABEL, SCALE, small_attempt, small_card
from tests.reports.schema_check import problems
from tests.reports.test_json_contract import SCHEMA
from tests.terminal.terminals import Terminal, coach

NAME = "20250102-030405-book-shelf"
LABEL_IS_NAMED = ("appeal", "label", "--verdict", "named", "--quote", "a SALE.", "--reason", "It says *what* it is.")


@pytest.fixture
def kept(program: Program) -> Program:
    """A history with one attempt."""
    program.keep(small_attempt())
    return program


def appeals(program: Program, name: str = NAME) -> tuple[Appeal, ...]:
    with Store(program.history) as store:
        attempt = store.attempt(name)
    assert attempt is not None
    return appeals_of(attempt)


def with_twins() -> Scorecard:
    """A card of which two stages have a criterion `label`."""
    card = small_card()
    requirements, data, *rest = card.stages
    twin = replace(data.judgements[0], verdict=Verdict.MISSING, evidence=())
    first = replace(requirements, judgements=(*requirements.judgements, twin))
    return replace(card, stages=(first, data, *rest))


# Filing ------------------------------------------------------------------------------------------------------------


def test_an_appeal_is_kept_beside_the_verdict_with_its_exact_quote(kept: Program):
    ran = kept.run(*LABEL_IS_NAMED)

    assert (ran.code, ran.out) == (0, "")
    assert "Kept: data/label. The coach says maybe, you say named." in ran.err
    assert "Your score stays 19.8." in ran.err
    (appeal,) = appeals(kept)
    assert (appeal.stage, appeal.criterion, appeal.verdict, appeal.reason) == (
        "data",
        "label",
        Verdict.NAMED,
        "It says *what* it is.",
    )
    assert appeal.quote is not None
    assert (appeal.quote.quote, appeal.quote.start, appeal.quote.end) == ("a sale.", 16, 23)
    with Store(kept.history) as store:
        attempt = store.attempt()
    assert attempt is not None
    assert attempt.scorecard == small_attempt().scorecard


def test_a_quote_may_differ_in_white_space_and_case(kept: Program):
    words = "BECAUSE  <b>Sales</b> happen once. how many"
    assert kept.run("appeal", "scale", "--verdict", "reasoned", "--quote", words).code == 0

    (appeal,) = appeals(kept)
    assert appeal.quote is not None
    assert appeal.quote.quote == "because <b>sales</b> happen once.\nHow many"
    assert ANSWER[appeal.quote.start : appeal.quote.end] == appeal.quote.quote


def test_a_reason_alone_is_enough_and_a_second_appeal_replaces_the_first(kept: Program):
    kept.run(*LABEL_IS_NAMED)
    ran = kept.run("appeal", "Data/Label", "--verdict", "reasoned", "--reason", "\x1b[31mRead  it\nagain")

    assert "Kept in the place of your earlier one: data/label." in ran.err
    (appeal,) = appeals(kept)
    assert (appeal.verdict, appeal.quote, appeal.reason) == (Verdict.REASONED, None, "[31mRead it again")


@pytest.mark.parametrize("wanted", [NAME, "2025", "book-shelf"])
def test_the_attempt_may_be_an_id_its_beginning_or_a_scenario(program: Program, wanted: str):
    other = replace(small_card(), scenario="feed-ranking")
    program.keep(small_attempt(), small_attempt("2031-newest", card=other, finished_at="2031"))
    program.run("appeal", wanted, "goal", "--verdict", "named", "--reason", "x")

    assert len(appeals(program)) == 1
    assert appeals(program, "2031-newest") == ()


def test_a_criterion_of_two_stages_has_to_be_named_with_its_stage(program: Program):
    program.keep(small_attempt(card=with_twins()))
    more = ("--verdict", "named", "--quote", "readers")
    ran = program.run("appeal", "label", *more)

    assert (ran.code, appeals(program)) == (2, ())
    assert ran.err == "2 stages have a criterion 'label'. Which one: requirements/label, data/label?\n"
    assert program.run("appeal", "requirements/label", *more).code == 0
    assert [(appeal.stage, appeal.criterion) for appeal in appeals(program)] == [("requirements", "label")]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("appeal",), "Which verdict? Pass a criterion; see them: mlsd-coach show 20250102-030405-book-shelf --plain"),
        (("appeal", "lable"), "Unknown criterion 'lable'; did you mean 'label'?"),
        (("appeal", "data/lable"), "did you mean 'data/label'?"),
        (("appeal", "book-shelff", "label"), "Unknown attempt 'book-shelff'; did you mean 'book-shelf'?"),
        (("appeal", "book-shelf"), "Which verdict? Pass a criterion;"),
        (("appeal", NAME, "data", "label"), "found 3 words"),
        (("appeal", "label"), "Pass --verdict named, reasoned, missing."),
        (("appeal", "goal"), "Pass --verdict named, missing."),
        (("appeal", "label", "--verdict", "named"), "An appeal needs words or a reason. Pass --quote, --reason"),
        (("appeal", "label", "--verdict", "named", "--reason", " "), "An appeal needs words or a reason."),
        (("appeal", "label", "--verdict", "nmaed", "--reason", "x"), "did you mean 'named'?"),
        (("appeal", "label", "--verdict", "maybe", "--reason", "x"), "Unknown verdict 'maybe'"),
        (("appeal", "scale", "--verdict", "named", "--reason", "x"), "The coach says 'named' already."),
        (
            ("appeal", "label", "--verdict", "named", "--quote", "A positive is one sale."),
            "the nearest is: “A positive is",
        ),
        (("appeal", "label", "--verdict", "named", "--quote", "zzz"), "does not hold these words. Copy them from it"),
        (("appeal", "label", "--verdict", "named", "--quote", ""), "does not hold these words."),
        (("appeal", "label", "--verdict", "named", "--reason", "x" * 2001), "The reason has 2001 characters."),
        (("appeal", "label", "--withdraw"), "There is no appeal against data/label in 20250102-030405-book-shelf."),
        (("appeal", "label", "--withdraw", "--reason", "x"), "Drop --verdict, --quote and --reason."),
        (("appeal", "label", "-o", "x"), "--output belongs to `appeal export`."),
        (("appeal", "label", "--force"), "--force belongs to `appeal export`."),
        (("appeal", "export"), "There is no appeal in 20250102-030405-book-shelf. File one: mlsd-coach appeal"),
        (("appeal", "export", "--withdraw"), "Drop --verdict, --quote, --reason, --withdraw."),
        (("appeal", "export", NAME, "label"), "takes one attempt"),
        (("appeal", "export", "2031"), "Unknown attempt '2031'"),
    ],
)
def test_bad_input_is_told_with_the_fix_and_keeps_nothing(kept: Program, words, says):
    ran = kept.run(*words)

    assert says in ran.err
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert appeals(kept) == ()


def test_a_stage_without_an_answer_cannot_be_appealed(program: Program):
    card = small_card()
    stage = replace(card.stages[2], judgements=(replace(card.stages[1].judgements[0], evidence=()),))
    program.keep(small_attempt(card=replace(card, stages=(stage,))))
    ran = program.run("appeal", "label", "--verdict", "named", "--reason", "x")

    assert (ran.code, "was not answered" in ran.err, appeals(program)) == (2, True, ())


def test_without_an_attempt_it_says_how_to_get_one(program: Program):
    for words in (("appeal", "label"), ("appeal", "export")):
        ran = program.run(*words)
        assert (ran.code, ran.err) == (2, "There is no attempt yet. Sit one: mlsd-coach practice\n")
    assert not program.history.exists()


def test_an_appeal_can_be_withdrawn(kept: Program):
    kept.run(*LABEL_IS_NAMED)
    kept.run("appeal", "goal", "--verdict", "named", "--reason", "x")
    ran = kept.run("appeal", "label", "--withdraw")

    assert (ran.code, ran.err) == (0, "Withdrawn: data/label.\n")
    assert [appeal.criterion for appeal in appeals(kept)] == ["goal"]


# Showing -----------------------------------------------------------------------------------------------------------


def test_the_debrief_shows_the_verdict_and_the_appeal(kept: Program):
    before = kept.run("show").out
    kept.run(*LABEL_IS_NAMED)
    after = kept.run("show")

    words = " ".join(after.out.split())
    assert "? maybe Says what a positive example is. (0 of 2)" in words
    assert "> You say: named. It says *what* it is. “a sale.”" in words
    assert [row for row in after.out.splitlines() if "You say" not in row and row != "    “a sale.”"] == (
        before.splitlines()
    )


def test_plain_and_markdown_show_both(kept: Program):
    kept.run(*LABEL_IS_NAMED)
    lines = kept.run("show", "--plain").out.splitlines()
    markdown = kept.run("show", "--markdown").out

    at = lines.index("You say: named. It says *what* it is.")
    assert lines[at + 1] == 'Your quote: "a sale."'
    assert lines[at - 2].startswith("Maybe: Says what a positive example is. (label, 0 of 2 points)")
    assert "- **You say: named**. It says \\*what\\* it is. “a sale.”\n" in markdown
    assert "**Maybe** (0 of 2)" in markdown


def test_json_shows_both_and_fits_the_schema(kept: Program):
    kept.run(*LABEL_IS_NAMED)
    card = json.loads(kept.run("show", "--json").out)

    assert problems(SCHEMA, card, SCHEMA) == []
    by_id = {each["id"]: each for stage in card["stages"] for each in stage["criteria"]}
    appeal = by_id["label"].pop("appeal")
    assert (appeal["verdict"], appeal["quote"]) == ("named", {"quote": "a sale.", "start": 16, "end": 23})
    assert card == small_attempt().scorecard


@pytest.mark.parametrize(
    ("criterion", "says"),
    [("rights", "Asks which books may be shown where."), ("loss", "Names the loss.")],
    ids=["above the level", "not judged"],
)
def test_an_appealed_verdict_is_shown_where_it_else_would_not_be(kept: Program, criterion: str, says: str):
    kept.run("appeal", criterion, "--verdict", "named", "--reason", "I did.")

    assert f"{says} (0 of 1" in " ".join(kept.run("show").out.split())
    assert "You say: named. I did." in kept.run("show", "--plain").out


# Export ------------------------------------------------------------------------------------------------------------


def test_export_writes_a_line_for_each_appealed_answer(kept: Program):
    kept.run(*LABEL_IS_NAMED)
    kept.run("appeal", "goal", "--verdict", "named", "--reason", "No reason in it.")
    kept.run("appeal", "scale", "--verdict", "reasoned", "--quote", "How many readers?")
    ran = kept.run("appeal", "export")
    first, second = map(json.loads, ran.out.splitlines())

    assert (ran.code, "read it before you send it" in ran.err) == (0, True)
    assert (first["scenario"], first["stage"], first["answer"]) == ("book-shelf", "requirements", ANSWER)
    assert first["labels"] == {"goal": ["named"] * 3, "scale": ["reasoned"] * 3}
    assert second["labels"] == {"label": ["named"] * 3}
    (entry,) = second["appeals"]
    assert (entry["criterion"], entry["statement"]) == ("label", LABEL.statement)
    assert (entry["machine"]["verdict"], entry["candidate"]["verdict"]) == ("maybe", "named")
    assert entry["candidate"]["reason"] == "It says *what* it is."
    assert second["digests"] == {"scenario": "s", "rubrics": "r", "scorer": "x"}
    for line in (first, second):
        quotes = [each["candidate"]["quote"] for each in line["appeals"]]
        assert all(line["answer"][quote["start"] : quote["end"]] == quote["quote"] for quote in quotes if quote)


def test_a_line_has_the_keys_of_the_gold_answers_and_tells_nothing_else_of_the_attempt(kept: Program):
    kept.run("appeal", "scale", "--verdict", "reasoned", "--quote", "How many readers?")
    line = kept.run("appeal", "export", NAME[:8]).out

    entry = json.loads(line)
    assert {"stage", "writer", "part", "answer", "labels"} <= entry.keys()
    assert all(len(readings) == 3 and set(readings) <= set(RANK) for readings in entry["labels"].values())
    assert entry["labels"].keys() == {SCALE.id}
    assert NAME not in line
    assert "2025" not in line


def test_export_to_a_file_never_overwrites_unless_told_to(kept: Program):
    kept.run(*LABEL_IS_NAMED)
    path = kept.home / "appeals.jsonl"
    ran = kept.run("appeal", "export", "--output", str(path))

    assert (ran.code, ran.out) == (0, "")
    assert path.read_text(encoding="utf-8") == kept.run("appeal", "export", "-o", "-").out
    path.write_text("mine", encoding="utf-8")
    refused = kept.run("appeal", "export", "-o", str(path))
    assert (refused.code, path.read_text(encoding="utf-8")) == (2, "mine")
    assert kept.run("appeal", "export", "-o", str(path), "--force").code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["stage"] == "data"


def test_export_names_the_attempts_that_have_appeals(kept: Program):
    kept.run(*LABEL_IS_NAMED)
    kept.keep(small_attempt("2031-newest", finished_at="2031"))
    ran = kept.run("appeal", "export")

    assert (ran.code, ran.err) == (2, f"There is no appeal in 2031-newest. These have: {NAME}.\n")


# In a terminal -----------------------------------------------------------------------------------------------------


@pytest.fixture
def start(kept: Program) -> Iterator[Callable[..., Terminal]]:
    terminals: list[Terminal] = []

    def start(*words: str, columns: int = 80) -> Terminal:
        terminals.append(Terminal(coach(*words), kept.home, columns=columns, rows=40))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()


@pytest.mark.parametrize("columns", [40, 80])
def test_what_no_option_says_is_asked_for(kept: Program, start, columns: int):
    terminal = start("appeal", "label", columns=columns)
    terminal.wait_for("Data: Says what a positive example", "The coach says maybe.", "Your answer:")
    terminal.wait_for("What should it have been").send("x\r").wait_for("letter is enough")
    terminal.send("r\r").wait_for("Which words of your answer").send("a gift\r").wait_for("does not hold")
    terminal.send("positive IS\r").wait_for("Why? One sentence").send("It is plain.\r").wait_for("To send it in")

    assert terminal.exit_code() == 0
    (appeal,) = appeals(kept)
    assert (appeal.verdict, appeal.reason) == (Verdict.REASONED, "It is plain.")
    assert appeal.quote is not None
    assert appeal.quote.quote == "positive is"


def test_an_appeal_without_words_and_reason_is_asked_for_again(kept: Program, start):
    terminal = start("appeal", "goal", "--verdict", "missing")
    terminal.wait_for("Why? One sentence").send("\r").wait_for("Words or a reason").send("It is not there.\r")
    terminal.wait_for("To send it in")

    assert terminal.exit_code() == 0
    assert [appeal.reason for appeal in appeals(kept)] == ["It is not there."]


def test_a_verdict_is_chosen_from_a_list(kept: Program, start):
    terminal = start("appeal").wait_for("Which verdict is wrong?", "requirements/scale")
    terminal.send("data/lab").wait_for("data/lab").key("enter").wait_for("What should it have been").send("n\r")
    terminal.wait_for("Which words").send("\r").wait_for("Why?").send("It is there.\r").wait_for("To send it in")

    assert terminal.exit_code() == 0
    assert [appeal.criterion for appeal in appeals(kept)] == ["label"]


@pytest.mark.parametrize("words", [("appeal",), ("appeal", "label")])
def test_leaving_files_nothing(kept: Program, start, words):
    terminal = start(*words)
    terminal.wait_for("Which verdict is wrong?" if len(words) == 1 else "What should it have been")
    terminal.read(0.3)
    terminal.key("^C")

    assert terminal.exit_code() == 130
    assert "Left; no appeal was filed." in terminal.words
    assert appeals(kept) == ()


def test_the_end_of_the_input_files_nothing(kept: Program, start):
    terminal = start("appeal", "label").wait_for("What should it have been")
    terminal.read(0.3)
    terminal.key("^D")

    assert terminal.exit_code() == 130
    assert appeals(kept) == ()


def test_with_no_input_nothing_is_asked(kept: Program, start):
    terminal = start("appeal", "label", "--no-input").wait_for("Pass --verdict")

    assert terminal.exit_code() == 2
