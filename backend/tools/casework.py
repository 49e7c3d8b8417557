"""What staff do with complaints and enquiries: move them on, answer, and note; each with audit, event and mail."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from backend.domain.base import Value
from backend.domain.cases import Complaint, ComplaintFilter, ComplaintNote, ComplaintStatus, Enquiry, Priority
from backend.domain.errors import NotFound
from backend.domain.inbox import tagged
from backend.domain.rules.complaints import due
from backend.store.database import Database
from backend.store.records import Records
from backend.tools.letters import letter
from backend.tools.ownership import shop_policy


class ComplaintChange(Value):
    """What is given is changed; `assignee` "" takes it from whoever has it."""

    status: ComplaintStatus | None = None
    priority: Priority | None = None
    assignee: str | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()


class EnquiryStatus(StrEnum):
    NEW = "new"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"


class EnquiryChange(Value):
    """What is given is changed; `assignee` "" takes it from whoever has it."""

    status: EnquiryStatus | None = None
    priority: Priority | None = None
    assignee: str | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()


class CaseWork:
    """The desk's side of complaints and enquiries. `actor` is who works, as the audit names it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def complaints(
        self, tenant: str, chosen: ComplaintFilter, page: int, page_size: int
    ) -> tuple[tuple[Complaint, ...], int]:
        """One page, newest first, and the number of all that match."""
        async with self._database.records(tenant) as records:
            return await records.complaints.list(chosen, page=page, page_size=page_size)

    async def complaint(self, tenant: str, complaint_id: str) -> Complaint:
        """The complaint with its internal notes. Raises NotFound."""
        async with self._database.records(tenant) as records:
            return await _complaint(records, complaint_id)

    async def change(
        self, tenant: str, complaint_id: str, wanted: ComplaintChange, actor: str, now: datetime
    ) -> Complaint:
        """Change status, priority (with new due times) or assignee. Raises NotFound."""
        async with self._database.records(tenant, write=True) as records:
            before = await _complaint(records, complaint_id)
            after = await records.complaints.update(complaint_id, actor=actor, at=now, **wanted.model_dump())
            if after.priority is not before.priority:
                times = due(after.priority, after.created_at, await shop_policy(records))
                after = await records.complaints.set_due(complaint_id, times.first_response, times.resolution)
            await self._note(records, before, after, actor)
        return after

    async def note(
        self, tenant: str, complaint_id: str, text: str, actor: str, now: datetime, *, public: bool
    ) -> Complaint:
        """Append a note; a public one is mailed to the customer and answers an open complaint. Raises NotFound."""
        async with self._database.records(tenant, write=True) as records:
            before = await _complaint(records, complaint_id)
            note = ComplaintNote(at=now, author=await name_of(records, actor), text=text, public=public)
            after = await records.complaints.add_note(complaint_id, note)
            if public:
                await _write(records, after, f"News of your complaint {after.id}", text)
                if after.status is ComplaintStatus.OPEN:
                    answered = ComplaintStatus.IN_PROGRESS
                    after = await records.complaints.update(complaint_id, actor=actor, at=now, status=answered)
            shown = {"note": "public" if public else "internal"}
            await records.audit.add(actor, "note", f"complaint:{complaint_id}", None, shown)
            await self._note(records, before, after, actor)
        return after

    async def enquiries(
        self, tenant: str, status: EnquiryStatus | None, page: int, page_size: int
    ) -> tuple[tuple[Enquiry, ...], int]:
        """One page, newest first, and the number of all that match."""
        async with self._database.records(tenant) as records:
            return await records.enquiries.list(status=status, page=page, page_size=page_size)

    async def enquiry(self, tenant: str, enquiry_id: str) -> Enquiry:
        """Raises NotFound."""
        async with self._database.records(tenant) as records:
            return await _enquiry(records, enquiry_id)

    async def change_enquiry(self, tenant: str, enquiry_id: str, wanted: EnquiryChange, actor: str) -> Enquiry:
        """Note where the exchange stands, who has it and how urgent it is; subscribers such as the CRM hear of it.

        Raises NotFound.
        """
        async with self._database.records(tenant, write=True) as records:
            before = await _enquiry(records, enquiry_id)
            after = _changed_enquiry(before, wanted)
            if after != before:
                await records.enquiries.update(after)
                what, fields = f"enquiry:{enquiry_id}", {"status", "priority", "assignee", "tags"}
                was, is_now = (e.model_dump(mode="json", include=fields) for e in (before, after))
                changed = {name: value for name, value in is_now.items() if value != was[name]}
                await records.audit.add(actor, "move_enquiry", what, {name: was[name] for name in changed}, changed)
                await records.events.add("enquiry.updated", {"object": what, "enquiry": enquiry_id, **changed})
        return after

    async def _note(self, records: Records, before: Complaint, after: Complaint, actor: str) -> None:
        """Audit row, event and mail of a change; nothing when nothing changed."""
        fields = ("status", "priority", "assignee", "tags")
        changed = {name: getattr(after, name) for name in fields if getattr(after, name) != getattr(before, name)}
        if not changed:
            return
        what, was = f"complaint:{after.id}", {name: getattr(before, name) for name in changed}
        await records.audit.add(actor, "change_complaint", what, was, changed)
        kind = "complaint.resolved" if changed.get("status") is ComplaintStatus.RESOLVED else "complaint.updated"
        await records.events.add(kind, {"object": what, "complaint": after.id, "order": after.order_id, **changed})
        if "status" in changed and after.status is not ComplaintStatus.IN_PROGRESS:
            said = f"Your complaint {after.id} is now: {after.status.value.replace('_', ' ')}."
            await _write(records, after, f"Your complaint {after.id}", said)


def _changed_enquiry(enquiry: Enquiry, wanted: EnquiryChange) -> Enquiry:
    changes: dict[str, Any] = {"tags": tagged(enquiry.tags, wanted.add_tags, wanted.remove_tags)}
    if wanted.status is not None:
        # the answer that was due is on its way, or nobody waits for it any more
        changes |= {"status": wanted.status.value}
        changes |= {} if wanted.status in (EnquiryStatus.NEW, EnquiryStatus.IN_PROGRESS) else {"due_at": None}
    if wanted.priority is not None:
        changes["priority"] = wanted.priority
    if wanted.assignee is not None:
        changes["assignee"] = wanted.assignee or None
    return enquiry.model_copy(update=changes)


async def name_of(records: Records, actor: str) -> str:
    """How the customer reads who works on the case: the name of a member of staff, else the team."""
    member = await records.staff.get(actor.removeprefix("staff:")) if actor.startswith("staff:") else None
    return member.name if member else "Support team"


async def _complaint(records: Records, complaint_id: str) -> Complaint:
    found = await records.complaints.get(complaint_id)
    if found is None:
        raise NotFound(f"There is no complaint {complaint_id[:40]}.")
    return found


async def _enquiry(records: Records, enquiry_id: str) -> Enquiry:
    found = await records.enquiries.get(enquiry_id)
    if found is None:
        raise NotFound(f"There is no enquiry {enquiry_id[:40]}.")
    return found


async def _write(records: Records, complaint: Complaint, subject: str, text: str) -> None:
    customer = await records.customers.get(complaint.customer_id)
    if customer is not None:
        await records.mails.add(customer.email, subject, letter(customer, await shop_policy(records), [text]))
