"""The case on one screen: conversation, customer, orders and complaints, with notes and replies of staff."""

from datetime import datetime
from uuid import uuid4

from backend.domain.casefile import CaseFile, CaseMessage, CustomerFile
from backend.domain.errors import NotFound
from backend.domain.identity import Identity, IdentityLevel
from backend.domain.inbox import DeskNote, NoteKind
from backend.domain.messages import StoredMessage
from backend.store.database import Database
from backend.store.records import Records
from backend.tools.base import ToolContext
from backend.tools.cards import order_card
from backend.tools.casework import name_of
from backend.tools.handoff_desk import HandoffDesk

#: What a screen of a case begins with.
LATEST = 100
_ORDERS, _CONVERSATIONS = 50, 20


class CaseDesk:
    """Reads whole cases and writes notes and replies. `actor` is who works, as the audit names it."""

    def __init__(self, database: Database, handoffs: HandoffDesk) -> None:
        self._database = database
        self._handoffs = handoffs

    async def case(self, tenant: str, conversation_id: str, *, limit: int = LATEST) -> CaseFile:
        """The case with its latest messages. Raises NotFound."""
        async with self._database.records(tenant) as records:
            found = await records.conversations.get(conversation_id)
            if found is None:
                raise NotFound("There is no such conversation.")
            said, earlier = await _said(records, conversation_id, limit, None)
            member = await records.staff.get(found.assignee) if found.assignee else None
            return CaseFile(
                conversation=found,
                messages=said,
                earlier=earlier,
                notes=await records.notes.of(conversation_id),
                handoff=await records.handoffs.open_in(conversation_id),
                assignee_name=member.name if member else found.assignee,
                satisfaction=await records.opinions.satisfaction_in(conversation_id),
                file=await _file(records, found.customer_id) if found.customer_id else None,
            )

    async def messages(
        self, tenant: str, conversation_id: str, before: str, limit: int
    ) -> tuple[tuple[CaseMessage, ...], bool]:
        """Messages said before that one, oldest first, and whether there are more. Raises NotFound."""
        async with self._database.records(tenant) as records:
            return await _said(records, conversation_id, limit, before)

    async def customer(self, tenant: str, customer_id: str) -> CustomerFile:
        """Everything there is of a customer. Raises NotFound."""
        async with self._database.records(tenant) as records:
            found = await _file(records, customer_id)
        if found is None:
            raise NotFound("There is no such customer.")
        return found

    async def note(
        self, tenant: str, conversation_id: str, kind: NoteKind, text: str, actor: str, now: datetime
    ) -> DeskNote:
        """Write a note or a whisper; the shopper never sees it. Raises NotFound."""
        async with self._database.records(tenant, write=True) as records:
            if await records.conversations.get(conversation_id) is None:
                raise NotFound("There is no such conversation.")
            note = DeskNote(
                id=uuid4().hex,
                conversation_id=conversation_id,
                kind=kind,
                author=actor,
                author_name=await name_of(records, actor),
                text=text,
                at=now,
            )
            await records.notes.add(note)
            what = f"conversation:{conversation_id}"
            await records.audit.add(actor, kind.value, what, None, {"note": note.id})
            await records.events.add("conversation.noted", {"object": what, "conversation": conversation_id})
        return note

    async def reply(self, tenant: str, conversation_id: str, text: str, actor: str, now: datetime) -> StoredMessage:
        """Write to the shopper, taking the conversation over where nobody has it yet. Raises NotFound, Conflict."""
        taken = await self._handoffs.take_conversation(tenant, conversation_id, actor, now)
        return await self._handoffs.reply(tenant, taken.id, text, actor, now)

    async def hand_back(self, tenant: str, conversation_id: str, actor: str, now: datetime) -> None:
        """The assistant answers again; nothing to do where it already does. Raises NotFound."""
        async with self._database.records(tenant) as records:
            if await records.conversations.get(conversation_id) is None:
                raise NotFound("There is no such conversation.")
            case = await records.handoffs.open_in(conversation_id)
        if case is not None:
            await self._handoffs.hand_back(tenant, case.id, actor, now)

    async def acting_for(self, tenant: str, customer_id: str, actor: str, now: datetime) -> ToolContext:
        """For whom a tool works when staff act on a customer's order: the same rules, under the staff's own name.

        Raises NotFound.
        """
        async with self._database.records(tenant) as records:
            if await records.customers.get(customer_id) is None:
                raise NotFound("There is no such customer.")
        identity = Identity(level=IdentityLevel.VERIFIED, customer_id=customer_id)
        # the question waits for this member of staff alone
        session_id = f"desk:{actor}:{customer_id}"
        return ToolContext(tenant, identity, session_id, now, staff=actor)


async def _said(
    records: Records, conversation_id: str, limit: int, before: str | None
) -> tuple[tuple[CaseMessage, ...], bool]:
    said = await records.conversations.page(conversation_id, limit=limit + 1, before=before)
    thumbs = {given.message_id: given for given in await records.opinions.feedback_in(conversation_id)}
    shown = said[-limit:]
    corrections = await records.corrections.of_messages([message.id for message in shown])
    return tuple(CaseMessage.of(message, thumbs, corrections) for message in shown), len(said) > limit


async def _file(records: Records, customer_id: str) -> CustomerFile | None:
    customer = await records.customers.get(customer_id)
    if customer is None:
        return None
    orders = await records.orders.for_customer(customer_id, limit=_ORDERS)
    complaints = await records.complaints.for_customer(customer_id)
    return CustomerFile(
        customer=customer,
        orders=tuple(order_card(order) for order in orders),
        returns=tuple(entry for order in orders for entry in order.returns),
        exchanges=tuple(entry for order in orders for entry in order.exchanges),
        refunds=tuple(entry for order in orders for entry in order.refunds),
        complaints=complaints,
        attachments=await records.attachments.of([c.id for c in complaints]),
        conversations=await records.conversations.list(customer_id=customer_id, limit=_CONVERSATIONS),
    )
