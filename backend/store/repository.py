"""The one place that scopes every query to a shop: no other module builds a statement from scratch."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    CursorResult,
    Date,
    Delete,
    Executable,
    FromClause,
    Insert,
    Row,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from backend.domain.desk import WebhookState
from backend.store.reach import reaching
from backend.store.tables import metadata
from backend.store.tables.desk import mails, webhook_deliveries
from backend.store.tables.shop import tenants

#: Rows sent in one go: large enough to be fast, small enough to keep the event loop free.
BATCH = 50


#: The parameter that carries the shop; `Repository` alone fills it in.
_SHOP = "of_this_shop"


def of_shop(table: Table, *columns: Any, source: FromClause | None = None) -> Select[Any]:
    """A select of one shop's rows, without the tenant column unless `columns` name it.

    `source` is a join that starts at `table`. What is asked in every turn is built once with this, with
    bindparam() for its values: SQLAlchemy takes longer to build a statement than SQLite to run it.
    """
    statement = select(*(columns or [c for c in table.c if c.name != "tenant"]))
    if source is not None:
        statement = statement.select_from(source)
    return statement.where(table.c.tenant == bindparam(_SHOP))


def joined(parent: Table, child: Table, on: ColumnElement[bool]) -> FromClause:
    """An outer join that stays within the shop."""
    return parent.outerjoin(child, and_(child.c.tenant == parent.c.tenant, on))


def dialect_insert(dialect: str, table: Table) -> sqlite.Insert:
    """Typed as SQLite's; PostgreSQL's has the same clauses for conflicts."""
    return sqlite.insert(table) if dialect == "sqlite" else cast(sqlite.Insert, postgresql.insert(table))


@cache
def _missing_rows(dialect: str, table: Table) -> sqlite.Insert:
    return dialect_insert(dialect, table).on_conflict_do_nothing()


class Repository:
    """The records of one noun of one shop, inside one transaction."""

    def __init__(self, connection: AsyncConnection, tenant: str) -> None:
        self._connection = connection
        self._tenant = tenant
        #: what listeners hear of once the transaction is committed
        self.told: list[tuple[str, dict[str, Any]]] = []

    def _select(self, table: Table, *columns: Any) -> Select[Any]:
        return of_shop(table, *columns)

    def _update(self, table: Table) -> Update:
        return update(table).where(table.c.tenant == bindparam(_SHOP))

    def _delete(self, table: Table) -> Delete:
        return delete(table).where(table.c.tenant == bindparam(_SHOP))

    def _insert(self, table: Table, values: Mapping[str, Any]) -> sqlite.Insert:
        """An insert of one row; on either engine it may be given an `on_conflict_…` clause."""
        return self._dialect_insert(table).values({**values, "tenant": self._tenant})

    def _day_of(self, moment: Column[Any]) -> ColumnElement[Any]:
        """The day (UTC) of a column of times."""
        if self._connection.dialect.name == "sqlite":
            return func.date(moment, type_=Date)
        return cast_to(func.timezone("UTC", moment), Date)

    def _dialect_insert(self, table: Table) -> sqlite.Insert:
        return dialect_insert(self._connection.dialect.name, table)

    async def _row(self, statement: Executable, **params: Any) -> Row[Any] | None:
        return (await self._execute(statement, params)).first()

    async def _rows(self, statement: Executable, **params: Any) -> Sequence[Row[Any]]:
        return (await self._execute(statement, params)).all()

    async def _slices(self, statement: Executable, size: int) -> AsyncIterator[Sequence[Row[Any]]]:
        """The rows a few at a time, so that reading many holds up nobody else."""
        with reaching():
            result = await self._connection.stream(statement, {_SHOP: self._tenant})
            async for part in result.partitions(size):
                yield part

    async def _scalar(self, statement: Executable, **params: Any) -> Any:
        return (await self._execute(statement, params)).scalar()

    async def _text(self, statement: Executable, **params: Any) -> str | None:
        found = await self._scalar(statement, **params)
        return None if found is None else str(found)

    async def _run(self, statement: Executable, **params: Any) -> int:
        """Execute and return the number of rows touched."""
        return (await self._execute(statement, params)).rowcount

    async def _execute(self, statement: Executable, params: dict[str, Any]) -> CursorResult[Any]:
        if not isinstance(statement, Insert | ReturningInsert):  # an insert carries the tenant among its values
            params = {**params, _SHOP: self._tenant}
        with reaching():
            return await self._connection.execute(statement, params or None)

    async def _add(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert rows that must be new."""
        await self._write(self._dialect_insert(table), rows)

    async def _add_missing(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert the rows whose key is new and leave the others alone."""
        await self._write(_missing_rows(self._connection.dialect.name, table), rows)

    async def _put(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert rows, or overwrite the given columns where the key exists. All rows have the same columns."""
        listed = list(rows)
        if not listed:
            return
        insert = self._dialect_insert(table)
        keys = [column.name for column in table.primary_key]
        changed = {name: insert.excluded[name] for name in listed[0] if name not in keys}
        if changed:
            insert = insert.on_conflict_do_update(index_elements=keys, set_=changed)
        else:
            insert = insert.on_conflict_do_nothing()
        await self._write(insert, listed)

    async def _write(self, insert: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        listed = [{**row, "tenant": self._tenant} for row in rows]
        for start in range(0, len(listed), BATCH):
            with reaching():
                await self._connection.execute(insert, listed[start : start + BATCH])


class Directory:
    """The only statements that cross shops: which there are, and a shop as a whole, copied or erased."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def slugs(self) -> tuple[str, ...]:
        """Every shop's slug, in alphabetical order."""
        found = await self._connection.execute(select(tenants.c.tenant).order_by(tenants.c.tenant))
        return tuple(found.scalars())

    async def settings(self) -> dict[str, dict[str, Any]]:
        """What each shop has set, by its slug: a call must be told whose it is before it is anybody's."""
        found = await self._connection.execute(select(tenants.c.tenant, tenants.c.settings))
        return {slug: dict(kept or {}) for slug, kept in found}

    async def slugs_with(self, table: Table, rows: ColumnElement[bool]) -> tuple[str, ...]:
        """The shops that have such rows: one look for all, so that waiting for what seldom comes costs little."""
        any_row = select(table.c.tenant).where(table.c.tenant == tenants.c.tenant, rows).exists()
        found = await self._connection.execute(select(tenants.c.tenant).where(any_row).order_by(tenants.c.tenant))
        return tuple(found.scalars())

    async def waiting(self) -> dict[str, int]:
        """How much is still to be sent, of all shops together: mails, webhooks, and webhooks given up on."""
        waits, dead = (webhook_deliveries.c.state == state for state in (WebhookState.WAITING, WebhookState.DEAD))
        asked = {
            "mail": select(func.count()).select_from(mails).where(mails.c.sent_at.is_(None)),
            "webhook": select(func.count()).select_from(webhook_deliveries).where(waits),
            "webhook_dead": select(func.count()).select_from(webhook_deliveries).where(dead),
        }
        return {kind: int(await self._connection.scalar(count) or 0) for kind, count in asked.items()}

    async def erase(self, tenant: str) -> None:
        """Remove every row of a shop."""
        for table in reversed(metadata.sorted_tables):
            await self._connection.execute(delete(table).where(table.c.tenant == tenant))

    async def copy(self, source: str, target: str) -> None:
        """Give `target`, which must be empty, every row of `source`."""
        for table in metadata.sorted_tables:
            names = [column.name for column in table.c]
            own = [literal(target) if name == "tenant" else table.c[name] for name in names]
            rows = select(*own).where(table.c.tenant == source)
            await self._connection.execute(insert(table).from_select(names, rows))
