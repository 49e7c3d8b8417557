"""The inbox over three tables: every bound, every sort, page after page, on both engines."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from backend.domain.cases import Complaint, ComplaintStatus, Enquiry, EnquiryField, HandoffCase, Priority
from backend.domain.errors import InvalidInput
from backend.domain.inbox import InboxQuery, ItemKind, ItemStatus, SortBy
from backend.domain.messages import Role, StoredMessage
from backend.store.database import Database
from tests.store.world import SHOP

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
KINDS = tuple(ItemKind)


def _hours(n: float) -> datetime:
    return NOW + timedelta(hours=n)


async def _fill(database: Database) -> None:
    """Six conversations, three complaints and two enquiries in an hour of a busy morning."""
    async with database.records(SHOP, write=True) as records:
        for n in range(6):
            words = "where is ORD-7?" if n == 2 else f"question number {n} 100%"
            said = [StoredMessage(id=f"m{n}", role=Role.SHOPPER, text=words, at=_hours(-n))]
            await records.conversations.append(f"K-{n}", f"s{n}", "C-1" if n == 3 else None, said)
        await records.conversations.change("K-1", tags=("vip",), assignee="ida", priority="urgent")
        waiting = HandoffCase(id="H-1", conversation_id="K-4", session_id="s4", created_at=NOW, expected_at=_hours(-1))
        await records.handoffs.add(waiting)
        for n, status in enumerate((ComplaintStatus.OPEN, ComplaintStatus.IN_PROGRESS, ComplaintStatus.RESOLVED)):
            await records.complaints.add(
                Complaint(
                    id=f"CMP-{n}",
                    customer_id="C-1",
                    order_id="ORD-7",
                    category="damage",
                    priority=Priority.HIGH,
                    status=status,
                    description="the glass is cracked",
                    created_at=_hours(-n),
                    first_response_due=_hours(2),
                    resolution_due=_hours(-2),
                )
            )
        for n in range(2):
            name = EnquiryField(value="Nadia", confidence=0.9)
            await records.enquiries.add(Enquiry(id=f"ENQ-{n}", text="40 lanterns", name=name, created_at=_hours(-n)))


async def _ids(database: Database, **query: object) -> list[str]:
    async with database.records(SHOP) as records:
        items, _ = await records.inbox.page(InboxQuery.model_validate(query), NOW, limit=100)
    return [item.id for item in items]


async def test_every_bound_holds(shop: Database) -> None:
    await _fill(shop)
    assert len(await _ids(shop)) == 12  # Maya's own complaint is there too
    assert await _ids(shop, kinds=[ItemKind.ENQUIRY]) == ["ENQ-0", "ENQ-1"]
    assert await _ids(shop, statuses=[ItemStatus.OPEN], kinds=[ItemKind.CONVERSATION]) == ["K-4"]
    assert await _ids(shop, statuses=[ItemStatus.CLOSED]) == ["CMP-2"]
    assert await _ids(shop, tag="vip") == await _ids(shop, assignee="ida") == ["K-1"]
    assert await _ids(shop, priorities=[Priority.URGENT]) == ["K-1"]
    assert "K-1" not in await _ids(shop, assignee="none")
    assert await _ids(shop, customer_id="C-1", kinds=[ItemKind.CONVERSATION]) == ["K-3"]
    assert await _ids(shop, tag="vi_") == [], "a sign of the query language is no wildcard"


async def test_what_is_late_is_told_from_what_is_only_due(shop: Database) -> None:
    await _fill(shop)
    late = set(await _ids(shop, breached=True))
    assert {"K-4", "CMP-1"} <= late and not late & {"CMP-0", "CMP-2", "ENQ-0"}
    assert "CMP-0" in await _ids(shop, breached=False)
    assert {"K-4", "CMP-0", "CMP-1"} <= set(await _ids(shop, due_before=_hours(3)))
    assert (await _ids(shop, sort=SortBy.DUE, kinds=[ItemKind.COMPLAINT]))[-1] == "CMP-2", "nothing is due any more"


async def test_a_text_is_found_in_what_was_said_and_in_who_said_it(shop: Database) -> None:
    await _fill(shop)
    assert await _ids(shop, text="number 5") == ["K-5"]
    assert set(await _ids(shop, text="ord-7")) >= {"K-2", "CMP-0", "CMP-1", "CMP-2"}
    assert set(await _ids(shop, text="MAYA@lanterns")) == {"K-3", "CMP-0", "CMP-1", "CMP-2", "CMP-7"}
    assert await _ids(shop, text="nadia") == ["ENQ-0", "ENQ-1"]
    assert set(await _ids(shop, text="100%", kinds=[ItemKind.CONVERSATION])) == {"K-0", "K-1", "K-3", "K-4", "K-5"}
    assert await _ids(shop, text="cmp-1") == ["CMP-1"]


async def test_the_most_urgent_comes_first_and_within_a_level_the_latest_news(shop: Database) -> None:
    await _fill(shop)
    listed = await _ids(shop, sort=SortBy.PRIORITY)
    assert listed[:4] == ["K-1", "CMP-0", "CMP-1", "CMP-2"]
    assert [name for name in listed[4:] if name.startswith("K")] == ["K-0", "K-2", "K-3", "K-4", "K-5"]


async def test_what_is_due_comes_by_its_time_and_what_never_is_behind_it(shop: Database) -> None:
    await _fill(shop)
    listed = await _ids(shop, sort=SortBy.DUE, kinds=[ItemKind.CONVERSATION])
    assert listed[0] == "K-4" and set(listed[1:]) == {"K-0", "K-1", "K-2", "K-3", "K-5"}


@pytest.mark.parametrize("sort", list(SortBy))
@pytest.mark.parametrize("limit", [1, 3, 5])
async def test_pages_hold_everything_once_and_in_order(shop: Database, sort: SortBy, limit: int) -> None:
    await _fill(shop)
    whole, pages, cursor = await _ids(shop, sort=sort), list[str](), None
    async with shop.records(SHOP) as records:
        while True:
            items, cursor = await records.inbox.page(InboxQuery(sort=sort), NOW, limit=limit, cursor=cursor)
            pages += [item.id for item in items]
            if cursor is None:
                break
    assert pages == whole and len(set(whole)) == 12


@pytest.mark.parametrize("text", ["question", "maya@lanterns.example"])
async def test_a_search_goes_back_a_little_a_page_and_finds_everything_once(shop: Database, text: str) -> None:
    await _fill(shop)
    async with shop.records(SHOP) as records:
        for sort, limit, searched in product(SortBy, (1, 2, 50), (1, 3)):
            query = InboxQuery(text=text, sort=sort)
            whole, last = await records.inbox.page(query, NOW, limit=100)
            assert last is None and len(whole) == 5
            found, cursor, pages = list[str](), None, 0
            while pages == 0 or cursor is not None:
                items, cursor = await records.inbox.page(query, NOW, limit=limit, cursor=cursor, searched=searched)
                found, pages = [*found, *(item.id for item in items)], pages + 1
                assert pages < 40
            assert found == [item.id for item in whole]


async def test_what_is_named_comes_before_what_only_says_so(shop: Database) -> None:
    await _fill(shop)
    async with shop.records(SHOP, write=True) as records:
        said = [StoredMessage(id="m9", role=Role.SHOPPER, text="is CMP-2 the number of Maya@Lanterns.example?", at=NOW)]
        await records.conversations.append("K-9", "s9", None, said)
    assert await _ids(shop, text="#cmp-2") == ["CMP-2", "K-9"]
    assert (await _ids(shop, text="maya@lanterns.example"))[-1] == "K-9"


async def test_a_cursor_of_another_list_is_refused(shop: Database) -> None:
    await _fill(shop)
    async with shop.records(SHOP) as records:
        _, cursor = await records.inbox.page(InboxQuery(sort=SortBy.DUE), NOW, limit=1)
        assert cursor
        for wrong, sort in ((cursor, SortBy.UPDATED), ("nonsense", SortBy.DUE), ("é", SortBy.DUE)):
            with pytest.raises(InvalidInput):
                await records.inbox.page(InboxQuery(sort=sort), NOW, cursor=wrong)


async def test_whose_turn_it_is_follows_what_happens(shop: Database) -> None:
    await _fill(shop)
    async with shop.records(SHOP, write=True) as records:
        await records.handoffs.take("H-1", staff_id="staff:ida", staff_name="Ida")
        taken = await records.conversations.get("K-4")
        assert taken and (taken.status, taken.assignee) == (ItemStatus.IN_PROGRESS, "ida")
        await records.handoffs.close("H-1")
        back = await records.conversations.get("K-4")
        assert back and (back.status, back.due_at) == (ItemStatus.ASSISTANT, None)
        await records.conversations.change("K-4", status="closed")
        again = StoredMessage(id="m4b", role=Role.SHOPPER, text="one more thing", at=_hours(1))
        await records.conversations.append("K-4", "s4", None, [again])
        reopened = await records.conversations.get("K-4")
        assert reopened and (reopened.status, reopened.title) == (ItemStatus.ASSISTANT, "question number 4 100%")


async def test_a_person_asked_for_in_the_first_words_waits_in_the_inbox(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        case = HandoffCase(id="H-9", conversation_id="K-9", session_id="s9", created_at=NOW, expected_at=_hours(1))
        await records.handoffs.add(case)
        said = [StoredMessage(id="m9", role=Role.SHOPPER, text="a person please", at=NOW)]
        await records.conversations.append("K-9", "s9", None, said)
        items, _ = await records.inbox.page(InboxQuery(statuses=(ItemStatus.OPEN,), kinds=KINDS[:1]), NOW)
    assert [(item.id, item.title, item.due_at) for item in items] == [("K-9", "a person please", _hours(1))]


async def test_messages_come_page_by_page_even_when_they_share_a_moment(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        for n in range(5):
            pair = [
                StoredMessage(id=f"q{n}", role=Role.SHOPPER, text="?", at=NOW),
                StoredMessage(id=f"q{n}-r", role=Role.ASSISTANT, text="!", at=NOW),
            ]
            await records.conversations.append("K-9", "s9", None, pair)
        seen, before = list[str](), None
        while page := await records.conversations.page("K-9", limit=3, before=before):
            seen, before = [m.id for m in page] + seen, page[0].id
        assert seen == [m.id for m in await records.conversations.messages("K-9")] and len(seen) == 10


async def test_tags_in_use_are_listed_once(shop: Database) -> None:
    await _fill(shop)
    async with shop.records(SHOP, write=True) as records:
        for name in ("K-2", "K-3"):
            await records.conversations.change(name, tags=("vip", "glass"))
        assert await records.inbox.tags() == ("glass", "vip")
