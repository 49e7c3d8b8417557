"""Session memory keeps the same promises in process and in a real Redis."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from backend.domain.conversation import SessionState, Summary
from backend.domain.messages import Message, Role
from backend.domain.patience import AT_MOST, LATE_SECONDS
from backend.memory.base import ANSWER_SECONDS, Granted, Incoming, MemoryUnavailable, SessionMemory, Superseded
from backend.memory.fallback import FallbackMemory
from backend.memory.in_process import InProcessMemory
from backend.memory.limiter import Limiter
from backend.memory.redis import RedisMemory
from tests.servers import free_port, redis_server


@pytest.fixture(params=["in process", "redis"])
async def memory(request: pytest.FixtureRequest) -> AsyncIterator[SessionMemory]:
    kept: SessionMemory
    if request.param == "redis":
        kept = RedisMemory(request.getfixturevalue("redis_url"), ttl_seconds=600, timeout_seconds=30)
    else:
        kept = InProcessMemory(ttl_seconds=600)
    yield kept
    await kept.close()


def state(session_id: str, revision: int = 0) -> SessionState:
    return SessionState(session_id=session_id, revision=revision)


async def test_a_saved_state_is_read_back_and_forgotten(memory: SessionMemory) -> None:
    session = uuid4().hex
    assert await memory.load("techpro", session) is None
    await memory.save("techpro", state(session, 3))
    assert await memory.load("techpro", session) == state(session, 3)
    await memory.forget("techpro", session)
    assert await memory.load("techpro", session) is None


async def test_a_session_of_one_shop_is_unknown_to_another(memory: SessionMemory) -> None:
    session = uuid4().hex
    await memory.save("techpro", state(session))
    assert await memory.load("other", session) is None


def spoken(session_id: str, *ids: str) -> SessionState:
    history = [Message(id=i, role=Role.SHOPPER, text=i, at=datetime(2026, 11, 21, tzinfo=UTC)) for i in ids]
    return SessionState(session_id=session_id, conversation_id="c", history=tuple(history))


async def test_a_summary_is_made_by_one_and_known_to_all(memory: SessionMemory) -> None:
    session = uuid4().hex
    await memory.save("techpro", spoken(session, "1", "2", "3"))
    ticket = await memory.begin_summary("techpro", session, 60)
    assert ticket and await memory.begin_summary("techpro", session, 60) is None
    made = Summary(conversation_id="c", text="Wants a laptop.", upto="2")
    await memory.keep_summary("techpro", session, "another", made)
    await memory.save("techpro", spoken(session, "1", "2", "3", "4"))  # a turn goes on meanwhile
    assert (await memory.load("techpro", session)) == spoken(session, "1", "2", "3", "4")
    await memory.keep_summary("techpro", session, ticket, made)
    found = await memory.load("techpro", session)
    assert found is not None and (found.summary, found.summed_up_to) == ("Wants a laptop.", "2")
    assert await memory.begin_summary("techpro", session, 60), "the next one may begin"
    known = found.model_copy(update={"summary": "newer", "summed_up_to": "3"})
    await memory.save("techpro", known)
    assert await memory.load("techpro", session) == known


async def test_a_summary_goes_with_its_session_and_belongs_to_its_conversation(memory: SessionMemory) -> None:
    session, other = uuid4().hex, uuid4().hex
    made = Summary(conversation_id="c", text="Wants a laptop.", upto="2")
    await memory.save("techpro", spoken(session, "1", "2"))
    late = await memory.begin_summary("techpro", session, 60)
    await memory.forget("techpro", session)
    assert late
    await memory.keep_summary("techpro", session, late, made)  # it comes after the session was forgotten
    await memory.save("techpro", spoken(session, "1", "2"))
    assert (await memory.load("techpro", session)) == spoken(session, "1", "2")
    ticket = await memory.begin_summary("techpro", other, 60)
    assert ticket
    await memory.keep_summary("techpro", other, ticket, made.model_copy(update={"conversation_id": "another"}))
    await memory.save("techpro", spoken(other, "1", "2"))
    assert (await memory.load("techpro", other)) == spoken(other, "1", "2")


async def test_a_silent_session_is_forgotten(redis_url: str) -> None:
    memory, session = RedisMemory(redis_url, ttl_seconds=1, timeout_seconds=30), uuid4().hex
    await memory.save("techpro", state(session))
    async with asyncio.timeout(60):
        while await memory.load("techpro", session) is not None:
            await asyncio.sleep(0.05)
    await memory.close()


async def test_who_was_silent_while_others_spoke_is_remembered_all_the_same() -> None:
    now = 0.0
    kept = InProcessMemory(ttl_seconds=10, capacity=6, recent=2, clock=lambda: now)
    for number in range(5):
        await kept.save("techpro", state(f"s{number}", number))
    assert [await kept.load("techpro", f"s{n}") for n in range(5)] == [state(f"s{n}", n) for n in range(5)]
    assert await kept.load("other", "s0") is None
    await kept.save("techpro", state("s0", 9))
    assert await kept.load("techpro", "s0") == state("s0", 9)
    await kept.forget("techpro", "s1")
    assert await kept.load("techpro", "s1") is None
    for number in (5, 6, 7):  # seven are more than fit: the one that was silent longest goes
        await kept.save("techpro", state(f"s{number}", number))
    assert await kept.load("techpro", "s2") is None
    assert await kept.load("techpro", "s3") == state("s3", 3)
    now = 20.0
    assert [await kept.load("techpro", f"s{n}") for n in (0, 3, 7)] == [None, None, None]


async def test_messages_that_arrive_during_a_turn_are_answered_together(memory: SessionMemory) -> None:
    session = uuid4().hex
    first = await memory.enter("techpro", session, Incoming("m1", "hello"))
    assert isinstance(first, Granted) and first.text == "hello"
    second = asyncio.create_task(memory.enter("techpro", session, Incoming("m2", "where is")))
    await asyncio.sleep(0.3)  # it waits by now
    third = asyncio.create_task(memory.enter("techpro", session, Incoming("m3", "ORD-1002")))
    assert await asyncio.wait_for(second, 60) == Superseded(by="m3"), "it must not wait for the turn at work"
    assert not third.done()
    await memory.leave("techpro", session, first.ticket)
    granted = await asyncio.wait_for(third, 60)
    assert isinstance(granted, Granted) and granted.text == "where is\nORD-1002"
    await memory.leave("techpro", session, granted.ticket)


async def test_a_foreign_ticket_ends_nobodys_turn(memory: SessionMemory) -> None:
    session = uuid4().hex
    first = await memory.enter("techpro", session, Incoming("m1", "hello"))
    assert isinstance(first, Granted)
    await memory.leave("techpro", session, "stolen")
    second = asyncio.create_task(memory.enter("techpro", session, Incoming("m2", "hi")))
    await asyncio.sleep(0.1)
    assert not second.done()
    await memory.leave("techpro", session, first.ticket)
    assert isinstance(await second, Granted)


async def test_fifty_messages_at_once_are_each_answered_or_taken_along(memory: SessionMemory) -> None:
    session, answered = uuid4().hex, []

    async def say(n: int) -> None:
        outcome = await memory.enter("techpro", session, Incoming(f"m{n}", str(n)))
        if isinstance(outcome, Granted):
            answered.extend(m.id for m in outcome.messages)
            await asyncio.sleep(0.001)
            await memory.leave("techpro", session, outcome.ticket)

    await asyncio.wait_for(asyncio.gather(*(say(n) for n in range(50))), 60)
    assert sorted(answered) == sorted(f"m{n}" for n in range(50))


async def test_a_refused_port_fails_fast() -> None:
    absent = RedisMemory(f"redis://127.0.0.1:{free_port()}/0", ttl_seconds=60)
    with pytest.raises(MemoryUnavailable):
        await asyncio.wait_for(absent.load("techpro", "s"), 3)  # redis-py by itself takes four
    await absent.close()


async def test_an_outage_of_redis_loses_nothing() -> None:
    port = free_port()
    shared = RedisMemory(f"redis://127.0.0.1:{port}/0", 600, timeout_seconds=30)
    memory = FallbackMemory(shared, InProcessMemory(600), pause_seconds=0.05)
    with redis_server(port):
        await memory.save("techpro", state("s", 1))
        assert memory.degraded() == ()
    await memory.save("techpro", state("s", 2))
    assert [d.engine for d in memory.degraded()] == ["redis"]
    assert await memory.load("techpro", "s") == state("s", 2)
    with redis_server(port):
        async with asyncio.timeout(60):
            while memory.degraded():
                await asyncio.sleep(0.05)
                assert await memory.load("techpro", "s") == state("s", 2)
    await memory.close()


@pytest.mark.parametrize(
    ("broken", "mended"),
    [(("CONFIG", "SET", "maxmemory", "1"), ("CONFIG", "SET", "maxmemory", "0")),
     (("REPLICAOF", "127.0.0.1", "1"), ("REPLICAOF", "NO", "ONE"))],
    ids=["full", "only reads"],
)  # fmt: skip
async def test_a_redis_that_keeps_nothing_is_away_until_it_does(
    redis_url: str, broken: tuple[str, ...], mended: tuple[str, ...]
) -> None:
    shared, session = RedisMemory(redis_url, 600, timeout_seconds=30), uuid4().hex
    memory = FallbackMemory(shared, InProcessMemory(600), pause_seconds=0)
    await memory.save("techpro", state(session, 1))
    await memory.ping()
    await shared._client.execute_command(*broken)  # type: ignore[no-untyped-call]
    try:
        await memory.save("techpro", state(session, 2))
        assert await memory.load("techpro", session) == state(session, 2)
        assert memory.degraded(), "that it is read from proves nothing"
        with pytest.raises(MemoryUnavailable):
            await memory.ping()
    finally:
        await shared._client.execute_command(*mended)  # type: ignore[no-untyped-call]
    await memory.ping()
    assert not memory.degraded(), "it is found back though nobody says anything"
    await memory.close()


async def test_a_redis_that_hangs_is_left_soon() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hung = RedisMemory(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", ttl_seconds=60)
        with pytest.raises(MemoryUnavailable):
            await asyncio.wait_for(hung.load("techpro", "s"), AT_MOST * ANSWER_SECONDS + 3)
        await hung.close()


async def test_a_starved_process_does_not_blame_redis(redis_url: str) -> None:
    """The answer takes longer than it may, but this process comes late itself whenever it listens."""
    memory = RedisMemory(redis_url, 600, timeout_seconds=0.5)
    await memory.save("techpro", state("starved"))
    await memory._client.execute_command("CLIENT", "PAUSE", "1000", "ALL")  # type: ignore[no-untyped-call]

    async def hog() -> None:
        while True:
            time.sleep(LATE_SECONDS * 1.1)  # noqa: ASYNC251  as a machine with too much to do
            await asyncio.sleep(0)

    starving = asyncio.create_task(hog())
    try:
        assert await memory.load("techpro", "starved") == state("starved")
    finally:
        starving.cancel()
        await memory.close()


@pytest.mark.parametrize("engine", ["in process", "redis"])
async def test_a_limit_holds(engine: str, request: pytest.FixtureRequest) -> None:
    limiter = Limiter(request.getfixturevalue("redis_url") if engine == "redis" else "")
    key = uuid4().hex
    assert [await limiter.hit(key, 3, 60) for _ in range(5)] == [True, True, True, False, False]
