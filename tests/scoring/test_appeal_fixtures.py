"""Appeals that were sent in (tests/appeals) have the form that the program writes, and hold together."""

import json
from pathlib import Path

from benchmarks.gold import RANK
from mlsd_coach.history.claims import appeals_of, with_appeal
from mlsd_coach.models import Appeal, Level, Verdict
from mlsd_coach.reports.appeal_fixture import PART, WRITER, appeal_lines
from mlsd_coach.scoring.quoting import find_slice
from tests.reports.samples import small_attempt

SENT_IN = Path(__file__).parents[1] / "appeals"
KEYS = {
    "scenario",
    "stage",
    "writer",
    "part",
    "answer",
    "labels",
    "appeals",
    "guard",
    "level",
    "digests",
}


def check(line: str) -> None:
    """Fail when a line is no appeal as `mlsd-coach appeal export` writes it."""
    entry = json.loads(line)
    assert entry.keys() == KEYS
    assert (entry["writer"], entry["part"]) == (WRITER, PART)
    assert entry["labels"].keys() == {appeal["criterion"] for appeal in entry["appeals"]}
    for appeal in entry["appeals"]:
        said, quote = appeal["candidate"]["verdict"], appeal["candidate"]["quote"]
        assert said in RANK
        assert entry["labels"][appeal["criterion"]] == [said] * 3
        assert quote or appeal["candidate"]["reason"]
        for each in (quote, *appeal["machine"]["evidence"]):
            assert each is None or entry["answer"][each["start"] : each["end"]] == each["quote"]


def test_what_the_program_writes_is_what_is_sent_in(library, scorer):
    scenario = library.scenario("feed-ranking")
    answers = {"data": scenario.stage("data").samples.mid, "models": "It is\n\"a deep\" network – with | heads, 'ü'."}
    card = scorer.score(scenario, answers, level=Level.SENIOR)
    attempt = small_attempt(card=card)
    for stage, quote in (("data", answers["data"][:30]), ("models", 'IS "a   deep" network –')):
        criterion = scenario.stage(stage).criteria[0].id
        evidence = find_slice(answers[stage], quote)
        attempt = with_appeal(attempt, Appeal(stage, criterion, Verdict.MISSING, "now", evidence, "“No”."))

    lines = appeal_lines(attempt, appeals_of(attempt))
    assert [json.loads(line)["stage"] for line in lines] == ["data", "models"]
    assert all("\n" not in line for line in lines)
    sent_in = [line for path in sorted(SENT_IN.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    for line in (*lines, *sent_in):
        check(line)
