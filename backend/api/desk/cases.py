"""Cases over HTTP: the conversation with its traces, its customer, notes and replies, summary, draft and PDF."""

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response, status
from pydantic import BaseModel

from backend.agents.base import Call
from backend.agents.summary import Summary
from backend.api.callers import SupportCaller, Wired
from backend.api.handoffs import SaidView
from backend.api.orders import ActionRequest
from backend.api.schemas import Body, MessageText, PendingActionView
from backend.domain.casefile import CaseFile, CaseMessage, CustomerFile
from backend.domain.cases import HandoffCase
from backend.domain.conversation import SessionState
from backend.domain.errors import NotEligible
from backend.domain.inbox import DeskNote, NoteKind
from backend.domain.knowledge import Source
from backend.domain.messages import Role
from backend.tools.base import Outcome

router = APIRouter(prefix="/api/staff", tags=["desk"])

#: A PDF holds no more than so many messages.
_PRINTED = 2000


class EarlierMessages(BaseModel):
    """Oldest first; `earlier` says whether there are more before them."""

    messages: tuple[CaseMessage, ...]
    earlier: bool


class NoteBody(Body):
    """A note stays with the case; a whisper is meant for whoever has the conversation now."""

    text: MessageText
    kind: NoteKind = NoteKind.NOTE


class ReplyBody(Body):
    text: MessageText


class Draft(BaseModel):
    """What the assistant would answer to the last message; `found` False: nothing on record answers it."""

    text: str
    found: bool
    sources: tuple[Source, ...]


class Returned(BaseModel):
    """`handoff` null: the assistant has the conversation."""

    handoff: HandoffCase | None


@router.get("/cases/{conversation_id}", response_model=CaseFile)
async def case(
    conversation_id: str,
    container: Wired,
    caller: SupportCaller,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> CaseFile:
    """Conversation, customer, orders, complaints, notes on one screen; each answer with how it came about."""
    found = await container.case_desk.case(caller.tenant, conversation_id, limit=limit)
    await caller.viewed(container, f"conversation:{conversation_id}", **_whose(found))
    return found


@router.get("/cases/{conversation_id}/messages", response_model=EarlierMessages)
async def messages(
    conversation_id: str,
    container: Wired,
    caller: SupportCaller,
    before: Annotated[str, Query(min_length=1, max_length=128, description="the oldest message on the screen")],
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> EarlierMessages:
    """What was said before that message."""
    said, earlier = await container.case_desk.messages(caller.tenant, conversation_id, before, limit)
    await caller.viewed(container, f"conversation:{conversation_id}")
    return EarlierMessages(messages=said, earlier=earlier)


@router.post("/cases/{conversation_id}/notes", response_model=DeskNote, status_code=status.HTTP_201_CREATED)
async def note(conversation_id: str, body: NoteBody, container: Wired, caller: SupportCaller) -> DeskNote:
    """Write a note or a whisper; the shopper never sees either."""
    now = container.clock()
    return await container.case_desk.note(caller.tenant, conversation_id, body.kind, body.text, caller.actor, now)


@router.post("/cases/{conversation_id}/reply", response_model=SaidView, status_code=status.HTTP_201_CREATED)
async def reply(conversation_id: str, body: ReplyBody, container: Wired, caller: SupportCaller) -> SaidView:
    """Write to the shopper; the conversation is taken over where nobody has it yet."""
    now = container.clock()
    return SaidView.of(await container.case_desk.reply(caller.tenant, conversation_id, body.text, caller.actor, now))


@router.post("/cases/{conversation_id}/return", response_model=Returned)
async def hand_back(conversation_id: str, container: Wired, caller: SupportCaller) -> Returned:
    """Hand the conversation back to the assistant."""
    await container.case_desk.hand_back(caller.tenant, conversation_id, caller.actor, container.clock())
    return Returned(handoff=None)


@router.post("/cases/{conversation_id}/draft", response_model=Draft)
async def draft(conversation_id: str, container: Wired, caller: SupportCaller) -> Draft:
    """What the assistant would answer to the shopper's last words; nothing is said, stored or done."""
    found = await container.case_desk.case(caller.tenant, conversation_id, limit=50)
    said = [m for m in found.messages if m.text and not m.replaced]
    last = next((n for n in range(len(said) - 1, -1, -1) if said[n].role is Role.SHOPPER), None)
    if last is None:
        raise NotEligible("The shopper has not written anything yet.", rule="nothing_to_answer")
    answered = await container.rehearsals.answer(
        Call(tenant=caller.tenant, text=said[last].text),
        SessionState.model_validate({"session_id": "draft", "history": [_plain(m) for m in said[:last]]}),
    )
    return Draft(text=answered.reply.response, found=answered.found, sources=answered.reply.sources)


@router.get("/cases/{conversation_id}/summary", response_model=Summary)
async def summary(conversation_id: str, container: Wired, caller: SupportCaller) -> Summary:
    """The case in a few lines, for whoever takes it over."""
    found = await container.case_desk.case(caller.tenant, conversation_id)
    await caller.viewed(container, f"conversation:{conversation_id}", **_whose(found))
    return await container.case_summary.of(caller.tenant, found)


@router.get(
    "/cases/{conversation_id}/pdf",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "the case as a document"}},
)
async def pdf(conversation_id: str, container: Wired, caller: SupportCaller) -> Response:
    """The case as a PDF, internal notes included."""
    found = await container.case_desk.case(caller.tenant, conversation_id, limit=_PRINTED)
    await caller.viewed(container, f"conversation:{conversation_id}", **_whose(found))
    async with container.database.records(caller.tenant) as records:
        shop = await records.tenants.get()
    made = await asyncio.to_thread(_printed, found, shop.name if shop else caller.tenant, container.clock())
    name = f'attachment; filename="case-{conversation_id[:12]}.pdf"'
    return Response(
        made, media_type="application/pdf", headers={"Content-Disposition": name, "Cache-Control": "no-store"}
    )


def _printed(found: CaseFile, shop: str, now: datetime) -> bytes:
    """The library weighs 20 MB and takes 0.4 s to load: it is, when somebody prints."""
    from backend.tools.case_pdf import case_pdf

    return case_pdf(found, shop, now)


@router.get("/customers/{customer_id}", response_model=CustomerFile)
async def customer(customer_id: str, container: Wired, caller: SupportCaller) -> CustomerFile:
    """A customer with orders, refunds, complaints and conversations."""
    found = await container.case_desk.customer(caller.tenant, customer_id)
    await caller.viewed(container, f"customer:{customer_id}")
    return found


@router.post("/customers/{customer_id}/actions", response_model=PendingActionView, status_code=status.HTTP_202_ACCEPTED)
async def propose(customer_id: str, body: ActionRequest, container: Wired, caller: SupportCaller) -> PendingActionView:
    """Propose a write for a customer, by the same tools and rules as in the chat; the answer has to be confirmed."""
    context = await container.case_desk.acting_for(caller.tenant, customer_id, caller.actor, container.clock())
    return PendingActionView.of(await container.toolbox.desk.propose(context, body.tool, body.arguments))


@router.post("/customers/{customer_id}/actions/{action_id}/confirm", response_model=Outcome)
async def confirm(customer_id: str, action_id: str, container: Wired, caller: SupportCaller) -> Outcome:
    """Carry out what this member of staff proposed for the customer, once."""
    context = await container.case_desk.acting_for(caller.tenant, customer_id, caller.actor, container.clock())
    return await container.toolbox.desk.confirm(context, action_id)


@router.delete("/customers/{customer_id}/actions/{action_id}", status_code=status.HTTP_204_NO_CONTENT)
async def withdraw(customer_id: str, action_id: str, container: Wired, caller: SupportCaller) -> None:
    """Drop what was proposed."""
    context = await container.case_desk.acting_for(caller.tenant, customer_id, caller.actor, container.clock())
    await container.toolbox.desk.withdraw(context, action_id)


def _whose(found: CaseFile) -> dict[str, str]:
    return {"customer": found.conversation.customer_id} if found.conversation.customer_id else {}


def _plain(message: CaseMessage) -> dict[str, object]:
    return message.model_dump(include={"id", "role", "text", "at"})
