"""An engine that fails is left alone for a while and then tried by one caller; PostgreSQL that hangs costs one wait."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from backend.domain.errors import EngineUnavailable
from backend.domain.outage import Outage
from backend.store.database import ACQUIRE_SECONDS, Database


def test_one_at_a_time_tries_an_engine_that_failed() -> None:
    now, heard = [0.0], list[tuple[str, bool]]()
    outage = Outage("records", 5, clock=lambda: now[0])
    outage.on_change = lambda engine, away: heard.append((engine, away))
    assert outage.may_ask() and not outage.is_on
    outage.failed()
    outage.failed()
    assert outage.is_on and not outage.may_ask()
    now[0] = 5.0
    assert outage.may_ask() and not outage.may_ask()
    outage.answered()
    assert outage.may_ask() and heard == [("records", True), ("records", False)]


class Wire:
    """Passes bytes to the engine until it is cut: then connections stay open and nothing comes through."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.whole = asyncio.Event()
        self.whole.set()

    async def joined(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, out = await asyncio.open_connection("127.0.0.1", self._port)
        await asyncio.gather(self._pass(near, out), self._pass(far, back))

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65_536):
                await self.whole.wait()
                target.write(data)
                await target.drain()
        target.close()


@pytest.fixture
async def wired(postgres_url: str) -> AsyncIterator[tuple[Database, Wire]]:
    port = urlsplit(postgres_url).port or 0
    wire = Wire(port)
    server = await asyncio.start_server(wire.joined, "127.0.0.1", 0)
    near = server.sockets[0].getsockname()[1]
    database = await Database.open(postgres_url.replace(f":{port}/", f":{near}/"))
    yield database, wire
    wire.whole.set()
    await database.close()
    server.close()


async def test_of_many_queries_of_a_turn_one_waits_for_postgresql_that_hangs(wired: tuple[Database, Wire]) -> None:
    database, wire = wired
    await database.ping()
    wire.whole.clear()
    begun = time.perf_counter()
    for _ in range(5):
        with pytest.raises(EngineUnavailable):
            await database.ping()
    assert time.perf_counter() - begun < 5 * ACQUIRE_SECONDS, "each of them waited"
    assert database.outage.is_on
    wire.whole.set()
    async with asyncio.timeout(30):
        while database.outage.is_on:
            with contextlib.suppress(EngineUnavailable):
                await database.ping()
            await asyncio.sleep(0.1)
