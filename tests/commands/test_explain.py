"""`explain`: where the answer comes from, what is printed, and what is said of bad input."""

import json

import pytest

from mlsd_coach.terminal.render_explanation import plain_explanation
from tests.commands.program import Program
from tests.commands.test_practice import ANSWERS, GOAL
from tests.scoring.test_explanation import CLEAR, FILLER, SAID, explained

STAGE = ("explain", "feed-ranking", "online-evaluation")
TEXT = (
    "I would run an A/B test because offline numbers mislead.\n"
    "Half of the members see the new list, the others stay on the old one.\n"
    "We will not look at any guardrail metric.\n"
)


def kept(program: Program) -> str:
    """Keep an attempt; return its id."""
    program.run("practice", "feed-ranking", "--answers", "-", stdin=ANSWERS.encode())
    return str(json.loads(program.run("history", "--json").out)["attempts"][0]["id"])


@pytest.mark.parametrize("from_stdin", [True, False])
def test_an_answer_is_explained_criterion_by_criterion(program: Program, from_stdin: bool):
    path = program.home / "answer.txt"
    path.write_text(TEXT, encoding="utf-8")
    ran = program.run(*STAGE, "-" if from_stdin else str(path), stdin=TEXT.encode())
    words = " ".join(ran.out.split())

    assert (ran.code, ran.err) == (0, "")
    assert "controlled-experiment Runs a controlled experiment" in words
    assert "Rule met by: evidence" in words
    assert "“A/B” by @a-b-test (line 1)" in words
    assert "Signs of a reason: “because” (cause)" in words
    assert "Not plainly stated: refused, “We will not look at any guardrail metric” (line 3, 127-167)" in words


def test_the_verdicts_are_those_of_score(program: Program):
    scored = program.run(
        "score", "--scenario", "feed-ranking", "-", "--json", stdin=b"# online-evaluation\n\n" + TEXT.encode()
    )
    explained = json.loads(program.run(*STAGE, "-", "--json", stdin=TEXT.encode()).out)

    stage = next(each for each in json.loads(scored.out)["stages"] if each["id"] == "online-evaluation")
    assert [(each["id"], each["verdict"], each["confidence"]) for each in explained["criteria"]] == [
        (each["id"], each["verdict"], each["confidence"]) for each in stage["criteria"]
    ]
    assert len({each["verdict"] for each in stage["criteria"]}) >= 2
    assert explained["answer"] == stage["answer"]


def test_it_can_be_narrowed_to_criteria(program: Program):
    words = ("--criterion", "ramp", "--criterion", "Guardrail-Metrics", "--json")
    explained = json.loads(program.run(*STAGE, "-", *words, stdin=TEXT.encode()).out)

    assert [each["id"] for each in explained["criteria"]] == ["ramp", "guardrail-metrics"]
    assert explained["criteria"][1]["verdict"] == "missing"


def test_plain_is_a_fact_a_line(program: Program):
    lines = program.run(*STAGE, "-", "--plain", "--criterion", "ramp", stdin=TEXT.encode()).out.splitlines()

    assert lines[0] == "Explained: Online evaluation (feed-ranking online-evaluation)"
    assert any(line.startswith("Missing: Rolls out in steps") and line.endswith("(ramp)") for line in lines)
    assert all(": " in line for line in lines)


@pytest.mark.parametrize("columns", [40, 80])
def test_it_fits_the_terminal(program: Program, columns: int):
    ran = program.run(*STAGE, "-", stdin=TEXT.encode(), env={"COLUMNS": str(columns)})

    assert max(map(len, ran.out.splitlines())) <= columns


def test_without_a_file_the_newest_attempt_is_explained(program: Program):
    name = kept(program)
    for wanted in ("feed-ranking", name[:10]):
        ran = program.run("explain", wanted, "requirements", "--json")
        assert json.loads(ran.out)["answer"] == GOAL
        assert ran.err == f"Your answer in the attempt {name}, judged anew.\n"


def test_an_answers_file_gives_the_part_of_the_stage(program: Program):
    ran = program.run("explain", "feed-ranking", "Data", "-", "--json", stdin=ANSWERS.encode())

    assert json.loads(ran.out)["answer"] == "Logs of impressions and clicks."


def test_a_reason_that_stands_elsewhere_is_told():
    answer = f"{SAID} {FILLER} It rained on 5 % of the days."
    explanation = explained("lend books", answer, reasoned="<number:percent>", **CLEAR)

    assert "Reason wanted: it does not stand beside the quote" in plain_explanation(explanation)


def test_a_text_that_is_no_answer_is_told_with_what_to_do(program: Program):
    ran = program.run(*STAGE, "-", stdin=b"A/B test")

    assert "Not judged: not prose: too short to say anything. Say it in sentences or bullets" in " ".join(
        ran.out.split()
    )
    assert "Confidence" not in ran.out


@pytest.mark.parametrize(
    ("words", "stdin", "code", "says"),
    [
        (("explain", "feed-rankin", "data", "-"), b"x", 2, "did you mean 'feed-ranking'?"),
        (("explain", "feed-ranking", "dat", "-"), b"x", 2, "did you mean 'data'?"),
        ((*STAGE, "-", "--criterion", "rampp"), b"x", 2, "did you mean 'ramp'?"),
        ((*STAGE, "-", "--json", "--plain"), b"x", 2, "Only one of --json and --plain"),
        ((*STAGE, "-"), b" \n", 2, "There is no answer to 'online-evaluation'"),
        ((*STAGE, "-"), b"# data\n\nLogs.", 2, "There is no answer to 'online-evaluation'"),
        ((*STAGE, "-"), b"# datum\n\nLogs.", 1, "unknown heading 'datum'"),
        ((*STAGE, "-"), b"\xff\xfe", 1, "UTF-8"),
        ((*STAGE, "no-such-file.txt"), b"", 2, "no-such-file.txt"),
        (("explain", "feed-ranking", "data"), b"", 2, "mlsd-coach explain feed-ranking data FILE"),
        (("explain", "2031", "data"), b"", 2, "There is no attempt yet."),
    ],
)
def test_bad_input_is_told_with_the_fix(program: Program, words, stdin, code, says):
    ran = program.run(*words, stdin=stdin)

    assert says in ran.err
    assert (ran.code, ran.out) == (code, "")


def test_a_stage_that_the_attempt_left_out_is_told(program: Program):
    name = kept(program)
    ran = program.run("explain", "feed-ranking", "models")

    assert (ran.code, ran.err) == (
        2,
        f"The attempt {name} has no answer to 'models'. Pass one as a file.\n",
    )
