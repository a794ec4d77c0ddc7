"""Leaving by a signal: SIGINT, SIGTERM and SIGHUP become a call, so that the answer is saved first."""

import os
import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

from mlsd_coach.interview.prompter import Leave

_WAYS = {"SIGINT": Leave.INTERRUPT, "SIGTERM": Leave.TERMINATE, "SIGHUP": Leave.HANGUP}


class Departure(BaseException):
    """Raised where a signal arrived while nobody had asked to be called instead."""

    def __init__(self, leave: Leave) -> None:
        super().__init__(leave)
        self.leave = leave


class Departures:
    """While entered, a leaving signal calls `route` if set, else raises Departure; a second Ctrl-C quits hard."""

    def __init__(self) -> None:
        self.route: Callable[[Leave], None] | None = None
        self.ignores_interrupt = False
        """Set while another program has the terminal: its Ctrl-C is not ours."""
        self._is_leaving = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> "Departures":
        for name in _WAYS:
            number = getattr(signal, name, None)  # Windows has no SIGHUP
            # Someone who started us with nohup wants SIGHUP ignored.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._receive)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

    def _receive(self, number: int, frame: FrameType | None) -> None:
        del frame
        leave = _WAYS[signal.Signals(number).name]
        if leave is Leave.INTERRUPT:
            if self.ignores_interrupt:
                return
            if self._is_leaving:
                os._exit(leave.exit_code)
        self._is_leaving = True
        if self.route is None:
            raise Departure(leave)
        self.route(leave)


def let_go_of_terminal() -> None:
    """Point standard output and error at nothing after the terminal is gone, so that no late flush fails."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
