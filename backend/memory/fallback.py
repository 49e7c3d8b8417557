"""Redis with the process's own memory standing in while it is away, and back again without a restart."""

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from backend.domain.conversation import Degraded, SessionState, Summary
from backend.domain.outage import Outage
from backend.memory.base import Granted, Incoming, MemoryRefused, MemoryUnavailable, SessionMemory, Superseded

T = TypeVar("T")


class FallbackMemory:
    """Tries `shared` first; after a failure leaves it alone for `pause_seconds` and uses `local`.

    Every state saved goes into `local` too, and the one with the higher revision wins at loading, so what
    was said during an outage is not lost when Redis comes back.
    """

    def __init__(
        self,
        shared: SessionMemory,
        local: SessionMemory,
        *,
        pause_seconds: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shared = shared
        self._local = local
        self.outage = Outage("redis", pause_seconds, clock)

    def degraded(self) -> tuple[Degraded, ...]:
        """Redis, from its failure until it answers again."""
        return (Degraded(engine="redis", used="memory of this process"),) if self.outage.is_on else ()

    async def load(self, tenant: str, session_id: str) -> SessionState | None:
        found = await self._try(lambda: self._shared.load(tenant, session_id), write=False)
        kept = await self._local.load(tenant, session_id)
        if found is None or (kept is not None and kept.revision > found.revision):
            return kept
        return found

    async def save(self, tenant: str, state: SessionState) -> None:
        await self._local.save(tenant, state)
        await self._try(lambda: self._shared.save(tenant, state))

    async def forget(self, tenant: str, session_id: str) -> None:
        await self._local.forget(tenant, session_id)
        await self._try(lambda: self._shared.forget(tenant, session_id))

    async def begin_summary(self, tenant: str, session_id: str, seconds: float) -> str | None:
        ticket = await self._try(lambda: self._shared.begin_summary(tenant, session_id, seconds))
        return await self._local.begin_summary(tenant, session_id, seconds) if self.outage.is_on else ticket

    async def keep_summary(self, tenant: str, session_id: str, ticket: str, summary: Summary | None) -> None:
        await self._local.keep_summary(tenant, session_id, ticket, summary)
        await self._try(lambda: self._shared.keep_summary(tenant, session_id, ticket, summary))

    async def enter(self, tenant: str, session_id: str, message: Incoming) -> Granted | Superseded:
        granted = await self._try(lambda: self._shared.enter(tenant, session_id, message))
        return granted or await self._local.enter(tenant, session_id, message)

    async def leave(self, tenant: str, session_id: str, ticket: str) -> None:
        await self._shared.leave(tenant, session_id, ticket)
        await self._local.leave(tenant, session_id, ticket)

    async def ping(self, *, write: bool = False) -> None:
        """Writes only to an engine that is away as far as known here: a full one answers, and keeps nothing."""
        write = write or self.outage.is_on
        await self._shared.ping(write=write)
        self.outage.answered(write=write)

    async def close(self) -> None:
        await self._shared.close()
        await self._local.close()

    async def _try(self, call: Callable[[], Awaitable[T]], *, write: bool = True) -> T | None:
        if not self.outage.may_ask():
            return None
        try:
            answer = await call()
        except MemoryUnavailable as error:
            self.outage.failed(refused=isinstance(error, MemoryRefused))
            return None
        self.outage.answered(write=write)
        return answer
