"""Session memory of one process: the embedded default."""

import asyncio
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from backend.domain.conversation import Degraded, SessionState, Summary
from backend.memory.base import Granted, Incoming, Superseded, with_summary

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
        capacity: int = 20_000,
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
        #: who makes a summary and until when, and those that the next load brings
        self._summing: dict[_Key, tuple[str, float]] = {}
        self._summed: OrderedDict[_Key, Summary] = OrderedDict()

    async def load(self, tenant: str, session_id: str) -> SessionState | None:
        key = (tenant, session_id)
        expires, state = self._states.get(key) or self._packed.get(key) or (0.0, b"")
        if not state or expires <= self._clock():
            return None
        found = SessionState.model_validate_json(state if key in self._states else zlib.decompress(state))
        return with_summary(found, self._summed.get(key))

    async def save(self, tenant: str, state: SessionState) -> None:
        key = (tenant, state.session_id)
        self._drop(key)
        self._states[key] = (self._clock() + self._ttl, state.model_dump_json().encode())
        if len(self._states) > self._recent:
            silent, (expires, text) = self._states.popitem(last=False)
            self._packed[silent] = (expires, zlib.compress(text, 1))
        self._drop_stale()

    async def forget(self, tenant: str, session_id: str) -> None:
        key = (tenant, session_id)
        self._drop(key)
        self._summing.pop(key, None)
        self._summed.pop(key, None)

    async def begin_summary(self, tenant: str, session_id: str, seconds: float) -> str | None:
        key, now = (tenant, session_id), self._clock()
        if self._summing.get(key, ("", now))[1] > now:
            return None
        self._summing[key] = (uuid4().hex, now + seconds)
        return self._summing[key][0]

    async def keep_summary(self, tenant: str, session_id: str, ticket: str, summary: Summary | None) -> None:
        key = (tenant, session_id)
        if self._summing.get(key, ("", 0.0))[0] != ticket:
            return
        del self._summing[key]
        if summary is not None:
            self._summed[key] = summary
            while len(self._summed) > self._recent:
                self._summed.popitem(last=False)

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

    async def ping(self, *, write: bool = False) -> None:
        return None

    async def close(self) -> None:
        self._states.clear()
        self._packed.clear()
        self._summed.clear()

    def _drop(self, key: _Key) -> None:
        self._states.pop(key, None)
        self._packed.pop(key, None)

    def _drop_stale(self) -> None:
        now = self._clock()
        while states := self._packed or self._states:
            expires, _ = next(iter(states.values()))
            if expires > now and len(self._packed) + len(self._states) <= self._capacity:
                return
            states.popitem(last=False)
