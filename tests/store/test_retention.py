"""What has served its time goes, a little at a time; what waits, dead letters and audit rows stay."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from backend.domain.base import utc_now
from backend.domain.cases import ComplaintStatus, HandoffCase, HandoffState
from backend.domain.desk import WebhookState
from backend.domain.inbox import Attachment, Feedback, Satisfaction, Thumb
from backend.domain.messages import Role, StoredMessage
from backend.store.database import Database
from backend.store.files import FolderFiles
from backend.store.retention import PRUNED_AT_ONCE
from backend.store.tables import metadata
from backend.tools.background import Background, Chore, Retained, Tidying
from tests.store.world import SHOP

TABLES = ("mails", "events", "webhook_deliveries", "actions", "identity_codes", "audit")


async def happen(database: Database, name: str) -> str:
    """One of everything; returns the delivery of its event."""
    now = utc_now()
    async with database.records(SHOP, write=True) as records:
        await records.mails.add("ann@example.com", name, "words")
        event = await records.events.add("order.cancelled", {"name": name})
        await records.audit.add("staff:ida", "look", f"order:{name}")
        for key in (f"action:{name}", f"key:{name}", f"fulfil:{name}"):
            await records.actions.claim(key)
            await records.actions.put(key, {"name": name})
        await records.identity_codes.put(f"session-{name}", "ann@example.com", "hash", now + timedelta(minutes=10))
        (delivery,) = [d for d in await records.events.deliveries() if d.event.id == event.id]
    return delivery.id


async def counts(database: Database, names: Sequence[str] = TABLES) -> dict[str, int]:
    async with database._reader.connect() as connection:
        tables = {name: metadata.tables[name] for name in names}
        found = {
            name: await connection.scalar(select(func.count()).select_from(table).where(table.c.tenant == SHOP)) or 0
            for name, table in tables.items()
        }
        await connection.rollback()
    return found


def later(days: float) -> Callable[[], datetime]:
    return lambda: utc_now() + timedelta(days=days)


@pytest.fixture
async def hook(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        await records.webhooks.add("https://receiver.example/hook", "a-secret-of-this-hook")


@pytest.mark.usefixtures("hook")
async def test_what_was_sent_goes_and_what_was_not_stays(shop: Database) -> None:
    before = await counts(shop)
    sent, dead, _waiting = [await happen(shop, name) for name in ("sent", "dead", "waiting")]
    async with shop.records(SHOP, write=True) as records:
        await records.events.mark_delivered(sent, utc_now())
        await records.events.mark_failed(dead, "gone", None)

    keep = Retained(outbox_days=90, idempotency_days=30)
    assert await Tidying(shop, later(0.5), keep).prune(SHOP) == 0
    assert await Tidying(shop, later(2), keep).prune(SHOP) == 3  # the codes that expired
    assert await Tidying(shop, later(31), keep).prune(SHOP) == 6 + before["actions"]
    await Tidying(shop, later(91), keep).prune(SHOP)
    left = await counts(shop)
    assert left == {
        "mails": 0,
        "events": 2,
        "webhook_deliveries": 2,
        "actions": 3,  # "fulfil:…" says what was done for good
        "identity_codes": 0,
        "audit": before["audit"] + 3,
    }
    async with shop.records(SHOP) as records:
        assert {d.state for d in await records.events.deliveries()} == {WebhookState.DEAD, WebhookState.WAITING}


async def test_much_goes_a_little_at_a_time_until_nothing_is_left(shop: Database) -> None:
    old = {
        "to": "ann@example.com",
        "subject": "s",
        "text": "t",
        "created_at": utc_now(),
        "due_at": utc_now(),
        "tries": 0,
    }
    async with shop.records(SHOP, write=True) as records:
        await records.mails._add(metadata.tables["mails"], [{**old, "id": f"m{n}"} for n in range(2 * PRUNED_AT_ONCE)])
    tidying = Tidying(shop, later(91))
    work = Background(shop, [Chore("retention", 3600, tidying.prune)])
    rounds = [await work.do(work.chores[0]) for _ in range(3)]
    assert PRUNED_AT_ONCE <= rounds[0] < 2 * PRUNED_AT_ONCE and rounds[-1] == 0
    assert (await counts(shop))["mails"] == 0


async def test_nothing_of_another_shop_goes(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        await records.mails.add("ann@example.com", "mine", "words")
    await Tidying(shop, later(400)).prune("another-shop")
    assert (await counts(shop))["mails"] >= 1


async def test_conversations_stay_unless_days_are_set_and_an_open_handoff_keeps_its_own(
    shop: Database, tmp_path: Path
) -> None:
    spoken = ("conversations", "messages", "feedback", "satisfaction", "handoffs", "attachments")
    files = FolderFiles(tmp_path)
    async with shop.records(SHOP, write=True) as records:
        for name in ("ended", "waiting"):
            said = StoredMessage(id=f"m-{name}", role=Role.SHOPPER, text="hello", at=utc_now())
            await records.conversations.append(name, f"s-{name}", "C-1", [said])
            await records.opinions.put_feedback(
                Feedback(message_id=f"m-{name}", conversation_id=name, score=Thumb.UP, at=utc_now())
            )
        await records.opinions.put_satisfaction(Satisfaction(conversation_id="ended", score=5, at=utc_now()))
        for name, state in (("ended", HandoffState.CLOSED), ("waiting", HandoffState.WAITING)):
            case = HandoffCase(
                id=name, conversation_id=name, session_id=f"s-{name}", state=state, created_at=utc_now(), reason="asked"
            )
            await records.handoffs.add(case)
        await records.attachments.add(
            Attachment(
                id="paper",
                complaint_id="CMP-7",
                name="paper.pdf",
                media_type="application/pdf",
                size=8,
                content_hash="-",
                author="customer:C-1",
                created_at=utc_now(),
            )
        )
    await files.put(SHOP, "paper", b"%PDF-1.7")

    before = await counts(shop, spoken)
    await Tidying(shop, later(4000), files=files).prune(SHOP)
    assert await counts(shop, spoken) == before, "without the setting nothing that was said goes"

    keep = Retained(conversation_days=30)
    await Tidying(shop, later(29), keep, files).prune(SHOP)
    assert await counts(shop, spoken) == before
    for _ in range(2):
        await Tidying(shop, later(31), keep, files).prune(SHOP)
    left = await counts(shop, spoken)
    assert left == {**dict.fromkeys(spoken, 1), "satisfaction": 0, "attachments": 1}
    assert await files.get(SHOP, "paper"), "its complaint is open"
    async with shop.records(SHOP, write=True) as records:
        assert [m.id for m in await records.conversations.messages("waiting")] == ["m-waiting"]
        await records._connection.execute(
            metadata.tables["complaints"].update().values(status=ComplaintStatus.CLOSED, updated_at=utc_now())
        )
    assert await Tidying(shop, later(31), keep, files).prune(SHOP) == 1
    assert await files.get(SHOP, "paper") is None and (await counts(shop, spoken))["attachments"] == 0
