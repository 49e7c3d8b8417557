"""Live events: nothing lost, nothing twice, and what happens while Redis is away."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from backend.memory.live import KEPT, RESET, Happening, Hub, Live
from backend.memory.redis_live import RedisLive
from tests.servers import free_port, redis_server


async def _heard(live: Live, n: int, after: str | None = None, tenant: str = "one") -> list[Happening]:
    """The next events, pings left out; fewer when the server lets its listeners go."""
    found: list[Happening] = []
    async with asyncio.timeout(60), contextlib.aclosing(live.listen(tenant, 90.0, after)) as events:
        async for event in events:
            if event is not None:
                found.append(event)
            if len(found) == n:
                break
    return found


async def _listening(live: Live, n: int, tenant: str = "one") -> "asyncio.Task[list[Happening]]":
    """The next events, from a listener who is there: nothing told from now on is missed."""
    hub: Hub = getattr(live, "_hub", live)
    before = len(hub._queues[tenant])
    listening = asyncio.create_task(_heard(live, n, tenant=tenant))
    async with asyncio.timeout(60):
        while len(hub._queues[tenant]) == before:
            await asyncio.sleep(0.01)
    return listening


@pytest.fixture(params=["in process", "redis"])
async def live(request: pytest.FixtureRequest) -> AsyncIterator[Live]:
    made: Live = Hub(0.5) if request.param == "in process" else RedisLive(request.getfixturevalue("redis_url"), 0.5)
    yield made
    await made.close()


async def _begun(live: Live, tenant: str) -> list[Happening]:
    """One event told and heard, so that everything behind it is up."""
    listening = await _listening(live, 1, tenant)
    live.tell(tenant, [("note", {"n": 0})])
    return await listening


async def test_what_is_told_is_heard_in_order_and_by_that_shop_alone(live: Live) -> None:
    await _begun(live, "one")
    mine, others = await _listening(live, 3, "one"), await _listening(live, 1, "other")
    live.tell("one", [("note", {"n": n}) for n in range(1, 4)])
    assert [event.data["n"] for event in await mine] == [1, 2, 3]
    live.tell("other", [("note", {"n": 4})])
    assert [event.data["n"] for event in await others] == [4]


async def test_what_was_missed_comes_once(live: Live) -> None:
    first = (await _begun(live, "missing"))[0]
    live.tell("missing", [("note", {"n": n}) for n in range(1, 4)])
    missed = await _heard(live, 3, after=first.id, tenant="missing")
    assert [event.data["n"] for event in missed] == [1, 2, 3]
    live.tell("missing", [("note", {"n": 4})])
    assert [event.data["n"] for event in await _heard(live, 1, after=missed[-1].id, tenant="missing")] == [4]


async def test_more_than_is_kept_is_told_as_such(live: Live) -> None:
    first, all_of_it = (await _begun(live, "long"))[0], await _listening(live, KEPT + 5, "long")
    live.tell("long", [("note", {"n": n}) for n in range(KEPT + 5)])
    await all_of_it
    assert [event.kind for event in await _heard(live, 1, after=first.id, tenant="long")] == [RESET]


async def test_listeners_go_when_the_server_does(live: Live) -> None:
    listening = await _listening(live, 1)
    live.end()
    assert await listening == []


async def test_without_redis_the_same_process_still_hears_and_later_all_do() -> None:
    port = free_port()
    here, there = (RedisLive(f"redis://127.0.0.1:{port}/0", 0.5) for _ in range(2))
    assert [event.kind for event in await _begun(here, "one")] == ["note"]
    with redis_server(port):
        listening = asyncio.create_task(_heard(there, 1))
        while not listening.done():
            here.tell("one", [("later", {})])
            await asyncio.sleep(0.1)
        assert [event.kind for event in await listening] == ["later"]
    await asyncio.gather(here.close(), there.close())
