"""SQLite's driver: a statement is one trip to its thread, and brings the same as ever."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from backend.domain.messages import Role, StoredMessage
from backend.store.database import Database
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
    driver: Any = (await connection.get_raw_connection()).driver_connection
    driver._tx = trips = CountingQueue(driver._tx)
    await connection.execute(text("INSERT INTO cups (colour) VALUES ('red')"))
    assert trips.sent == 1
    assert (await connection.execute(text("SELECT id, colour FROM cups"))).all() == [(1, "red")]
    assert trips.sent == 2


async def test_a_transaction_is_a_trip_for_each_statement_and_one_for_its_end(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/records.db")
    async with database.records("shop", write=True) as records:
        driver: Any = (await records._connection.get_raw_connection()).driver_connection
        driver._tx = trips = CountingQueue(driver._tx)
        said = StoredMessage(id="1", role=Role.SHOPPER, text="Hello", at=datetime.now(UTC))
        await records.conversations.append("c", "s", None, [said])
        assert trips.sent == 2
        assert driver.in_transaction
    assert trips.sent == 3
    assert not driver.in_transaction
    await database.close()


async def test_what_is_read_in_one_transaction_is_of_one_moment(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/records.db")
    said = [StoredMessage(id=str(n), role=Role.SHOPPER, text="Hello", at=datetime.now(UTC)) for n in (1, 2)]
    async with database.records("shop", write=True) as records:
        await records.conversations.append("c", "s", None, said[:1])
    async with database.records("shop") as reading:
        assert len(await reading.conversations.messages("c")) == 1
        async with database.records("shop", write=True) as writing:
            await writing.conversations.append("c", "s", None, said[1:])
        assert len(await reading.conversations.messages("c")) == 1
    async with database.records("shop") as reading:
        assert len(await reading.conversations.messages("c")) == 2
    await database.close()


async def test_what_is_streamed_is_of_one_moment_too(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/records.db")
    async with database.records("shop") as records:
        assert await records.catalogue.all() == ()
        driver: Any = (await records._connection.get_raw_connection()).driver_connection
        assert driver.in_transaction
    await database.close()


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


async def test_the_write_of_another_process_is_waited_for(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/records.db")
    other = sqlite3.connect(tmp_path / "records.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> bool:
        async with database.records("shop", write=True) as records:
            return await records.actions.claim("key")

    waiting = asyncio.create_task(write())
    await asyncio.sleep(0.1)
    assert not waiting.done()
    other.execute("COMMIT")
    assert await waiting
    other.close()
    await database.close()


async def test_a_transaction_that_only_writes_is_one_trip(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/records.db")
    async with database._writer.connect() as pooled:
        driver: Any = (await pooled.get_raw_connection()).driver_connection
    driver._tx = trips = CountingQueue(driver._tx)
    said = StoredMessage(id="1", role=Role.SHOPPER, text="Hello", at=datetime.now(UTC))
    await database.post("shop", lambda records: records.conversations.append("c", "s", None, [said]))
    assert trips.sent == 1
    assert not driver.in_transaction
    async with database.records("shop") as records:
        assert [m.text for m in await records.conversations.messages("c")] == ["Hello"]
    await database.close()
