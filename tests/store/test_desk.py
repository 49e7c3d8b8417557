"""Staff, keys, audit, mails, events, the ledger of actions and the shop's own rules."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from backend.domain.base import utc_now
from backend.domain.desk import WebhookState
from backend.domain.errors import NotFound
from backend.domain.identity import Staff, StaffRole
from backend.domain.policy import ShopPolicy
from backend.store.database import Database
from tests.store.world import SHOP

IDA = Staff(id="S-1", name="Ida", email="Ida@lanterns.example", role=StaffRole.ADMIN)


async def test_staff_sign_in_by_email_or_by_a_link_that_works_once(shop: Database) -> None:
    now = utc_now()
    async with shop.records(SHOP, write=True) as records:
        await records.staff.add(IDA, "hash")
        assert await records.staff.by_email("ida@LANTERNS.example") == IDA
        assert await records.staff.password_hash("S-1") == "hash"
        await records.staff.add_login_link("t1", "S-1", now + timedelta(minutes=5))
        await records.staff.add_login_link("t2", "S-1", now - timedelta(minutes=5))
        assert await records.staff.use_login_link("t1", now) == IDA
        assert await records.staff.use_login_link("t1", now) is None
        assert await records.staff.use_login_link("t2", now) is None
        await records.staff.update(IDA, active=False)
        assert await records.staff.by_email("ida@lanterns.example") is None
        assert await records.staff.list() == ()
    with pytest.raises(IntegrityError):
        async with shop.records(SHOP, write=True) as records:
            await records.staff.add(IDA.model_copy(update={"id": "S-2"}))


async def test_a_revoked_key_opens_nothing(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        key = await records.api_keys.add("CRM", "hash", "sk…3f", ["orders:read"])
        assert await records.api_keys.by_hash("hash") == key
        await records.api_keys.revoke(key.id)
        assert await records.api_keys.by_hash("hash") is None
        assert [k.revoked_at is not None for k in await records.api_keys.list()] == [True]
        with pytest.raises(NotFound):
            await records.api_keys.revoke("none")


async def test_audit_rows_keep_before_and_after(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        await records.audit.add("Ida", "cancel", "order:ORD-7", {"status": "pending"}, {"status": "cancelled"})
        await records.audit.add("Ida", "view", "customer:C-1")
        (entry,) = await records.audit.list(object="order:ORD-7")
        assert (entry.before, entry.after) == ({"status": "pending"}, {"status": "cancelled"})
        assert [e.action for e in await records.audit.list()] == ["view", "cancel"]


async def test_a_mail_is_claimed_by_one_worker_and_sent_once(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        first = await records.mails.add("maya@x.example", "Your code", "123456")
        second = await records.mails.add("bo@x.example", "Hello", "…")
        assert [m.id for m in await records.mails.list()] == [second, first]
        assert [m.id for m in await records.mails.list(to="maya@x.example")] == [first]
        now = utc_now()
        assert {m.id for m in await records.mails.claim(5, now)} == {first, second}
        assert await records.mails.claim(5, now) == ()
        await records.mails.mark_sent(first, now)
        await records.mails.mark_failed(second, now)
        assert [(m.id, m.tries) for m in await records.mails.claim(5, now)] == [(second, 2)]
        assert (await records.mails.list(to="maya@x.example"))[0].sent_at == now


async def test_an_event_goes_to_those_who_want_it_until_it_is_delivered_or_dead(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        orders = await records.webhooks.add("https://a.example", "k", ["order.*"])
        everything = await records.webhooks.add("https://b.example", "k")
        event = await records.events.add("order.cancelled", {"id": "ORD-7"})
        await records.events.add("complaint.created", {})
        now = utc_now()
        due = await records.events.claim_due(10, now)
        assert sorted((d.webhook.id, d.event.kind) for d in due) == sorted(
            [(orders.id, "order.cancelled"), (everything.id, "order.cancelled"), (everything.id, "complaint.created")]
        )
        assert await records.events.claim_due(10, now) == ()
        mine = {(d.webhook.id, d.event.id): d.id for d in due}
        await records.events.mark_delivered(mine[orders.id, event.id], now)
        failed = mine[everything.id, event.id]
        await records.events.mark_failed(failed, "timeout", now)
        assert [(d.id, d.tries) for d in await records.events.claim_due(10, now)] == [(failed, 2)]
        await records.events.mark_failed(failed, "gone", None)
        assert [d.error for d in await records.events.deliveries(state=WebhookState.DEAD)] == ["gone"]
        await records.events.replay(failed, now)
        assert [(d.id, d.tries) for d in await records.events.claim_due(10, now)] == [(failed, 1)]
        assert await records.webhooks.remove(everything.id)
        assert [d.webhook.id for d in await records.events.deliveries()] == [orders.id]


async def test_an_action_has_one_result(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        assert await records.actions.get("k1") is None
        assert await records.actions.claim("k1")
        assert await records.actions.get("k1") is None
        assert await records.actions.put("k1", {"refund": "REF-101"})
        assert not await records.actions.put("k1", {"refund": "REF-102"})
        assert not await records.actions.claim("k1")
        assert await records.actions.get("k1") == {"refund": "REF-101"}
        assert await records.actions.put("k2", [1])


async def test_the_shops_rules_come_back_as_they_were_set(shop: Database) -> None:
    policy = ShopPolicy(shop_name="Lanterns", return_window_days=14)
    async with shop.records(SHOP, write=True) as records:
        assert await records.policies.get() is None
        await records.policies.put(policy)
        assert await records.policies.get() == policy
        await records.tenants.change(settings={"greeting": "Hi"})
        kept = await records.tenants.get()
        assert kept is not None and kept.settings == {"greeting": "Hi"}
