"""A demo shop's dates move by whole days, together and once; a real shop's never do."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from backend.store.database import Database
from backend.store.loading.dates import moved, restamp_demo
from backend.store.loading.load import load_store
from tests.store.world import COMPLAINT, NOON, ORDER, SHOP

SEED = Path(__file__).resolve().parents[2] / "seed_data" / "techpro"


def test_every_date_of_a_value_moves_and_nothing_else() -> None:
    later = moved(ORDER, 3)
    assert later.placed_at == NOON + timedelta(days=3)
    assert later.deliveries[0].eta == date(2026, 3, 6)
    assert later.deliveries[0].events[0].at == NOON + timedelta(days=3)
    assert later.refunds[0].expected_by == date(2026, 3, 12)
    assert later.lines == ORDER.lines
    assert moved(later, -3) == ORDER
    assert moved(COMPLAINT, 1).notes[0].at == NOON + timedelta(days=1)


async def test_a_real_shop_keeps_its_dates(shop: Database) -> None:
    assert await restamp_demo(shop, SHOP, date(2030, 1, 1)) == 0
    assert await restamp_demo(shop, "nobody", date(2030, 1, 1)) == 0
    async with shop.records(SHOP) as records:
        assert await records.orders.get("ORD-7") == ORDER


async def test_the_demo_shop_moves_with_the_calendar_and_once_for_all_processes(database: Database) -> None:
    await load_store(database, "techpro", SEED)
    today = datetime.now(UTC).date()
    async with database.records("techpro") as records:
        first = await records.orders.get("ORD-1001")
        complaint = (await records.complaints.all())[0]
    assert first is not None and first.delivered_at is not None
    assert (today - first.delivered_at.date()).days == 10
    assert await restamp_demo(database, "techpro", today) == 0

    moves = await asyncio.gather(*(restamp_demo(database, "techpro", today + timedelta(days=4)) for _ in range(4)))
    assert sorted(moves) == [0, 0, 0, 4]
    async with database.records("techpro") as records:
        assert await records.orders.get("ORD-1001") == moved(first, 4)
        assert await records.complaints.get(complaint.id) == moved(complaint, 4)


async def test_loading_the_demo_again_later_changes_nothing(database: Database) -> None:
    await load_store(database, "techpro", SEED)
    async with database.records("techpro") as records:
        before = await records.orders.all()
    report = await load_store(database, "techpro", SEED)
    assert report.counts["orders"].unchanged == len(before)
    async with database.records("techpro") as records:
        assert await records.orders.all() == before
