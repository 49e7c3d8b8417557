"""Two writes that get in each other's way both happen: what PostgreSQL ends for the other's sake is done again."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from backend.domain.errors import EngineUnavailable
from backend.store.database import COLLISION_TRIES, Database
from backend.store.reach import Collided, reaching
from backend.store.records import Records
from tests.store.world import SHOP, furnish


@pytest.fixture
async def shop(postgres_url: str) -> AsyncIterator[Database]:
    """Maya's shop on a PostgreSQL that looks for deadlocks every 50 ms instead of every second."""
    server = make_url(postgres_url).set(drivername="postgresql")
    admin, name = await asyncpg.connect(server.render_as_string(hide_password=False)), f"t{uuid4().hex}"
    await admin.execute(f"CREATE DATABASE {name}")
    await admin.execute(f"ALTER DATABASE {name} SET deadlock_timeout = '50ms'")
    opened = await Database.open(server.set(database=name).render_as_string(hide_password=False))
    await furnish(opened)
    yield opened
    await opened.close()
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


async def test_two_that_lock_in_opposite_order_both_write(shop: Database) -> None:
    both_hold, tries = asyncio.Barrier(2), []

    async def move(first: str, second: str, cents: int) -> None:
        async def work(records: Records) -> None:
            tries.append(first)
            await records.orders.next_number(first)
            if tries.count(first) == 1:
                await both_hold.wait()
            await records.orders.next_number(second)
            await records.customers.adjust_gift_card("PM-1", cents)

        await shop.write(SHOP, work)

    await asyncio.gather(move("REF", "RET", -100), move("RET", "REF", -200))
    assert len(tries) == 3, "one of the two was ended once and done again"
    async with shop.records(SHOP, write=True) as records:
        assert await records.orders.next_number("REF") == "REF-103"
        card, _ = await records.customers.payment_methods("C-1")
    assert card.balance_cents == 5_000 - 300


#: What the server says of a transaction that cannot be put in order with the others.
_SERIALIZATION_FAILURE = "DO $$ BEGIN RAISE EXCEPTION 'not in order' USING ERRCODE = '40001'; END $$"


async def test_a_write_on_what_another_has_changed_meanwhile_is_done_again(shop: Database) -> None:
    seen: list[int | None] = []

    async def work(records: Records) -> None:
        card, _ = await records.customers.payment_methods("C-1")
        seen.append(card.balance_cents)
        if len(seen) == 1:
            async with shop.records(SHOP, write=True) as other:
                await other.customers.adjust_gift_card("PM-1", -1_000)
            await records.customers._run(text(_SERIALIZATION_FAILURE))
        await records.customers.adjust_gift_card("PM-1", -10)

    await shop.write(SHOP, work)
    assert seen == [5_000, 4_000]


async def test_who_meets_another_every_time_is_told_so_and_has_changed_nothing(shop: Database) -> None:
    tries = 0

    async def work(records: Records) -> Any:
        nonlocal tries
        tries += 1
        await records.orders.next_number("REF")
        with reaching():
            await records._connection.execute(text("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$"))

    with pytest.raises(Collided) as told:
        await shop.write(SHOP, work)
    assert tries == COLLISION_TRIES and isinstance(told.value, EngineUnavailable) and told.value.status == 503
    async with shop.records(SHOP, write=True) as records:
        assert await records.orders.next_number("REF") == "REF-101"


async def test_every_other_error_comes_through_at_once(shop: Database) -> None:
    tries = 0

    async def work(records: Records) -> None:
        nonlocal tries
        tries += 1
        raise KeyError("mine")

    with pytest.raises(KeyError):
        await shop.write(SHOP, work)
    assert tries == 1
