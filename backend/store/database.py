"""The records' engine: SQLite or PostgreSQL behind one door, migrated when opened."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from backend.domain.errors import EngineUnavailable
from backend.store.engines import open_postgres, open_sqlite
from backend.store.migration import migrate
from backend.store.records import Records
from backend.store.repository import Directory

#: Longest wait for a connection: a records engine that hangs must become a 503 within a second.
ACQUIRE_SECONDS = 0.9
#: A writer of the embedded file waits in line for the others, which take milliseconds each.
SQLITE_ACQUIRE_SECONDS = 10.0


class Database:
    """Long-lived; one per process. `records` opens a transaction bound to one shop."""

    def __init__(self, reader: AsyncEngine, writer: AsyncEngine) -> None:
        self._reader = reader
        self._writer = writer
        self._patience = SQLITE_ACQUIRE_SECONDS if self.kind == "sqlite" else ACQUIRE_SECONDS

    @property
    def kind(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self._writer.dialect.name

    @classmethod
    async def open(cls, url: str) -> "Database":
        """Connect and bring the tables up to date; safe when several processes do so at once.

        Raises EngineUnavailable when the database cannot be reached, ValueError for another kind of URL.
        """
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            engines = await open_sqlite(parsed)
        elif parsed.get_backend_name() in {"postgresql", "postgres"}:
            engines = open_postgres(parsed)
        else:
            raise ValueError(f"records live in SQLite or PostgreSQL, not in {parsed.get_backend_name()}")
        database = cls(*engines)
        try:
            async with _reachable(), database._writer.begin() as connection:
                await migrate(connection)
        except BaseException:
            await database.close()
            raise
        return database

    async def close(self) -> None:
        """Give every connection back to the engine."""
        await self._reader.dispose()
        if self._writer is not self._reader:
            await self._writer.dispose()

    async def ping(self) -> None:
        """Return when the engine answers; raise EngineUnavailable when it does not."""
        async with self._connect(self._reader) as connection:
            await connection.execute(text("SELECT 1"))

    async def tenants(self) -> tuple[str, ...]:
        """The slugs of all shops: background work goes through them one by one."""
        async with self._connect(self._reader) as connection:
            return await Directory(connection).slugs()

    @asynccontextmanager
    async def records(self, tenant: str, *, write: bool = False) -> AsyncIterator[Records]:
        """One transaction of one shop: committed on exit, rolled back on an exception.

        Without `write` nothing can be changed. Raises EngineUnavailable when the engine is gone.
        """
        async with self._connect(self._writer if write else self._reader) as connection:
            if not write and self.kind == "postgresql":
                await connection.execution_options(postgresql_readonly=True)
            async with connection.begin():
                yield Records(connection, tenant)

    @asynccontextmanager
    async def _connect(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        async with _reachable():
            async with asyncio.timeout(self._patience):
                connection = await engine.connect()
            try:
                yield connection
            finally:
                await connection.close()


@asynccontextmanager
async def _reachable() -> AsyncIterator[None]:
    """Turn the loss of the engine, and only that, into the error that the API knows."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout, OSError, TimeoutError) as lost:
        raise EngineUnavailable("The shop's records cannot be reached right now.") from lost
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        raise EngineUnavailable("The shop's records cannot be reached right now.") from error
