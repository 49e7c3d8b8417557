"""An engine that fails is left alone; PostgreSQL that dies or hangs stops nobody long, and is met again by itself."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.cli.bench import engines
from backend.domain.errors import EngineUnavailable
from backend.domain.outage import Outage
from backend.domain.patience import LATE_SECONDS
from backend.store.database import QUEUE_SECONDS, Database
from backend.store.engines import POOL, POOL_OVERFLOW
from backend.store.pulse import ANSWER_SECONDS, Pulse
from backend.store.reach import reaching
from backend.store.records import Records
from tests.left_out import left_out
from tests.store.world import SHOP, furnish


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


#: Below any of the drivers' own limits, far above what is promised.
SOON = QUEUE_SECONDS * 0.8


@pytest.fixture(scope="module")
def server() -> Iterator[engines.Engine]:
    """A PostgreSQL of its own: it is killed."""
    if not engines.installed():
        left_out("postgresql is not installed")
    # not pytest's folder: PostgreSQL runs as a user of its own and may not enter it
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, engines.postgres(Path(folder)) as engine:
        yield engine


@pytest.fixture
async def database(server: engines.Engine) -> AsyncIterator[Database]:
    opened = await Database.open(f"postgresql+asyncpg://support@127.0.0.1:{server.inner}/support")
    if SHOP not in await opened.tenants():
        await furnish(opened)
    yield opened
    await opened.close()


async def _orders(database: Database) -> int:
    async with database.records(SHOP) as records:
        return len(await records.orders.for_customer("C-1"))


async def _sleep(records: Records, seconds: float) -> None:
    with reaching():
        await records._connection.execute(text(f"SELECT pg_sleep({seconds})"))


async def _until(database: Database, *, away: bool) -> None:
    """Told by the database itself: nobody asks it meanwhile."""
    async with asyncio.timeout(30):
        while database.outage.is_on is not away:
            await asyncio.sleep(0.05)


async def test_what_runs_and_what_waits_ends_soon_when_postgresql_hangs(
    server: engines.Engine, database: Database
) -> None:
    before = await _orders(database)
    asked = asyncio.Event()

    async def in_the_middle() -> None:
        async with database.records(SHOP, write=True) as records:
            await records.orders.get("ORD-7")
            asked.set()
            await _sleep(records, 60)

    running = asyncio.create_task(in_the_middle())
    await asked.wait()
    server.stop()
    try:
        async with asyncio.timeout(SOON):
            # more than there are connections: some wait for one that others hold
            callers = [_orders(database) for _ in range(2 * (POOL + POOL_OVERFLOW))]
            ended = await asyncio.gather(running, *callers, return_exceptions=True)
        assert {type(end) for end in ended} == {EngineUnavailable} and database.outage.is_on
        with pytest.raises(EngineUnavailable):  # from now on nobody tries at all
            await _orders(database)
    finally:
        server.go_on()
    await _until(database, away=False)
    assert await _orders(database) == before


async def test_a_killed_postgresql_is_met_again_without_a_restart(server: engines.Engine, database: Database) -> None:
    before = await _orders(database)
    server.kill()
    try:
        with pytest.raises(EngineUnavailable):
            await asyncio.wait_for(_orders(database), SOON)
        await _until(database, away=True)
    finally:
        await asyncio.to_thread(server.start)
    await _until(database, away=False)
    assert await _orders(database) == before


class Moody:
    """A probe that fails in every way that a driver has been seen to, then answers."""

    def __init__(self) -> None:
        self.moods: list[BaseException] = [RuntimeError("in another state"), asyncio.CancelledError(), TimeoutError()]

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[None]:
        if self.moods:
            raise self.moods.pop()
        yield

    async def dispose(self) -> None:
        """Nothing is held."""


async def test_whatever_the_driver_raises_the_server_is_asked_again() -> None:
    outage = Outage("records", 0.05)
    outage.failed()
    pulse = Pulse(outage, cast(AsyncEngine, Moody()))
    async with asyncio.timeout(30):
        while outage.is_on:
            await asyncio.sleep(0.01)
    await pulse.close()


async def test_a_starved_process_does_not_blame_the_server(server: engines.Engine, database: Database) -> None:
    """It hears nothing for longer than a server may take, but came late itself whenever it listened."""
    before = await _orders(database)

    async def hog() -> None:
        while True:
            time.sleep(LATE_SECONDS * 1.1)  # noqa: ASYNC251  as a machine with too much to do
            await asyncio.sleep(0)

    server.stop()
    starving, asking = asyncio.create_task(hog()), asyncio.create_task(_orders(database))
    try:
        await asyncio.sleep(2 * ANSWER_SECONDS)
        assert not database.outage.is_on and not asking.done()
    finally:
        server.go_on()
    assert await asking == before
    starving.cancel()


async def test_slow_work_and_a_full_house_are_no_outage(server: engines.Engine, database: Database) -> None:
    """A long statement, and more callers than there are connections: the server answers, so all wait their turn."""

    await asyncio.gather(
        *(database.write(SHOP, lambda records: _sleep(records, 0.6)) for _ in range(POOL + POOL_OVERFLOW + 5))
    )
    assert not database.outage.is_on


async def test_a_postgresql_that_only_reads_refuses_writes_and_is_no_outage(database: Database) -> None:
    """As a follower does that a failover left behind."""
    before = await _orders(database)

    async def write(records: Records) -> None:
        with reaching():
            await records._connection.execute(text("SET TRANSACTION READ ONLY"))
        await records.audit.add("staff:ida", "view", "order:ORD-7", None)

    with pytest.raises(EngineUnavailable):
        await database.write(SHOP, write)
    assert not database.outage.is_on and await _orders(database) == before
