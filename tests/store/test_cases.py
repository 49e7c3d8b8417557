"""Complaints keep their history, handoffs their state, enquiries their score."""

from datetime import timedelta

import pytest

from backend.domain.cases import (
    ComplaintFilter,
    ComplaintNote,
    ComplaintStatus,
    Enquiry,
    EnquiryField,
    HandoffCase,
    HandoffState,
    Priority,
)
from backend.domain.errors import NotFound
from backend.store.database import Database
from tests.store.world import COMPLAINT, NOON, SHOP


async def test_a_complaint_is_found_by_number_customer_and_order(shop: Database) -> None:
    async with shop.records(SHOP) as records:
        assert await records.complaints.get("CMP-7") == COMPLAINT
        assert await records.complaints.for_customer("C-1") == (COMPLAINT,)
        assert await records.complaints.for_order("ORD-7") == (COMPLAINT,)
        assert await records.complaints.for_order("ORD-8") == ()


async def test_every_change_of_a_complaint_leaves_a_line(shop: Database) -> None:
    note = ComplaintNote(at=NOON, author="Ida", text="We send a new glass.", public=True)
    async with shop.records(SHOP, write=True) as records:
        resolved = ComplaintStatus.RESOLVED
        await records.complaints.update("CMP-7", actor="Ida", at=NOON, status=resolved, assignee="Ida")
        await records.complaints.update("CMP-7", actor="Ida", at=NOON, status=resolved)
        await records.complaints.add_note("CMP-7", note)
        complaint = await records.complaints.get("CMP-7")
        with pytest.raises(NotFound):
            await records.complaints.add_note("CMP-8", note)
    assert complaint is not None and complaint.status is resolved and complaint.assignee == "Ida"
    assert [line.what for line in complaint.history] == ["filed", "status open → resolved", "assignee none → Ida"]
    assert complaint.notes == (*COMPLAINT.notes, note)


async def test_complaints_are_filtered_paged_and_flagged_when_late(shop: Database) -> None:
    async with shop.records(SHOP, write=True) as records:
        for i in range(5):
            made = {"id": f"CMP-2{i}", "created_at": NOON + timedelta(hours=i), "priority": Priority.LOW}
            await records.complaints.add(COMPLAINT.model_copy(update=made))
        low = ComplaintFilter(priority=Priority.LOW, statuses=(ComplaintStatus.OPEN,), customer_id="C-1")
        page, total = await records.complaints.list(low, page=2, page_size=2)
        assert ([c.id for c in page], total) == (["CMP-22", "CMP-21"], 5)
        assert (await records.complaints.list(ComplaintFilter(assignee="Ida")))[1] == 0
        await records.complaints.update("CMP-7", actor="Ida", at=NOON, status=ComplaintStatus.CLOSED)
        assert await records.complaints.any_late(NOON + timedelta(minutes=1))
        assert len(await records.complaints.mark_breached(NOON + timedelta(minutes=1))) == 5
        assert await records.complaints.mark_breached(NOON + timedelta(minutes=1)) == ()
        assert (await records.complaints.list(ComplaintFilter(breached=True)))[1] == 5


async def test_a_handoff_is_taken_once_and_handed_back(shop: Database) -> None:
    case = HandoffCase(id="H-1", conversation_id="K-1", session_id="s1", reason="asked", created_at=NOON)
    async with shop.records(SHOP, write=True) as records:
        await records.handoffs.add(case)
        assert await records.handoffs.open_in("K-1") == case
        assert await records.handoffs.list() == (case,)
        taken = await records.handoffs.take("H-1", staff_id="S-1", staff_name="Ida")
        assert taken.state is HandoffState.ACTIVE and taken.staff_name == "Ida"
        with pytest.raises(NotFound):
            await records.handoffs.take("H-1", staff_id="S-2", staff_name="Bo")
        closed = await records.handoffs.close("H-1", NOON)
        assert closed.closed_at == NOON
        assert await records.handoffs.open_in("K-1") is None
        assert await records.handoffs.list() == ()
        assert await records.handoffs.list(include_closed=True) == (closed,)


async def test_an_enquiry_comes_back_with_its_confidences(shop: Database) -> None:
    enquiry = Enquiry(
        id="ENQ-1",
        text="Forty lanterns for a hotel.",
        email=EnquiryField(value="bo@hotel.example", confidence=0.9),
        budget_cents=200_000,
        budget_confidence=0.6,
        score=0.7,
        score_reasons=("large order",),
        created_at=NOON,
    )
    async with shop.records(SHOP, write=True) as records:
        await records.enquiries.add(enquiry)
        assert await records.enquiries.get("ENQ-1") == enquiry
        answered = enquiry.model_copy(update={"status": "answered"})
        await records.enquiries.update(answered)
        assert await records.enquiries.list(status="answered") == ((answered,), 1)
        assert await records.enquiries.list(status="new") == ((), 0)
