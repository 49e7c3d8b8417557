"""Many at once: numbers never repeat, gift cards never overdraw, one action happens once."""

import asyncio

from backend.domain.errors import Conflict
from backend.store.database import Database
from tests.store.world import SHOP

WRITERS = 50


async def test_fifty_parallel_writers_get_fifty_numbers_without_a_gap(shop: Database, database_url: str) -> None:
    other = await Database.open(database_url)

    async def refund(i: int) -> str:
        async with (shop if i % 2 else other).records(SHOP, write=True) as records:
            return await records.orders.next_number("REF")

    numbers = await asyncio.gather(*(refund(i) for i in range(WRITERS)))
    await other.close()
    assert sorted(numbers) == [f"REF-{101 + i}" for i in range(WRITERS)]


async def test_loaded_numbers_are_never_given_again(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        await records.orders.reserve_numbers("CMP", 117)
        await records.orders.reserve_numbers("CMP", 5)
        assert await records.complaints.next_number("CMP") == "CMP-118"
        assert await records.complaints.next_number("ENQ") == "ENQ-101"


async def test_a_gift_card_is_never_overdrawn(shop: Database) -> None:
    async def pay() -> bool:
        try:
            async with shop.records(SHOP, write=True) as records:
                await records.customers.adjust_gift_card("PM-1", -400)
        except Conflict:
            return False
        return True

    paid = await asyncio.gather(*(pay() for _ in range(WRITERS)))
    async with shop.records(SHOP) as records:
        card, _ = await records.customers.payment_methods("C-1")
    assert sum(paid) == 12 and card.balance_cents == 5_000 - 12 * 400


async def test_one_key_is_one_action(shop: Database) -> None:
    async def act(i: int) -> object:
        async with shop.records(SHOP, write=True) as records:
            if await records.actions.claim("key"):
                await asyncio.sleep(0.01)
                await records.actions.put("key", i)
                return i
            return await records.actions.get("key")

    assert len(set(await asyncio.gather(*(act(i) for i in range(10))))) == 1


async def test_changes_of_one_order_queue_at_its_lock(shop: Database) -> None:
    seen: list[int] = []

    async def note() -> None:
        async with shop.records(SHOP, write=True) as records:
            order = await records.orders.lock("ORD-7")
            assert order is not None
            seen.append(order.shipping_cents)
            await asyncio.sleep(0.005)
            await records.orders.upsert([order.model_copy(update={"shipping_cents": order.shipping_cents + 1})])

    await asyncio.gather(*(note() for _ in range(8)))
    assert seen == list(range(500, 508))


async def test_readers_are_not_kept_waiting_by_a_writer(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as writer:
        await writer.orders.next_number("REF")
        async with asyncio.timeout(30), shop.records(SHOP) as reader:
            assert await reader.orders.get("ORD-7") is not None
