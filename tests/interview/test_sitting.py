from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mlsd_coach.interview import sitting as machine
from mlsd_coach.interview.text import clean
from mlsd_coach.models import Mode
from tests.interview.interviews import small_scenario, small_session

PLAN = small_scenario().stages[0]


def test_starts_at_the_first_stage_with_the_clock_running():
    sitting = machine.start(small_session(), 100.0)
    assert sitting.stage.id == "requirements"
    assert not sitting.is_paused
    assert machine.tick(sitting, 130.0).stage.seconds == 30.0


def test_sits_the_named_stages_in_the_scenario_s_order():
    session = small_session(stages=["models", "requirements"])
    assert [stage.id for stage in session.stages] == ["requirements", "models"]
    assert session.minutes == 25.0


def test_goes_through_the_stages_to_the_end():
    sitting = machine.start(small_session(), 0.0)
    for number, text in enumerate(("one", "two", "three")):
        sitting = machine.write(sitting, text, number * 10 + 4.0)
        sitting = machine.submit(sitting, number * 10 + 10.0)
    assert sitting.is_over
    assert [stage.answer for stage in sitting.session.stages] == ["one", "two", "three"]
    assert [stage.seconds for stage in sitting.session.stages] == [10.0, 10.0, 10.0]


def test_goes_back_to_a_stage_with_its_text_and_time_and_returns_to_where_it_was():
    sitting = machine.start(small_session(), 0.0)
    sitting = machine.submit(machine.write(sitting, "one", 5.0), 10.0)
    sitting = machine.write(sitting, "two, half", 15.0)
    sitting = machine.back(sitting, 20.0)
    assert sitting.stage.answer == "one"
    sitting = machine.submit(machine.write(sitting, "one, better", 22.0), 25.0)
    assert sitting.stage.answer == "two, half"
    assert sitting.session.stages[0].answer == "one, better"
    assert sitting.session.stages[0].seconds == 15.0


def test_the_first_stage_has_none_before_it():
    sitting = machine.start(small_session(), 0.0)
    assert machine.back(sitting, 1.0).stage.id == "requirements"


def test_a_skipped_stage_keeps_its_text_and_counts_as_done():
    sitting = machine.write(machine.start(small_session(), 0.0), "a start", 1.0)
    sitting = machine.skip(sitting, 2.0)
    first = sitting.session.stages[0]
    assert (first.answer, first.skipped, first.done) == ("a start", True, True)


def test_answering_a_skipped_stage_after_all_takes_the_mark_off():
    sitting = machine.skip(machine.start(small_session(), 0.0), 1.0)
    sitting = machine.back(sitting, 2.0)
    sitting = machine.submit(machine.write(sitting, "after all", 3.0), 4.0)
    assert not sitting.session.stages[0].skipped


def test_a_pause_takes_no_time_and_writing_ends_it():
    sitting = machine.pause(machine.start(small_session(), 0.0), 10.0)
    assert sitting.is_paused
    sitting = machine.tick(sitting, 500.0)
    assert sitting.stage.seconds == 10.0
    assert machine.write(sitting, "", 510.0).is_paused
    sitting = machine.write(sitting, "on", 600.0)
    assert machine.tick(sitting, 605.0).stage.seconds == 15.0


def test_a_resumed_sitting_goes_on_with_the_time_used():
    left = machine.leave(machine.start(small_session(), 0.0), 40.0)
    again = machine.start(left.session, 9_000.0)
    assert machine.tick(again, 9_002.0).stage.seconds == 42.0


def test_the_interviewer_interrupts_once_at_zero():
    sitting = machine.start(small_session(minutes=45), 0.0)
    for now in (599.0, 601.0, 602.0, 700.0):
        sitting = machine.tick(sitting, now)
    assert len(machine.said_in(sitting.session, "requirements")) == 1
    assert sitting.stage.answer == ""


def test_a_resumed_sitting_does_not_interrupt_again():
    sitting = machine.tick(machine.start(small_session(), 0.0), 601.0)
    again = machine.tick(machine.start(sitting.session, 0.0), 5.0)
    assert machine.said_in(again.session, "requirements") == machine.said_in(sitting.session, "requirements")


def test_a_mock_gives_no_hints():
    sitting, line = machine.hint(machine.start(small_session(), 0.0), PLAN, 1.0)
    assert line == machine.NO_HINTS
    assert sitting.stage.hints_used == 0
    assert sitting.session.transcript == ()


def test_a_coached_sitting_gives_hints_layer_by_layer():
    sitting = machine.start(small_session(mode=Mode.COACHED), 0.0)
    lines = []
    for now in (1.0, 2.0, 3.0):
        sitting, line = machine.hint(sitting, PLAN, now)
        lines.append(line)
    assert lines == ["Who waits?", "For how long?", machine.NO_MORE_HINTS]
    assert sitting.stage.hints_used == 2
    assert machine.said_in(sitting.session, "requirements") == ("Who waits?", "For how long?")


@given(st.text(alphabet=st.characters()))
def test_keeps_any_text(text: str):
    sitting = machine.write(machine.start(small_session(), 0.0), text, 1.0)
    assert sitting.stage.answer == clean(text)


class AnySitting(RuleBasedStateMachine):
    """Any sequence of events: no text is lost, no time is taken back."""

    @initialize(mode=st.sampled_from(Mode))
    def begin(self, mode):
        self.sitting = machine.start(small_session(mode=mode), 0.0)
        self.now = 0.0
        self.texts = {stage.id: "" for stage in self.sitting.session.stages}
        self.seconds = self._seconds()
        self.transcript: tuple[tuple[str, str, str], ...] = ()

    @rule(step=st.floats(min_value=-50, max_value=2000))
    def time_passes(self, step):
        self.now += step

    @precondition(lambda self: not self.sitting.is_over)
    @rule(text=st.text(max_size=20))
    def write(self, text):
        self.texts[self.sitting.stage.id] = clean(text)
        self.sitting = machine.write(self.sitting, text, self.now)

    @rule(event=st.sampled_from(["tick", "submit", "skip", "back", "pause", "go_on", "leave"]))
    def happen(self, event):
        self.sitting = getattr(machine, event)(self.sitting, self.now)

    @rule()
    def hint(self):
        self.sitting, _ = machine.hint(self.sitting, PLAN, self.now)

    @rule(later=st.floats(min_value=0, max_value=1e6))
    def resume(self, later):
        self.now = later
        self.sitting = machine.start(self.sitting.session, later)

    @invariant()
    def no_text_is_lost(self):
        assert {stage.id: stage.answer for stage in self.sitting.session.stages} == self.texts

    @invariant()
    def no_time_is_taken_back(self):
        after = self._seconds()
        assert all(new >= old for new, old in zip(after, self.seconds, strict=True))
        self.seconds = after

    @invariant()
    def nothing_said_is_unsaid(self):
        assert self.sitting.session.transcript[: len(self.transcript)] == self.transcript
        self.transcript = self.sitting.session.transcript

    @invariant()
    def it_is_over_exactly_when_all_stages_are_done(self):
        if self.sitting.is_over:
            assert all(stage.done for stage in self.sitting.session.stages)

    def _seconds(self) -> list[float]:
        return [stage.seconds for stage in self.sitting.session.stages]


TestAnySitting = AnySitting.TestCase
TestAnySitting.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
