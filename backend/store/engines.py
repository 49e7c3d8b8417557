"""How each records engine is opened: pools, timeouts and the pragmas that keep the embedded file safe and fast."""

import asyncio
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from backend.store.one_trip import BUSY_SECONDS, OneTrip

POOL = 20
POOL_OVERFLOW = 0  # one beyond the pool is closed as soon as it is given back, and opened again for the next in line
_PROBE_SECONDS = 240
_GOODBYE_SECONDS = 0.05
_SQLITE_READERS = 4
_BUSY_MS = round(BUSY_SECONDS * 1000)
_WAL_TRIES = 100
_PRAGMAS = (f"PRAGMA busy_timeout={_BUSY_MS}", "PRAGMA synchronous=NORMAL", "PRAGMA foreign_keys=ON")


def _dump(value: Any) -> str:
    return to_json(value).decode()


# values of rows have no place in an error's text, which is logged
_JSON = {"json_serializer": _dump, "json_deserializer": from_json, "hide_parameters": True}


def open_postgres(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    """One pool that reads and writes. `postgres://` and `postgresql://` mean the asyncpg driver."""
    engine = _postgres(url, POOL, POOL_OVERFLOW)
    return engine, engine


def open_probe(url: URL) -> AsyncEngine:
    """One more connection, to ask the server whether it lives; renewed before a firewall forgets it."""
    return _postgres(url, 1, 0, pool_recycle=_PROBE_SECONDS)


def _postgres(url: URL, pool: int, overflow: int, **more: Any) -> AsyncEngine:
    return create_async_engine(
        url.set(drivername="postgresql+asyncpg"),
        pool_size=pool,
        max_overflow=overflow,
        pool_pre_ping=True,  # a restarted server costs no shopper an answer
        connect_args={
            "timeout": 10,  # the pulse ends the wait for a server that hangs; a busy one is waited for
            "command_timeout": 10,
            "connection_class": _impatient(),
            "server_settings": {"jit": "off", "application_name": "support-desk"},
        },
        **_JSON,
        **more,
    )


def _impatient() -> type:
    """The driver's connection, which takes leave of a server that hangs without waiting for its goodbye."""
    from asyncpg import Connection  # type: ignore[import-untyped]  # imported here: who keeps a file does without

    class Impatient(Connection):  # type: ignore[misc]  # the driver tells no types
        async def close(self, **_: float | None) -> None:
            with suppress(TimeoutError):  # it is cut off by then
                async with asyncio.timeout(_GOODBYE_SECONDS):
                    await super().close()

    return Impatient


async def open_sqlite(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    """A pool of readers and the single writer of the file, which is created when missing."""
    if not url.database or url.database == ":memory:":
        raise ValueError("records need a file: sqlite+aiosqlite:///path/to/file.db")
    path = url.database
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    url = url.set(drivername="sqlite+aiosqlite")
    # every transaction here ends with commit or rollback: another rollback on return would only cost time
    options: dict[str, Any] = {"max_overflow": 0, "pool_reset_on_return": None, **_JSON}
    reader = create_async_engine(url, pool_size=_SQLITE_READERS, module=OneTrip(only_reads=True), **options)
    writer = create_async_engine(url, pool_size=1, module=OneTrip(), **options)
    _prepare(reader, "BEGIN", "PRAGMA query_only=ON")
    _prepare(writer, "BEGIN IMMEDIATE", "PRAGMA busy_timeout=0")  # `one_trip` waits
    await asyncio.to_thread(_write_ahead, path)
    return reader, writer


def _prepare(engine: AsyncEngine, begin: str, *more: str) -> None:
    """Own the transactions: the driver's implicit ones begin too late to be safe."""

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (*_PRAGMAS, *more):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Any) -> None:
        connection.connection.dbapi_connection.begin = begin


def _write_ahead(path: str) -> None:
    """Switch the file to WAL. SQLite does not wait here when another process does the same, so we do."""
    for attempt in range(_WAL_TRIES):
        try:
            with closing(sqlite3.connect(path, timeout=_BUSY_MS / 1000)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.DatabaseError as busy:
            if attempt == _WAL_TRIES - 1 or "locked" not in str(busy):
                raise OperationalError("PRAGMA journal_mode=WAL", None, busy) from busy
            time.sleep(0.05)
