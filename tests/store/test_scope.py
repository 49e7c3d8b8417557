"""One place scopes every query: proved on the source and on every table."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Table, insert

import backend.store
from backend.store.database import Database
from backend.store.repository import Repository
from backend.store.tables import metadata
from backend.store.tables.base import UtcTime
from tests.store.world import LAMP, ORDER, SHOP, furnish

ROOM = Path(backend.store.__file__).parent
STATEMENTS = {"select", "insert", "update", "delete", "text", "table", "literal_column", "exists"}
#: The scope itself; the engine's own queries, which touch no shop's rows; and migrations.
ALLOWED = {
    "repository.py": {"select", "update", "delete"},
    "database.py": {"text"},
    "migration.py": {"text"},
    "row_security.py": {"text"},
    "retention.py": {"exists"},  # bound to the shop of the row it asks about
}


def _statements(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            found |= {alias.name for alias in node.names} & STATEMENTS
        if isinstance(node, ast.Attribute) and node.attr in STATEMENTS and isinstance(node.value, ast.Name):
            found |= {node.attr} if node.value.id in {"sa", "sqlalchemy", "sqlite", "postgresql"} else set()
        if isinstance(node, ast.Attribute) and node.attr in {"exec_driver_sql"}:
            found.add(node.attr)
    return found


def test_no_module_but_the_repository_builds_a_statement() -> None:
    tables = ROOM / "tables"
    for path in ROOM.rglob("*.py"):
        if "migrations" in path.parts or path.is_relative_to(tables) or path.name == "engines.py":
            continue
        allowed = ALLOWED.get(path.name, set()) | ({"insert"} if path.name == "repository.py" else set())
        assert _statements(path) <= allowed, f"{path.name} builds a statement that no shop bounds"


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: str(table.name))
def test_every_table_is_of_a_shop(table: Table) -> None:
    assert next(iter(table.primary_key)).name == "tenant"
    for index in table.indexes:
        assert index.columns.keys()[0] == "tenant"
    for foreign in table.foreign_key_constraints:
        assert foreign.column_keys[0] == "tenant"


def _value(column: Column[Any]) -> Any:
    if isinstance(column.type, UtcTime):
        return datetime(2026, 1, 1, tzinfo=UTC)
    plain = {str: "x", int: 1, float: 1.0, bool: True, bytes: b"x", object: {}, date: date(2026, 1, 1)}
    return plain[column.type.python_type]


async def test_a_shop_reads_changes_and_deletes_only_its_own_rows(database: Database) -> None:
    async with database._writer.begin() as connection:
        for table in metadata.sorted_tables:
            row = {column.name: _value(column) for column in table.c}
            await connection.execute(insert(table), [{**row, "tenant": "mine"}, {**row, "tenant": "theirs"}])
        for table in metadata.sorted_tables:
            attempt = await connection.begin_nested()
            mine, theirs = Repository(connection, "mine"), Repository(connection, "theirs")
            assert len(await mine._rows(mine._select(table))) == 1, table.name
            column = list(table.c)[-1]
            assert await mine._run(mine._update(table).values({column.name: _value(column)})) == 1, table.name
            assert await mine._run(mine._delete(table)) == 1, table.name
            assert len(await mine._rows(mine._select(table, *table.c))) == 0, table.name
            assert len(await theirs._rows(theirs._select(table, *table.c))) == 1, table.name
            await attempt.rollback()


async def test_nothing_of_one_shop_is_found_from_another(shop: Database) -> None:
    await furnish(shop, "sailing")
    async with shop.records("sailing", write=True) as records:
        await records.catalogue.adjust_stock("V-1", 9)
        await records.customers.adjust_gift_card("PM-1", -5_000)
    async with shop.records(SHOP) as records:
        variant = await records.catalogue.variant("V-1")
        maya = await records.customers.get("C-1")
    assert variant is not None and variant.stock == 3
    assert maya is not None and maya.payment_methods[0].balance_cents == 5_000
    await shop.copy_shop(SHOP, "sailing")
    async with shop.records("sailing") as records:
        assert await records.orders.get("ORD-7") == ORDER
        assert await records.catalogue.get("P-1") == LAMP
    await shop.erase_shop("sailing")
    assert await shop.tenants() == (SHOP,)
    async with shop.records(SHOP) as records:
        assert await records.orders.get("ORD-7") == ORDER
    async with shop.records("nobody") as records:
        assert await records.catalogue.get("P-1") is None
        assert await records.catalogue.all() == ()
        assert await records.customers.by_email("maya@lanterns.example") is None
        assert await records.orders.get("ORD-7") is None
        assert await records.orders.for_customer("C-1") == ()
        assert await records.orders.by_tracking_number("KS1") is None
        assert await records.complaints.list() == ((), 0)
        assert await records.tenants.get() is None
