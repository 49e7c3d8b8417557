"""A server of the release before goes on working while the tables are brought up to date: migrations only add."""

import ast
from pathlib import Path

from sqlalchemy import text

from backend.settings import ROOT
from backend.store.database import Database
from tests.store.world import SHOP

VERSIONS = sorted((ROOT / "backend" / "store" / "migrations" / "versions").glob("[0-9]*.py"))
#: What an old process would trip over.
TAKES_AWAY = {"drop_table", "drop_column", "rename_table", "alter_column", "drop_constraint"}


def calls(file: Path) -> list[ast.Call]:
    """The calls of `upgrade` and of what it calls; the way back may take away."""
    body = [node for node in ast.parse(file.read_text()).body if getattr(node, "name", "") != "downgrade"]
    return [node for part in body for node in ast.walk(part) if isinstance(node, ast.Call)]


def named(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_migrations_after_the_first_take_nothing_away() -> None:
    assert len(VERSIONS) > 1
    for file in VERSIONS[1:]:
        taken = [named(call) for call in calls(file) if named(call) in TAKES_AWAY]
        assert not taken, f"{file.name}: {taken}"


def test_new_columns_of_old_tables_need_no_value() -> None:
    for file in VERSIONS[1:]:
        for added in (call for call in calls(file) if named(call) == "add_column"):
            for column in (node for node in ast.walk(added) if isinstance(node, ast.Call) and named(node) == "Column"):
                given = {word.arg: word.value for word in column.keywords}
                optional = not (isinstance(given.get("nullable"), ast.Constant) and given["nullable"].value is False)
                assert optional or "server_default" in given, f"{file.name}: {ast.unparse(column)}"


async def test_a_process_of_this_release_starts_on_the_tables_of_the_next(shop: Database, database_url: str) -> None:
    """A worker that dies during an upgrade comes back, and so does the old image."""
    async with shop._transaction(shop._writer) as connection:
        await connection.execute(text("ALTER TABLE orders ADD COLUMN of_the_next_release TEXT"))
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    again = await Database.open(database_url)
    try:
        async with again.records(SHOP, write=True) as records:
            assert await records.orders.get("ORD-7") is not None
            await records.mails.add("maya@lanterns.example", "Hello", "still here")
    finally:
        await again.close()
