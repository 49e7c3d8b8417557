"""Some pieces of a line come back or are exchanged; the rest stays, and nothing counts twice."""

import pytest

from backend.domain.errors import InvalidInput, NotEligible
from backend.domain.orders import Order, OrderStatus
from backend.store.database import Database
from backend.tools.base import AlreadyDone
from backend.tools.cards import order_card
from backend.tools.exchanges_desk import ExchangesDesk
from backend.tools.returns_desk import ReturnsDesk
from backend.tools.toolbox import Toolbox
from tests.tools import shop
from tests.tools.shop import NOW, TENANT, signed_in
from tests.tools.test_actions import do, stored

ACTOR = "staff:ida"


@pytest.fixture
async def three(database: Database) -> str:
    """A delivered order of three mugs on one line and one on another."""
    lines = (shop.line(1).model_copy(update={"quantity": 3}), shop.line(2))
    async with database.records(TENANT, write=True) as records:
        await records.orders.upsert([shop.order("ORD-7", OrderStatus.DELIVERED, *lines, delivered_days_ago=3)])
    return "ORD-7"


def back(quantity: int | None, line_id: str = "L1") -> dict[str, object]:
    return {"order_id": "ORD-7", "lines": [{"line_id": line_id, "quantity": quantity}]}


async def receive(database: Database, number: str) -> None:
    await ReturnsDesk(database).receive(TENANT, number, ACTOR, NOW)


def held(order: Order) -> list[tuple[str, str, int]]:
    return [(line.id, line.variant_id, line.quantity) for line in order.lines]


async def test_pieces_come_back_one_after_the_other_until_none_is_left(
    tools: Toolbox, database: Database, three: str
) -> None:
    pending = await tools.desk.propose(signed_in(), "return_items", back(2))
    assert ("2 of 3 × Mug", "$20.00") in pending.lines and dict(pending.lines)["Refund"] == "$20.00"
    first = await tools.desk.confirm(signed_in(), pending.id)
    assert "2 of 3 × Mug" in first.text
    with pytest.raises(AlreadyDone):  # said twice it stays one refund
        await tools.desk.propose(signed_in(), "return_items", back(1))

    await receive(database, first.ids["return"])
    order = await stored(database, three)
    assert (order.status, order.refunded_cents) == (OrderStatus.PARTLY_RETURNED, 2_000)
    assert order_card(order).status == "partly returned"
    with pytest.raises(NotEligible) as refusal:
        await tools.desk.propose(signed_in(), "return_items", back(2))
    assert refusal.value.rule == "pieces_left" and "1" in refusal.value.detail

    rest = await do(tools, "return_items", {"order_id": three})
    await receive(database, rest.ids["return"])
    order = await stored(database, three)
    assert (order.status, order.refunded_cents) == (OrderStatus.RETURNED, order.paid_cents)
    assert [dict(entry.quantities) for entry in order.returns] == [{"L1": 2}, {"L1": 1, "L2": 1}]
    with pytest.raises(AlreadyDone):
        await tools.desk.propose(signed_in(), "return_items", {"order_id": three})


async def test_the_first_return_stands_in_the_way_of_no_later_one_of_other_lines(
    tools: Toolbox, database: Database, three: str
) -> None:
    await receive(database, (await do(tools, "return_items", back(None, "L2"))).ids["return"])
    with pytest.raises(AlreadyDone):
        await tools.desk.propose(signed_in(), "return_items", back(1, "L2"))
    assert (await do(tools, "return_items", back(1))).ids["return"]


async def test_a_rejected_part_is_the_shoppers_again(tools: Toolbox, database: Database, three: str) -> None:
    await receive(database, (await do(tools, "return_items", back(1))).ids["return"])
    number = (await do(tools, "return_items", back(2))).ids["return"]
    await ReturnsDesk(database).reject(TENANT, number, "Empty box.", ACTOR)
    assert (await stored(database, three)).status is OrderStatus.PARTLY_RETURNED
    assert dict((await tools.desk.propose(signed_in(), "return_items", back(2))).lines)["Refund"] == "$20.00"


async def test_ids_alone_mean_whole_lines(tools: Toolbox, three: str) -> None:
    short = await tools.desk.propose(signed_in(), "return_items", {"order_id": three, "line_ids": ["L1"]})
    assert short.arguments["lines"] == [{"line_id": "L1", "quantity": 3}]
    assert dict(short.lines)["Refund"] == "$30.00"
    for wrong in ({"line_ids": ["L1"], "lines": []}, {"line_ids": "L1"}, {"line_ids": [7]}):
        with pytest.raises((InvalidInput, NotEligible)):
            await tools.desk.propose(signed_in(), "return_items", {"order_id": three, **wrong})


@pytest.mark.parametrize("quantity", [0, -1, 4, 10**9, 1.5, "many"])
async def test_never_more_than_was_bought(tools: Toolbox, three: str, quantity: object) -> None:
    swap = {"line_id": "L1", "variant_id": "mug-gold", "quantity": quantity}
    for tool, arguments in (
        ("return_items", {"lines": [{"line_id": "L1", "quantity": quantity}]}),
        ("exchange_items", {"items": [swap]}),
    ):
        with pytest.raises((InvalidInput, NotEligible)):
            await tools.desk.propose(signed_in(), tool, {"order_id": three, **arguments})


async def test_exchanged_pieces_get_a_line_of_their_own(tools: Toolbox, database: Database, three: str) -> None:
    await receive(database, (await do(tools, "return_items", back(1))).ids["return"])
    swaps = [
        {"line_id": "L1", "variant_id": "mug-gold", "quantity": 1},
        {"line_id": "L1", "variant_id": "mug-blue", "quantity": 1},
    ]
    outcome = await do(tools, "exchange_items", {"order_id": three, "items": swaps})
    assert (await stored(database, three)).exchanges[0].difference_cents == 8_900 + 200
    after = await ExchangesDesk(database).fulfil(TENANT, outcome.ids["exchange"], ACTOR, NOW)
    assert held(after) == [("L1", "mug-red", 1), ("L2", "mug-red", 1), ("L1-2", "mug-gold", 1), ("L1-3", "mug-blue", 1)]
    assert after == await stored(database, three) and after.status is OrderStatus.PARTLY_RETURNED
    with pytest.raises(AlreadyDone):  # the one piece left on that line came back before
        await tools.desk.propose(signed_in(), "return_items", back(1))
    rest = await tools.desk.propose(signed_in(), "return_items", {"order_id": three})
    assert [line["line_id"] for line in rest.arguments["lines"]] == ["L2", "L1-2", "L1-3"]


async def test_one_line_is_not_exchanged_twice_over(tools: Toolbox, three: str) -> None:
    swaps = [{"line_id": "L1", "variant_id": v, "quantity": 2} for v in ("mug-gold", "mug-blue")]
    with pytest.raises(NotEligible) as refusal:
        await tools.desk.propose(signed_in(), "exchange_items", {"order_id": three, "items": swaps})
    assert refusal.value.rule == "line_twice"


async def test_pieces_of_a_pending_order_become_another_variant(tools: Toolbox, database: Database) -> None:
    lines = (shop.line(1).model_copy(update={"quantity": 3}),)
    async with database.records(TENANT, write=True) as records:
        await records.orders.upsert([shop.order("ORD-7", OrderStatus.PENDING, *lines)])
    swap = {"line_id": "L1", "variant_id": "mug-blue", "quantity": 1}
    pending = await tools.desk.propose(signed_in(), "change_items", {"order_id": "ORD-7", "items": [swap]})
    assert "(1 of 3 pieces)" in dict(pending.lines)["Mug"]
    await tools.desk.confirm(signed_in(), pending.id)
    order = await stored(database, "ORD-7")
    assert held(order) == [("L1", "mug-red", 2), ("L1-2", "mug-blue", 1)]
    assert order.paid_cents == order.total_cents == 3_200
