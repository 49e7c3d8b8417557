"""The records' engine: SQLite or PostgreSQL behind one door, migrated when opened."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction

from backend.domain.errors import EngineUnavailable
from backend.domain.outage import Outage
from backend.domain.patience import BEAT_SECONDS
from backend.store.engines import open_postgres, open_probe, open_sqlite
from backend.store.group_commit import GroupCommit, Post, Work
from backend.store.migration import migrate
from backend.store.one_trip import hold
from backend.store.outbox import due_delivery, due_mail
from backend.store.pulse import Pulse
from backend.store.reach import Collided, Full, reaching
from backend.store.records import Records
from backend.store.repository import Directory
from backend.store.row_security import EVERY_SHOP, needs_role, scope
from backend.store.tables.desk import mails, webhook_deliveries

#: Longest wait for a connection while others hold them all: a queue of callers is no outage. Those who write to the
#: embedded file wait in line, and take milliseconds each.
QUEUE_SECONDS = 10.0

#: How often a write is tried whose transaction the engine ended for another's sake, and the longest pause before the
#: second try; each is twice the one before.
COLLISION_TRIES = 7
COLLISION_PAUSE_SECONDS = 0.05

T = TypeVar("T")


class Database:
    """Long-lived; one per process. `records` opens a transaction bound to one shop."""

    def __init__(self, reader: AsyncEngine, writer: AsyncEngine) -> None:
        self._reader = reader
        self._writer = writer
        self.outage = Outage("records", BEAT_SECONDS)
        #: a full disk, or a server that only reads: from a write that was refused until one that others hear of.
        #: A small one proves little, it may find room where none is left for a turn.
        self.refusal = Outage("records_writes", 0)
        #: of a server; an embedded file is there or is not
        self._pulse: Pulse | None = None
        #: hears what was written, once it is committed; must not wait
        self.on_commit: Callable[[str, Sequence[tuple[str, dict[str, Any]]]], None] = _unheard
        #: on PostgreSQL: the user that we are is held by no policy, so each transaction takes a role that is
        self._as_role = False
        self._together = GroupCommit(self._post)

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
            with reaching():
                engines = await open_sqlite(parsed)
        elif parsed.get_backend_name() in {"postgresql", "postgres"}:
            engines = open_postgres(parsed)
        else:
            raise ValueError(f"records live in SQLite or PostgreSQL, not in {parsed.get_backend_name()}")
        database = cls(*engines)
        try:
            async with database._transaction(database._writer) as connection:
                with reaching():
                    await migrate(connection)
                    database._as_role = database.kind == "postgresql" and await needs_role(connection)
        except BaseException:
            await database.close()
            raise
        if database.kind == "postgresql":  # not before: a start on a busy machine, or a long upgrade, is let be
            database._pulse = Pulse(database.outage, open_probe(parsed))
        return database

    async def close(self) -> None:
        """Give every connection back to the engine."""
        if self._pulse is not None:
            await self._pulse.close()
        await self._together.close()
        await self._reader.dispose()
        if self._writer is not self._reader:
            await self._writer.dispose()

    async def ping(self) -> None:
        """Return when the engine answers; raise EngineUnavailable when it does not."""
        async with self._transaction(self._reader) as connection:
            with reaching():
                await connection.execute(text("SELECT 1"))

    async def tenants(self) -> tuple[str, ...]:
        """The slugs of all shops: background work goes through them one by one."""
        async with self._transaction(self._reader, EVERY_SHOP) as connection:
            with reaching():
                return await Directory(connection).slugs()

    async def tenants_with_mails_due(self, now: datetime) -> tuple[str, ...]:
        """The shops of which a mail is to be sent now."""
        async with self._transaction(self._reader, EVERY_SHOP) as connection:
            with reaching():
                return await Directory(connection).slugs_with(mails, due_mail(now))

    async def tenants_with_webhooks_due(self, now: datetime) -> tuple[str, ...]:
        """The shops of which a webhook is to be delivered now."""
        async with self._transaction(self._reader, EVERY_SHOP) as connection:
            with reaching():
                return await Directory(connection).slugs_with(webhook_deliveries, due_delivery(now))

    async def shop_settings(self) -> dict[str, dict[str, Any]]:
        """What each shop has set, by its slug."""
        async with self._transaction(self._reader, EVERY_SHOP) as connection:
            with reaching():
                return await Directory(connection).settings()

    async def waiting(self) -> dict[str, int]:
        """How many mails and webhooks are still to be sent, by kind."""
        async with self._transaction(self._reader, EVERY_SHOP) as connection:
            with reaching():
                return await Directory(connection).waiting()

    async def erase_shop(self, tenant: str) -> None:
        """Remove a shop with everything in it, in one transaction."""
        async with self._writing(EVERY_SHOP) as connection:
            with reaching():
                await Directory(connection).erase(tenant)

    async def copy_shop(self, source: str, target: str) -> None:
        """Make `target` an exact copy of `source`, whatever it held before: a snapshot, taken or restored."""
        async with self._writing(EVERY_SHOP) as connection:
            with reaching():
                await Directory(connection).erase(target)
                await Directory(connection).copy(source, target)

    @asynccontextmanager
    async def records(self, tenant: str, *, write: bool = False) -> AsyncIterator[Records]:
        """One transaction of one shop: committed on exit, rolled back on an exception.

        Without `write` nothing can be changed. Raises EngineUnavailable when the engine is gone.
        """
        _must_be_one_shop(tenant)
        opened = self._writing(tenant) if write else self._transaction(self._reader, tenant, read_only=True)
        async with opened as connection:
            records = Records(connection, tenant)
            yield records
        self._tell(records)

    async def write(self, tenant: str, work: Callable[[Records], Awaitable[T]]) -> T:
        """What `work` returns, done in one transaction; from its start again when another one got in its way.

        `work` may run several times, so it does nothing that a rollback cannot undo.
        Raises Collided when it met another every time, else as `records` and `work`.
        """
        for tried in range(1, COLLISION_TRIES + 1):
            try:
                async with self.records(tenant, write=True) as records:
                    return await work(records)
            except Collided:
                if tried == COLLISION_TRIES:
                    raise
                # on a slow machine transactions last longer, so that they must be spread wider
                await asyncio.sleep(random.uniform(0, COLLISION_PAUSE_SECONDS * 2 ** (tried - 1)))  # noqa: S311  no secret
        raise AssertionError("the last try returns or raises")

    async def post(self, tenant: str, work: Work) -> None:
        """What `work` writes, committed; it may run several times and cannot read what is there.

        In the embedded file together with what others post at that moment. Raises as `write`.
        """
        _must_be_one_shop(tenant)
        if self.kind == "sqlite":
            await self._together.add(tenant, work)
        else:
            await self.write(tenant, work)

    async def _post(self, posts: Sequence[Post]) -> None:
        written: list[Records] = []
        async with self._writing() as connection:
            await hold(connection)
            for post in posts:
                written.append(Records(connection, post.tenant))
                await post.work(written[-1])
        for records in written:
            self._tell(records)

    def _tell(self, records: Records) -> None:
        if records.told:
            self.refusal.answered()
            self.on_commit(records.tenant, records.told)

    @asynccontextmanager
    async def _writing(self, tenant: str | None = None) -> AsyncIterator[AsyncConnection]:
        """A transaction that writes; what it comes to is remembered. A server that is gone refused nothing."""
        try:
            async with self._transaction(self._writer, tenant) as connection:
                yield connection
        except EngineUnavailable as error:
            if isinstance(error, Full) or (self.kind == "sqlite" and not isinstance(error, Collided)):
                self.refusal.failed()
            raise

    async def _acquired(self, engine: AsyncEngine) -> AsyncConnection:
        if self._pulse is None:
            with reaching():
                async with asyncio.timeout(QUEUE_SECONDS):
                    return await engine.connect()
        async with self._pulse.connecting(QUEUE_SECONDS):
            return await engine.connect()

    @asynccontextmanager
    async def _transaction(
        self, engine: AsyncEngine, tenant: str | None = None, *, read_only: bool = False
    ) -> AsyncIterator[AsyncConnection]:
        """Of one shop, of EVERY_SHOP, or of none: then no shop's row is seen."""
        connection = await self._acquired(engine)
        try:
            with self._pulse.working(connection) if self._pulse is not None else nullcontext():
                if read_only and self.kind == "postgresql":  # SQLite's readers cannot write anyway
                    await connection.execution_options(postgresql_readonly=True)
                with reaching():
                    transaction = await connection.begin()
                    if tenant is not None and self.kind == "postgresql":
                        await scope(connection, tenant, as_role=self._as_role)
                try:
                    yield connection
                except BaseException:
                    await _give_up(transaction)
                    raise
                with reaching():
                    await transaction.commit()
        finally:
            await connection.close()


def _must_be_one_shop(tenant: str) -> None:
    if tenant == EVERY_SHOP:
        raise ValueError(f"{EVERY_SHOP} is no shop")


def _unheard(_tenant: str, _told: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """Nobody listens."""


async def _give_up(transaction: AsyncTransaction) -> None:
    """Roll back; when the engine is gone it has done so itself."""
    with suppress(EngineUnavailable), reaching():
        await transaction.rollback()
