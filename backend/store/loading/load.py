"""Loads a store from files into a shop, beside a running server: short transactions, only what changed."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, date, datetime
from itertools import groupby, islice
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from backend.domain.base import Value
from backend.domain.orders import Order
from backend.store.database import Database
from backend.store.loading.dates import moved, restamp
from backend.store.loading.formats import open_source
from backend.store.loading.shelves import SHELVES, Claim, Shelf
from backend.store.loading.source import BadRow, Placed, Source, shop_name
from backend.store.records import Records
from backend.store.repository import BATCH

#: Told after each batch: rows done, rows in all.
Progress = Callable[[int, int], None]
_NUMBERED = re.compile(r"([A-Z]{2,5})-(\d{1,15})")


class Count(Value):
    """What became of the rows of one kind."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def total(self) -> int:
        return self.added + self.changed + self.unchanged


class LoadReport(Value):
    """What a load did. `bad_rows` were left out, each with its place and reason; `odd_rows` came in."""

    tenant: str
    counts: dict[str, Count]
    bad_rows: tuple[BadRow, ...] = ()
    odd_rows: tuple[BadRow, ...] = ()
    seconds: float = 0.0


async def load_store(
    database: Database, tenant: str, path: Path, progress: Progress = lambda _done, _total: None
) -> LoadReport:
    """Load a folder or file in any known format. Raises InvalidInput when it holds none.

    A row that did not change in the file since it was last loaded leaves its record alone, so that what
    happened in the shop meanwhile stays.
    """
    started = time.perf_counter()
    source = await asyncio.to_thread(open_source, path, tenant)
    loading = _Loading(database, tenant, source)
    await loading.begin()
    done = 0
    async for batch in _batches(source):
        await loading.take(batch)
        done += len(batch)
        progress(done, source.total)
    await loading.end()
    seconds = round(time.perf_counter() - started, 3)
    left_out, odd = tuple(loading.bad_rows), tuple(loading.odd_rows)
    return LoadReport(tenant=tenant, counts=loading.counts, bad_rows=left_out, odd_rows=odd, seconds=seconds)


async def _batches(source: Source) -> AsyncIterator[list[Placed | BadRow]]:
    """Rows are read in a thread: parsing a large file must not hold up the shoppers."""
    rows = source.read()
    while batch := await asyncio.to_thread(lambda: list(islice(rows, BATCH))):
        yield batch


class _Loading:
    """One run of a source into a shop."""

    def __init__(self, database: Database, tenant: str, source: Source) -> None:
        self._database = database
        self._tenant = tenant
        self._source = source
        self._claimed: dict[Claim, tuple[str, str]] = {}
        self._numbers: dict[str, int] = {}
        self._days = 0
        self.counts: dict[str, Count] = {}
        self.bad_rows: list[BadRow] = []
        self.odd_rows: list[BadRow] = []

    async def begin(self) -> None:
        """Set the shop up; a demo shop's earlier records are brought to today before new ones join them."""
        today = datetime.now(UTC).date()
        async with self._database.records(self._tenant, write=True) as records:
            await records.tenants.ensure(self._source.name or shop_name(self._tenant))
            if self._source.as_of is not None:
                await restamp(records, today)
                await records.tenants.set_dates_as_of(today)
                self._days = _days(self._source.as_of, today)

    async def take(self, rows: Sequence[Placed | BadRow]) -> None:
        """Store the good rows of a batch, kind by kind; note the bad ones."""
        for kind, group in groupby(rows, key=lambda row: BadRow if isinstance(row, BadRow) else type(row.record)):
            if kind is BadRow:
                self.bad_rows.extend(row for row in group if isinstance(row, BadRow))
            else:
                shelf = SHELVES[kind]
                await self._store(shelf, [r for r in group if isinstance(r, Placed) and self._is_first(shelf, r)])

    async def end(self) -> None:
        """Numbers given from now on are above those that were loaded; complaints of earlier days may be among these."""
        async with self._database.records(self._tenant, write=True) as records:
            await records.counted_days.forget()
            for prefix, highest in self._numbers.items():
                await records.orders.reserve_numbers(prefix, highest)

    def _is_first(self, shelf: Shelf, row: Placed) -> bool:
        """Whether nothing earlier in the file claims the same id, for the record or for a part of it."""
        own = (shelf.name, shelf.key(row.record))
        claims = [own, *shelf.claims(row.record)]
        for claim in claims:
            holder = self._claimed.get(claim)
            if holder is not None and (claim == own or holder[1] != own[1]):
                reason = f"{claim[0]} {claim[1]} was given before, at {holder[0]}"
                self.bad_rows.append(BadRow(place=row.place, reason=reason))
                return False
        self._claimed.update(dict.fromkeys(claims, (row.place, own[1])))
        return True

    async def _store(self, shelf: Shelf, rows: list[Placed]) -> None:
        try:
            await self._write(shelf, rows)
        except IntegrityError as refused:
            if len(rows) == 1:
                self.bad_rows.append(BadRow(place=rows[0].place, reason=f"refused by the database: {refused.orig}"))
                return
            for row in rows:  # one of them; the others still load
                await self._store(shelf, [row])

    async def _write(self, shelf: Shelf, rows: list[Placed]) -> None:
        prints = {shelf.key(row.record): row.fingerprint for row in rows}
        async with self._database.records(self._tenant, write=True) as records:
            known = await records.loaded_rows.fingerprints(shelf.name, list(prints))
            wanted = [row for row in rows if known.get(key := shelf.key(row.record)) != prints[key]]
            lost = await shelf.missing(records, [row.record for row in wanted]) if shelf.missing and wanted else {}
            good = [row for row in wanted if shelf.key(row.record) not in lost]
            odd = await shelf.odd(records, [row.record for row in good]) if shelf.odd and good else {}
            await self._shelve(records, shelf, good, prints)
        for told, why in ((self.bad_rows, lost), (self.odd_rows, odd)):
            told += [BadRow(place=r.place, reason=why[k]) for r in wanted if (k := shelf.key(r.record)) in why]
        self._count(shelf, rows, wanted, good, known)

    async def _shelve(self, records: Records, shelf: Shelf, rows: list[Placed], prints: dict[str, str]) -> None:
        if rows:
            await shelf.write(records, [moved(row.record, self._days) for row in rows])
            keys = [shelf.key(row.record) for row in rows]
            await records.loaded_rows.remember(shelf.name, {key: prints[key] for key in keys})

    def _count(
        self, shelf: Shelf, rows: list[Placed], wanted: list[Placed], good: list[Placed], known: dict[str, str]
    ) -> None:
        before = self.counts.get(shelf.name, Count())
        changed = sum(shelf.key(row.record) in known for row in good)
        self.counts[shelf.name] = Count(
            added=before.added + len(good) - changed,
            changed=before.changed + changed,
            unchanged=before.unchanged + len(rows) - len(wanted),
        )
        for row in rows:
            self._note_numbers(shelf.key(row.record), row)

    def _note_numbers(self, key: str, row: Placed) -> None:
        """Which numbers for people the file uses: "REF-117" means that the next one is above 117."""
        ids = [key]
        if isinstance(row.record, Order):
            order = row.record
            ids += [r.id for r in order.returns] + [e.id for e in order.exchanges] + [r.id for r in order.refunds]
        for match in filter(None, map(_NUMBERED.fullmatch, ids)):
            self._numbers[match[1]] = max(self._numbers.get(match[1], 0), int(match[2]))


def _days(as_of: date, today: date) -> int:
    return (today - as_of).days
