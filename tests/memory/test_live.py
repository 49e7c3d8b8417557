"""Live events: nothing lost, nothing twice, and what happens while Redis is away."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from backend.memory.live import KEPT, RESET, Happening, Hub, Live
from backend.memory.redis_live import RedisLive
from tests.servers import free_port, redis_server


async def _heard(live: Live, n: int, after: str | None = None, tenant: str = "one") -> list[Happening]:
    """The next events, pings left out; fewer when nothing more comes within a moment."""
    found: list[Happening] = []
    async with contextlib.aclosing(live.listen(tenant, 5.0, after)) as events:
        async for event in events:
            if event is not None:
                found.append(event)
            if event is None or len(found) == n:
                break
    return found


@pytest.fixture(params=["in process", "redis"])
async def live(request: pytest.FixtureRequest) -> AsyncIterator[Live]:
    made: Live = Hub(0.5) if request.param == "in process" else RedisLive(request.getfixturevalue("redis_url"), 0.5)
    yield made
    await made.close()


async def _begun(live: Live, tenant: str) -> list[Happening]:
    """One event told and heard, so that everything behind it is up."""
    listening = asyncio.create_task(_heard(live, 1, tenant=tenant))
    await asyncio.sleep(0.2)
    live.tell(tenant, [("note", {"n": 0})])
    return await listening


async def test_what_is_told_is_heard_in_order_and_by_that_shop_alone(live: Live) -> None:
    await _begun(live, "one")
    listening = [asyncio.create_task(_heard(live, 3, tenant=name)) for name in ("one", "other")]
    await asyncio.sleep(0.1)
    live.tell("one", [("note", {"n": n}) for n in range(1, 4)])
    mine, others = await asyncio.gather(*listening)
    assert [event.data["n"] for event in mine] == [1, 2, 3] and others == []


async def test_what_was_missed_comes_once(live: Live) -> None:
    first = (await _begun(live, "missing"))[0]
    live.tell("missing", [("note", {"n": n}) for n in range(1, 4)])
    await asyncio.sleep(0.3)
    assert [e.data["n"] for e in await _heard(live, 9, after=first.id, tenant="missing")] == [1, 2, 3]
    last = (await _heard(live, 9, after=first.id, tenant="missing"))[-1]
    assert await _heard(live, 9, after=last.id, tenant="missing") == []


async def test_more_than_is_kept_is_told_as_such(live: Live) -> None:
    first = (await _begun(live, "long"))[0]
    live.tell("long", [("note", {"n": n}) for n in range(KEPT + 5)])
    await asyncio.sleep(1.0)
    assert [event.kind for event in await _heard(live, 1, after=first.id, tenant="long")] == [RESET]


async def test_listeners_go_when_the_server_does(live: Live) -> None:
    listening = asyncio.create_task(_heard(live, 1))
    await asyncio.sleep(0.2)
    live.end()
    assert await asyncio.wait_for(listening, 3) == []


async def test_without_redis_the_same_process_still_hears_and_later_all_do() -> None:
    port = free_port()
    here, there = (RedisLive(f"redis://127.0.0.1:{port}/0", 0.5) for _ in range(2))
    assert [event.kind for event in await _begun(here, "one")] == ["note"]
    with redis_server(port):
        listening = asyncio.create_task(_heard(there, 1))
        for _ in range(60):
            if listening.done():
                break
            here.tell("one", [("later", {})])
            await asyncio.sleep(0.1)
        assert [event.kind for event in await listening] == ["later"]
    await asyncio.gather(here.close(), there.close())
