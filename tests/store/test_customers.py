"""Customers: found by e-mail in any case, gift cards that never go negative, codes that run out."""

from datetime import timedelta

import pytest

from backend.domain.errors import Conflict, NotFound
from backend.store.database import Database
from tests.store.world import HOME, MAYA, NOON, SHOP

LATER = NOON + timedelta(minutes=10)


async def test_a_customer_is_found_by_id_and_by_email_in_any_case(shop: Database) -> None:
    async with shop.records(SHOP) as records:
        assert await records.customers.get("C-1") == MAYA
        assert await records.customers.by_email(" mAyA@lanterns.EXAMPLE ") == MAYA
        assert await records.customers.by_email("maya@lanterns") is None
        # the long s and the Kelvin sign fold to letters: with either another mailbox would be taken for hers
        assert await records.customers.by_email("maya@lantern\u017f.example") is None
        assert await records.customers.payment_methods("C-1") == MAYA.payment_methods


async def test_an_address_and_a_password_are_replaced_and_survive_loading(shop: Database) -> None:
    elsewhere = HOME.model_copy(update={"city": "Bruges"})
    async with shop.records(SHOP, write=True) as records:
        await records.customers.update_address("C-1", elsewhere)
        assert await records.customers.password_hash("C-1") is None
        await records.customers.set_password_hash("C-1", "h")
        changed = await records.customers.get("C-1")
        await records.customers.upsert([MAYA.model_copy(update={"payment_methods": MAYA.payment_methods[:1]})])
        assert await records.customers.password_hash("C-1") == "h"
        assert await records.customers.payment_methods("C-1") == MAYA.payment_methods[:1]
        with pytest.raises(NotFound):
            await records.customers.update_address("C-9", elsewhere)
    assert changed is not None and changed.address == elsewhere


async def test_a_gift_card_pays_what_it_holds_and_no_more(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        assert await records.customers.adjust_gift_card("PM-1", -4_999) == 1
        with pytest.raises(Conflict):
            await records.customers.adjust_gift_card("PM-1", -2)
        assert await records.customers.adjust_gift_card("PM-1", 10) == 11
        for wrong in ("PM-2", "PM-9"):
            with pytest.raises(NotFound):
                await records.customers.adjust_gift_card(wrong, 1)


async def test_a_code_has_three_tries_and_ten_minutes(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        codes = records.identity_codes
        await codes.put("s1", "Maya@x.example", "first", LATER)
        await codes.put("s1", "maya@X.example", "second", LATER)
        assert [await codes.take_try("s1", "MAYA@x.example", NOON) for _ in range(4)] == ["second"] * 3 + [None]
        await codes.put("s1", "maya@x.example", "third", LATER)
        assert await codes.take_try("s1", "maya@x.example", LATER) is None
        assert await codes.take_try("s2", "maya@x.example", NOON) is None
        await codes.forget("s1", "maya@x.example")
        assert await codes.take_try("s1", "maya@x.example", NOON) is None
