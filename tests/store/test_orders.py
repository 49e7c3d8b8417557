"""Orders: whole in, whole out, in few queries; every change touches what it names and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from backend.domain.catalogue import Variant
from backend.domain.errors import NotFound
from backend.domain.orders import OrderStatus, PaymentEntry, PaymentEntryKind, RefundStatus, ReturnStatus
from backend.store.database import Database
from tests.store.world import HOME, NOON, ORDER, SHOP


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that the engine runs meanwhile."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(database._reader.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(database._reader.sync_engine, "before_cursor_execute", note)


async def test_an_order_comes_back_whole_in_four_queries(shop: Database) -> None:
    async with shop.records(SHOP) as records:
        with counted(shop) as seen:
            assert await records.orders.get("ORD-7") == ORDER
        assert len([s for s in seen if s.startswith("SELECT")]) == 4
        assert await records.orders.get("ORD-70") is None
        assert await records.orders.by_tracking_number("KS1") == ORDER


async def test_a_customers_orders_come_newest_first_and_undated_ones_last(shop: Database) -> None:
    bare = {"payments": (), "deliveries": (), "returns": (), "exchanges": (), "refunds": ()}
    older = ORDER.model_copy(update={**bare, "id": "ORD-9", "placed_at": NOON.replace(year=2025)})
    undated = [ORDER.model_copy(update={**bare, "id": name, "placed_at": None}) for name in ("#W1", "#W2")]
    async with shop.records(SHOP, write=True) as records:
        await records.orders.upsert([older, *undated])
    async with shop.records(SHOP) as records:
        with counted(shop) as seen:
            listed = await records.orders.for_customer("C-1")
        assert [order.id for order in listed] == ["ORD-7", "ORD-9", "#W2", "#W1"]
        assert listed[0] == ORDER
        assert len([s for s in seen if s.startswith("SELECT")]) <= 5
        assert [order.id for order in await records.orders.for_customer("C-1", limit=1)] == ["ORD-7"]
        assert set(await records.orders.ids_of("C-1")) == {"ORD-7", "ORD-9", "#W2", "#W1"}


async def test_changes_of_an_order(shop: Database) -> None:
    moved = HOME.model_copy(update={"line1": "8 Quay Lane"})
    black = Variant(id="V-2", product_id="P-1", options={"size": "S"}, price_cents=3_995)
    entry = PaymentEntry(id="x", kind=PaymentEntryKind.REFUND, method_id="PM-1", amount_cents=5)
    async with shop.records(SHOP, write=True) as records:
        assert await records.orders.lock("ORD-7") == ORDER
        await records.orders.set_status("ORD-7", OrderStatus.CANCELLED, "no longer needed")
        await records.orders.set_address("ORD-7", moved)
        await records.orders.set_items_modified("ORD-7", [("2", black)])
        await records.orders.add_payment("ORD-7", entry)
        await records.orders.set_return_status("RET-1", ReturnStatus.REFUNDED, "REF-7")
        await records.orders.set_refund_status("REF-7", RefundStatus.PAID)
    async with shop.records(SHOP) as records:
        order = await records.orders.get("ORD-7")
        refund = await records.orders.refund("REF-7")
    assert order is not None and order.status is OrderStatus.CANCELLED and order.cancel_reason == "no longer needed"
    assert order.address == moved and order.items_modified
    assert order.lines[0] == ORDER.lines[0]
    changed = order.lines[1]
    assert (changed.variant_id, changed.unit_price_cents, dict(changed.options)) == ("V-2", 3_995, {"size": "S"})
    assert order.payments == (*ORDER.payments, entry)
    assert order.returns[0].status is ReturnStatus.REFUNDED and order.returns[0].refund_id == "REF-7"
    assert refund == order.refunds[0] and refund.status is RefundStatus.PAID


async def test_what_is_not_there_is_named(shop: Database) -> None:
    black = Variant(id="V-2", product_id="P-1", price_cents=1)
    async with shop.records(SHOP, write=True) as records:
        for change in (
            records.orders.set_status("ORD-8", OrderStatus.CANCELLED),
            records.orders.set_address("ORD-8", HOME),
            records.orders.set_items_modified("ORD-7", [("3", black)]),
            records.orders.set_refund_status("REF-8", RefundStatus.PAID),
            records.orders.set_return_status("RET-8", ReturnStatus.RECEIVED),
        ):
            with pytest.raises(NotFound):
                await change


async def test_an_order_loaded_again_holds_nothing_twice(shop: Database) -> None:
    shorter = ORDER.model_copy(update={"lines": ORDER.lines[:1], "refunds": ()})
    async with shop.records(SHOP, write=True) as records:
        await records.orders.upsert([shorter])
        assert await records.orders.get("ORD-7") == shorter
        assert await records.orders.all() == (shorter,)
