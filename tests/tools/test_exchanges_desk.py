"""A fulfilled exchange swaps the lines and settles the difference once."""

import asyncio

import pytest

from backend.domain.errors import Conflict, NotFound
from backend.domain.orders import OrderStatus
from backend.store.database import Database
from backend.tools.exchanges_desk import ExchangesDesk
from backend.tools.toolbox import Toolbox
from tests.tools.shop import NOW, TENANT
from tests.tools.test_actions import balance, do, stored, traces

ACTOR = "staff:ida"


async def requested(tools: Toolbox, variant: str, method: str = "ada-card") -> str:
    """An exchange of the first mug that waits to be fulfilled."""
    items = [{"line_id": "L1", "variant_id": variant}]
    asked = {"order_id": "ORD-2", "items": items, "method_id": method}
    return (await do(tools, "exchange_items", asked)).ids["exchange"]


async def test_the_dearer_variant_is_charged_once(tools: Toolbox, database: Database) -> None:
    number, desk = await requested(tools, "mug-blue", "ada-gift"), ExchangesDesk(database)
    before = await traces(database)
    orders = await asyncio.gather(*(desk.fulfil(TENANT, number, ACTOR, NOW) for _ in range(10)))
    order = await stored(database, "ORD-2")
    assert all(one == order for one in orders)
    assert (order.status, order.lines[0].variant_id, order.lines[0].unit_price_cents) == (
        OrderStatus.DELIVERED,
        "mug-blue",
        1_200,
    )
    assert order.lines[1].variant_id == "mug-red"
    assert (order.paid_cents, order.total_cents, await balance(database)) == (2_200, 2_200, 4_800)
    assert [b - a for a, b in zip(before, await traces(database), strict=True)] == [1, 1, 1]


async def test_a_card_that_does_not_cover_it_changes_nothing(tools: Toolbox, database: Database) -> None:
    number = await requested(tools, "mug-blue", "ada-gift")
    async with database.records(TENANT, write=True) as records:
        await records.customers.adjust_gift_card("ada-gift", -4_900)
    before = await stored(database, "ORD-2"), await traces(database)
    for _ in range(2):
        with pytest.raises(Conflict):
            await ExchangesDesk(database).fulfil(TENANT, number, ACTOR, NOW)
    assert (await stored(database, "ORD-2"), await traces(database)) == before


async def test_an_unknown_exchange_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        await ExchangesDesk(database).fulfil(TENANT, "EXC-9", ACTOR, NOW)
