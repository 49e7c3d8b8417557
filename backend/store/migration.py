"""Brings the tables up to date; Alembic is imported only when there is something to do."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.store.row_security import EVERY_SHOP, protect, scope

SCRIPTS = Path(__file__).parent / "migrations"
#: Any number, as long as every process of this product asks for the same lock.
_ADVISORY_LOCK = 5_120_731


async def migrate(connection: AsyncConnection) -> None:
    """Upgrade to the newest migration inside the caller's write transaction.

    On SQLite that transaction is the lock; on PostgreSQL an advisory lock is held until it ends.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
        await scope(connection, EVERY_SHOP, as_role=False)
    found = await connection.run_sync(_revision)
    if found is None or found < head():  # a newer one is of the release after: it only added, see OPERATIONS.md
        await connection.run_sync(_upgrade)
        if connection.dialect.name == "postgresql":
            await protect(connection)


def head() -> str:
    """The newest migration: its file begins with its number."""
    return max(path.name[:4] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))


def _revision(connection: Connection) -> Any:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command  # imported here: most starts have nothing to upgrade
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
