"""Conversations over HTTP as both sides see them: the desk takes over and answers, the shopper reads along."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, status
from pydantic import BaseModel

from backend.api.callers import Called, SupportCaller, Wired
from backend.api.schemas import Body, MessageText
from backend.domain.base import Moment
from backend.domain.cases import Handoff, HandoffCase
from backend.domain.errors import NotFound
from backend.domain.messages import Role, StoredMessage

router = APIRouter(prefix="/api", tags=["handoffs"])


class HandoffList(BaseModel):
    results: tuple[HandoffCase, ...]


class StaffReply(Body):
    text: MessageText


class SaidView(BaseModel):
    """One message as the shopper sees it; `staff_name` only with a person's."""

    id: str
    role: Role
    text: str
    at: Moment
    staff_name: str | None = None

    @classmethod
    def of(cls, said: StoredMessage) -> "SaidView":
        name = (said.meta or {}).get("staff_name") if said.role is Role.STAFF else None
        return cls(id=said.id, role=said.role, text=said.text, at=said.at, staff_name=name)


class CurrentConversation(BaseModel):
    """`handoff` says whether a person has the conversation; null: the assistant answers."""

    conversation_id: str
    session_id: str
    messages: tuple[SaidView, ...]
    handoff: Handoff | None


@router.get("/conversations/current", response_model=CurrentConversation)
async def current(
    container: Wired,
    caller: Called,
    x_session: Annotated[str, Header(min_length=1, max_length=200)],
    after: Annotated[str | None, Query(max_length=128)] = None,
) -> CurrentConversation:
    """The conversation of the session, or what was said after that message: poll it while a person answers."""
    state = await container.memory.load(caller.tenant, x_session)
    if state is None:
        raise NotFound("This session has no conversation, or it has ended.", field="X-Session")
    said, handoff = await container.handoff_desk.conversation(caller.tenant, state.conversation_id, after)
    return CurrentConversation(
        conversation_id=state.conversation_id,
        session_id=state.session_id,
        messages=tuple(SaidView.of(message) for message in said if message.text),
        handoff=handoff,
    )


@router.get("/staff/handoffs", response_model=HandoffList)
async def handoffs(container: Wired, caller: SupportCaller, include_closed: bool = False) -> HandoffList:
    """Conversations that wait for a person or have one, the longest waiting first."""
    return HandoffList(results=await container.handoff_desk.list(caller.tenant, include_closed=include_closed))


@router.post("/staff/handoffs/{handoff_id}/take", response_model=HandoffCase)
async def take(handoff_id: str, container: Wired, caller: SupportCaller) -> HandoffCase:
    """Take over a conversation that waits."""
    return await container.handoff_desk.take(caller.tenant, handoff_id, caller.actor)


@router.post("/staff/conversations/{conversation_id}/take", response_model=HandoffCase)
async def take_conversation(conversation_id: str, container: Wired, caller: SupportCaller) -> HandoffCase:
    """Take over any conversation, whether or not a person was asked for."""
    now = container.clock()
    return await container.handoff_desk.take_conversation(caller.tenant, conversation_id, caller.actor, now)


@router.post("/staff/handoffs/{handoff_id}/reply", response_model=SaidView, status_code=status.HTTP_201_CREATED)
async def reply(handoff_id: str, body: StaffReply, container: Wired, caller: SupportCaller) -> SaidView:
    """Write to the shopper as a person."""
    now = container.clock()
    return SaidView.of(await container.handoff_desk.reply(caller.tenant, handoff_id, body.text, caller.actor, now))


@router.post("/staff/handoffs/{handoff_id}/return", response_model=HandoffCase)
async def hand_back(handoff_id: str, container: Wired, caller: SupportCaller) -> HandoffCase:
    """Hand the conversation back to the assistant."""
    return await container.handoff_desk.hand_back(caller.tenant, handoff_id, caller.actor, container.clock())
