"""The engine: migrations, transactions, several processes at once, and what is said when it is gone."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Index, text
from sqlalchemy.exc import DBAPIError

from backend.domain.errors import EngineUnavailable
from backend.domain.orders import OrderStatus
from backend.store.database import Database
from backend.store.migration import SCRIPTS, head
from backend.store.tables import metadata
from tests.store.world import HOME, SHOP

OPEN = "import asyncio, sys; from backend.store.database import Database; asyncio.run(Database.open(sys.argv[1]))"


@pytest.mark.filterwarnings("ignore:.*expression-based index")
async def test_the_migrations_build_exactly_the_tables(database: Database) -> None:
    def is_comparable(item: object, *_: object) -> bool:
        """An expression comes back in other words; that its index is found is held by test_plans."""
        return not isinstance(item, Index) or all(isinstance(part, Column) for part in item.expressions)

    def differences(connection: Connection) -> list[object]:
        options = {"compare_type": True, "include_object": is_comparable}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, metadata))

    async with database._writer.begin() as connection:
        assert await connection.run_sync(differences) == []


def test_the_newest_migration_is_the_one_alembic_knows() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [head()]


async def test_several_processes_may_open_an_empty_database_at_once(database_url: str) -> None:
    command = [sys.executable, "-c", OPEN, database_url]
    processes = [await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE) for _ in range(4)]
    ended = [await process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0, 0], ended
    database = await Database.open(database_url)
    await database.ping()
    await database.close()


async def test_several_may_open_it_at_the_same_moment(database_url: str) -> None:
    opened = await asyncio.gather(*(Database.open(database_url) for _ in range(6)))
    for database in opened:
        await database.ping()
        await database.close()


async def test_what_a_failed_transaction_wrote_is_gone(shop: Database) -> None:
    with pytest.raises(RuntimeError):
        async with shop.records(SHOP, write=True) as records:
            await records.orders.set_status("ORD-7", OrderStatus.CANCELLED)
            await records.orders.next_number("REF")
            await records.audit.add("Ida", "cancel", "order:ORD-7")
            await records.events.add("order.cancelled", {})
            raise RuntimeError
    async with shop.records(SHOP, write=True) as records:
        order = await records.orders.get("ORD-7")
        assert order is not None and order.status is OrderStatus.DELIVERED
        assert await records.audit.list() == ()
        assert await records.events.list() == ()
        assert await records.orders.next_number("REF") == "REF-101"


async def test_a_read_cannot_write(shop: Database) -> None:
    with pytest.raises((DBAPIError, EngineUnavailable)):
        async with shop.records(SHOP) as records:
            await records.customers.update_address("C-1", HOME)


async def test_an_error_of_the_caller_stays_what_it_is(database: Database) -> None:
    with pytest.raises(BrokenPipeError):
        async with database.records(SHOP):
            raise BrokenPipeError


async def test_times_come_back_aware_and_naive_ones_are_refused(database: Database) -> None:
    async with database.records(SHOP, write=True) as records:
        await records.tenants.ensure("Lanterns")
    async with database.records(SHOP) as records:
        shop = await records.tenants.get()
    assert shop is not None and shop.created_at.tzinfo is UTC
    with pytest.raises(Exception, match="zone"):
        async with database.records(SHOP, write=True) as records:
            await records.complaints.mark_breached(datetime(2026, 1, 1))


async def test_the_shops_are_known_by_slug(shop: Database) -> None:
    assert await shop.tenants() == (SHOP,)


async def test_a_server_that_is_not_there_is_named_within_a_second() -> None:
    before = asyncio.get_running_loop().time()
    with pytest.raises(EngineUnavailable):
        await Database.open("postgres://nobody@127.0.0.1:9/none")
    assert asyncio.get_running_loop().time() - before < 1.5


async def test_a_lost_server_is_an_engine_unavailable_and_comes_back(postgres_url: str) -> None:
    database = await Database.open(postgres_url)
    with pytest.raises(EngineUnavailable):
        async with database.records(SHOP) as records:
            await records._connection.execute(text("SELECT pg_backend_pid()"))
            async with database._writer.connect() as other:
                await other.execute(
                    text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
                )
            await records.policies.get()
    await database.ping()
    await database.close()


@pytest.mark.parametrize("kept", [4096, 0])
async def test_a_damaged_file_is_an_engine_that_is_gone(tmp_path: Path, kept: int) -> None:
    file = tmp_path / "support.db"
    await (await Database.open(f"sqlite+aiosqlite:///{file}")).close()
    whole = file.read_bytes()
    file.write_bytes(whole[:kept] + b"\xa5" * (len(whole) - kept))
    with pytest.raises(EngineUnavailable):
        await Database.open(f"sqlite+aiosqlite:///{file}")


async def test_other_databases_are_refused() -> None:
    with pytest.raises(ValueError, match="SQLite or PostgreSQL"):
        await Database.open("mysql://localhost/x")
