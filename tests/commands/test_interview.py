"""The interviewer through the program: questions, follow-ups, the change, the transcript, over a pipe."""

import json
import re
import shutil
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest

from mlsd_coach.content.library import Library, builtin_root
from mlsd_coach.history.store import Store
from mlsd_coach.interview.turns import cue_stages
from mlsd_coach.models import STAGES, Attempt, Level, Mode, Session, StageState
from tests.commands.program import Program

FEED = "feed-ranking"
GOAL = "The goal is retention over clicks, because clicks alone reward bait and people then leave."
ASKED = "How many people use it every day?"
TOLD = "About 200 million people open the app on a given day."
NOBODY_KNOWS = "What colour is the logo of the app?"
ASSUMED = "I take it that it is green."
CHANGED = "The accounts they follow may still be used, but the history of likes falls away for them."
REST = ".\n" * 12
"""More than enough dots to end a sitting of nine stages in which nothing more is said."""


def session_of(seed: int) -> Session:
    stages = tuple(StageState(name, 60.0) for name in STAGES)
    return Session("s", FEED, Level.SENIOR, Mode.MOCK, 45.0, stages, 0, "", "", persona="balanced", seed=seed)


# After the first stage comes a follow-up alone, and no cue before it.
SEED = next(seed for seed in count() if "requirements" not in cue_stages(session_of(seed)))


@pytest.fixture(scope="module")
def strong() -> str:
    """A reply that meets whatever the follow-up aims at."""
    return Library([builtin_root()]).scenario(FEED).stage("requirements").samples.strong.strip()


def sit(program: Program, *lines: str, options: Sequence[str] = ("--interviewer", "balanced", "--seed", str(SEED))):
    """Sit the feed; after the lines every part that is still to come is left empty."""
    typed = "".join(f"{line}\n" for line in lines) + REST
    return program.run("practice", FEED, *options, stdin=typed.encode())


def attempt_of(program: Program) -> Attempt:
    with Store(program.history) as store:
        assert store.sessions() == ()
        found = store.attempt()
    assert found is not None
    return found


def said(program: Program) -> list[tuple[str, str, str]]:
    return [(stage, who, text) for stage, who, text in attempt_of(program).extra["transcript"]]


def exchanges(program: Program) -> list[tuple[str, str, str]]:
    kept = attempt_of(program).extra["conversation"]["exchanges"]
    return [(each["turn"], each["stage"], each["answer"]) for each in kept]


# Who interviews ----------------------------------------------------------------


def test_over_a_pipe_nobody_follows_up_unless_told_to(program: Program):
    ran = sit(program, GOAL, options=())
    assert ran.code == 0
    assert "follow-up" not in ran.err
    assert attempt_of(program).extra["conversation"]["persona"] == "silent"
    assert exchanges(program) == []


def test_an_interviewer_follows_up_and_changes_the_requirements(program: Program):
    ran = sit(program, GOAL, ".", "Half of them, I think.", ".")
    assert ran.code == 0
    assert "Requirements: follow-up (1:15 for a reply; a dot alone moves on)" in ran.err
    assert "Features: a change (3:00 for a reply; a dot alone moves on)" in ran.err
    assert exchanges(program) == [("follow-up", "requirements", "Half of them, I think."), ("change", "features", "")]
    assert dict(attempt_of(program).answers)["high-level-design"] == ""


def test_the_time_for_replies_grows_with_the_round(program: Program):
    ran = sit(program, GOAL, options=("--interviewer", "balanced", "--seed", str(SEED), "--minutes", "90"))
    assert "Requirements: follow-up (2:30 for a reply" in ran.err


def test_a_sitting_of_some_stages_is_followed_up_by_nobody(program: Program):
    sit(program, GOAL, options=("--interviewer", "balanced", "--stage", "requirements", "--stage", "features"))
    assert exchanges(program) == []


@pytest.mark.parametrize(("seed", "persona"), [(0, "product"), (1, "infra"), (2, "research"), (3, "silent")])
def test_a_seed_decides_who_a_random_interviewer_is_and_the_debrief_says_it(program: Program, seed: int, persona: str):
    ran = sit(program, options=("--interviewer", "random", "--seed", str(seed)))
    assert f"interviewer: {persona}, seed {seed}" in ran.out.casefold()
    interview = json.loads(program.run("show", "--json").out)["interview"]
    assert (interview["persona"], interview["seed"]) == (persona, seed)


def test_a_random_interviewer_can_be_met_again_by_the_seed_that_was_shown(program: Program):
    ran = sit(program, GOAL, options=("--interviewer", "random"))
    shown = re.search(r"interviewer: (\w+), seed (\d+)", ran.out, re.IGNORECASE)
    assert shown is not None
    first = program.run("show", "--transcript").out
    sit(program, GOAL, options=("--interviewer", "random", "--seed", shown[2]))
    assert program.run("show", "--transcript").out == first
    assert attempt_of(program).extra["conversation"]["persona"] == shown[1]


def test_an_interviewer_says_who_they_are_and_a_balanced_one_does_not(program: Program):
    sit(program, options=("--interviewer", "infra"))
    assert next((who, "pager" in text) for _, who, text in said(program)) == ("interviewer", True)
    sit(program)
    assert [stage for stage, _, _ in said(program)] == ["features"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--interviewer", "infro"], "Unknown interviewer 'infro'; did you mean 'infra'?"),
        (["--interviewer", "infro"], "--interviewer takes: product, infra, research, silent, balanced, random."),
        (["--interviewer", "infra", "--answers", "-"], "Answers that are handed in meet no interviewer."),
        (["--seed", "7", "--answers", "-"], "Drop --interviewer and --seed."),
        (["--seed", "-1"], "--seed"),
        (["--seed", "often"], "--seed"),
    ],
)
def test_an_interviewer_that_cannot_be_had_is_told_in_one_sentence(program: Program, words: list[str], says: str):
    ran = program.run("practice", FEED, *words, stdin=b"# data\n\nLogs of clicks.\n")
    assert (ran.code, ran.out) == (2, "")
    # The usage errors of the option parser stand in a box.
    assert says in " ".join(ran.err.replace("│", " ").split())
    assert not program.history.exists()


# Questions ----------------------------------------------------------------


def test_a_question_is_answered_once_it_is_asked_and_counts_with_the_stage(program: Program):
    ran = sit(program, f"? {ASKED}", f"?{ASKED}", GOAL, options=())
    heard = " ".join(ran.err.split())
    assert f"Interviewer: {TOLD}" in heard
    assert f"Interviewer: As I said: {TOLD}" in heard
    kept = attempt_of(program)
    assert dict(kept.answers)["requirements"] == f"{GOAL}\n\n{ASKED}\n{ASKED}"
    assert [each["facts"] for each in kept.extra["conversation"]["asked"]] == [["audience"], ["audience"]]


def test_nothing_is_told_that_was_not_asked_for(program: Program):
    ran = sit(program, GOAL, options=())
    assert TOLD not in " ".join(ran.err.split())
    assert attempt_of(program).extra["conversation"]["asked"] == []


def test_what_nobody_knows_is_assumed_and_noted(program: Program):
    ran = sit(program, "/notes", f"? {NOBODY_KNOWS}", f"? {ASSUMED}", f"? {ASKED}", "/notes", options=())
    assert "(Nothing noted yet.)" in ran.err
    assert "(? and what you assume keeps it.)" in ran.err
    assert f"(noted) assumed: {ASSUMED}" in ran.err
    assert ran.err.count("(noted)") == 2
    asked = attempt_of(program).extra["conversation"]["asked"]
    assert [(each["says"], each["heard"]) for each in asked] == [
        (NOBODY_KNOWS, "unknown"),
        (ASSUMED, "assumed"),
        (ASKED, "told"),
    ]
    assert f"You assumed: {ASSUMED}" in ran.out


def test_a_question_mark_alone_asks_nothing(program: Program):
    ran = sit(program, "?", "  ?  ", options=())
    assert ran.err.count("(Write the question behind the ?, on the same line.)") == 2
    assert attempt_of(program).extra["conversation"]["asked"] == []


def test_a_question_may_be_put_while_a_reply_is_due(program: Program):
    sit(program, GOAL, ".", f"? {ASKED}", "Two of them.", ".")
    assert exchanges(program)[0] == ("follow-up", "requirements", "Two of them.")
    who = [who for stage, who, _ in said(program) if stage == "requirements"]
    assert who == ["candidate", "interviewer", "question", "interviewer", "candidate"]


# Leading the way ----------------------------------------------------------------


def test_the_candidate_calls_the_next_stage_and_comes_back_to_the_rest(program: Program):
    ran = sit(program, GOAL, "/next models", "A deep network.", options=())
    assert ran.err.index("\nModels (stage 6 of 9") < ran.err.index("\nHigh-level design (stage 2 of 9")
    kept = attempt_of(program)
    assert dict(kept.answers)["models"] == "A deep network."
    assert kept.extra["conversation"]["called"] == [["requirements", "models"]]
    assert "You called the next stage yourself once: Models." in ran.out


def test_a_stage_is_called_by_its_title_too(program: Program):
    sit(program, "/next Online evaluation", options=())
    assert attempt_of(program).extra["conversation"]["called"] == [["requirements", "online-evaluation"]]


def test_a_stage_that_there_is_not_cannot_be_called(program: Program):
    ran = sit(program, "/next lunch", "/next", "/next requirements", GOAL, options=())
    assert ran.err.count("(/next takes: requirements, high-level-design, ") == 2
    kept = attempt_of(program)
    assert dict(kept.answers)["requirements"] == GOAL
    assert kept.extra["conversation"]["called"] == []


@pytest.mark.parametrize("lines", [("--coached",), ("--stage", "data")])
def test_where_the_interviewer_leads_no_stage_can_be_called(program: Program, lines: tuple[str, ...]):
    ran = sit(program, "/next models", options=lines)
    assert "(Here the interviewer leads; a dot goes on.)" in ran.err


def test_while_a_reply_is_due_nobody_goes_elsewhere(program: Program):
    ran = sit(program, GOAL, ".", "/next models", "/back", "A reply.", ".")
    assert "(Here the interviewer leads; a dot goes on.)" in ran.err
    assert "(The interviewer waits for a reply; a dot alone moves on.)" in ran.err
    assert exchanges(program)[0] == ("follow-up", "requirements", "A reply.")
    assert attempt_of(program).extra["conversation"]["called"] == []


# Left in the middle ----------------------------------------------------------------


@pytest.mark.parametrize("leaving", ["/quit\n", ""])
def test_a_sitting_left_in_the_middle_of_a_reply_goes_on_there(program: Program, leaving: str):
    options = ("--interviewer", "balanced", "--seed", str(SEED))
    half = "Half a reply.\n" if leaving else ""
    ran = program.run("practice", FEED, *options, stdin=f"{GOAL}\n.\n{half}{leaving}".encode())
    assert "mlsd-coach resume 20" in ran.err
    again = program.run("resume", stdin=f"The other half.\n.\n{REST}".encode())
    assert again.code == 0
    assert "Requirements: follow-up" in again.err
    assert again.err.count("Requirements (stage 1 of 9") == 0
    whole = f"{half}The other half."
    assert exchanges(program)[0] == ("follow-up", "requirements", whole)
    assert dict(attempt_of(program).answers)["requirements"] == GOAL


# The whole conversation read again ----------------------------------------------------------------


@pytest.fixture(scope="module")
def sat(tmp_path_factory: pytest.TempPathFactory, warm: Path, strong: str) -> Program:
    """One sitting with a question, a follow-up that was made good, and the change answered."""
    home = tmp_path_factory.mktemp("sat") / "home"
    shutil.copytree(warm, home)
    program = Program(home)
    ran = sit(program, f"? {ASKED}", GOAL, ".", strong, ".", ".", ".", ".", CHANGED, ".")
    assert ran.code == 0, ran.err
    return program


@pytest.mark.parametrize("form", [(), ("--plain",), ("--markdown",)])
def test_the_debrief_shows_what_a_nudge_brought_what_was_not_asked_and_the_change(sat: Program, form: tuple[str, ...]):
    shown = " ".join(sat.run("show", *form).out.split())
    assert "after a nudge: " in shown.casefold()
    assert "after a nudge: nothing more" not in shown.casefold()
    assert "never asked" in shown.casefold()
    assert "what the company wants from the new feed" in shown.casefold()
    assert TOLD not in shown
    assert "Some members opt out of profiling" in shown
    assert CHANGED.split(",")[0] in shown


def test_the_contract_holds_the_nudge_the_change_and_the_conversation(sat: Program):
    card = json.loads(sat.run("show", "--json").out)
    nudges = [each["nudge"] for stage in card["stages"] for each in stage["criteria"] if "nudge" in each]
    assert len(nudges) == 1
    assert nudges[0]["points"] > 0
    for each in nudges[0]["evidence"]:
        assert nudges[0]["reply"][each["start"] : each["end"]] == each["quote"]
    assert card["change"]["answer"] == CHANGED
    parts = [*card["stages"], card["change"]]
    whole = sum(part["score"] * part["weight"] for part in parts) / sum(part["weight"] for part in parts)
    assert card["score"] == pytest.approx(whole, abs=0.06)
    interview = card["interview"]
    assert [each["facts"] for each in interview["asked"]] == [["audience"]]
    missed = [each["id"] for each in interview["missed"]]
    assert "business-goal" in missed
    assert "audience" not in missed


def test_a_nudge_leaves_the_verdict_as_it_was_without_it(sat: Program):
    card = json.loads(sat.run("show", "--json").out)
    nudged = [each for stage in card["stages"] for each in stage["criteria"] if "nudge" in each]
    assert [each["verdict"] for each in nudged] != [each["nudge"]["verdict"] for each in nudged]


def test_rescoring_a_sitting_with_a_conversation_changes_nothing(sat: Program):
    ran = sat.run("rescore")
    assert ran.code == 0
    assert "Nothing has changed since" in ran.out
    assert ran.err == ""


def test_the_transcript_has_everything_in_its_order(sat: Program, strong: str):
    shown = sat.run("show", "--transcript")
    assert shown.code == 0
    told = [text for _, who, text in said(sat) if who == "interviewer"]
    parts = [f"**You ask:** {ASKED}", f"**Interviewer:** {told[0]}", f"**You:** {GOAL}", f"**Interviewer:** {told[1]}"]
    parts += [f"**You:** {strong}", f"**Interviewer:** {told[-1]}", f"**You:** {CHANGED}"]
    places = [shown.out.index(part) for part in parts]
    assert places == sorted(places)
    assert f"Interviewer: balanced, seed {SEED}" in shown.out


def test_the_same_seed_and_words_give_the_same_transcript_and_another_seed_another(program: Program, sat: Program):
    def transcript(seed: int) -> str:
        sit(program, GOAL, ".", "A reply.", options=("--interviewer", "infra", "--seed", str(seed)))
        return program.run("show", "--transcript").out

    first, second, other = transcript(SEED), transcript(SEED), transcript(SEED + 1)
    assert first.encode() == second.encode()
    assert other != first
    assert first != sat.run("show", "--transcript").out


@pytest.mark.parametrize("option", ["--json", "--markdown", "--plain", "--samples", "--levels", "--time"])
def test_a_transcript_is_of_one_form(sat: Program, option: str):
    ran = sat.run("show", "--transcript", option)
    assert (ran.code, ran.out) == (2, "")
    assert "--transcript" in ran.err
    assert option in ran.err
