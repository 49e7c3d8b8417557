"""Days that are not kept yet: counted when asked for, and where that takes long, looked at again behind the reader."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from backend.tools.counting import Day

#: As many conversations are counted a second as a process can spare: so many seconds a count is shown for each.
_SPARED = 2_000
#: Fewer are counted whenever somebody asks.
_MANY = 2_000
#: A count that old is not shown once more: who asks waits for another.
_TIMES_SHOWN = 5
_MOST_KNOWN = 64

#: A shop, and the first and last of days that follow each other.
Run = tuple[str, date, date]
Days = Mapping[date, Day]


@dataclass(frozen=True, slots=True)
class _Known:
    days: Days
    at: float
    shown_seconds: float


class RunningDays:
    """Counts of this process. `count` counts a run of days from what is on record."""

    def __init__(self, count: Callable[[Run], Awaitable[Days]], clock: Callable[[], float] = time.monotonic) -> None:
        self._count = count
        self._clock = clock
        self._known: dict[Run, _Known] = {}
        self._counting: dict[Run, asyncio.Task[Days]] = {}

    async def of(self, run: Run) -> tuple[Days, float]:
        """The days, and how many seconds ago they were counted: 0 in a shop of few conversations."""
        known = self._known.get(run)
        age = self._clock() - known.at if known else 0.0
        if known is None or age > known.shown_seconds * _TIMES_SHOWN:
            return await asyncio.shield(self._again(run)), 0.0
        if age > known.shown_seconds:
            self._again(run)
        return known.days, age

    async def close(self) -> None:
        """End what is being counted."""
        for task in self._counting.values():
            task.cancel()
        await asyncio.gather(*self._counting.values(), return_exceptions=True)

    def _again(self, run: Run) -> asyncio.Task[Days]:
        """One count at a time of the same days."""
        if run not in self._counting:
            task = self._counting[run] = asyncio.create_task(self._counted(run))
            task.add_done_callback(lambda done: self._ended(run, done))
        return self._counting[run]

    def _ended(self, run: Run, task: asyncio.Task[Days]) -> None:
        del self._counting[run]
        with suppress(asyncio.CancelledError):
            task.exception()  # whoever waits for it hears of it; nobody else has to

    async def _counted(self, run: Run) -> Days:
        begun = self._clock()
        days = await self._count(run)
        number = sum(tally.conversations for day in days.values() for tally in day.at.values())
        if number < _MANY:
            self._known.pop(run, None)
            return days
        while len(self._known) >= _MOST_KNOWN:
            del self._known[next(iter(self._known))]
        self._known[run] = _Known(days, begun, number / _SPARED)
        return days
