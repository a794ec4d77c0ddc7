"""The sitting around what the interviewer says after a stage, and around questions: nothing said is ever lost."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mlsd_coach.history.records import session_from_text, session_to_text
from mlsd_coach.interview import sitting as machine
from mlsd_coach.interview.live import LiveSitting
from mlsd_coach.interview.pacing import Pace
from mlsd_coach.interview.sitting import Sitting
from mlsd_coach.interview.text import clean
from mlsd_coach.models import Asked, Exchange, Fact, Heard, Mode, Scenario, Session, Turn
from tests.interview.interviews import small_scenario, small_session

STAGE_IDS = ("requirements", "data", "models")
EYEBROW = Exchange(Turn.EYEBROW, "requirements", "Hm. Really?", 45.0, "a-flag", "as I said")
FOLLOW_UP = Exchange(Turn.FOLLOW_UP, "requirements", "Which one, and why?", 75.0, "goal")
CHANGE = Exchange(Turn.CHANGE, "requirements", "Legal has called. What changes?", 180.0)
TOLD = Asked("requirements", "How many readers?", Heard.TOLD, "Five million.", ("readers",))
ASSUMED = Asked("requirements", "I take one in ten.", Heard.ASSUMED, "Fine.")
NEW_KEYS = ("seed", "persona", "asked", "exchanges", "called", "returned", "cuts", "at_zero")


def answered(*spoken: Exchange, text: str = "one", now: float = 10.0) -> Sitting:
    """The first stage written and ended at `now`, with the interviewer having something to say."""
    sitting = machine.write(machine.start(small_session(), 0.0), text, now - 1.0)
    return machine.proceed(machine.close(sitting, now), spoken, now)


def said(session: Session) -> list[tuple[str, str]]:
    return [(who, text) for _, who, text in session.transcript]


# After a stage ----------------------------------------------------------------


def test_a_closed_stage_stays_open_to_the_eye_until_the_interviewer_has_thought():
    sitting = machine.close(machine.write(machine.start(small_session(), 0.0), "one", 4.0), 10.0)
    assert sitting.stage.id == "requirements"
    assert (sitting.stage.done, sitting.stage.skipped, sitting.stage.answer) == (True, False, "one")
    assert sitting.is_paused
    assert machine.tick(sitting, 60.0).stage.seconds == 10.0


def test_with_nothing_to_say_the_next_stage_opens_at_once():
    sitting = answered()
    assert sitting.stage.id == "data"
    assert sitting.exchange is None
    assert sitting.session.exchanges == ()


def test_what_is_said_after_a_stage_waits_for_a_reply_before_the_next_stage_opens():
    sitting = answered(FOLLOW_UP)
    assert sitting.exchange == FOLLOW_UP
    assert sitting.stage.id == "requirements"
    assert said(sitting.session) == [("candidate", "one"), ("interviewer", "Which one, and why?")]


def test_a_reply_has_its_own_clock_and_takes_none_of_the_stage_s_time():
    sitting = machine.tick(answered(FOLLOW_UP), 40.0)
    assert sitting.exchange is not None
    assert sitting.exchange.seconds == 30.0
    assert sitting.stage.seconds == 10.0
    assert machine.submit(sitting, 50.0).session.exchanges[0].seconds == 40.0


def test_a_reply_is_written_cleaned_and_kept_apart_from_the_answer():
    sitting = machine.write(answered(FOLLOW_UP), "the goal\r\n\x1bbecause", 12.0)
    sitting = machine.submit(sitting, 20.0)
    kept = sitting.session.exchanges[0]
    assert (kept.answer, kept.done) == ("the goal\nbecause", True)
    assert sitting.session.stages[0].answer == "one"
    assert sitting.stage.id == "data"
    assert sitting.stage.answer == ""


def test_an_empty_reply_moves_on_and_says_nothing_in_the_candidate_s_name():
    sitting = machine.submit(answered(FOLLOW_UP), 20.0)
    assert sitting.stage.id == "data"
    assert sitting.session.exchanges[0].done
    assert said(sitting.session)[-1] == ("interviewer", FOLLOW_UP.says)


def test_skipping_a_reply_keeps_what_was_written_and_does_not_skip_the_stage():
    sitting = machine.skip(machine.write(answered(FOLLOW_UP), "half a", 12.0), 13.0)
    assert sitting.session.exchanges[0].answer == "half a"
    assert not sitting.session.stages[0].skipped
    assert sitting.stage.id == "data"


def test_what_is_said_comes_one_after_the_other_and_the_next_stage_after_the_last():
    sitting = answered(EYEBROW, FOLLOW_UP, CHANGE)
    heard = []
    now = 10.0
    while sitting.exchange is not None:
        heard.append(sitting.exchange.turn)
        assert sitting.stage.id == "requirements"
        sitting = machine.submit(machine.write(sitting, f"reply {len(heard)}", now + 5.0), now + 10.0)
        now += 10.0
    assert heard == [Turn.EYEBROW, Turn.FOLLOW_UP, Turn.CHANGE]
    assert sitting.stage.id == "data"
    assert [each.answer for each in sitting.session.exchanges] == ["reply 1", "reply 2", "reply 3"]
    assert [each.seconds for each in sitting.session.exchanges] == [10.0, 10.0, 10.0]


def test_the_sitting_is_over_only_after_the_last_reply():
    sitting = machine.start(small_session(stages=["requirements"]), 0.0)
    sitting = machine.proceed(machine.close(sitting, 1.0), [FOLLOW_UP], 1.0)
    assert not sitting.is_over
    sitting = machine.submit(sitting, 2.0)
    assert sitting.is_over
    assert sitting.exchange is None


def test_the_interviewer_says_once_that_a_reply_takes_too_long():
    sitting = answered(FOLLOW_UP)
    for now in (84.0, 86.0, 90.0, 300.0):
        sitting = machine.tick(sitting, now)
    assert [text for _, text in said(sitting.session)].count(machine.REPLY_IS_LATE) == 1
    assert sitting.exchange is not None


def test_going_back_has_to_wait_for_the_reply():
    sitting = machine.submit(answered(), 20.0)
    assert sitting.stage.id == "models"
    sitting = machine.proceed(machine.close(sitting, 30.0), [replace(FOLLOW_UP, stage="models")], 30.0)
    refused = machine.back(machine.write(sitting, "half", 31.0), 32.0)
    assert refused.stage.id == "models"
    assert refused.exchange is not None
    assert refused.exchange.answer == "half"
    assert refused.exchange.seconds == 2.0


@pytest.mark.parametrize("event", ["submit", "skip", "back", "tick", "pause", "go_on", "leave", "close"])
def test_nothing_happens_in_a_sitting_that_is_over(event: str):
    sitting = machine.start(small_session(stages=["data"]), 0.0)
    over = machine.submit(sitting, 5.0)
    assert getattr(machine, event)(over, 50.0).session == over.session
    assert machine.write(over, "late", 50.0) == over
    assert machine.ask(over, TOLD, 50.0).session == over.session
    assert machine.proceed(over, [FOLLOW_UP], 50.0) == over
    assert machine.call(over, "data", 50.0).session == over.session


def test_a_coached_reply_gets_no_hint():
    sitting = machine.start(small_session(mode=Mode.COACHED), 0.0)
    sitting = machine.proceed(machine.close(sitting, 1.0), [FOLLOW_UP], 1.0)
    after, line = machine.hint(sitting, small_scenario().stages[0], 2.0)
    assert line == machine.NO_MORE_HINTS
    assert after.session.stages[0].hints_used == 0


# Left and resumed ----------------------------------------------------------------


def test_a_sitting_left_in_the_middle_of_a_reply_goes_on_there_with_the_time_used():
    sitting = machine.leave(machine.write(answered(FOLLOW_UP), "half a reply", 20.0), 40.0)
    again = machine.start(session_from_text(session_to_text(sitting.session)), 9_000.0)
    assert again.exchange is not None
    assert (again.exchange.answer, again.exchange.seconds) == ("half a reply", 30.0)
    again = machine.tick(again, 9_005.0)
    assert again.exchange is not None
    assert again.exchange.seconds == 35.0
    assert machine.submit(again, 9_005.0).stage.id == "data"


def test_a_sitting_left_between_two_of_the_interviewer_s_sentences_says_the_second():
    sitting = machine.close(answered(EYEBROW, FOLLOW_UP), 12.0)
    again = machine.proceed(machine.start(sitting.session, 0.0), (), 0.0)
    assert again.exchange == FOLLOW_UP


def test_a_pause_stops_a_reply_s_clock_and_writing_sets_it_going():
    sitting = machine.pause(answered(FOLLOW_UP), 20.0)
    assert sitting.is_paused
    sitting = machine.tick(sitting, 500.0)
    assert sitting.exchange is not None
    assert sitting.exchange.seconds == 10.0
    sitting = machine.tick(machine.write(sitting, "on", 600.0), 604.0)
    assert sitting.exchange is not None
    assert sitting.exchange.seconds == 14.0


# Questions ----------------------------------------------------------------


def test_a_question_and_its_reply_are_kept_and_the_clock_goes_on():
    sitting = machine.ask(machine.start(small_session(), 0.0), TOLD, 5.0)
    assert sitting.session.asked == (TOLD,)
    assert said(sitting.session) == [("question", "How many readers?"), ("interviewer", "Five million.")]
    assert machine.said_in(sitting.session, "requirements") == ("You: How many readers?", "Five million.")
    assert machine.tick(sitting, 9.0).stage.seconds == 9.0


def test_a_question_sets_a_paused_clock_going():
    sitting = machine.pause(machine.start(small_session(), 0.0), 5.0)
    assert machine.tick(machine.ask(sitting, TOLD, 100.0), 103.0).stage.seconds == 8.0


def test_a_question_during_a_reply_leaves_the_reply_open():
    sitting = machine.ask(machine.write(answered(FOLLOW_UP), "half", 12.0), TOLD, 15.0)
    assert sitting.exchange is not None
    assert (sitting.exchange.answer, sitting.exchange.seconds) == ("half", 5.0)
    assert sitting.session.asked == (TOLD,)


def test_the_transcript_is_in_the_order_in_which_things_were_said():
    sitting = machine.ask(machine.start(small_session(), 0.0), TOLD, 1.0)
    sitting = machine.ask(sitting, ASSUMED, 2.0)
    sitting = machine.close(machine.write(sitting, "one", 3.0), 4.0)
    sitting = machine.proceed(sitting, [EYEBROW, CHANGE], 4.0)
    sitting = machine.submit(machine.write(sitting, "I take it back", 5.0), 6.0)
    sitting = machine.submit(machine.write(sitting, "the data goes", 7.0), 8.0)
    sitting = machine.submit(machine.write(sitting, "two", 9.0), 10.0)
    assert sitting.session.transcript == (
        ("requirements", "question", "How many readers?"),
        ("requirements", "interviewer", "Five million."),
        ("requirements", "question", "I take one in ten."),
        ("requirements", "interviewer", "Fine."),
        ("requirements", "candidate", "one"),
        ("requirements", "interviewer", "Hm. Really?"),
        ("requirements", "candidate", "I take it back"),
        ("requirements", "interviewer", "Legal has called. What changes?"),
        ("requirements", "candidate", "the data goes"),
        ("data", "candidate", "two"),
    )


def test_a_skipped_stage_puts_nothing_into_the_candidate_s_mouth():
    sitting = machine.skip(machine.write(machine.start(small_session(), 0.0), "a start", 1.0), 2.0)
    assert sitting.session.transcript == ()


# Calling the next stage, and coming back ----------------------------------------------------------------


def test_a_called_stage_opens_once_the_interviewer_has_nothing_more_to_say():
    sitting = machine.call(machine.write(machine.start(small_session(), 0.0), "one", 1.0), "models", 2.0)
    assert sitting.stage.id == "requirements"
    sitting = machine.proceed(machine.close(sitting, 3.0), [FOLLOW_UP], 3.0)
    assert sitting.exchange is not None
    sitting = machine.submit(sitting, 4.0)
    assert sitting.stage.id == "models"
    assert sitting.session.called == (("requirements", "models"),)
    assert machine.submit(sitting, 5.0).stage.id == "data"


def test_a_stage_that_is_not_part_of_the_sitting_cannot_be_called():
    sitting = machine.start(small_session(stages=["requirements", "data"]), 0.0)
    called = machine.call(sitting, "models", 2.0)
    assert called.session.called == ()
    assert machine.submit(called, 3.0).stage.id == "data"


def test_the_last_call_is_the_one_that_counts():
    sitting = machine.call(machine.start(small_session(), 0.0), "data", 1.0)
    sitting = machine.submit(machine.call(sitting, "models", 2.0), 3.0)
    assert sitting.stage.id == "models"


def test_stages_opened_again_are_kept_in_order():
    sitting = machine.submit(answered(), 20.0)
    sitting = machine.back(machine.back(sitting, 21.0), 22.0)
    assert sitting.stage.id == "requirements"
    assert sitting.session.returned == ("data", "requirements")


def test_opening_a_stage_for_the_first_time_is_no_return():
    sitting = machine.submit(machine.submit(machine.start(small_session(), 0.0), 1.0), 2.0)
    assert sitting.session.returned == ()


def test_calling_a_stage_that_is_done_is_a_return():
    sitting = machine.submit(machine.call(answered(), "requirements", 11.0), 12.0)
    assert (sitting.stage.id, sitting.stage.answer) == ("requirements", "one")
    assert sitting.session.returned == ("requirements",)


# Cuts ----------------------------------------------------------------


def test_the_answers_are_kept_as_they_stood_at_twenty_thirty_five_and_forty_five_minutes():
    sitting = machine.start(small_session(), 0.0)
    texts = []
    for minute in range(1, 51):
        texts.append(f"minute {minute}")
        sitting = machine.write(machine.tick(sitting, minute * 60.0), texts[-1], minute * 60.0)
    kept = dict(sitting.session.cuts)
    # At minute 20 stands what was written a minute before.
    assert kept == {
        20.0: (("requirements", "minute 19"),),
        35.0: (("requirements", "minute 34"),),
        45.0: (("requirements", "minute 44"),),
    }


def test_a_cut_holds_every_stage_that_was_spoken_to_and_the_questions():
    sitting = machine.ask(machine.start(small_session(), 0.0), TOLD, 5.0)
    sitting = machine.submit(machine.write(sitting, "one\n", 6.0), 600.0)
    sitting = machine.write(sitting, "two", 700.0)
    sitting = machine.tick(sitting, 1300.0)
    assert sitting.session.cuts == ((20.0, (("requirements", "one\n\nHow many readers?"), ("data", "two"))),)


def test_an_answer_at_zero_is_kept_once_with_its_questions_whatever_comes_after():
    sitting = machine.ask(machine.write(machine.start(small_session(), 0.0), "in time", 5.0), TOLD, 6.0)
    sitting = machine.tick(sitting, 600.0)
    assert sitting.session.at_zero == ()
    sitting = machine.write(sitting, "in time, and more", 601.0)
    sitting = machine.tick(sitting, 900.0)
    assert sitting.session.at_zero == (("requirements", "in time\n\nHow many readers?"),)


def test_a_reply_s_time_brings_no_cut_nearer():
    sitting = machine.submit(machine.write(answered(FOLLOW_UP), "long", 12.0), 10_000.0)
    assert sitting.session.cuts == ()
    assert sitting.session.at_zero == ()


# Sessions as text ----------------------------------------------------------------


def test_a_session_of_an_older_coach_is_read_with_nobody_following_up():
    obj = json.loads(session_to_text(small_session()))
    old = json.dumps({key: value for key, value in obj.items() if key not in NEW_KEYS})
    session = session_from_text(old)
    assert session == small_session()
    assert session.persona == ""
    assert machine.start(session, 0.0).exchange is None


# A sitting with a host ----------------------------------------------------------------


def told_scenario() -> Scenario:
    facts = (Fact("readers", "Five million people read.", note="5 M readers"),)
    return replace(small_scenario(), facts=facts)


class FakeHost:
    """Says what it was given after each stage, and answers everything alike; notes what was on disk by then."""

    def __init__(self, kept: list[Session], spoken: dict[str, Sequence[Exchange]]) -> None:
        self.kept = kept
        self.spoken = spoken
        self.thought_of: list[tuple[str, bool]] = []
        self.heard = Heard.TOLD
        self.written: list[Asked] = []

    def hear(self, session: Session, question: str) -> Asked:
        stage = session.stages[session.current].id
        return Asked(stage, question, self.heard, "Five million people read.", ("readers",))

    def listen(self) -> None:
        pass

    def hear_written(self, session: Session) -> Sequence[Asked]:
        return self.written

    def respond(self, session: Session) -> Sequence[Exchange]:
        stage = session.stages[session.current]
        on_disk = self.kept[-1].stages[session.current]
        self.thought_of.append((stage.id, on_disk.done and on_disk.answer == stage.answer))
        return self.spoken.get(stage.id, ())


class Table:
    """A live sitting with a fake interviewer, a hand-set clock and a store in a list."""

    def __init__(self, session: Session | None = None, *, hosted: bool = True, **spoken: Sequence[Exchange]) -> None:
        self.now = 0.0
        self.kept: list[Session] = []
        self.host = FakeHost(self.kept, spoken)
        self.live = LiveSitting(
            session or small_session(),
            told_scenario(),
            clock=lambda: self.now,
            wall=lambda: datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC) + timedelta(seconds=self.now),
            save=self.kept.append,
            host=self.host if hosted else None,
        )

    def end(self, text: str) -> None:
        self.live.write(text)
        self.live.submit()


def test_an_answer_is_on_disk_before_the_interviewer_thinks():
    table = Table(requirements=[FOLLOW_UP])
    table.end("all of it")
    assert table.host.thought_of == [("requirements", True)]
    assert table.kept[-1].exchanges == (FOLLOW_UP,)


def test_the_interviewer_thinks_about_stages_and_not_about_replies():
    table = Table(requirements=[FOLLOW_UP])
    table.end("one")
    table.end("a reply")
    table.end("two")
    assert [stage for stage, _ in table.host.thought_of] == ["requirements", "data"]
    assert table.kept[-1].exchanges[0].answer == "a reply"


def test_what_is_to_be_written_switches_to_the_reply_and_back():
    table = Table(requirements=[FOLLOW_UP])
    live = table.live
    assert (live.title, live.prompt, live.exchange) == ("Requirements", "On requirements?", None)
    table.now = 60.0
    table.end("one")
    table.now = 70.0
    live.tick()
    assert live.title == "Requirements: follow-up"
    assert live.prompt == FOLLOW_UP.says
    assert (live.answer, live.said) == ("", ())
    assert (live.budget, live.used, live.stage_left) == (75.0, 10.0, 65.0)
    assert live.pace is Pace.STEADY
    live.write("a reply")
    assert live.answer == "a reply"
    live.submit()
    assert (live.title, live.prompt, live.answer) == ("Data", "On data?", "")
    assert live.budget == live.stage.budget_seconds
    assert live.used == 0.0


@pytest.mark.parametrize(
    ("turn", "title"),
    [
        (Turn.EYEBROW, "hm"),
        (Turn.MORE, "tell me more"),
        (Turn.ENOUGH, "moving on"),
        (Turn.FOLLOW_UP, "follow-up"),
        (Turn.DEEP_DIVE, "deep dive"),
        (Turn.CHANGE, "a change"),
    ],
)
def test_every_turn_has_a_title(turn: Turn, title: str):
    table = Table(requirements=[replace(FOLLOW_UP, turn=turn)])
    table.end("one")
    assert table.live.title == f"Requirements: {title}"


def test_every_stage_and_every_reply_is_a_part_of_its_own():
    table = Table(requirements=[EYEBROW, FOLLOW_UP], data=[replace(CHANGE, stage="data")])
    parts = [table.live.part]
    for text in ("one", "reply", "reply", "two", "reply"):
        table.end(text)
        parts.append(table.live.part)
    assert len(set(parts)) == 6


def test_a_reply_under_way_is_on_disk_within_a_second():
    table = Table(requirements=[FOLLOW_UP])
    table.end("one")
    table.live.write("half a reply")
    for _ in range(4):
        table.now += 0.25
        table.live.tick()
    assert table.kept[-1].exchanges[0].answer == "half a reply"


def test_skipping_a_reply_goes_on_to_the_next_stage():
    table = Table(requirements=[FOLLOW_UP])
    table.end("one")
    table.live.skip()
    assert table.live.stage.id == "data"
    assert not table.kept[-1].stages[0].skipped


def test_a_sitting_resumed_in_the_middle_of_a_reply_asks_again():
    table = Table(requirements=[FOLLOW_UP])
    table.end("one")
    table.live.write("half")
    table.now = 30.0
    table.live.leave()
    again = Table(table.kept[-1])
    assert again.live.prompt == FOLLOW_UP.says
    assert again.live.answer == "half"
    assert again.live.used == 30.0
    again.live.submit()
    assert again.live.stage.id == "data"
    assert again.host.thought_of == []


def test_a_question_is_answered_noted_and_on_disk():
    table = Table()
    assert table.live.may_ask
    asked = table.live.ask("How many readers?")
    assert asked is not None
    assert asked.reply == "Five million people read."
    assert table.kept[-1].asked == (asked,)
    assert table.live.notes == ("5 M readers",)
    assert table.live.said == ("You: How many readers?", "Five million people read.")


def test_a_question_in_the_answer_is_heard_when_the_stage_ends():
    table = Table(requirements=[FOLLOW_UP])
    table.host.written = [TOLD]
    table.live.write("First of all. How many readers?")
    table.now = 20.0
    table.live.submit()
    table.now = 30.0
    table.host.written = []
    table.live.submit()
    assert table.kept[-1].asked == (TOLD,)
    assert table.live.notes == ("5 M readers",)
    assert table.kept[-1].stages[0].seconds == 20.0
    assert [who for _, who, _ in table.kept[-1].transcript] == ["candidate", "question", "interviewer", "interviewer"]


def test_an_assumption_is_noted_as_one_and_a_thing_told_twice_once():
    table = Table()
    for heard, words in ((Heard.TOLD, "How many?"), (Heard.TOLD, "How many?"), (Heard.UNKNOWN, "Which colour?")):
        table.host.heard = heard
        table.live.ask(words)
    table.host.heard = Heard.ASSUMED
    table.live.ask("I take blue.")
    assert table.live.notes == ("5 M readers", "assumed: I take blue.")


def test_nothing_is_asked_with_no_words_or_with_nobody_there():
    table, alone = Table(), Table(hosted=False)
    assert table.live.ask("  \t") is None
    assert not alone.live.may_ask
    assert alone.live.ask("How many readers?") is None
    assert (table.live.session.asked, alone.live.session.asked) == ((), ())


def test_without_a_host_stages_follow_each_other():
    table = Table(hosted=False)
    for text in ("one", "two", "three"):
        table.end(text)
    assert table.live.is_over
    assert table.kept[-1].exchanges == ()


def test_a_candidate_may_call_the_next_stage_in_a_mock_unless_a_reply_is_due():
    table = Table(requirements=[FOLLOW_UP])
    may = [table.live.may_call]
    for text in ("one", "a reply"):
        table.end(text)
        may.append(table.live.may_call)
    assert may == [True, False, True]
    assert not Table(small_session(mode=Mode.COACHED)).live.may_call
    assert not Table(small_session(stages=["data"])).live.may_call


def test_a_called_stage_ends_the_one_under_way_and_the_interviewer_has_the_word_first():
    table = Table(requirements=[FOLLOW_UP])
    table.live.write("one")
    table.live.call("models")
    assert table.live.prompt == FOLLOW_UP.says
    table.live.submit()
    assert table.live.stage.id == "models"
    assert table.kept[-1].called == (("requirements", "models"),)


@pytest.mark.parametrize(("text", "is_skipped"), [("", True), ("  \n", True), ("one", False)])
def test_calling_away_from_an_empty_stage_skips_it(text: str, is_skipped: bool):
    table = Table()
    table.live.write(text)
    table.live.call("models")
    assert table.kept[-1].stages[0].skipped is is_skipped


def test_the_first_stage_is_no_longer_the_opening_while_a_reply_is_due():
    table = Table(requirements=[FOLLOW_UP])
    opening = [table.live.is_opening]
    table.end("one")
    opening.append(table.live.is_opening)
    assert opening == [True, False]


# Whatever happens ----------------------------------------------------------------

TEXTS = st.text(alphabet=st.characters(), max_size=20)
TURNS = st.lists(st.sampled_from([EYEBROW, FOLLOW_UP, CHANGE]), max_size=3)


@settings(max_examples=50, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_any_answer_reply_and_question_make_the_round_trip_through_text(answer: str, reply: str, question: str):
    sitting = machine.write(machine.start(small_session(), 0.0), answer, 1.0)
    sitting = machine.ask(sitting, replace(TOLD, says=clean(question)), 700.0)
    sitting = machine.proceed(machine.close(sitting, 1300.0), [FOLLOW_UP], 1300.0)
    session = machine.write(sitting, reply, 1301.0).session
    assert session.cuts
    assert session.at_zero
    assert session_from_text(session_to_text(session)) == session


class AnyConversation(RuleBasedStateMachine):
    """Any sequence of events: no text is lost, no time is taken back, and the session can be stored."""

    @initialize(mode=st.sampled_from(Mode))
    def begin(self, mode):
        self.now = 0.0
        self.sitting = machine.start(small_session(mode=mode), 0.0)
        self.answers = dict.fromkeys(STAGE_IDS, "")
        self.replies: list[str] = []
        self.questions: list[str] = []
        self.seconds = self._seconds()
        self.transcript: tuple[tuple[str, str, str], ...] = ()
        self.marks: tuple[tuple, ...] = ((), (), (), ())

    @rule(step=st.floats(min_value=-50, max_value=2000))
    def time_passes(self, step):
        self.now += step

    @rule(text=TEXTS)
    def write(self, text):
        if not self.sitting.is_over:
            if self.sitting.exchange is None:
                self.answers[self.sitting.stage.id] = clean(text)
            else:
                at = next(n for n, each in enumerate(self.sitting.session.exchanges) if not each.done)
                self.replies[at] = clean(text)
        self.sitting = machine.write(self.sitting, text, self.now)

    @rule(spoken=TURNS, skipped=st.booleans())
    def end(self, spoken, skipped):
        """End the stage, or the reply; only after a stage the interviewer has something to say."""
        is_reply = self.sitting.exchange is not None
        was_over = self.sitting.is_over
        closed = machine.close(self.sitting, self.now, skipped=skipped)
        self.sitting = machine.proceed(closed, () if is_reply else spoken, self.now)
        if not is_reply and not was_over:
            self.replies += [""] * len(spoken)

    @rule(event=st.sampled_from(["tick", "submit", "skip", "back", "pause", "go_on", "leave"]))
    def happen(self, event):
        self.sitting = getattr(machine, event)(self.sitting, self.now)

    @rule(stage=st.sampled_from([*STAGE_IDS, "no-such-stage"]))
    def call(self, stage):
        self.sitting = machine.call(self.sitting, stage, self.now)

    @rule(question=TEXTS)
    def ask(self, question):
        if not self.sitting.is_over:
            self.questions.append(clean(question))
            asked = replace(TOLD, stage=self.sitting.stage.id, says=clean(question))
            self.sitting = machine.ask(self.sitting, asked, self.now)

    @rule(later=st.floats(min_value=0, max_value=1e6))
    def resume(self, later):
        self.now = later
        self.sitting = machine.start(session_from_text(session_to_text(self.sitting.session)), later)

    @invariant()
    def no_text_is_lost(self):
        session = self.sitting.session
        assert {stage.id: stage.answer for stage in session.stages} == self.answers
        assert [each.answer for each in session.exchanges] == self.replies
        assert [each.says for each in session.asked] == self.questions

    @invariant()
    def no_time_is_taken_back(self):
        after = self._seconds()
        assert all(new >= old for new, old in zip(after, self.seconds, strict=False))
        assert len(after) >= len(self.seconds)
        self.seconds = after

    @invariant()
    def nothing_that_happened_is_undone(self):
        session = self.sitting.session
        assert session.transcript[: len(self.transcript)] == self.transcript
        marks = (session.called, session.returned, session.cuts, session.at_zero)
        assert all(new[: len(old)] == old for new, old in zip(marks, self.marks, strict=True))
        self.transcript, self.marks = session.transcript, marks

    @invariant()
    def at_most_one_reply_is_due_and_they_come_in_order(self):
        done = [each.done for each in self.sitting.session.exchanges]
        assert done == sorted(done, reverse=True)

    @invariant()
    def every_mark_of_the_clock_is_kept_once(self):
        for kept in (self.sitting.session.cuts, self.sitting.session.at_zero):
            names = [name for name, _ in kept]
            assert len(names) == len(set(names))

    @invariant()
    def it_makes_the_round_trip_through_text(self):
        session = self.sitting.session
        assert session_from_text(session_to_text(session)) == session

    def _seconds(self) -> list[float]:
        session = self.sitting.session
        return [*(stage.seconds for stage in session.stages), *(each.seconds for each in session.exchanges)]


TestAnyConversation = AnyConversation.TestCase
TestAnyConversation.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
