"""Goods that come back are paid for once, never beyond what was paid, and all of it or nothing."""

import asyncio
from collections.abc import Sequence

import pytest

from backend.domain.errors import Conflict, NotEligible, NotFound
from backend.domain.orders import OrderStatus, PaymentEntry, PaymentEntryKind, RefundStatus, ReturnStatus
from backend.store.database import Database
from backend.tools.returns_desk import ReturnsDesk
from backend.tools.toolbox import Toolbox
from tests.tools.shop import NOW, TENANT
from tests.tools.test_actions import balance, do, stored, traces

ACTOR = "staff:ida"


async def returned(tools: Toolbox, order_id: str = "ORD-2", method: str | None = None) -> str:
    """A return that waits for its goods."""
    outcome = await do(tools, "return_items", {"order_id": order_id, "method_id": method})
    return outcome.ids["return"]


async def kinds(database: Database) -> list[str]:
    async with database.records(TENANT) as records:
        return [event.kind for event in await records.events.list()]


async def test_the_gift_card_has_it_at_once(tools: Toolbox, database: Database) -> None:
    number = await returned(tools, method="ada-gift")
    case = await ReturnsDesk(database).receive(TENANT, number, ACTOR, NOW)
    assert (case.returned.status, case.refund.status) == (ReturnStatus.REFUNDED, RefundStatus.PAID)
    order = await stored(database, "ORD-2")
    assert (order.refunded_cents, await balance(database)) == (2_000, 7_000)
    assert order.refunds[0] == case.refund and order.returns[0] == case.returned
    assert {"return.received", "refund.paid"} <= set(await kinds(database))


async def test_fifty_clicks_pay_once(tools: Toolbox, database: Database) -> None:
    number, desk = await returned(tools, method="ada-gift"), ReturnsDesk(database)
    before = await traces(database)
    cases = await asyncio.gather(*(desk.receive(TENANT, number, ACTOR, NOW) for _ in range(50)))
    assert len({case.model_dump_json() for case in cases}) == 1
    assert (await stored(database, "ORD-2")).refunded_cents == 2_000 and await balance(database) == 7_000
    after = await traces(database)
    assert [b - a for a, b in zip(before, after, strict=True)] == [1, 2, 1]


async def test_taking_in_and_refusing_at_once_end_as_one(tools: Toolbox, database: Database) -> None:
    number, desk = await returned(tools), ReturnsDesk(database)
    steps: Sequence[object] = await asyncio.gather(
        *(desk.receive(TENANT, number, ACTOR, NOW) for _ in range(5)),
        *(desk.reject(TENANT, number, "Empty box.", ACTOR) for _ in range(5)),
        return_exceptions=True,
    )
    assert sum(isinstance(step, Conflict) for step in steps) == 5
    order = await stored(database, "ORD-2")
    paid = order.returns[0].status is ReturnStatus.REFUNDED
    assert order.refunded_cents == (2_000 if paid else 0)
    assert order.refunds[0].status is (RefundStatus.PROCESSING if paid else RefundStatus.REJECTED)


async def test_no_more_goes_out_than_came_in(tools: Toolbox, database: Database) -> None:
    number = await returned(tools)
    gone = PaymentEntry(id="p2", kind=PaymentEntryKind.REFUND, method_id="ada-card", amount_cents=1)
    async with database.records(TENANT, write=True) as records:
        await records.orders.add_payment("ORD-2", gone)
    before = await stored(database, "ORD-2"), await traces(database)
    with pytest.raises(NotEligible, match="more than was paid"):
        await ReturnsDesk(database).receive(TENANT, number, ACTOR, NOW)
    assert (await stored(database, "ORD-2"), await traces(database)) == before


async def test_a_refusal_withdraws_the_promise(tools: Toolbox, database: Database) -> None:
    number, desk = await returned(tools), ReturnsDesk(database)
    await desk.reject(TENANT, number, "The box was empty.", ACTOR)
    order = await stored(database, "ORD-2")
    assert (order.status, order.refunded_cents) == (OrderStatus.DELIVERED, 0)
    with pytest.raises(Conflict):
        await desk.receive(TENANT, number, ACTOR, NOW)
    with pytest.raises(Conflict):
        await desk.paid(TENANT, order.refunds[0].id, ACTOR)
    assert await returned(tools) != number, "refused goods may be sent once more"


async def test_a_refund_on_its_way_arrives_once(tools: Toolbox, database: Database) -> None:
    number, desk = await returned(tools), ReturnsDesk(database)
    refund = (await desk.receive(TENANT, number, ACTOR, NOW)).refund
    done = await asyncio.gather(*(desk.paid(TENANT, refund.id, ACTOR) for _ in range(5)))
    assert {one.status for one in done} == {RefundStatus.PAID}
    assert (await kinds(database)).count("refund.paid") == 1
    with pytest.raises(NotFound):
        await desk.paid(TENANT, "REF-9", ACTOR)
    with pytest.raises(NotFound):
        await desk.receive("another", number, ACTOR, NOW)
