"""Many files scored at once, by processes that are started fresh and end with this one."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path
from threading import Thread

from mlsd_coach.commands.answer_files import AnswerFile
from mlsd_coach.commands.scoring_work import Desk, Scored, Terms
from mlsd_coach.content.library import Library
from mlsd_coach.errors import CoachError

_BLOCK = getattr(signal, "pthread_sigmask", None)  # Windows has none
_desk: Desk | None = None
"""The one of this process, where it is one of the workers."""
_stopped: Event | None = None
"""Set once nothing more is wanted of the workers."""


def score_all(
    files: Sequence[AnswerFile], terms: Terms, roots: Sequence[Path], cache: Path, *, jobs: int
) -> Generator[Scored, None, None]:
    """Yield what becomes of each file, in the order of the files, however many processes work on them.

    With one job everything happens in this process. `roots` and `cache` are where the content lies. CoachError when a
    process is killed from outside; whatever ends the iteration early ends the processes too.
    """
    if jobs == 1 or len(files) == 1:
        desk = Desk(Library(roots, cache_dir=cache))
        yield from (desk.try_to_score(file, terms) for file in files)
        return
    # Spawned: a fork would copy whatever threads and locks this process has.
    context = multiprocessing.get_context("spawn")
    stopped = context.Event()
    pool = ProcessPoolExecutor(min(jobs, len(files)), context, _begin, (list(roots), cache, stopped))
    try:
        with _interrupts_waiting():
            waiting: deque[Future[Scored]] = deque(pool.submit(_score, file, terms) for file in files)
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        message = "A process that was scoring files has been ended from outside."
        raise CoachError(message, fix="It may have been short of memory: try again with --jobs 1.") from None
    finally:
        # Nobody is killed: a worker that dies while it sends a result leaves half of it in the pipe, and the reader at
        # the other end waits for ever. Each ends with the file it is at.
        stopped.set()
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_waiting() -> Iterator[None]:
    """Hold Ctrl-C back while processes start, who inherit that: one that is still loading would show a traceback."""
    if _BLOCK is None:
        yield
        return
    _BLOCK(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        _BLOCK(signal.SIG_UNBLOCK, [signal.SIGINT])


def _begin(roots: Sequence[Path], cache: Path, stopped: Event) -> None:
    """Make a worker ready; Ctrl-C is the first process's to hear, which then tells all to stop."""
    global _desk, _stopped
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if _BLOCK is not None:
        _BLOCK(signal.SIG_UNBLOCK, [signal.SIGINT])
    Thread(target=_end_with_parent, daemon=True).start()
    _desk = Desk(Library(roots, cache_dir=cache))
    _stopped = stopped


def _end_with_parent() -> None:
    """Leave when the first process is gone, however it went: nobody else would end this one."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _score(file: AnswerFile, terms: Terms) -> Scored:
    assert _desk is not None, "set by _begin"  # noqa: S101
    if _stopped is not None and _stopped.is_set():
        raise CoachError("Stopped.")
    return _desk.try_to_score(file, terms)
