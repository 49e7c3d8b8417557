"""A server that is told to stop says so first, serves on until the balancer has heard, then lets its streams go."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopping:
    """Told by the first signal; the server's own handler hears of it `drain_seconds` later, or with the second."""

    def __init__(self, drain_seconds: float, let_go: Callable[[], None]) -> None:
        self._drain_seconds = drain_seconds
        self._let_go = let_go
        #: whether the balancer should send nobody here any more
        self.begun = False

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Listen for the signals while the server runs; open streams are let go just before its handler is called."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop, before = asyncio.get_running_loop(), {number: signal.getsignal(number) for number in _SIGNALS}

        def told(number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(begin, before[signal.Signals(number)], number, frame)

        def begin(earlier: Any, number: int, frame: FrameType | None) -> None:
            wait = 0.0 if self.begun else self._drain_seconds
            self.begun = True
            loop.call_later(wait, end, earlier, number, frame)

        def end(earlier: Any, number: int, frame: FrameType | None) -> None:
            self._let_go()
            if callable(earlier):
                earlier(number, frame)

        for number in _SIGNALS:
            signal.signal(number, told)
        try:
            yield
        finally:
            for number in _SIGNALS:
                if signal.getsignal(number) is told:
                    signal.signal(number, before[number])
