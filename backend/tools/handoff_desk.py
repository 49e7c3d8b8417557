"""Conversations in a person's hands: taken over, answered, and handed back to the assistant."""

from datetime import datetime
from uuid import uuid4

from backend.domain.cases import Handoff, HandoffCase, HandoffState
from backend.domain.errors import Conflict, NotFound
from backend.domain.inbox import ItemStatus
from backend.domain.messages import Role, StoredMessage
from backend.store.database import Database
from backend.store.records import Records
from backend.tools.casework import name_of
from backend.tools.own_conversations import standing


class HandoffDesk:
    """The desk's side of a handoff. `actor` is who works, as the audit names it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, tenant: str, *, include_closed: bool = False) -> tuple[HandoffCase, ...]:
        """Who waits longest comes first."""
        async with self._database.records(tenant) as records:
            return await records.handoffs.list(include_closed=include_closed)

    async def take(self, tenant: str, handoff_id: str, actor: str) -> HandoffCase:
        """Take over a conversation that waits. Raises NotFound, Conflict when somebody else has it or it is over."""
        async with self._database.records(tenant, write=True) as records:
            return await _take(records, await _case(records, handoff_id), actor)

    async def take_conversation(self, tenant: str, conversation_id: str, actor: str, now: datetime) -> HandoffCase:
        """Take over any conversation, whether or not a person was asked for. Raises NotFound, Conflict."""
        async with self._database.records(tenant, write=True) as records:
            waiting = await records.handoffs.open_in(conversation_id)
            if waiting is None:
                found = await records.conversations.get(conversation_id)
                if found is None:
                    raise NotFound("There is no such conversation.")
                waiting = HandoffCase(
                    id=uuid4().hex,
                    conversation_id=conversation_id,
                    session_id=found.session_id,
                    customer_id=found.customer_id,
                    reason="taken over by the desk",
                    created_at=now,
                )
                await records.handoffs.add(waiting)
            return await _take(records, waiting, actor)

    async def reply(self, tenant: str, handoff_id: str, text: str, actor: str, now: datetime) -> StoredMessage:
        """Write to the shopper. Raises NotFound, Conflict unless the conversation is taken over."""
        async with self._database.records(tenant, write=True) as records:
            case = await _case(records, handoff_id)
            if case.state is not HandoffState.ACTIVE:
                raise Conflict("Take the conversation over first.")
            name = await name_of(records, actor)
            said = StoredMessage(id=uuid4().hex, role=Role.STAFF, text=text, at=now, meta={"staff_name": name})
            conversation = await records.conversations.get(case.conversation_id)
            # the session may have gone on under another id since the person was asked for
            session_id = conversation.session_id if conversation else case.session_id
            await records.conversations.append(case.conversation_id, session_id, case.customer_id, [said])
            answered = {"status": ItemStatus.WAITING_FOR_CUSTOMER.value, "due_at": None}
            await records.conversations.change(case.conversation_id, **answered)
            await records.audit.add(actor, "reply", f"conversation:{case.conversation_id}", None, {"message": said.id})
            return said

    async def hand_back(self, tenant: str, handoff_id: str, actor: str, now: datetime) -> HandoffCase:
        """The assistant answers again; handed back twice is handed back once. Raises NotFound."""
        async with self._database.records(tenant, write=True) as records:
            case = await _case(records, handoff_id)
            if case.state is HandoffState.CLOSED:
                return case
            closed = await records.handoffs.close(handoff_id, now)
            await _note(records, case, closed, actor, "handoff.returned")
            return closed

    async def conversation(
        self, tenant: str, conversation_id: str, after: str | None
    ) -> tuple[tuple[StoredMessage, ...], Handoff | None]:
        """What was said (after that message), oldest first, and who has the conversation now."""
        async with self._database.records(tenant) as records:
            said = standing(await records.conversations.messages(conversation_id))
            case = await records.handoffs.open_in(conversation_id)
        places = [place for place, message in enumerate(said) if message.id == after]
        return said[places[0] + 1 :] if places else said, case.shown if case else None


async def _take(records: Records, case: HandoffCase, actor: str) -> HandoffCase:
    if case.state is HandoffState.ACTIVE and case.staff_id == actor:
        return case
    if case.state is not HandoffState.WAITING:
        who = f"{case.staff_name} has it" if case.state is HandoffState.ACTIVE else "it was handed back"
        raise Conflict(f"This conversation cannot be taken over: {who}.")
    taken = await records.handoffs.take(case.id, staff_id=actor, staff_name=await name_of(records, actor))
    await _note(records, case, taken, actor, "handoff.taken")
    return taken


async def _case(records: Records, handoff_id: str) -> HandoffCase:
    found = await records.handoffs.get(handoff_id)
    if found is None:
        raise NotFound("There is no such handoff.")
    return found


async def _note(records: Records, before: HandoffCase, after: HandoffCase, actor: str, kind: str) -> None:
    what = f"handoff:{after.id}"
    await records.audit.add(actor, kind.split(".")[1], what, {"state": before.state}, {"state": after.state})
    payload = {"object": what, "handoff": after.id, "conversation": after.conversation_id, "state": after.state}
    await records.events.add(kind, payload)
