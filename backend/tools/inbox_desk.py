"""The inbox at the desk: one list of everything, assigned, closed and tagged one by one or many at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

from backend.domain.base import Value
from backend.domain.cases import ComplaintStatus, HandoffState
from backend.domain.errors import InvalidInput, NotAllowed, NotFound, ShopError
from backend.domain.inbox import InboxItem, InboxQuery, ItemChange, ItemKind, ItemStatus, SavedView, tagged
from backend.domain.messages import Conversation
from backend.store.database import Database
from backend.store.records import Records
from backend.tools.casework import CaseWork, ComplaintChange, EnquiryChange, EnquiryStatus
from backend.tools.handoff_desk import HandoffDesk

S = TypeVar("S")

_COMPLAINT_STATUS = {
    ItemStatus.OPEN: ComplaintStatus.OPEN,
    ItemStatus.IN_PROGRESS: ComplaintStatus.IN_PROGRESS,
    ItemStatus.WAITING_FOR_CUSTOMER: ComplaintStatus.WAITING_FOR_CUSTOMER,
    ItemStatus.CLOSED: ComplaintStatus.RESOLVED,
}
_ENQUIRY_STATUS = {
    ItemStatus.OPEN: EnquiryStatus.NEW,
    ItemStatus.IN_PROGRESS: EnquiryStatus.IN_PROGRESS,
    ItemStatus.WAITING_FOR_CUSTOMER: EnquiryStatus.ANSWERED,
    ItemStatus.CLOSED: EnquiryStatus.CLOSED,
}


class ItemRef(Value):
    """An item of the inbox by kind and id."""

    kind: ItemKind
    id: str


class ItemResult(Value):
    """What became of one item of a bulk action; `error` says why it was left as it was."""

    kind: ItemKind
    id: str
    done: bool
    error: str | None = None


class InboxCounts(Value):
    """How many items wait behind the usual views, each counted up to 1,000."""

    open: int
    mine: int
    unassigned: int
    breached: int


class InboxDesk:
    """The desk's side of the inbox. `actor` is who works, as the audit names it; `staff_id` the bare id."""

    def __init__(self, database: Database, casework: CaseWork, handoffs: HandoffDesk) -> None:
        self._database = database
        self._casework = casework
        self._handoffs = handoffs

    async def page(
        self, tenant: str, query: InboxQuery, staff_id: str, now: datetime, *, limit: int, cursor: str | None
    ) -> tuple[tuple[InboxItem, ...], str | None]:
        """One page and the cursor of the next. Raises InvalidInput for a cursor of another list."""
        async with self._database.records(tenant) as records:
            items, following = await records.inbox.page(_for(query, staff_id), now, limit=limit, cursor=cursor)
            names = await self._names(records, items)
        named = tuple(
            item.model_copy(update={"assignee_name": names.get(item.assignee or "", item.assignee)}) for item in items
        )
        return named, following

    async def counts(self, tenant: str, staff_id: str, now: datetime) -> InboxCounts:
        """The numbers beside the usual views."""
        waiting = (ItemStatus.OPEN, ItemStatus.IN_PROGRESS)
        views = {
            "open": InboxQuery(statuses=(ItemStatus.OPEN,)),
            "mine": InboxQuery(statuses=waiting, assignee=staff_id),
            "unassigned": InboxQuery(statuses=waiting, assignee="none"),
            "breached": InboxQuery(statuses=(*waiting, ItemStatus.WAITING_FOR_CUSTOMER), breached=True),
        }
        async with self._database.records(tenant) as records:
            counted = {name: await records.inbox.count(query, now) for name, query in views.items()}
        return InboxCounts(**counted)

    async def tags(self, tenant: str) -> tuple[str, ...]:
        """Every tag in use."""
        async with self._database.records(tenant) as records:
            return await records.inbox.tags()

    async def change_all(
        self, tenant: str, refs: Sequence[ItemRef], wanted: ItemChange, actor: str, now: datetime
    ) -> tuple[ItemResult, ...]:
        """Change many items, each for itself: what one of them forbids keeps no other from it."""
        results = []
        for ref in refs:
            try:
                await self.change(tenant, ref, wanted, actor, now)
                results.append(ItemResult(kind=ref.kind, id=ref.id, done=True))
            except ShopError as error:
                results.append(ItemResult(kind=ref.kind, id=ref.id, done=False, error=error.detail))
        return tuple(results)

    async def change(self, tenant: str, ref: ItemRef, wanted: ItemChange, actor: str, now: datetime) -> None:
        """Change one item. Raises NotFound, InvalidInput for a status its kind cannot have."""
        if wanted.assignee:
            await self._require_member(tenant, wanted.assignee)
        if ref.kind is ItemKind.CONVERSATION:
            await self._change_conversation(tenant, ref.id, wanted, actor, now)
        elif ref.kind is ItemKind.COMPLAINT:
            change = ComplaintChange(status=_word(_COMPLAINT_STATUS, wanted.status), **_plain(wanted))
            await self._casework.change(tenant, ref.id, change, actor, now)
        else:
            moved = EnquiryChange(status=_word(_ENQUIRY_STATUS, wanted.status), **_plain(wanted))
            await self._casework.change_enquiry(tenant, ref.id, moved, actor)

    async def views(self, tenant: str, staff_id: str) -> tuple[SavedView, ...]:
        """One's own views and the shared ones."""
        async with self._database.records(tenant) as records:
            return await records.saved_views.seen_by(staff_id)

    async def add_view(
        self, tenant: str, staff_id: str, name: str, query: InboxQuery, now: datetime, *, shared: bool
    ) -> SavedView:
        """Save a view."""
        view = SavedView(id=uuid4().hex, owner=staff_id, name=name, shared=shared, query=query, created_at=now)
        async with self._database.records(tenant, write=True) as records:
            await records.saved_views.put(view)
        return view

    async def change_view(
        self, tenant: str, staff_id: str, view_id: str, name: str, query: InboxQuery, *, shared: bool
    ) -> SavedView:
        """Replace one's own view. Raises NotFound, NotAllowed for somebody else's."""
        async with self._database.records(tenant, write=True) as records:
            view = await _own_view(records, view_id, staff_id)
            view = view.model_copy(update={"name": name, "query": query, "shared": shared})
            await records.saved_views.put(view)
        return view

    async def remove_view(self, tenant: str, staff_id: str, view_id: str) -> None:
        """Forget one's own view. Raises NotFound, NotAllowed for somebody else's."""
        async with self._database.records(tenant, write=True) as records:
            await _own_view(records, view_id, staff_id)
            await records.saved_views.remove(view_id)

    async def _change_conversation(
        self, tenant: str, conversation_id: str, wanted: ItemChange, actor: str, now: datetime
    ) -> None:
        if wanted.status is ItemStatus.CLOSED:
            await self._finish_handoff(tenant, conversation_id, actor, now)
        async with self._database.records(tenant, write=True) as records:
            found = await records.conversations.get(conversation_id)
            if found is None:
                raise NotFound("There is no such conversation.")
            handed = await records.handoffs.open_in(conversation_id)
            if wanted.status is ItemStatus.ASSISTANT and handed is not None:
                raise InvalidInput("A person is in this conversation. Hand it back first.", field="status")
            changes = _conversation_changes(found, wanted)
            if changes:
                await records.conversations.change(conversation_id, **changes)
                was = {name: getattr(found, name) for name in changes if name != "due_at"}
                now_is = {name: value for name, value in changes.items() if name != "due_at"}
                what = f"conversation:{conversation_id}"
                await records.audit.add(actor, "change_conversation", what, was, now_is)
                payload = {"object": what, "conversation": conversation_id, **now_is}
                await records.events.add("conversation.updated", payload)

    async def _finish_handoff(self, tenant: str, conversation_id: str, actor: str, now: datetime) -> None:
        """A closed conversation is in nobody's hands."""
        async with self._database.records(tenant) as records:
            case = await records.handoffs.open_in(conversation_id)
        if case is not None and case.state is not HandoffState.CLOSED:
            await self._handoffs.hand_back(tenant, case.id, actor, now)

    async def _require_member(self, tenant: str, staff_id: str) -> None:
        async with self._database.records(tenant) as records:
            if await records.staff.get(staff_id) is None:
                raise InvalidInput("There is no such member of the team.", field="assignee")

    async def _names(self, records: Records, items: Sequence[InboxItem]) -> dict[str, str]:
        if not any(item.assignee for item in items):
            return {}
        return {member.id: member.name for member in await records.staff.list()}


def _for(query: InboxQuery, staff_id: str) -> InboxQuery:
    return query.model_copy(update={"assignee": staff_id}) if query.mine else query


def _word(words: dict[ItemStatus, S], status: ItemStatus | None) -> S | None:
    if status is not None and status not in words:
        raise InvalidInput(f"Only a conversation can be {status.value}.", field="status")
    return words[status] if status else None


def _plain(wanted: ItemChange) -> dict[str, Any]:
    return wanted.model_dump(exclude={"status"})


def _conversation_changes(found: Conversation, wanted: ItemChange) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if wanted.status is not None:
        changes |= {"status": wanted.status.value}
        if wanted.status is ItemStatus.CLOSED:
            changes |= {"due_at": None}
    if wanted.priority is not None:
        changes["priority"] = wanted.priority.value
    if wanted.assignee is not None:
        changes["assignee"] = wanted.assignee or None
    if wanted.add_tags or wanted.remove_tags:
        changes["tags"] = tagged(found.tags, wanted.add_tags, wanted.remove_tags)
    return {name: value for name, value in changes.items() if value != getattr(found, name)}


async def _own_view(records: Records, view_id: str, staff_id: str) -> SavedView:
    view = await records.saved_views.get(view_id)
    if view is None or (view.owner != staff_id and not view.shared):
        raise NotFound("There is no such view.")
    if view.owner != staff_id:
        raise NotAllowed("This view is somebody else's. Save a copy of your own.")
    return view
