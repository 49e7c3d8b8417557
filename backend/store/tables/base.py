"""What every table shares: the tenant in its key, one metadata, times that come back aware."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, ForeignKeyConstraint, Index, MetaData, Table, Text, TextClause
from sqlalchemy import text as sql
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator

#: Named constraints, so that a later migration can alter them on either engine.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC: refused when naive, aware when read. SQLite itself keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time needs a zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def shop_table(name: str, *items: SchemaItem) -> Table:
    """A table of one shop's rows: `tenant` comes first and belongs to the primary key."""
    return Table(name, metadata, Column("tenant", Text, primary_key=True), *items)


def key(name: str = "id") -> Column[Any]:
    """A text column that, with the tenant, identifies the row."""
    return Column(name, Text, primary_key=True)


def text(name: str, default: str | None = None) -> Column[Any]:
    """A text that is always there."""
    return Column(name, Text, nullable=False, default=default)


def tagged(table: str) -> Index:
    """Finds the rows with tags, which are few: their column `tags` is a JSON list."""
    return of_some(f"ix_{table}_tagged", "CAST(tags AS TEXT) <> '[]'")


def of_some(name: str, condition: str, *columns: str | TextClause) -> Index:
    """Finds the few rows for which the condition holds, by these columns."""
    return Index(name, "tenant", *columns, postgresql_where=sql(condition), sqlite_where=sql(condition))


def belongs_to(parent: str, column: str) -> ForeignKeyConstraint:
    """The row lives and dies with its parent of the same shop."""
    return ForeignKeyConstraint(["tenant", column], [f"{parent}.tenant", f"{parent}.id"], ondelete="CASCADE")
