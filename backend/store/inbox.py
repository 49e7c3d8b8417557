"""The inbox: three tables read as one list, each by its own index, page after page without counting."""

import base64
import json
from collections.abc import Sequence
from datetime import datetime
from heapq import merge
from typing import Any

from sqlalchemy import Row

from backend.domain.errors import InvalidInput
from backend.domain.inbox import InboxItem, InboxQuery, ItemKind, SortBy
from backend.store.inbox_sources import SOURCES, Source, bounds, sort_key
from backend.store.repository import Repository
from backend.store.tables.customers import customers

#: Sorts that begin with the largest.
_FALLING = frozenset({SortBy.UPDATED, SortBy.CREATED})


class Inbox(Repository):
    """Reads only; what changes an item is its own repository."""

    async def page(
        self, query: InboxQuery, now: datetime, *, limit: int = 50, cursor: str | None = None
    ) -> tuple[tuple[InboxItem, ...], str | None]:
        """Up to `limit` items and the cursor of the next page; None when this was the last.

        Raises InvalidInput for a cursor of another sort or of another make.
        """
        after = _read(cursor, query.sort) if cursor else None
        falling = query.sort in _FALLING
        found: list[list[tuple[Any, str, Row[Any]]]] = []
        for source in _wanted(query):
            rows = await self._of(source, query, now, limit + 1, after)
            found.append([(_plain(row.sort_key), f"{source.kind.value}:{row.id}", row) for row in rows])
        ordered = list(merge(*found, key=lambda entry: entry[:2], reverse=falling))[: limit + 1]
        items = await self._named([_item(entry[1], entry[2], now) for entry in ordered[:limit]])
        last = ordered[limit - 1] if len(ordered) > limit else None
        return items, _cursor(query.sort, last[0], last[1]) if last else None

    async def count(self, query: InboxQuery, now: datetime, most: int = 1000) -> int:
        """How many there are, counted no further than `most`."""
        total = 0
        for source in _wanted(query):
            chosen = self._select(source.table, source.table.c.id).where(*bounds(self._select, source, query, now))
            total += len(await self._rows(chosen.limit(most - total)))
            if total >= most:
                break
        return total

    async def tags(self) -> tuple[str, ...]:
        """Every tag in use, by name."""
        found: set[str] = set()
        for source in SOURCES.values():
            # as text: PostgreSQL has no equality for JSON
            used = self._select(source.table, source.tags_text.label("tags")).where(source.is_tagged).distinct()
            found |= {tag for row in await self._rows(used) for tag in json.loads(row.tags)}
        return tuple(sorted(found))

    async def _of(
        self, source: Source, query: InboxQuery, now: datetime, limit: int, after: tuple[Any, str] | None
    ) -> Sequence[Row[Any]]:
        key, own_id = sort_key(source, query.sort), source.table.c.id
        falling = query.sort in _FALLING
        chosen = self._select(source.table, *source.columns(), key.label("sort_key"))
        chosen = chosen.where(*bounds(self._select, source, query, now))
        if after is not None:
            value, place = after
            kind, _, last_id = place.partition(":")
            # the page before ended within this kind, before it or after it
            if falling:
                same = own_id < last_id if kind == source.kind else own_id != "" if source.kind < kind else own_id == ""
                chosen = chosen.where((key < value) | ((key == value) & same))
            else:
                same = own_id > last_id if kind == source.kind else own_id != "" if source.kind > kind else own_id == ""
                chosen = chosen.where((key > value) | ((key == value) & same))
        order = (key.desc(), own_id.desc()) if falling else (key, own_id)
        return await self._rows(chosen.order_by(*order).limit(limit))

    async def _named(self, items: Sequence[InboxItem]) -> tuple[InboxItem, ...]:
        """With the customers' names, one look-up for the page."""
        ids = {item.customer_id for item in items if item.customer_id}
        if not ids:
            return tuple(items)
        chosen = self._select(customers, customers.c.id, customers.c.name, customers.c.email)
        known = {row.id: row for row in await self._rows(chosen.where(customers.c.id.in_(ids)))}
        return tuple(
            item.model_copy(
                update={"customer_name": known[item.customer_id].name, "customer_email": known[item.customer_id].email}
            )
            if item.customer_id in known
            else item
            for item in items
        )


def _wanted(query: InboxQuery) -> tuple[Source, ...]:
    return tuple(SOURCES[kind] for kind in query.kinds or ItemKind)


def _item(place: str, row: Row[Any], now: datetime) -> InboxItem:
    kind = ItemKind(place.partition(":")[0])
    fields = {name: value for name, value in row._mapping.items() if name in InboxItem.model_fields}
    title = " ".join(str(fields.pop("title") or "").split())[:120]
    late = fields["due_at"] is not None and fields["due_at"] < now
    breached = bool(row._mapping.get("was_breached")) or late
    return InboxItem(**fields, kind=kind, title=title, breached=breached)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _cursor(sort: SortBy, value: Any, place: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([sort.value, value, place]).encode()).decode().rstrip("=")


def _read(cursor: str, sort: SortBy) -> tuple[Any, str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        of, value, place = json.loads(base64.urlsafe_b64decode(padded))
        if of != sort.value or not isinstance(place, str) or place.partition(":")[0] not in set(ItemKind):
            raise ValueError(cursor)
        return (int(value) if sort is SortBy.PRIORITY else datetime.fromisoformat(value)), place
    except (ValueError, TypeError) as error:
        raise InvalidInput("This cursor belongs to another list. Begin again without it.", field="cursor") from error
