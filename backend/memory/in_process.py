"""Session memory of one process: the embedded default."""

import asyncio
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from backend.domain.conversation import Degraded, SessionState
from backend.memory.base import Granted, Incoming, Superseded

_Key = tuple[str, str]


@dataclass(slots=True)
class _Queue:
    """Who speaks in a session: the ticket at work, and the messages that wait."""

    ticket: str | None = None
    waiting: list[Incoming] = field(default_factory=list)
    #: messages that a later call took along, by that call's message id
    taken: dict[str, str] = field(default_factory=dict)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def overtaken(self, message_id: str) -> str | None:
        """The id of the later message that answers this one too, or None."""
        if message_id in self.taken:
            return self.taken[message_id]
        latest = self.waiting[-1].id
        return latest if latest != message_id else None

    def grant(self) -> Granted:
        """Hand the turn to the latest message, with all that wait."""
        messages, self.waiting = tuple(self.waiting), []
        self.taken.update({m.id: messages[-1].id for m in messages[:-1]})
        self.ticket = uuid4().hex
        return Granted(messages=messages, ticket=self.ticket)


class InProcessMemory:
    """States as JSON (so that nothing mutable is shared), oldest dropped beyond `capacity`. Those that were silent
    while `recent` others spoke are packed, to a third of their size.

    `ttl_seconds` is the silence after which a session is forgotten; `clock` counts seconds.
    """

    def __init__(
        self,
        ttl_seconds: int,
        *,
        capacity: int = 50_000,
        recent: int = 1_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ttl = ttl_seconds
        self._capacity = capacity
        self._recent = recent
        self._clock = clock
        #: when each ends, and the state; the oldest first
        self._states: OrderedDict[_Key, tuple[float, bytes]] = OrderedDict()
        self._packed: OrderedDict[_Key, tuple[float, bytes]] = OrderedDict()
        self._queues: dict[_Key, _Queue] = {}

    async def load(self, tenant: str, session_id: str) -> SessionState | None:
        key = (tenant, session_id)
        expires, state = self._states.get(key) or self._packed.get(key) or (0.0, b"")
        if not state or expires <= self._clock():
            return None
        return SessionState.model_validate_json(state if key in self._states else zlib.decompress(state))

    async def save(self, tenant: str, state: SessionState) -> None:
        key = (tenant, state.session_id)
        await self.forget(*key)
        self._states[key] = (self._clock() + self._ttl, state.model_dump_json().encode())
        if len(self._states) > self._recent:
            silent, (expires, text) = self._states.popitem(last=False)
            self._packed[silent] = (expires, zlib.compress(text, 1))
        self._drop_stale()

    async def forget(self, tenant: str, session_id: str) -> None:
        self._states.pop((tenant, session_id), None)
        self._packed.pop((tenant, session_id), None)

    async def enter(self, tenant: str, session_id: str, message: Incoming) -> Granted | Superseded:
        key = (tenant, session_id)
        queue = self._queues.setdefault(key, _Queue())
        async with queue.changed:
            queue.waiting.append(message)
            queue.changed.notify_all()
            try:
                await queue.changed.wait_for(lambda: queue.ticket is None or queue.overtaken(message.id))
            except asyncio.CancelledError:
                queue.waiting = [m for m in queue.waiting if m.id != message.id]
                raise
            if by := queue.overtaken(message.id):
                queue.taken.pop(message.id, None)
                return Superseded(by=by)
            return queue.grant()

    async def leave(self, tenant: str, session_id: str, ticket: str) -> None:
        queue = self._queues.get((tenant, session_id))
        if queue is None or queue.ticket != ticket:
            return
        async with queue.changed:
            queue.ticket = None
            queue.changed.notify_all()
        if not queue.waiting:
            self._queues.pop((tenant, session_id), None)

    def degraded(self) -> tuple[Degraded, ...]:
        return ()

    async def ping(self) -> None:
        return None

    async def close(self) -> None:
        self._states.clear()
        self._packed.clear()

    def _drop_stale(self) -> None:
        now = self._clock()
        while states := self._packed or self._states:
            expires, _ = next(iter(states.values()))
            if expires > now and len(self._packed) + len(self._states) <= self._capacity:
                return
            states.popitem(last=False)
