"""Whether an engine is away: after a failure it is left alone for a while, then one caller at a time tries it."""

import time
from collections.abc import Callable


def _unheard(_engine: str, _away: bool) -> None:
    """Nobody listens."""


class Outage:
    """Of one engine, as this process sees it. `on_change` hears when it goes and when it is back."""

    def __init__(self, engine: str, pause_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.engine = engine
        self.on_change: Callable[[str, bool], None] = _unheard
        self._pause = pause_seconds
        self._clock = clock
        self._until: float | None = None
        #: a write was refused: that it is read from proves nothing
        self._refused = False

    @property
    def is_on(self) -> bool:
        """From the first failure until the engine answers again."""
        return self._until is not None

    def may_ask(self) -> bool:
        """Whether to try the engine now; of those who come after the pause, the first."""
        if self._until is None:
            return True
        if self._clock() < self._until:
            return False
        self._until = self._clock() + self._pause
        return True

    def failed(self, *, refused: bool = False) -> None:
        """The engine did not answer, or answered that it takes no write."""
        self._refused = self._refused or refused
        begins, self._until = self._until is None, self._clock() + self._pause
        if begins:
            self.on_change(self.engine, True)

    def answered(self, *, write: bool = True) -> None:
        """The engine did what it was asked. One that refused a write is back when it takes one."""
        if self._until is not None and (write or not self._refused):
            self._until, self._refused = None, False
            self.on_change(self.engine, False)
