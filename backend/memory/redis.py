"""Session memory in Redis, shared by all processes; the only importer of redis."""

import asyncio
import json
from collections.abc import Awaitable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, Final, TypeVar, cast
from uuid import uuid4

import redis.asyncio as redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError

from backend.domain.conversation import Degraded, SessionState, Summary
from backend.domain.patience import patience
from backend.memory.base import (
    ANSWER_SECONDS,
    Granted,
    Incoming,
    MemoryRefused,
    MemoryUnavailable,
    Superseded,
    with_summary,
)

T = TypeVar("T")

#: redis-py tries again for up to ten seconds by itself, and its limits blame Redis for a machine that holds us still.
UNHURRIED: Final[dict[str, Any]] = {
    "retry": Retry(NoBackoff(), 0),
    "socket_timeout": None,
    "socket_connect_timeout": None,
}

#: A turn belongs to its process for so long, and is renewed while it lasts: what a dead one held is free soon.
TICKET_MILLISECONDS = 4_000
_RENEW_SECONDS, _RENEWED_TOGETHER = 1.0, 100
#: Messages that nobody took, and who took the others, are kept longer than any turn may take.
_KEPT_MILLISECONDS = 60_000
_POLL_SECONDS = 0.01

# Grants the turn to the latest waiting message when nobody is at work; one round trip, atomic.
# KEYS: ticket, waiting, taken. ARGV: message id, new ticket, ticket ms, message, kept ms, whether it comes just now.
# Returns "wait", "by" + id, or "granted" + the messages.
_ENTER = """
if ARGV[6] == '1' then
  redis.call('RPUSH', KEYS[2], ARGV[4])
  redis.call('PEXPIRE', KEYS[2], ARGV[5])
end
local by = redis.call('HGET', KEYS[3], ARGV[1])
if by then redis.call('HDEL', KEYS[3], ARGV[1]); return {'by', by} end
local waiting = redis.call('LRANGE', KEYS[2], 0, -1)
if #waiting == 0 then waiting = {ARGV[4]} end
local latest = cjson.decode(waiting[#waiting])[1]
if latest ~= ARGV[1] then return {'by', latest} end
if not redis.call('SET', KEYS[1], ARGV[2], 'NX', 'PX', ARGV[3]) then return {'wait'} end
redis.call('DEL', KEYS[2])
for i = 1, #waiting - 1 do redis.call('HSET', KEYS[3], cjson.decode(waiting[i])[1], ARGV[1]) end
redis.call('PEXPIRE', KEYS[3], ARGV[5])
local answer = {'granted'}
for i = 1, #waiting do answer[i + 1] = waiting[i] end
return answer
"""
_RENEW = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end"
# Ends who makes a summary, and keeps it unless the session was forgotten meanwhile. KEYS: ticket, summary.
# ARGV: ticket, summary or "", seconds.
_SUMMED = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return end
redis.call('DEL', KEYS[1])
if ARGV[2] ~= '' then redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[3]) end
"""
_LEAVE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end"


class RedisMemory:
    """The same promises as InProcessMemory. Every call answers or fails within `timeout_seconds`.

    redis-py's defaults (four seconds for a refused port, twenty for a hung server) would stall a shopper.
    """

    def __init__(self, url: str, ttl_seconds: int, *, timeout_seconds: float = ANSWER_SECONDS) -> None:
        self._client = redis.from_url(url, decode_responses=True, **UNHURRIED)
        self._ttl, self._seconds = ttl_seconds, timeout_seconds
        self._enter = self._client.register_script(_ENTER)
        self._leave = self._client.register_script(_LEAVE)
        self._renew = self._client.register_script(_RENEW)
        self._summed = self._client.register_script(_SUMMED)
        #: key of each turn that this process holds, by its ticket
        self._held: dict[str, str] = {}
        self._renewing: asyncio.Task[None] | None = None

    async def load(self, tenant: str, session_id: str) -> SessionState | None:
        keys = [_key(kind, tenant, session_id) for kind in ("state", "summary")]
        text, made = await self._answered(cast(Awaitable[list[str | None]], self._client.mget(keys)))
        if not text:
            return None
        state = SessionState.model_validate_json(text)
        return with_summary(state, Summary.model_validate_json(made)) if made else state

    async def save(self, tenant: str, state: SessionState) -> None:
        key = _key("state", tenant, state.session_id)
        await self._answered(self._client.set(key, state.model_dump_json(), ex=self._ttl))

    async def forget(self, tenant: str, session_id: str) -> None:
        keys = [_key(kind, tenant, session_id) for kind in ("state", "summary", "summing")]
        await self._answered(self._client.delete(*keys))

    async def begin_summary(self, tenant: str, session_id: str, seconds: float) -> str | None:
        key, ticket = _key("summing", tenant, session_id), uuid4().hex
        mine = await self._answered(self._client.set(key, ticket, nx=True, px=round(1000 * seconds)))
        return ticket if mine else None

    async def keep_summary(self, tenant: str, session_id: str, ticket: str, summary: Summary | None) -> None:
        keys = [_key(kind, tenant, session_id) for kind in ("summing", "summary")]
        text = summary.model_dump_json() if summary else ""
        await self._answered(self._summed(keys=keys, args=[ticket, text, self._ttl]))

    async def enter(self, tenant: str, session_id: str, message: Incoming) -> Granted | Superseded:
        keys = [_key(kind, tenant, session_id) for kind in ("turn", "waiting", "taken")]
        ticket, packed, comes = uuid4().hex, _pack(message), 1
        while True:
            call = self._enter(
                keys=keys, args=[message.id, ticket, TICKET_MILLISECONDS, packed, _KEPT_MILLISECONDS, comes]
            )
            comes = 0
            state, *rest = cast(list[str], await self._answered(call))
            if state == "by":
                return Superseded(by=rest[0])
            if state == "granted":
                self._hold(ticket, keys[0])
                return Granted(messages=tuple(map(_unpack, rest)), ticket=ticket)
            await asyncio.sleep(_POLL_SECONDS)

    async def leave(self, tenant: str, session_id: str, ticket: str) -> None:
        self._held.pop(ticket, None)
        with suppress(MemoryUnavailable):  # the ticket expires by itself
            await self._answered(self._leave(keys=[_key("turn", tenant, session_id)], args=[ticket]))

    def degraded(self) -> tuple[Degraded, ...]:
        return ()

    async def ping(self, *, write: bool = False) -> None:
        asked = self._client.set("support:ping", "", px=1) if write else self._client.ping()
        await self._answered(cast(Awaitable[Any], asked))

    async def close(self) -> None:
        if self._renewing is not None:
            self._renewing.cancel()
        await self._client.aclose()

    def _hold(self, ticket: str, key: str) -> None:
        """Renew it until `leave`; one task does so for all turns of the process."""
        self._held[ticket] = key
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.create_task(self._keep_renewing())

    async def _keep_renewing(self) -> None:
        while self._held:
            await asyncio.sleep(_RENEW_SECONDS)
            held = tuple(self._held.items())
            for start in range(0, len(held), _RENEWED_TOGETHER):
                with suppress(MemoryUnavailable):  # tried again in a second; a ticket lasts longer than that
                    await self._answered(self._renew_all(held[start : start + _RENEWED_TOGETHER]))

    async def _renew_all(self, held: Sequence[tuple[str, str]]) -> None:
        """One round trip for many turns: thousands last a minute each where a model speaks slowly."""
        async with self._client.pipeline(transaction=False) as pipe:
            for ticket, key in held:
                await self._renew(keys=[key], args=[ticket, TICKET_MILLISECONDS], client=pipe)
            await pipe.execute()

    def _answered(self, call: Awaitable[T]) -> Awaitable[T]:
        return _answered(call, self._seconds)


def _answered(call: Awaitable[T], seconds: float = ANSWER_SECONDS) -> Awaitable[T]:
    """What Redis says. Raises MemoryUnavailable."""
    return _within(patience(seconds), call)


async def _within(limit: AbstractAsyncContextManager[Any], call: Awaitable[T]) -> T:
    try:
        async with limit:
            return await call
    except ResponseError as error:
        raise MemoryRefused(str(error)) from error
    except (RedisError, OSError, TimeoutError) as error:
        raise MemoryUnavailable(str(error)) from error


def _key(kind: str, tenant: str, session_id: str) -> str:
    # The braces keep a session's keys on one node of a cluster, as its script needs.
    return f"support:{{{tenant}:{session_id}}}:{kind}"


def _pack(message: Incoming) -> str:
    return json.dumps([message.id, message.text, message.action_id, message.accept])


def _unpack(text: str) -> Incoming:
    identifier, body, action_id, accept = json.loads(text)
    return Incoming(id=identifier, text=body, action_id=action_id, accept=accept)


class Stream:
    """A Redis stream: entries with growing ids, the oldest dropped beyond about `most`."""

    def __init__(self, url: str, name: str, *, most: int, wait_seconds: int = 5) -> None:
        self._client = redis.from_url(url, decode_responses=True, **UNHURRIED)
        self._name, self._most, self._wait = name, most, wait_seconds

    async def add(self, entries: Sequence[dict[str, str]]) -> None:
        """Append entries in one round trip. Raises MemoryUnavailable."""
        async with self._client.pipeline(transaction=False) as pipe:
            for fields in entries:
                pipe.xadd(self._name, cast(Any, fields), maxlen=self._most, approximate=True)
            await _answered(pipe.execute())

    async def latest(self, n: int) -> list[tuple[str, dict[str, str]]]:
        """The last entries, oldest first. Raises MemoryUnavailable."""
        found = await _answered(cast(Awaitable[Any], self._client.xrevrange(self._name, count=n)))
        return [(str(i), dict(fields)) for i, fields in reversed(found)]

    async def after(self, entry_id: str) -> list[tuple[str, dict[str, str]]]:
        """Entries behind that one, as soon as there are any; after a few seconds none. Raises MemoryUnavailable."""
        waiting = self._client.xread({self._name: entry_id}, block=self._wait * 1000, count=1000)
        found = await _within(asyncio.timeout(self._wait + 2), cast(Awaitable[Any], waiting))
        entries = found.values() if isinstance(found, dict) else [rows for _, rows in found or ()]
        return [(str(i), dict(fields)) for rows in entries for i, fields in _flat(rows)]

    async def close(self) -> None:
        await self._client.aclose()


def _flat(rows: Any) -> list[tuple[str, dict[str, str]]]:
    """Entries as pairs, however deep the protocol's version nests them."""
    return [pair for row in rows for pair in (_flat(row) if row and isinstance(row[0], list | tuple) else [row])]
