"""Keeps workers alive: one that died is replaced, one that is stuck is ended first.

Each has a socket of its own, and the kernel goes on giving its share of the callers to one that does not look at them.
"""

import ctypes
import mmap
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Final

import structlog

log = structlog.get_logger()

#: How often is looked at the workers, and how many looks in a row may find the same beat: ten seconds.
LOOK_SECONDS: Final = 1.0
SILENT_LOOKS: Final = 10
#: A look that comes later than this finds the machine slow, not a worker.
_LATE_SECONDS = 2 * LOOK_SECONDS
#: A worker that ends sooner than this, or could not begin, would end again: it is given a moment.
_SHORT_LIFE_SECONDS = 1.0
#: What a worker says until it serves, and from when it is told to end.
UNWATCHED: Final = 0.0
#: prctl(2): the signal that a process gets when its parent dies.
_PR_SET_PDEATHSIG = 1
#: Shared by two processes: the moment at which a worker's loop last ran, on the monotonic clock.
Beat = ctypes.c_double


@dataclass
class _Worker:
    process: BaseProcess
    beat: Beat
    began: float
    heard: float = UNWATCHED
    silent: int = 0

    def look(self) -> None:
        """Count how often it was found as it was before."""
        beat = self.beat.value
        self.silent = self.silent + 1 if beat == self.heard != UNWATCHED else 0
        self.heard = beat


class Supervisor:
    """Of so many workers. It holds no socket of theirs: a dead one's would go on taking connections.

    `hopeless` is the exit status of a worker that could not begin: before any has served another one could not either,
    later it is tried again, for what it needs may be away only for now. Who is told to stop and has not after
    `stop_seconds` is ended.
    """

    def __init__(self, work: Callable[[Beat], None], workers: int, hopeless: int, stop_seconds: float) -> None:
        self._work, self._hopeless, self._stop_seconds = work, hopeless, stop_seconds
        self._stopping: float | None = None
        self._status = 0
        self._served = False
        self._workers = list[_Worker]()
        for _ in range(workers):
            self._begin()

    def run(self) -> int:
        """Exit status once all have ended."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while self._workers:
            looked = time.monotonic()
            ended = wait([worker.process.sentinel for worker in self._workers], timeout=LOOK_SECONDS)
            for worker in [one for one in self._workers if one.process.sentinel in ended]:
                self._replace(worker)
            if not ended and time.monotonic() - looked < _LATE_SECONDS:
                self._look()
        return self._status

    def _look(self) -> None:
        for worker in self._workers:
            worker.look()
            if worker.silent >= SILENT_LOOKS:
                log.warning("worker_stuck", pid=worker.process.pid, seconds=SILENT_LOOKS * LOOK_SECONDS)
                worker.process.kill()
            elif self._stopping is not None and time.monotonic() - self._stopping > self._stop_seconds:
                worker.process.kill()

    def _replace(self, ended: _Worker) -> None:
        ended.process.join()
        self._served = self._served or any(worker.beat.value != UNWATCHED for worker in self._workers)
        self._workers.remove(ended)
        status = ended.process.exitcode
        if status == self._hopeless and not self._served:
            self._status = status
            self._stop()
        if self._stopping is not None:
            return
        log.warning("worker_died", pid=ended.process.pid, status=status)
        if status == self._hopeless or time.monotonic() - ended.began < _SHORT_LIFE_SECONDS:
            time.sleep(_SHORT_LIFE_SECONDS)
        self._begin()

    def _stop(self, *_: object) -> None:
        self._stopping = self._stopping or time.monotonic()
        for worker in self._workers:
            worker.process.terminate()

    def _begin(self) -> None:
        beat = Beat.from_buffer(mmap.mmap(-1, ctypes.sizeof(Beat)))
        process = multiprocessing.get_context("fork").Process(target=_worked, args=(self._work, beat, os.getpid()))
        process.start()
        self._workers.append(_Worker(process, beat, time.monotonic()))
        if self._stopping is not None:  # told so meanwhile
            process.terminate()


def _worked(work: Callable[[Beat], None], beat: Beat, parent: int) -> None:
    """A worker, in its own process; it ends with the one that watches."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    with suppress(OSError, AttributeError):  # Linux alone has it
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == parent:  # it may have died before that
        work(beat)
