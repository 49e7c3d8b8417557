"""SQLite's driver: a statement is one trip to its thread, and brings the same as ever."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from backend.store.one_trip import OneTrip


class CountingQueue:
    """The queue to the driver's thread, counting what is sent."""

    def __init__(self, queue: Any) -> None:
        self._queue = queue
        self.sent = 0

    def put_nowait(self, item: Any) -> None:
        self.sent += 1
        self._queue.put_nowait(item)


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path}/trips.db", module=OneTrip())
    async with engine.connect() as connection:
        await connection.execute(text("CREATE TABLE cups (id INTEGER PRIMARY KEY, colour TEXT UNIQUE)"))
        yield connection
    await engine.dispose()


async def test_a_statement_is_one_trip(connection: AsyncConnection) -> None:
    driver = (await connection.get_raw_connection()).driver_connection
    driver._tx = trips = CountingQueue(driver._tx)
    await connection.execute(text("INSERT INTO cups (colour) VALUES ('red')"))
    assert trips.sent == 1
    assert (await connection.execute(text("SELECT id, colour FROM cups"))).all() == [(1, "red")]
    assert trips.sent == 2


async def test_what_a_statement_brings_is_told(connection: AsyncConnection) -> None:
    insert = text("INSERT INTO cups (colour) VALUES (:colour)")
    many = await connection.execute(insert, [{"colour": "red"}, {"colour": "blue"}, {"colour": "green"}])
    assert many.rowcount == 3
    found = await connection.execute(text("SELECT id, colour FROM cups ORDER BY id"))
    assert list(found.keys()) == ["id", "colour"]
    assert found.scalars().all() == [1, 2, 3]
    assert (await connection.execute(text("UPDATE cups SET colour = colour || '!' WHERE id > 1"))).rowcount == 2


async def test_an_error_is_the_engines_own_and_leaves_the_connection_usable(connection: AsyncConnection) -> None:
    await connection.execute(text("INSERT INTO cups (colour) VALUES ('red')"))
    with pytest.raises(IntegrityError):
        await connection.execute(text("INSERT INTO cups (colour) VALUES ('red')"))
    assert (await connection.execute(text("SELECT count(*) FROM cups"))).scalar() == 1
