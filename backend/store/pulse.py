"""Whether the records' server answers: felt while something waits for it, so that one that hangs holds nobody long."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from backend.domain.errors import EngineUnavailable
from backend.domain.outage import Outage
from backend.domain.patience import BEAT_SECONDS, patience
from backend.store.reach import AWAY, Full, reaching

log = structlog.get_logger()

#: After how long a wait the server is asked, and how long it may take. With a beat their sum is the longest that a
#: call waits for a server which hangs: well under the second in which a 503 is promised.
PATIENCE_SECONDS = 0.1
ANSWER_SECONDS = 0.6


class Pulse:
    """Of one server, in one process. While the outage is on only this asks the server, until it answers."""

    def __init__(self, outage: Outage, probe: AsyncEngine) -> None:
        self._outage = outage
        #: one connection of its own: those of the callers may all be waiting
        self._probe = probe
        self._waiting: dict[asyncio.Timeout, float] = {}
        self._working: dict[AsyncConnection, float] = {}
        self._suspected = False
        self._answered_at = 0.0
        self._beating = asyncio.create_task(self._beat())

    async def close(self) -> None:
        """Ask no more."""
        self._beating.cancel()
        await asyncio.gather(self._beating, return_exceptions=True)
        await self._probe.dispose()

    @asynccontextmanager
    async def connecting(self, seconds: float) -> AsyncIterator[None]:
        """Around the wait for a connection: ended after `seconds`, or as soon as the server is found away.

        Raises EngineUnavailable, at once where the server is known to be away.
        """
        if self._outage.is_on:
            raise EngineUnavailable(AWAY)
        try:
            with reaching():
                async with asyncio.timeout(seconds) as limit:
                    self._waiting[limit] = time.monotonic()
                    try:
                        yield
                    finally:
                        del self._waiting[limit]
        except EngineUnavailable:
            self._suspected = True
            raise

    @contextmanager
    def working(self, connection: AsyncConnection) -> Iterator[None]:
        """Around a transaction: its connection is cut as soon as the server is found away."""
        self._working[connection] = time.monotonic()
        try:
            yield
        finally:
            del self._working[connection]

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            oldest = min((*self._waiting.values(), *self._working.values()), default=None)
            waited = oldest is not None and time.monotonic() - max(oldest, self._answered_at) > PATIENCE_SECONDS
            if self._outage.is_on or self._suspected or waited:
                await self._judge()

    async def _judge(self) -> None:
        begun = time.monotonic()
        answers = await self._answers()
        now, self._suspected = time.monotonic(), False
        if answers:
            self._answered_at = now
            self._outage.answered()
            return
        if not self._outage.is_on:
            log.warning("records_away", asked_seconds=round(now - begun, 2), cut=len(self._working))
        self._outage.failed()
        self._cut()

    async def _answers(self) -> bool:
        """Whatever the driver raises, or leaves behind when its wait is ended, is no answer, and ends no beat."""
        asking = asyncio.create_task(self._asked())
        with suppress(TimeoutError):
            async with patience(ANSWER_SECONDS):
                await asyncio.wait({asking})
        asking.cancel()
        [answer] = await asyncio.gather(asking, return_exceptions=True)
        return answer is True

    async def _asked(self) -> bool:
        try:
            with reaching():
                async with self._probe.connect():  # its pool asks on every loan
                    return True
        except Full:  # it lives, and serves who has a connection
            return True

    def _cut(self) -> None:
        now = asyncio.get_running_loop().time()
        for limit in self._waiting:
            limit.reschedule(now)
        for connection in tuple(self._working):
            _driver(connection).terminate()


def _driver(connection: AsyncConnection) -> Any:
    """The driver's own connection: unlike the layers above it ends what it waits for."""
    assert connection.sync_connection is not None
    return connection.sync_connection.connection.driver_connection
