"""The desk behind the shop over HTTP: outbox, conversations, and what the assistant understands."""

import asyncio
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from backend.api.callers import SupportCaller, Wired
from backend.api.schemas import Body
from backend.domain.acts import Intent, SubAction
from backend.domain.base import Moment
from backend.domain.cases import Handoff
from backend.domain.conversation import Entities, SessionState, Turn, Understanding
from backend.domain.errors import NotFound
from backend.domain.messages import Conversation, Message, Role, StoredMessage
from backend.store.customers import email_key

router = APIRouter(prefix="/api/staff", tags=["staff"])

_Text = Annotated[str, Field(min_length=1, max_length=4000)]
_Said = Annotated[str, Field(max_length=8000)]
#: Texts of one call that are read side by side.
_TOGETHER = 8


class MailView(BaseModel):
    to: str
    subject: str
    text: str
    created_at: Moment


class Outbox(BaseModel):
    results: tuple[MailView, ...]


class ConversationView(Conversation):
    """A conversation in the list: how many messages, and whether a person has it."""

    messages: int = 0
    handoff: Handoff | None = None


class ConversationList(BaseModel):
    results: tuple[ConversationView, ...]


class ConversationDetail(BaseModel):
    conversation: Conversation
    messages: tuple[StoredMessage, ...]


class Texts(Body):
    """Texts to read, each on its own; `history` are the earlier messages, shopper and shop in turn, oldest first."""

    texts: Annotated[list[_Text], Field(min_length=1, max_length=2000)]
    history: Annotated[list[_Said], Field(max_length=40, default_factory=list)]


class Understood(BaseModel):
    """What a text means."""

    intent: Intent
    confidence: float
    intents: tuple[Intent, ...]
    in_scope: bool
    sub_action: SubAction
    entities: Entities
    standalone: str
    language: str
    mood: str
    path: str
    requests: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, text: str, found: Understanding) -> "Understood":
        first = found.requests[0] if found.requests else None
        intent = first.intent if first else Intent.GENERAL
        return cls(
            intent=intent if found.in_scope else Intent.OUT_OF_SCOPE,
            confidence=first.confidence if first else 0.0,
            intents=found.intents or (Intent.GENERAL,),
            in_scope=found.in_scope,
            sub_action=found.sub_action,
            entities=first.entities if first else Entities(),
            standalone=" ".join(r.standalone for r in found.requests) or text,
            language=found.language,
            mood=found.mood.value,
            path=found.path,
            requests=tuple(r.model_dump(mode="json") | {"intent": r.intent.value} for r in found.requests),
        )


class UnderstoodList(BaseModel):
    results: tuple[Understood, ...]


@router.get("/outbox", response_model=Outbox)
async def outbox(container: Wired, caller: SupportCaller, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> Outbox:
    """The mails of the shop, newest first. Those to the team carry links that open accounts: only admins see them."""
    async with container.database.records(caller.tenant) as records:
        mails = await records.mails.list(limit=limit)
        team = {email_key(member.email) for member in await records.staff.everybody()}
    if not caller.is_admin:
        mails = tuple(mail for mail in mails if email_key(mail.to) not in team)
    if mails:
        await caller.viewed(container, "outbox", addresses=sorted({mail.to for mail in mails}))
    return Outbox(
        results=tuple(MailView(to=m.to, subject=m.subject, text=m.text, created_at=m.created_at) for m in mails)
    )


@router.get("/conversations", response_model=ConversationList)
async def conversations(
    container: Wired,
    caller: SupportCaller,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> ConversationList:
    """Conversations with the latest word first."""
    async with container.database.records(caller.tenant) as records:
        found = await records.conversations.list(limit=limit, offset=offset)
        counts = await records.conversations.counts([c.id for c in found])
        cases = {case.conversation_id: case.shown for case in await records.handoffs.list()}
    views = [ConversationView(**c.model_dump(), messages=counts.get(c.id, 0), handoff=cases.get(c.id)) for c in found]
    return ConversationList(results=tuple(views))


@router.get("/conversations/{conversation_id}", response_model=ConversationDetail)
async def conversation(conversation_id: str, container: Wired, caller: SupportCaller) -> ConversationDetail:
    """What was said, and how each answer came to be."""
    async with container.database.records(caller.tenant, write=True) as records:
        found = await records.conversations.get(conversation_id)
        if found is None:
            raise NotFound("There is no such conversation.")
        messages = await records.conversations.messages(conversation_id)
        await records.audit.add(caller.actor, "view", f"conversation:{conversation_id}")
    return ConversationDetail(conversation=found, messages=messages)


@router.post("/understand", response_model=UnderstoodList)
async def understand(body: Texts, container: Wired, caller: SupportCaller) -> UnderstoodList:
    """The Understanding of each text, as the chat would read it."""
    room, now = asyncio.Semaphore(_TOGETHER), container.clock()

    async def one(text: str) -> Understood:
        async with room:
            await asyncio.sleep(0)  # a text whose vector is known would not let anybody else in
            return Understood.of(text, await container.reader.read(_turn(caller.tenant, text, body.history, now)))

    return UnderstoodList(results=tuple(await asyncio.gather(*map(one, body.texts))))


def _turn(tenant: str, text: str, history: list[str], now: Moment) -> Turn:
    state = SessionState(session_id=uuid4().hex, history=turns_of(history, now))
    return Turn(tenant=tenant, message_id=uuid4().hex, text=text, at=now, state=state)


def turns_of(history: list[str], now: Moment) -> tuple[Message, ...]:
    """Earlier texts as messages: the shop spoke last before the text at hand, and both took turns."""
    roles = [Role.ASSISTANT if (len(history) - n) % 2 else Role.SHOPPER for n in range(len(history))]
    said = enumerate(zip(roles, history, strict=True))
    return tuple(Message(id=str(n), role=role, text=text, at=now) for n, (role, text) in said)
