"""The inbox: three tables read as one list, each by its own index, page after page without counting."""

import base64
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from heapq import merge
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, false, or_, true

from backend.domain.errors import InvalidInput
from backend.domain.inbox import InboxItem, InboxQuery, ItemKind, SortBy
from backend.store.customers import email_key
from backend.store.inbox_sources import SOURCES, Part, Source, bounds, names, parts, says, sort_key
from backend.store.repository import Repository
from backend.store.tables.customers import customers

#: Sorts of a single part.
_WHOLE = frozenset({SortBy.UPDATED, SortBy.CREATED})
#: Items of each kind in which a page of a search looks for words: so a page takes as long however many there are.
SEARCHED = 5_000


class _Place(NamedTuple):
    """Where a page ended: the time sorted by and kind:id. `named`: among the items that the text names outright."""

    value: Any
    item: str
    named: bool = False
    #: which of the list's parts
    part: int = 0


class _Found(NamedTuple):
    """A row with what it is sorted by, and the part of the list it stands in."""

    value: Any
    item: str
    row: Row[Any]
    part: int


class Inbox(Repository):
    """Reads only; what changes an item is its own repository."""

    async def page(
        self,
        query: InboxQuery,
        now: datetime,
        *,
        limit: int = 50,
        cursor: str | None = None,
        searched: int = SEARCHED,
    ) -> tuple[tuple[InboxItem, ...], str | None]:
        """Up to `limit` items and the cursor of the next page; None when this was the last.

        Of a text come first the items that it names: by an id, or by its customer's address. Words are looked for
        in the next `searched` items of the list: a page may hold few of them, or none, and still have a next one.
        Raises InvalidInput for a cursor of another sort or of another make.
        """
        after = _read(cursor, query.sort) if cursor else None
        text = query.text.strip().lstrip("#")
        if not text:
            found = await self._found(query, now, limit, after)
            return await self._paged(query, now, found, limit)
        return await self._search(query, text, now, limit, after, searched)

    async def count(self, query: InboxQuery, now: datetime, most: int = 1000) -> int:
        """How many there are, whatever they say, counted no further than `most`."""
        total = 0
        for source in _wanted(query):
            chosen = self._select(source.table, source.table.c.id).where(*bounds(source, query, now))
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

    async def _search(
        self, query: InboxQuery, text: str, now: datetime, limit: int, after: _Place | None, searched: int
    ) -> tuple[tuple[InboxItem, ...], str | None]:
        address = self._select(customers, customers.c.id).where(customers.c.email_key == email_key(text))
        whose = [row.id for row in await self._rows(address)]
        found: list[_Found] = []
        if after is None or after.named:
            found = await self._found(query, now, limit, after, lambda source: names(source, text, whose))
            if len(found) > limit:
                return await self._paged(query, now, found, limit, named=True)
            after = None
        reached = await self._reached(query, now, after, searched)

        def told(source: Source) -> ColumnElement[bool]:
            within = true() if reached is None else sort_key(source, query.sort) >= reached
            unnamed = names(source, text, whose).is_not(true())  # of nobody's conversation SQL does not know it
            return and_(within, unnamed, says(self._select, source, text))

        more = await self._found(query, now, limit - len(found), after, told)
        items, following = await self._paged(query, now, [*found, *more], limit, named=len(found) == limit)
        if following is None and reached is not None:  # everything of that moment was looked at
            following = _cursor(query.sort, _Place(_plain(reached), f"{min(ItemKind)}:"))
        return items, following

    async def _reached(self, query: InboxQuery, now: datetime, after: _Place | None, searched: int) -> Any:
        """How far back a page of a search looks; None for the end of the list, and where that has several parts."""
        if query.sort not in _WHOLE:
            return None
        furthest = []
        for source in _wanted(query):
            key = sort_key(source, query.sort)
            listed = self._select(source.table, key.label("key")).where(*bounds(source, query, now))
            listed = listed.where(_behind(source, parts(source, query.sort)[0], after)).order_by(key.desc())
            furthest.append(await self._scalar(listed.offset(searched).limit(1)))
        return max((moment for moment in furthest if moment is not None), default=None)

    async def _found(
        self,
        query: InboxQuery,
        now: datetime,
        limit: int,
        after: _Place | None,
        more: Callable[[Source], ColumnElement[bool]] = lambda _: true(),
    ) -> list[_Found]:
        """Up to one beyond `limit`, in order: each part of the list after the one before."""
        found: list[_Found] = []
        for number in range(len(parts(SOURCES[ItemKind.CONVERSATION], query.sort))):
            place = after if after is not None and after.part == number else None
            if len(found) <= limit and (after is None or after.part <= number):
                found += await self._in_part(number, query, now, limit - len(found), place, more)
        return found

    async def _in_part(
        self,
        number: int,
        query: InboxQuery,
        now: datetime,
        limit: int,
        after: _Place | None,
        more: Callable[[Source], ColumnElement[bool]],
    ) -> list[_Found]:
        kinds: list[list[_Found]] = []
        falling = True
        for source in _wanted(query):
            part, own_id = parts(source, query.sort)[number], source.table.c.id
            falling = part.falling
            chosen = self._select(source.table, *source.columns(), part.key.label("sort_key"))
            chosen = chosen.where(part.bound, *bounds(source, query, now), _behind(source, part, after), more(source))
            order = (part.key.desc(), own_id.desc()) if falling else (part.key, own_id)
            rows = await self._rows(chosen.order_by(*order).limit(limit + 1))
            named = ((_plain(row.sort_key), f"{source.kind.value}:{row.id}", row) for row in rows)
            kinds.append([_Found(*entry, number) for entry in named])
        return list(merge(*kinds, key=lambda entry: entry[:2], reverse=falling))[: limit + 1]

    async def _paged(
        self, query: InboxQuery, now: datetime, found: Sequence[_Found], limit: int, *, named: bool = False
    ) -> tuple[tuple[InboxItem, ...], str | None]:
        items = await self._named([_item(entry.item, entry.row, now) for entry in found[:limit]])
        last = found[limit - 1] if len(found) > limit else None
        return items, _cursor(query.sort, _Place(last.value, last.item, named, last.part)) if last else None

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


def _behind(source: Source, part: Part, after: _Place | None) -> ColumnElement[bool]:
    """What comes after the page before, which ended within this kind, before it or after it."""
    if after is None:
        return true()
    key, own_id = part.key, source.table.c.id
    kind, _, last_id = after.item.partition(":")
    if part.falling:
        same = own_id < last_id if kind == source.kind else true() if source.kind < kind else false()
        return or_(key < after.value, and_(key == after.value, same))
    same = own_id > last_id if kind == source.kind else true() if source.kind > kind else false()
    return or_(key > after.value, and_(key == after.value, same))


def _cursor(sort: SortBy, place: _Place) -> str:
    told = json.dumps([sort.value, *place]).encode()
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def _read(cursor: str, sort: SortBy) -> _Place:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        of, value, item, named, part = json.loads(base64.urlsafe_b64decode(padded))
        known = isinstance(item, str) and item.partition(":")[0] in set(ItemKind) and isinstance(part, int)
        if of != sort.value or not known:
            raise ValueError(cursor)
        return _Place(datetime.fromisoformat(value), item, bool(named), part)
    except (ValueError, TypeError) as error:
        raise InvalidInput("This cursor belongs to another list. Begin again without it.", field="cursor") from error
