"""SQLite's driver with one trip to its thread a statement, where aiosqlite makes three or four.

A trip wakes a thread and then the event loop: for statements of some microseconds that is most of what they cost.
A transaction's BEGIN travels with its first statement, and nobody waits for the end of one that only read.
One that only writes makes a single trip: between two, the others' work is done while the file is locked for everybody.
"""

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import await_

#: How long one process waits for another's write to the file, and how often it asks.
BUSY_SECONDS, _ASK_SECONDS = 10.0, 0.0005

#: How SQLAlchemy begins statements that bring nothing.
_WRITES = ("INSERT", "UPDATE", "DELETE")

Run = Callable[[sqlite3.Cursor], Any]


class _Brought(NamedTuple):
    """What a statement brought; the driver's own cursor is closed before anybody sees it."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """A statement, its rows and the end of its cursor in one."""

    __slots__ = ()

    def __init__(self, adapt_connection: "_Connection") -> None:
        self._adapt_connection: Any = adapt_connection
        self._connection = adapt_connection._connection
        self._soft_closed_memoized: Any = {}
        self._cursor: Any = _Brought()
        self._rows = deque()

    def execute(self, operation: Any, parameters: Any = None) -> None:
        self._take(operation, lambda cursor: cursor.execute(operation, parameters or ()))

    def executemany(self, operation: Any, seq_of_parameters: Any) -> None:
        self._take(operation, lambda cursor: cursor.executemany(operation, seq_of_parameters))

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Nothing is open."""

    def _take(self, operation: str, run: Run) -> None:
        try:
            if self._adapt_connection.held is not None:
                self._cursor = await_(_later(operation))
                self._adapt_connection.held.append(run)
                return
            self._cursor, self._rows = await_(self._taken(run))
        except Exception as error:
            self._adapt_connection._handle_exception(error)

    async def _taken(self, run: Run) -> tuple[_Brought, deque[Any]]:
        async with self._adapt_connection._execute_mutex:
            found: tuple[_Brought, deque[Any]] = await self._adapt_connection.trip(run)
            return found


async def _later(operation: str) -> _Brought:
    """What a statement brings that is not run yet. SQLAlchemy insists that it is awaited."""
    if not operation.startswith(_WRITES) or "RETURNING" in operation:
        raise sqlite3.ProgrammingError("This transaction only writes: what is asked here would never be answered.")
    return _Brought()


def _ran(connection: sqlite3.Connection, begin: str, run: Run) -> tuple[_Brought, deque[Any]]:
    """On the driver's thread."""
    cursor = connection.cursor()
    try:
        if begin:
            _begin(cursor, begin)
        run(cursor)
        rows = deque(cursor.fetchall() if cursor.description else ())
        return _Brought(cursor.description, cursor.rowcount, cursor.lastrowid), rows
    finally:
        cursor.close()


def _committed(connection: sqlite3.Connection, begin: str, runs: Sequence[Run]) -> None:
    """On the driver's thread: a whole transaction."""
    cursor = connection.cursor()
    try:
        _begin(cursor, begin)
        for run in runs:
            run(cursor)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        cursor.close()


def _begin(cursor: sqlite3.Cursor, begin: str) -> None:
    """Wait for another process's write by asking often: SQLite's own wait doubles to a tenth of a second."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute(begin)
            return
        except sqlite3.OperationalError as busy:
            if busy.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_ASK_SECONDS)


class _Connection(AsyncAdapt_aiosqlite_connection):
    """`begin` is what the next statement is to be preceded by; `held` are those that travel with the commit."""

    __slots__ = ("_only_reads", "begin", "held")

    _cursor_cls: Any = _Cursor

    def __init__(self, module: "OneTrip", connection: Any) -> None:
        super().__init__(module, connection)
        self._only_reads = module.only_reads
        self.begin = ""
        self.held: list[Run] | None = None

    async def trip(self, run: Run) -> tuple[_Brought, deque[Any]]:
        """Run a statement, in a transaction if one was begun."""
        begin, self.begin = self.begin, ""
        found: tuple[_Brought, deque[Any]] = await self._connection._execute(_ran, self._connection._conn, begin, run)
        return found

    def cursor(self, server_side: bool = False) -> Any:
        if server_side and self.begin:  # that cursor is the driver's own
            self._cursor_cls(self).execute("SELECT 1")
        return super().cursor(server_side)

    def commit(self) -> None:
        held, self.held = self.held, None
        if held:
            begin, self.begin = self.begin, ""
            try:
                await_(self._connection._execute(_committed, self._connection._conn, begin, held))
            except Exception as error:
                self._handle_exception(error)
        elif self.begin:  # nothing was asked
            self.begin = ""
        elif self._only_reads and self._connection._connection:
            self._connection._tx.put_nowait((None, self._connection._conn.commit))
        else:
            super().commit()

    def rollback(self) -> None:
        self.begin, self.held = "", None
        super().rollback()


class OneTrip(AsyncAdapt_aiosqlite_dbapi):
    """For `create_async_engine(…, module=OneTrip())`; `begin` is set by whoever hears that a transaction begins."""

    def __init__(self, *, only_reads: bool = False) -> None:
        super().__init__(aiosqlite, sqlite3)
        self.only_reads = only_reads

    def connect(self, *args: Any, **options: Any) -> AsyncAdapt_aiosqlite_connection:
        connection = self.aiosqlite.connect(*args, **options)
        connection._thread.daemon = True  # as in the class above
        return _Connection(self, await_(connection))


async def hold(connection: AsyncConnection) -> None:
    """Let the statements of the transaction that has just begun travel together with its commit."""
    raw: Any = (await connection.get_raw_connection()).dbapi_connection
    raw.held = []
