"""Runs migrations: inside the connection that the product hands over, or for the `alembic` command."""

import asyncio
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, text

from backend.settings import load_settings
from backend.store.engines import open_postgres, open_sqlite
from backend.store.tables import metadata
from backend.store.tables.base import UtcTime


def render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration stands on its own: it names plain SQL types, never ours."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcTime) else False


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_item=render)
    if connection.dialect.name == "postgresql":  # a migration may rewrite the rows of every shop
        connection.execute(text("SELECT set_config('app.tenant', '*', true)"))
    with context.begin_transaction():
        context.run_migrations()


async def run_from_the_command_line() -> None:
    from sqlalchemy.engine import make_url

    url = make_url(context.get_x_argument(as_dictionary=True).get("url") or load_settings().records_url)
    reader, writer = await open_sqlite(url) if url.get_backend_name() == "sqlite" else open_postgres(url)
    async with writer.begin() as connection:
        await connection.run_sync(run)
    await reader.dispose()
    await writer.dispose()


handed_over: Connection | None = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
else:
    asyncio.run(run_from_the_command_line())
