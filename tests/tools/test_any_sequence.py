"""Whatever a shopper asks for and the desk does in whatever order, the money and the stock add up."""

import asyncio
import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.domain.errors import ShopError
from backend.domain.orders import Exchange, Order, OrderStatus, PaymentEntryKind, ReturnStatus
from backend.domain.rules.money import promised_cents
from backend.domain.rules.parts import lines_left, returned_pieces
from backend.store.database import Database
from backend.tools.exchanges_desk import ExchangesDesk
from backend.tools.returns_desk import ReturnsDesk
from backend.tools.toolbox import build_toolbox
from tests.tools import shop
from tests.tools.shop import signed_in

#: Several pieces on one line, delivered.
PIECES = shop.order(
    "ORD-8",
    OrderStatus.DELIVERED,
    shop.line(1).model_copy(update={"quantity": 4}),
    shop.line(2),
    method="ada-gift",
    delivered_days_ago=2,
)
ORDERS = st.sampled_from([order.id for order in shop.ORDERS] + [PIECES.id] * 3)
QUANTITY = st.sampled_from([None, None, 1, 2, 3])
METHODS = st.sampled_from([None, "ada-card", "ada-gift", "ada-paypal", "bob-paypal"])
LINES = st.lists(
    st.fixed_dictionaries({"line_id": st.sampled_from(["L1", "L2", "L1-2", "L3"]), "quantity": QUANTITY}),
    min_size=1,
    max_size=3,
)
SWAPS = st.lists(
    st.fixed_dictionaries(
        {
            "line_id": st.sampled_from(["L1", "L2", "L1-2"]),
            "quantity": QUANTITY,
            "variant_id": st.sampled_from(["mug-red", "mug-blue", "mug-gold", "mug-grey", "monitor-27"]),
        }
    ),
    min_size=1,
    max_size=2,
)
REQUESTS = st.one_of(
    st.tuples(
        st.just("cancel_order"), st.fixed_dictionaries({"order_id": ORDERS, "reason": st.just("ordered by mistake")})
    ),
    st.tuples(
        st.just("return_items"),
        st.fixed_dictionaries({"order_id": ORDERS, "lines": LINES, "method_id": METHODS, "opened": st.booleans()}),
    ),
    st.tuples(
        st.sampled_from(["change_items", "exchange_items"]),
        st.fixed_dictionaries({"order_id": ORDERS, "items": SWAPS, "method_id": METHODS}),
    ),
    st.tuples(st.just("change_payment_method"), st.fixed_dictionaries({"order_id": ORDERS, "method_id": METHODS})),
    st.tuples(st.sampled_from(["receive", "reject", "fulfil"]), st.just({})),
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(REQUESTS, min_size=1, max_size=8), st.uuids())
def test_money_and_stock_add_up(folder: Path, requests: list[tuple[str, dict[str, Any]]], tenant: object) -> None:
    asyncio.run(_try(folder, requests, str(tenant)))


async def _try(folder: Path, requests: list[tuple[str, dict[str, Any]]], tenant: str) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{folder / 'records.db'}")
    try:
        await shop.fill(database, tenant)
        async with database.records(tenant, write=True) as records:
            await records.orders.upsert([PIECES])
        desk, who = build_toolbox(database).desk, replace(signed_in(), tenant=tenant)
        for tool, arguments in requests:
            if not arguments:
                await _at_the_desk(database, tenant, tool)
                continue
            with contextlib.suppress(ShopError):
                pending = await desk.propose(who, tool, arguments)
                await desk.confirm(who, pending.id)
            await _adds_up(database, tenant)
    finally:
        await database.close()


async def _at_the_desk(database: Database, tenant: str, step: str) -> None:
    """The step is tried with everything it could be about."""
    returns, exchanges, who = ReturnsDesk(database), ExchangesDesk(database), "staff:ida"
    async with database.records(tenant) as records:
        orders = await records.orders.for_customer("ada")
    for order in orders:
        for entry in (*order.returns, *order.exchanges):
            with contextlib.suppress(ShopError):
                if step == "fulfil":
                    await exchanges.fulfil(tenant, entry.id, who, shop.NOW)
                elif step == "receive":
                    await returns.receive(tenant, entry.id, who, shop.NOW)
                else:
                    await returns.reject(tenant, entry.id, "Empty box.", who)
            await _adds_up(database, tenant)


async def _adds_up(database: Database, tenant: str) -> None:
    async with database.records(tenant) as records:
        orders = await records.orders.for_customer("ada")
        methods = {method.id: method for method in await records.customers.payment_methods("ada")}
        mugs = await records.catalogue.variants_of("mug")
        (foreign,) = await records.orders.for_customer("bob")
    assert foreign == shop.ORDERS[-1]
    for order in orders:
        assert order.refunded_cents + promised_cents(order) <= order.paid_cents
        assert all(entry.amount_cents > 0 for entry in order.payments)
        if order.status is OrderStatus.PENDING:
            assert order.paid_cents - order.refunded_cents == order.total_cents
        if order.status is OrderStatus.CANCELLED:
            assert order.paid_cents == order.refunded_cents
        for line in order.lines:
            assert returned_pieces(order, line) <= line.quantity
        if order.status is OrderStatus.RETURNED:
            assert not lines_left(order) and all(r.status is not ReturnStatus.REQUESTED for r in order.returns)
    balance = methods["ada-gift"].balance_cents or 0
    assert balance >= 0
    assert balance + sum(map(_paid_by_gift, orders)) == 5_000 + 2_000 + 5_000
    assert all((variant.stock or 0) >= 0 for variant in mugs)
    assert sum((variant.stock or 0) for variant in mugs) + sum(map(_mugs_out, orders)) == 9 + 10 + 5


def _paid_by_gift(order: Order) -> int:
    signs = {PaymentEntryKind.PAYMENT: 1, PaymentEntryKind.REFUND: -1}
    return sum(signs[p.kind] * p.amount_cents for p in order.payments if p.method_id == "ada-gift")


def _mugs_out(order: Order) -> int:
    """Pieces that left the shelf for this order: its lines, and those set aside for an exchange."""
    if order.status is OrderStatus.CANCELLED:
        return 0
    lines = sum(line.quantity for line in order.lines if line.product_id == "mug")
    return lines + sum(_set_aside(exchange) for exchange in order.exchanges)


def _set_aside(exchange: Exchange) -> int:
    return sum(item.quantity or 1 for item in exchange.items)
