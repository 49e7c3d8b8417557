"""A write is proposed, agreed to and executed once, whatever happens around it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from backend.domain.errors import Conflict, InvalidInput, NotEligible, NotFound
from backend.domain.identity import Identity
from backend.domain.orders import Order, OrderStatus, RefundStatus
from backend.domain.rules.money import Share
from backend.store.database import Database
from backend.tools.actions import ActionChanged, ActionExpired
from backend.tools.base import AlreadyDone, IdentityNeeded, Outcome, ToolContext
from backend.tools.ledger import pay_back, pay_promised
from backend.tools.toolbox import Toolbox
from tests.tools import shop
from tests.tools.shop import TENANT, guest, signed_in

CANCEL = {"order_id": "ord-1", "reason": "No longer needed"}
RETURN = {"order_id": "ord 2", "line_ids": ["L1"], "reason": "changed my mind"}


async def do(tools: Toolbox, name: str, arguments: dict[str, Any], context: ToolContext | None = None) -> Outcome:
    """Propose and confirm."""
    who = context or signed_in()
    pending = await tools.desk.propose(who, name, arguments)
    return await tools.desk.confirm(who, pending.id)


async def stored(database: Database, order_id: str) -> Order:
    async with database.records(TENANT) as records:
        found = await records.orders.get(order_id)
        assert found is not None
        return found


async def balance(database: Database, method_id: str = "ada-gift") -> int | None:
    async with database.records(TENANT) as records:
        methods = await records.customers.payment_methods("ada")
        return next(method.balance_cents for method in methods if method.id == method_id)


async def stock(database: Database, variant_id: str) -> int | None:
    async with database.records(TENANT) as records:
        variant = await records.catalogue.variant(variant_id)
        assert variant is not None
        return variant.stock


async def traces(database: Database) -> tuple[int, int, int]:
    """How many audit rows, events and mails there are."""
    async with database.records(TENANT) as records:
        return (
            len(await records.audit.list()),
            len(await records.events.list()),
            len(await records.mails.list()),
        )


async def test_cancelling_pays_back_the_source_and_leaves_traces(tools: Toolbox, database: Database) -> None:
    outcome = await do(tools, "cancel_order", CANCEL)
    order = await stored(database, "ORD-1")
    assert order.status is OrderStatus.CANCELLED
    assert order.cancel_reason == "no longer needed"
    assert order.refunded_cents == order.paid_cents == 2_000
    assert [r.status for r in order.refunds] == [RefundStatus.PROCESSING]
    assert outcome.ids["refund"] == order.refunds[0].id == "REF-101"
    assert await stock(database, "mug-red") == 7
    assert await traces(database) == (1, 2, 1)


async def test_a_gift_card_gets_its_money_at_once(tools: Toolbox, database: Database) -> None:
    await do(tools, "cancel_order", {**CANCEL, "order_id": "ORD-4"})
    order = await stored(database, "ORD-4")
    assert await balance(database) == 7_000
    assert order.refunds[0].status is RefundStatus.PAID


async def test_a_return_waits_for_the_goods_and_said_twice_stays_one(tools: Toolbox, database: Database) -> None:
    outcome = await do(tools, "return_items", RETURN)
    order = await stored(database, "ORD-2")
    assert order.status is OrderStatus.RETURN_REQUESTED
    assert order.refunded_cents == 0
    assert [(r.amount_cents, r.status) for r in order.refunds] == [(1_000, RefundStatus.AWAITING_RETURN)]
    with pytest.raises(AlreadyDone) as again:
        await tools.desk.propose(signed_in(), "return_items", RETURN)
    assert again.value.outcome.ids == outcome.ids
    assert (await stored(database, "ORD-2")).refunds == order.refunds


async def test_the_restocking_fee_is_asked_about_and_taken(tools: Toolbox) -> None:
    with pytest.raises(InvalidInput) as question:
        await tools.desk.propose(signed_in(), "return_items", {"order_id": "ORD-5"})
    assert question.value.field == "opened"
    pending = await tools.desk.propose(signed_in(), "return_items", {"order_id": "ORD-5", "opened": True})
    assert dict(pending.lines)["Restocking fee"] == "$30.00"
    assert dict(pending.lines)["Refund"] == "$170.00"
    faulty = {"order_id": "ORD-5", "opened": True, "defective": True}
    assert dict((await tools.desk.propose(signed_in(), "return_items", faulty)).lines)["Refund"] == "$200.00"


@pytest.mark.parametrize(
    ("tool", "arguments", "rule"),
    [
        ("cancel_order", {"order_id": "ORD-3", "reason": "no longer needed"}, "only_pending"),
        ("cancel_order", {"order_id": "ORD-1", "reason": "too expensive"}, "cancel_reason"),
        ("return_items", {"order_id": "ORD-3"}, "only_delivered"),
        ("return_items", {"order_id": "ORD-6"}, "return_window"),
        ("return_items", {"order_id": "ORD-2", "method_id": "ada-paypal"}, "refund_method"),
        ("return_items", {"order_id": "ORD-2", "line_ids": ["L1", "L1"]}, "line_twice"),
        ("change_payment_method", {"order_id": "ORD-1", "method_id": "ada-card"}, "same_method"),
        (
            "change_items",
            {"order_id": "ORD-1", "items": [{"line_id": "L1", "variant_id": "mug-gold"}], "method_id": "ada-gift"},
            "gift_card_balance",
        ),
        ("change_items", {"order_id": "ORD-1", "items": [{"line_id": "L1", "variant_id": "mug-red"}]}, "same_variant"),
        (
            "change_items",
            {"order_id": "ORD-1", "items": [{"line_id": "L1", "variant_id": "mug-grey"}]},
            "not_available",
        ),
        (
            "change_items",
            {
                "order_id": "ORD-1",
                "items": [{"line_id": "L1", "variant_id": "mug-blue"}, {"line_id": "L2", "variant_id": "mug-blue"}],
            },
            "not_available",
        ),
        (
            "exchange_items",
            {"order_id": "ORD-2", "items": [{"line_id": "L1", "variant_id": "monitor-27"}]},
            "same_product",
        ),
        (
            "exchange_items",
            {"order_id": "ORD-1", "items": [{"line_id": "L1", "variant_id": "mug-blue"}]},
            "only_delivered",
        ),
    ],
)
async def test_what_the_rules_forbid_is_refused_by_name(
    tools: Toolbox, tool: str, arguments: dict[str, Any], rule: str
) -> None:
    with pytest.raises(NotEligible) as refusal:
        await tools.desk.propose(signed_in(), tool, arguments)
    assert refusal.value.rule == rule


async def test_each_line_gets_its_own_variant_and_the_difference_is_settled_once(
    tools: Toolbox, database: Database
) -> None:
    items = [{"line_id": "L2", "variant_id": "mug-blue"}, {"line_id": "L1", "variant_id": "mug-gold"}]
    await do(tools, "change_items", {"order_id": "ORD-1", "items": items})
    order = await stored(database, "ORD-1")
    assert [(item.variant_id, item.unit_price_cents) for item in order.lines] == [
        ("mug-gold", 9_900),
        ("mug-blue", 1_200),
    ]
    assert order.paid_cents == order.total_cents == 11_100
    assert (await stock(database, "mug-blue"), await stock(database, "mug-red")) == (0, 7)
    for tool, arguments in [
        ("cancel_order", CANCEL),
        ("change_items", {"order_id": "ORD-1", "items": [{"line_id": "L1", "variant_id": "mug-red"}]}),
        ("change_address", {"order_id": "ORD-1", "address": {"line1": "2 Elm St", "city": "York", "zip": "10001"}}),
    ]:
        with pytest.raises(NotEligible) as refusal:
            await tools.desk.propose(signed_in(), tool, arguments)
        assert refusal.value.rule == "items_already_changed"


async def test_another_method_pays_and_the_first_gets_its_money(tools: Toolbox, database: Database) -> None:
    await do(tools, "change_payment_method", {"order_id": "ORD-1", "method_id": "ada-gift"})
    order = await stored(database, "ORD-1")
    assert await balance(database) == 3_000
    assert order.paid_cents - order.refunded_cents == order.total_cents
    await do(tools, "cancel_order", CANCEL)
    assert await balance(database) == 5_000
    assert (await stored(database, "ORD-1")).refunds[-1].method_id == "ada-gift"


async def test_an_exchange_records_the_difference_and_moves_no_money(tools: Toolbox, database: Database) -> None:
    items = [{"line_id": "L1", "variant_id": "mug-blue"}]
    await do(tools, "exchange_items", {"order_id": "ORD-2", "items": items, "method_id": "ada-gift"})
    order = await stored(database, "ORD-2")
    assert order.status is OrderStatus.EXCHANGE_REQUESTED
    assert order.exchanges[0].difference_cents == 200
    assert len(order.payments) == 1
    assert await balance(database) == 5_000
    assert await stock(database, "mug-blue") == 0


async def test_addresses_change_where_they_should(tools: Toolbox, database: Database) -> None:
    address = {"line1": "2 Elm Street", "city": "York", "state": "NY", "zip": "10001"}
    await do(tools, "change_address", {"order_id": "ORD-1", "address": address})
    assert (await stored(database, "ORD-1")).address.line1 == "2 Elm Street"
    await do(tools, "change_default_address", {"address": address})
    async with database.records(TENANT) as records:
        ada = await records.customers.get("ada")
    assert ada is not None and ada.address is not None and ada.address.city == "York"


async def test_fifty_confirmations_are_one_refund(tools: Toolbox, database: Database) -> None:
    pending = await tools.desk.propose(signed_in(), "return_items", RETURN)
    outcomes = await asyncio.gather(*(tools.desk.confirm(signed_in(), pending.id, f"key-{n}") for n in range(50)))
    assert len({outcome.model_dump_json() for outcome in outcomes}) == 1
    assert len((await stored(database, "ORD-2")).refunds) == 1
    assert await traces(database) == (1, 2, 1)


async def test_cancel_and_change_at_once_leave_one_consistent_order(tools: Toolbox, database: Database) -> None:
    who = signed_in()
    items = [{"line_id": "L1", "variant_id": "mug-blue"}]
    cancel = await tools.desk.propose(who, "cancel_order", CANCEL)
    change = await tools.desk.propose(who, "change_items", {"order_id": "ORD-1", "items": items})
    results = await asyncio.gather(
        tools.desk.confirm(who, cancel.id), tools.desk.confirm(who, change.id), return_exceptions=True
    )
    assert sum(isinstance(result, Outcome) for result in results) == 1
    assert all(isinstance(result, Outcome | NotEligible | ActionChanged) for result in results)
    order = await stored(database, "ORD-1")
    if order.status is OrderStatus.CANCELLED:
        assert order.refunded_cents == order.paid_cents and not order.items_modified
    else:
        assert order.items_modified and order.paid_cents - order.refunded_cents == order.total_cents


async def test_two_shoppers_cannot_get_the_last_piece(tools: Toolbox, database: Database) -> None:
    ada, bob = signed_in(), signed_in(shop.BOB, "s-bob")
    items = [{"line_id": "L1", "variant_id": "mug-blue"}]
    first = await tools.desk.propose(ada, "change_items", {"order_id": "ORD-1", "items": items})
    second = await tools.desk.propose(bob, "change_items", {"order_id": "ORD-9", "items": items})
    results = await asyncio.gather(
        tools.desk.confirm(ada, first.id), tools.desk.confirm(bob, second.id), return_exceptions=True
    )
    assert sum(isinstance(result, Outcome) for result in results) == 1
    assert await stock(database, "mug-blue") == 0


async def test_consent_is_bound_to_session_customer_and_time(tools: Toolbox, database: Database) -> None:
    pending = await tools.desk.propose(signed_in(), "cancel_order", CANCEL)
    for stranger in (
        signed_in(session="another"),
        signed_in(shop.BOB, "s-ada"),
        replace(signed_in(), identity=Identity()),
        replace(signed_in(), tenant="elsewhere"),
    ):
        with pytest.raises(NotFound):
            await tools.desk.confirm(stranger, pending.id)
    with pytest.raises(IdentityNeeded):
        await tools.desk.confirm(guest("ORD-1", session="s-ada"), pending.id)
    with pytest.raises(ActionExpired):
        await tools.desk.confirm(signed_in(now=shop.NOW + timedelta(minutes=10)), pending.id)
    await tools.desk.withdraw(signed_in(), pending.id)
    with pytest.raises(NotFound):
        await tools.desk.confirm(signed_in(), pending.id)
    assert (await stored(database, "ORD-1")).status is OrderStatus.PENDING
    assert await traces(database) == (0, 0, 0)


async def test_a_done_action_answers_the_same_after_its_time(tools: Toolbox) -> None:
    pending = await tools.desk.propose(signed_in(), "cancel_order", CANCEL)
    first = await tools.desk.confirm(signed_in(), pending.id)
    assert await tools.desk.confirm(signed_in(now=shop.NOW + timedelta(hours=1)), pending.id) == first


async def test_terms_that_changed_are_asked_again(tools: Toolbox, database: Database) -> None:
    pending = await tools.desk.propose(
        signed_in(),
        "change_items",
        {
            "order_id": "ORD-1",
            "items": [{"line_id": "L1", "variant_id": "mug-blue"}],
        },
    )
    dearer = shop.MUG.variants[1].model_copy(update={"price_cents": 1_500})
    mug = shop.MUG.model_copy(update={"variants": (shop.MUG.variants[0], dearer, *shop.MUG.variants[2:])})
    async with database.records(TENANT, write=True) as records:
        await records.catalogue.upsert_products([mug])
    with pytest.raises(ActionChanged):
        await tools.desk.confirm(signed_in(), pending.id)
    assert not (await stored(database, "ORD-1")).items_modified


async def test_an_idempotency_key_serves_one_action(tools: Toolbox) -> None:
    who = signed_in()
    first = await tools.desk.propose(who, "cancel_order", CANCEL)
    second = await tools.desk.propose(who, "cancel_order", {**CANCEL, "order_id": "ORD-4"})
    outcome = await tools.desk.confirm(who, first.id, "k1")
    assert await tools.desk.confirm(who, first.id, "k2") == outcome
    for used in ("k1", "k2"):
        with pytest.raises(Conflict):
            await tools.desk.confirm(who, second.id, used)
    await tools.desk.confirm(who, second.id, "k3")


async def test_guests_read_and_complain_but_move_nothing(tools: Toolbox) -> None:
    who = guest("ORD-2")
    with pytest.raises(IdentityNeeded):
        await tools.desk.propose(who, "return_items", RETURN)
    outcome = await do(tools, "file_complaint", {"order_id": "ORD-2", "description": "The mug is broken"}, who)
    assert outcome.ids["complaint"] == "CMP-101"
    with pytest.raises(NotFound):
        await tools.desk.propose(who, "file_complaint", {"order_id": "ORD-1", "description": "The mug is broken"})


async def test_what_needs_a_yes_is_never_carried_out_without(tools: Toolbox, database: Database) -> None:
    with pytest.raises(Conflict):
        await tools.desk.perform(signed_in(), "cancel_order", CANCEL)
    assert (await stored(database, "ORD-1")).status is OrderStatus.PENDING


async def test_no_more_goes_back_than_was_paid(database: Database) -> None:
    order = await stored(database, "ORD-1")
    too_much = Share(method_id=order.payments[0].method_id, amount_cents=order.paid_cents + 1)
    async with database.records(TENANT, write=True) as records:
        with pytest.raises(NotEligible):
            await pay_back(records, signed_in(), order, shop.ADA, [too_much], shop.POLICY, reason="a slip")
    assert (await stored(database, "ORD-1")).refunded_cents == 0


async def test_a_refund_is_paid_while_it_waits_and_never_again(tools: Toolbox, database: Database) -> None:
    await do(tools, "return_items", RETURN)
    order = await stored(database, "ORD-2")
    paid = order.refunds[-1].model_copy(update={"status": RefundStatus.PROCESSING})
    async with database.records(TENANT, write=True) as records:
        with pytest.raises(Conflict):
            await pay_promised(records, order, shop.ADA, paid, shop.POLICY, shop.NOW)
