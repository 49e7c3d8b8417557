"""Live events across processes: one Redis stream for all, read by one task in each process."""

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import structlog

from backend.memory.base import MemoryUnavailable
from backend.memory.live import KEPT, Happening, Hub
from backend.memory.redis import Stream

log = structlog.get_logger()

_AGAIN_SECONDS = 1.0
#: Events of one round trip.
_TOGETHER = 100


class RedisLive:
    """What any process tells reaches the listeners of all; while Redis is away, those of the same process."""

    def __init__(self, url: str, ping_seconds: float = 15.0) -> None:
        self._stream = Stream(url, "support:live", most=10 * KEPT)
        self._hub = Hub(ping_seconds)
        self._reading: asyncio.Task[None] | None = None
        self._level = asyncio.Event()
        self._untold: list[tuple[str, str, dict[str, Any]]] = []
        self._telling: asyncio.Task[None] | None = None

    def tell(self, tenant: str, happened: Sequence[tuple[str, dict[str, Any]]]) -> None:
        self._untold.extend((tenant, kind, data) for kind, data in happened)
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def listen(self, tenant: str, seconds: float, after: str | None = None) -> AsyncGenerator[Happening | None]:
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())
        await self._level.wait()
        async with contextlib.aclosing(self._hub.listen(tenant, seconds, after)) as heard:
            async for one in heard:
                yield one

    def end(self) -> None:
        self._hub.end()

    async def close(self) -> None:
        await self._hub.close()
        if self._telling is not None:
            await asyncio.gather(self._telling, return_exceptions=True)
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        await self._stream.close()

    async def _tell(self) -> None:
        """What happens while a round trip is under way goes together with the next."""
        while self._untold:
            told, self._untold = self._untold[:_TOGETHER], self._untold[_TOGETHER:]
            try:
                await self._stream.add(
                    [{"tenant": t, "kind": kind, "data": json.dumps(data)} for t, kind, data in told]
                )
            except MemoryUnavailable:
                for tenant, kind, data in told:
                    self._hub.tell(tenant, [(kind, data)])

    async def _read(self) -> None:
        """From the latest entries on, for ever; after an outage from where it was.

        Nobody listens before the first look at Redis; when that fails there is nothing to be level with.
        """
        last: str | None = None
        while True:
            try:
                entries = await (self._stream.latest(KEPT) if last is None else self._stream.after(last))
                if last is not None or not self._level.is_set():
                    self._hub.deliver(_happening(entry_id, fields) for entry_id, fields in entries)
                last = entries[-1][0] if entries else last or "0-0"
            except MemoryUnavailable as away:
                log.warning("live_events_without_redis", reason=str(away))
                self._level.set()
                await asyncio.sleep(_AGAIN_SECONDS)
            self._level.set()


def _happening(entry_id: str, fields: dict[str, str]) -> Happening:
    return Happening(id=entry_id, tenant=fields["tenant"], kind=fields["kind"], data=json.loads(fields["data"]))
