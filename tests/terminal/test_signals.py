import os
import signal

import pytest

from mlsd_coach.interview.prompter import Leave
from mlsd_coach.terminal.signals import Departure, Departures

WAYS = [(signal.SIGINT, Leave.INTERRUPT), (signal.SIGTERM, Leave.TERMINATE), (signal.SIGHUP, Leave.HANGUP)]


@pytest.mark.parametrize(("number", "leave"), WAYS)
def test_a_signal_is_raised_where_nobody_asked_for_a_call(number: int, leave: Leave):
    before = signal.getsignal(number)
    with Departures(), pytest.raises(Departure) as raised:
        os.kill(os.getpid(), number)
    assert raised.value.leave is leave
    assert signal.getsignal(number) is before


@pytest.mark.parametrize(("number", "leave"), WAYS)
def test_a_signal_calls_who_asked_for_it(number: int, leave: Leave):
    called: list[Leave] = []
    with Departures() as departures:
        departures.route = called.append
        os.kill(os.getpid(), number)
    assert called == [leave]


def test_another_program_s_ctrl_c_is_not_ours():
    called: list[Leave] = []
    with Departures() as departures:
        departures.route = called.append
        departures.ignores_interrupt = True
        os.kill(os.getpid(), signal.SIGINT)
    assert called == []


def test_who_started_us_with_nohup_wants_the_hangup_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Departures():
            os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_second_ctrl_c_quits_hard():
    child = os.fork()
    if child == 0:
        with Departures() as departures:
            departures.route = lambda _leave: None
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
        os._exit(7)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 130
