import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlsd_coach.interview.prompter import Leave
from mlsd_coach.models import Mode, StageState
from mlsd_coach.terminal.line_mode import LineMode
from mlsd_coach.terminal.line_reader import LineReader
from mlsd_coach.terminal.outside import OutsideEditor
from tests.interview.interviews import small_session
from tests.interview.test_live import Desk


class Pipe:
    """A pipe to type into, with its reading end as a LineReader."""

    def __init__(self) -> None:
        reading, self._writing = os.pipe()
        self.reader = LineReader(reading)
        self._reading = reading

    def type(self, data: str | bytes, *, end: bool = True) -> None:
        os.write(self._writing, data.encode() if isinstance(data, str) else data)
        if end:
            os.close(self._writing)
            self._writing = -1

    def close(self) -> None:
        for descriptor in (self._reading, self._writing):
            if descriptor >= 0:
                os.close(descriptor)


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    pipe = Pipe()
    yield pipe
    pipe.close()


class Conversation:
    """A line mode over a pipe, and all that it said."""

    def __init__(self, pipe: Pipe, desk: Desk, tmp_path: Path, editor: str = "") -> None:
        self.lines: list[str] = []
        self.desk = desk
        self.mode = LineMode(
            pipe.reader,
            self.lines.append,
            outside=OutsideEditor(editor, tmp_path),
            verdict=self.verdict,
            ask=lambda: 55,
            width=60,
        )

    def verdict(self, state: StageState, width: int) -> str:
        return f"VERDICT {state.id} {width}"

    @property
    def said(self) -> str:
        return "\n".join(self.lines)

    def sit(self) -> Leave | None:
        return self.mode.sit(self.desk.live)

    def answers(self) -> list[str]:
        return [stage.answer for stage in self.desk.live.session.stages]


def test_answers_end_with_a_dot_or_the_end_of_the_input(pipe: Pipe, tmp_path: Path):
    pipe.type("first\n\nparagraph two\n.\nsecond\n.\nthird, cut off")
    talk = Conversation(pipe, Desk(), tmp_path)
    assert talk.sit() is None
    assert talk.answers() == ["first\n\nparagraph two", "second", "third, cut off"]
    assert talk.desk.kept[-1].current == 3


def test_the_interviewer_speaks_first(pipe: Pipe, tmp_path: Path):
    pipe.type("x\n")
    talk = Conversation(pipe, Desk(), tmp_path)
    talk.sit()
    assert "mlsd-coach: A small one (senior, mock, 45 minutes)" in talk.said
    assert "Interviewer: Let us begin." in talk.said
    assert "Requirements (stage 1 of 3, 10:00 left)" in talk.said
    assert "Interviewer: On requirements?" in talk.said


def test_each_line_is_on_disk_as_it_is_typed(pipe: Pipe, tmp_path: Path):
    pipe.type("kept at once\nand this\n/quit\n")
    talk = Conversation(pipe, Desk(), tmp_path)
    assert talk.sit() is Leave.QUIT
    answers = [session.stages[0].answer for session in talk.desk.kept]
    assert "kept at once" in answers
    assert answers[-1] == "kept at once\nand this"


def test_an_input_that_ends_early_leaves_the_sitting_saved(pipe: Pipe, tmp_path: Path):
    pipe.type("one\n.\n")
    talk = Conversation(pipe, Desk(), tmp_path)
    assert talk.sit() is Leave.INPUT_ENDED
    assert talk.desk.kept[-1].stages[0].answer == "one"


def test_commands_stand_on_a_line_of_their_own(pipe: Pipe, tmp_path: Path):
    pipe.type("one\n.\n/back\nmore\n.\n/skip\n/help\n/clock\n/pause\nthird, see /help\n.\n")
    talk = Conversation(pipe, Desk(), tmp_path)
    assert talk.sit() is None
    assert talk.answers() == ["one\nmore", "", "third, see /help"]
    assert "So far you wrote:\n  one" in talk.said
    assert "(Stage 15:00, total " in talk.said
    assert "stands still" in talk.said


def test_hints_only_when_coached(pipe: Pipe, tmp_path: Path):
    pipe.type("/hint\nx\n/quit\n")
    talk = Conversation(pipe, Desk(small_session(mode=Mode.COACHED)), tmp_path)
    talk.sit()
    assert talk.said.count("Interviewer: Who waits?") == 1


def test_a_mock_refuses_hints_politely(pipe: Pipe, tmp_path: Path):
    pipe.type("/hint\n/quit\n")
    talk = Conversation(pipe, Desk(), tmp_path)
    talk.sit()
    assert "Who waits?" not in talk.said
    assert "hints" in talk.said


def test_a_coached_sitting_shows_the_verdict_after_each_stage(pipe: Pipe, tmp_path: Path):
    pipe.type("x\n.\n/quit\n")
    talk = Conversation(pipe, Desk(small_session(mode=Mode.COACHED)), tmp_path)
    talk.sit()
    assert "VERDICT requirements 60" in talk.said


def test_the_editor_takes_the_draft(pipe: Pipe, tmp_path: Path):
    pipe.type("typed\n/edit\n.\n/quit\n")
    talk = Conversation(pipe, Desk(), tmp_path, editor="sed -i s/typed/edited/")
    talk.sit()
    assert talk.answers()[0] == "edited"


def test_the_clock_and_the_interruption_come_as_lines(pipe: Pipe, tmp_path: Path):
    pipe.type("x\ny\nz\n/quit\n")
    desk = Desk()
    desk.live.tick()
    talk = Conversation(pipe, desk, tmp_path)
    steps = iter([0.0, 320.0, 700.0, 700.0])
    reading = pipe.reader.read

    def read(seconds: float) -> str | None:
        desk.now = next(steps, 700.0)
        return reading(seconds)

    pipe.reader.read = read  # type: ignore[method-assign]
    talk.sit()
    assert "(Stage 4:40, total 39:40 left.)" in talk.said
    assert talk.said.count("Interviewer: Let me stop") == 1


def test_a_resumed_answer_goes_on(pipe: Pipe, tmp_path: Path):
    before = Desk()
    before.live.write("from before")
    before.live.leave()
    pipe.type("and now\n/quit\n")
    talk = Conversation(pipe, Desk(before.kept[-1]), tmp_path)
    talk.sit()
    assert talk.answers()[0] == "from before\nand now"


def test_reads_utf8_cut_anywhere_and_survives_what_is_not(pipe: Pipe):
    pipe.type("推荐".encode() + b" \xff\r\nlast")
    assert pipe.reader.read(1.0) == "推荐 \ufffd"
    assert pipe.reader.read(1.0) == "last"
    with pytest.raises(EOFError):
        pipe.reader.read(1.0)


def test_says_when_no_line_came(pipe: Pipe):
    assert pipe.reader.read(0.01) is None
    pipe.type("half", end=False)
    assert pipe.reader.read(0.01) is None
    pipe.type(" whole\n", end=False)
    assert pipe.reader.wait() == "half whole"
