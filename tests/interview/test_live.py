from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from mlsd_coach.errors import CoachError, StoreError
from mlsd_coach.interview.live import LiveSitting
from mlsd_coach.interview.prompter import Doubt, Leave, Prompter
from mlsd_coach.models import Mode, Session
from tests.interview.interviews import small_scenario, small_session


class Desk:
    """A live sitting with a hand-set clock and a store in a list."""

    def __init__(self, session: Session | None = None) -> None:
        self.now = 0.0
        self.kept: list[Session] = []
        self.is_full = False
        self.live = LiveSitting(
            session or small_session(),
            small_scenario(),
            clock=lambda: self.now,
            wall=lambda: datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC) + timedelta(seconds=self.now),
            save=self.save,
        )

    def save(self, session: Session) -> None:
        if self.is_full:
            raise StoreError("No space left.")
        self.kept.append(session)

    def let_pass(self, seconds: float) -> None:
        """Tick four times a second, as the editor does."""
        for _ in range(int(seconds * 4)):
            self.now += 0.25
            self.live.tick()


def test_a_changed_answer_is_on_disk_within_a_second():
    desk = Desk()
    desk.live.begin()
    for second in range(5):
        text = f"after {second}"
        desk.live.write(text)
        desk.let_pass(1.0)
        assert desk.kept[-1].stages[0].answer == text


def test_an_unchanged_answer_is_not_written_every_tick():
    desk = Desk()
    desk.live.begin()
    desk.let_pass(20.0)
    assert len(desk.kept) <= 5


def test_the_time_used_is_kept_while_nothing_is_typed():
    desk = Desk()
    desk.let_pass(60.0)
    assert desk.kept[-1].stages[0].seconds >= 55.0


def test_a_paused_sitting_writes_nothing():
    desk = Desk()
    desk.live.pause()
    kept = len(desk.kept)
    desk.let_pass(60.0)
    assert len(desk.kept) == kept


def test_a_stage_is_committed_as_it_ends():
    desk = Desk()
    desk.live.write("all of it")
    desk.live.submit()
    assert desk.kept[-1].stages[0].answer == "all of it"
    assert desk.kept[-1].stages[0].done
    assert desk.kept[-1].current == 1


def test_tells_when_it_was_saved_and_stamps_the_session():
    desk = Desk()
    desk.now = 7.0
    desk.live.begin()
    assert desk.live.saved_at is not None
    assert f"{desk.live.saved_at:%H:%M:%S}" == "03:04:12"
    assert desk.kept[-1].updated_at == "2025-01-02T03:04:12+00:00"


def test_a_full_disk_is_told_and_tried_again_until_it_works():
    desk = Desk()
    desk.live.begin()
    desk.is_full = True
    desk.live.write("typed on a full disk")
    desk.let_pass(2.0)
    assert desk.live.problem == "No space left."
    desk.is_full = False
    desk.let_pass(1.0)
    assert desk.live.problem == ""
    assert desk.kept[-1].stages[0].answer == "typed on a full disk"


def test_leaving_says_when_the_disk_refuses():
    desk = Desk()
    desk.is_full = True
    with pytest.raises(CoachError, match="No space left"):
        desk.live.leave()


def test_a_disk_that_refuses_at_the_start_is_told_before_anything_is_typed():
    desk = Desk()
    desk.is_full = True
    with pytest.raises(CoachError):
        desk.live.begin()


def test_a_prediction_is_kept_with_the_session():
    desk = Desk()
    desk.live.predict(64)
    assert desk.kept[-1].prediction == 64


def test_a_hint_in_a_coached_sitting_is_said_in_the_stage():
    desk = Desk(small_session(mode=Mode.COACHED))
    assert desk.live.hint() == "Who waits?"
    assert desk.live.said == ("Who waits?",)


class Script:
    """A prompter that types what it was given and leaves after so many stages."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts

    def sit(self, live: LiveSitting) -> Leave | None:
        for text in self.texts:
            live.write(text)
            live.submit()
        live.leave()
        return None if live.is_over else Leave.QUIT

    def predict(self) -> int | None:
        return None

    def confirm(self, doubts: Sequence[Doubt]) -> Sequence[Doubt]:
        return doubts


def test_a_left_sitting_goes_on_where_it_was():
    desk = Desk()
    first: Prompter = Script("one")
    assert first.sit(desk.live) is Leave.QUIT
    again = Desk(desk.kept[-1])
    second: Prompter = Script("two", "three")
    assert second.sit(again.live) is None
    assert [stage.answer for stage in again.kept[-1].stages] == ["one", "two", "three"]
