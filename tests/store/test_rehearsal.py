"""A rehearsal does everything and keeps nothing."""

from backend.domain.policy import ShopPolicy
from backend.store.database import Database
from backend.store.rehearsal import Rehearsal
from tests.store.world import SHOP


async def test_what_is_written_is_gone_afterwards(shop: Database) -> None:
    heard: list[str] = []
    shop.on_commit = lambda tenant, _told: heard.append(tenant)
    async with Rehearsal(shop).records(SHOP, write=True) as records:
        await records.mails.add("maya@lanterns.example", "Hello", "…")
        await records.events.add("order.cancelled", {"object": "order:ORD-7"})
        assert len(await records.mails.list()) == 1
    async with shop.records(SHOP) as records:
        assert await records.mails.list() == () and await records.events.list() == ()
    assert heard == []


async def test_other_rules_hold_within_it_only(shop: Database) -> None:
    draft = ShopPolicy(shop_name="Lanterns", return_window_days=3)
    rehearsal = Rehearsal(shop, draft)
    async with rehearsal.records(SHOP) as records:
        assert await records.policies.get() == draft
    async with shop.records(SHOP) as records:
        assert await records.policies.get() is None


async def test_a_mistake_in_it_is_told_like_any_other(shop: Database) -> None:
    try:
        async with Rehearsal(shop).records(SHOP, write=True) as records:
            await records.mails.add("maya@lanterns.example", "Hello", "…")
            raise LookupError("on purpose")
    except LookupError:
        pass
    async with shop.records(SHOP, write=True) as records:
        assert await records.mails.list() == ()
