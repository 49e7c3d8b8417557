"""PostgreSQL itself shows and takes the rows of one shop only, whatever a statement says."""

from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from backend.store.database import Database
from backend.store.row_security import EVERY_SHOP
from backend.store.tables import metadata
from tests.store.world import SHOP, furnish

OTHER = "other"


@pytest.fixture(params=["superuser", "ordinary user"])
async def guarded(request: pytest.FixtureRequest, postgres_url: str) -> AsyncIterator[Database]:
    """Two shops in one database, opened by a superuser, as containers do, and by an owner without such powers."""
    server = make_url(postgres_url).set(drivername="postgresql")
    name, user = f"t{uuid4().hex}", f"u{uuid4().hex}"
    admin = await asyncpg.connect(server.render_as_string(hide_password=False))
    await admin.execute(f"CREATE ROLE {user} LOGIN")
    await admin.execute(f"CREATE DATABASE {name} OWNER {user}")
    url = server.set(database=name)
    if request.param == "ordinary user":
        url = url.set(username=user)
    opened = await Database.open(url.render_as_string(hide_password=False))
    for tenant in (SHOP, OTHER):
        await furnish(opened, tenant)
    yield opened
    await opened.close()
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.execute(f"DROP ROLE {user}")
    await admin.close()


async def _seen(database: Database, tenant: str | None, table: str) -> set[str]:
    """The shops whose rows a statement without any condition sees."""
    async with database._transaction(database._reader, tenant) as connection:
        return set((await connection.execute(text(f'SELECT DISTINCT tenant FROM "{table}"'))).scalars())


async def test_a_statement_without_a_condition_sees_one_shop(guarded: Database) -> None:
    for table in ("customers", "orders", "order_lines", "complaints", "tenants"):
        assert await _seen(guarded, SHOP, table) == {SHOP}
        assert await _seen(guarded, "nobody", table) == set()
        assert await _seen(guarded, EVERY_SHOP, table) == {SHOP, OTHER}


async def test_without_a_shop_an_owner_sees_nothing(guarded: Database) -> None:
    """A superuser who takes no role is the operator at a console; the product never does so for shops' rows."""
    if not guarded._as_role:
        assert await _seen(guarded, None, "customers") == set()
    # and what one transaction was bound to is forgotten with it
    assert await _seen(guarded, SHOP, "customers") == {SHOP}
    async with guarded._transaction(guarded._reader) as connection:
        assert (await connection.execute(text("SELECT current_setting('app.tenant', true)"))).scalar() in ("", None)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO customers (tenant, id, name, email, email_key) VALUES ('other', 'X', 'x', 'x', 'x')",
        "UPDATE customers SET tenant = 'other', id = 'moved'",
    ],
)
async def test_no_row_is_written_into_another_shop(guarded: Database, statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"row-level security|foreign key"):
        async with guarded._transaction(guarded._writer, SHOP) as connection:
            await connection.execute(text(statement))


async def test_changes_without_a_condition_stay_in_the_shop(guarded: Database) -> None:
    async with guarded._transaction(guarded._writer, SHOP) as connection:
        assert (await connection.execute(text("UPDATE customers SET name = 'gone'"))).rowcount == 1
        assert (await connection.execute(text("DELETE FROM complaints"))).rowcount == 1
    async with guarded.records(OTHER) as records:
        kept = await records.customers.get("C-1")
        assert kept is not None and kept.name == "Maya Okonkwo"
        assert await records.complaints.get("CMP-7") is not None


async def test_every_table_is_under_the_policy(guarded: Database) -> None:
    """A table of a later migration gets it with its upgrade."""
    async with guarded._transaction(guarded._reader) as connection:
        found = await connection.execute(
            text("SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid WHERE c.relforcerowsecurity")
        )
        assert set(found.scalars()) == {table.name for table in metadata.sorted_tables}


async def test_what_goes_through_all_shops_still_does(guarded: Database) -> None:
    assert await guarded.tenants() == tuple(sorted((SHOP, OTHER)))
    await guarded.copy_shop(SHOP, "copied")
    async with guarded.records("copied") as records:
        assert await records.customers.get("C-1") is not None
    await guarded.erase_shop(OTHER)
    assert await guarded.tenants() == tuple(sorted((SHOP, "copied")))
    with pytest.raises(ValueError, match="no shop"):
        async with guarded.records(EVERY_SHOP):
            pass
