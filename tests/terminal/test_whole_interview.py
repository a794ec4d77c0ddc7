"""One whole interview in a pseudo-terminal: questions, nine answers, every reply, the change, and two interruptions.

The transcript it comes to is tests/golden/transcript-feed-ranking.md. To write that anew, for content that has changed:
MLSD_COACH_GOLDEN=1 .venv/bin/python -m pytest tests/terminal/test_whole_interview.py -n 0
"""

import os
import subprocess
from collections.abc import Collection
from pathlib import Path

import pytest

from mlsd_coach.history.store import Store
from mlsd_coach.models import Attempt, Heard, Reaction, Scenario, Turn
from tests.reports.goldens import FOLDER, assert_golden
from tests.terminal.conftest import Start
from tests.terminal.interviewing import Part, ask, feed_ranking, part_of, wait_for_part
from tests.terminal.terminals import coach

SITTING = ("practice", "feed-ranking", "--seed", "11", "--interviewer", "balanced")
CAT = {"PAGER": "cat"}
GOLDEN = "transcript-feed-ranking.md"
RED_FLAG = {"data": "Then I would split the data at random and use ROC AUC."}
"""A sentence added to the sample of a stage."""
REPLIES = {
    (
        "data",
        "hm",
    ): "The model has seen that evening, so the figure is too good. I hold out the last day instead.",
    ("high-level-design", "tell me more"): "For example, a nightly batch would miss this morning's posts of friends.",
    (
        "features",
        "a change",
    ): "For them the history and the user vector fall away; who they follow and the age stay.",
    ("online-evaluation", "follow-up"): "I would watch how many posts small accounts publish, since silence spreads.",
}
"""By (stage, why the interviewer took the word); every other reply is left empty."""
CERTAIN = {("data", "hm"), ("high-level-design", "tell me more"), ("features", "a change")}
"""What has to come; which follow-ups do depends on what the scorer finds in the samples."""
IN_A_STAGE = ("models", "")
IN_A_REPLY = ("features", "a change")


@pytest.fixture(scope="session")
def feed(warm_cache: Path) -> Scenario:
    return feed_ranking(warm_cache)


def answers_of(feed: Scenario) -> dict[str, str]:
    """The mid samples, each in two paragraphs, one with the red flag."""
    added = ((plan.id, plan.samples.mid.strip(), RED_FLAG.get(plan.id, "")) for plan in feed.stages)
    return {name: f"{text}\n\n{flag}".strip() for name, text, flag in added}


class Candidate:
    """Sits the interview; leaves and comes back in the middle of some of its parts."""

    def __init__(self, start: Start, feed: Scenario, leaves_in: Collection[tuple[str, str]]) -> None:
        self._start = start
        self._stages = [plan.id for plan in feed.stages]
        self._answers = answers_of(feed)
        self._leaves_in = leaves_in
        self._terminal = start(*SITTING, env=CAT)
        self.sat: list[tuple[str, str]] = []
        """(stage, why the interviewer took the word) of every part, in order."""

    def sit(self) -> None:
        """Go from the first question to the debrief."""
        self._terminal.wait_for("^D submit", "saved ")
        self._ask_around()
        part: Part | None = part_of(self._terminal)
        while part is not None:
            name = (self._stages[part.number - 1], part.turn)
            self.sat.append(name)
            text = REPLIES.get(name, "") if part.turn else self._answers[name[0]]
            self._write(part, text, is_left=name in self._leaves_in)
            self._terminal.key("^D")
            part = self._next(part)
        self._terminal.send("60\r").to_the_debrief()
        assert self._terminal.exit_code() == 0

    def _ask_around(self) -> None:
        """One question that the interviewer can answer, and one that wants an assumption."""
        ask(self._terminal, "How many people open the app each day?").wait_for("Noted: ", "F1 help")
        ask(self._terminal, "Which cloud provider do you use?").wait_for(" Assume:")
        self._terminal.send("Our own machines, as today.").wait_for("as today.")
        self._terminal.key("enter").wait_for("assumed: Our own machines", "F1 help")

    def _write(self, part: Part, text: str, *, is_left: bool) -> None:
        """Paste the text, in two goes when the sitting is left between them."""
        if not is_left:
            self._paste(text)
            return
        half = text.index(" ", len(text) // 2)
        self._paste(text[:half])
        assert self._terminal.key("^Q").exit_code() == 0
        assert "mlsd-coach resume 20" in self._terminal.words
        self._terminal = wait_for_part(self._start("resume", env=CAT), part.number, part.turn)
        self._wait_for_end_of(text[:half])
        self._paste(text[half:])

    def _paste(self, text: str) -> None:
        if text:
            self._terminal.paste(text)
            self._wait_for_end_of(text)

    def _wait_for_end_of(self, text: str) -> None:
        end = " ".join(text.split()[-3:])
        self._terminal.wait_until(lambda: end in self._terminal.words, f"the words {end!r}")

    def _next(self, before: Part) -> Part | None:
        """Wait for another part to open; None at the end of the last stage."""
        terminal, now = self._terminal, before

        def is_elsewhere() -> bool:
            nonlocal now
            now = part_of(terminal) or before
            return "Before the reveal" in terminal.text or (now != before and "F1 help" in terminal.text)

        terminal.wait_until(is_elsewhere, f"what comes after {before}")
        return None if "Before the reveal" in terminal.text else now


def transcript(home: Path) -> str:
    """What `mlsd-coach show --transcript` prints."""
    env = os.environ | {"MLSD_COACH_HOME": str(home), "PYTHONUTF8": "1"}
    shown = subprocess.run(coach("show", "--transcript"), env=env, check=True, capture_output=True)
    return shown.stdout.decode()


def kept(home: Path) -> Attempt:
    with Store(home / "data" / "history.db") as store:
        attempt = store.attempt()
        assert store.sessions() == ()
    assert attempt is not None
    return attempt


def test_an_interview_left_twice_comes_to_its_transcript(start: Start, home: Path, feed: Scenario):
    candidate = Candidate(start, feed, leaves_in={IN_A_STAGE, IN_A_REPLY})
    candidate.sit()
    attempt = kept(home)
    # What was asked in a stage is scored with its answer.
    assert all(dict(attempt.answers)[name].startswith(text) for name, text in answers_of(feed).items())
    assert attempt.prediction == 60
    assert [name for name, turn in candidate.sat if not turn] == [plan.id for plan in feed.stages]
    assert {*CERTAIN, IN_A_STAGE, IN_A_REPLY} <= set(candidate.sat)
    assert len([turn for _, turn in candidate.sat if turn == "a change"]) == 1
    text = transcript(home)
    assert_golden(GOLDEN, text)
    replies = [words for name, words in REPLIES.items() if name in candidate.sat]
    for words in (*answers_of(feed).values(), *replies, "Our own machines, as today."):
        assert words in text


@pytest.mark.skipif(os.environ.get("MLSD_COACH_GOLDEN") == "1", reason="the golden file is being written")
def test_the_same_interview_without_a_break_has_the_same_transcript(start: Start, home: Path, feed: Scenario):
    Candidate(start, feed, leaves_in=()).sit()
    assert transcript(home).encode() == (FOLDER / GOLDEN).read_bytes()
    said = kept(home).scorecard["interview"]
    assert [each["heard"] for each in said["asked"]][:3] == [Heard.TOLD, Heard.UNKNOWN, Heard.ASSUMED]
    cues = {(each["stage"], each["turn"]): each["reaction"] for each in said["cues"]}
    assert cues["data", Turn.EYEBROW] == Reaction.REPAIRED
    assert cues["models", Turn.MORE] == Reaction.MOVED_ON
