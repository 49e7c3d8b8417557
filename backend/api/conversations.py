"""A shopper's own conversations over HTTP: the list, what was said, a transcript, thumbs and satisfaction."""

from typing import Annotated

from fastapi import APIRouter, Header, Response, status
from pydantic import BaseModel, Field

from backend.api.callers import Called, Caller, Wired
from backend.api.handoffs import SaidView
from backend.api.schemas import Body, SessionId
from backend.container import Container
from backend.domain.base import Moment
from backend.domain.conversation import SessionState
from backend.domain.errors import NotFound
from backend.domain.identity import ANONYMOUS
from backend.domain.inbox import Thumb
from backend.tools.own_conversations import transcript

router = APIRouter(prefix="/api", tags=["conversations"])

_Session = Annotated[str | None, Header(max_length=200)]
_Comment = Annotated[str | None, Field(max_length=2000)]


class OwnConversation(BaseModel):
    """A conversation in one's own list."""

    id: str
    title: str
    started_at: Moment
    updated_at: Moment
    messages: int
    #: whether it is the one that the session goes on with
    current: bool


class OwnConversationList(BaseModel):
    results: tuple[OwnConversation, ...]


class OwnConversationDetail(BaseModel):
    id: str
    title: str
    started_at: Moment
    updated_at: Moment
    messages: tuple[SaidView, ...]


class FeedbackBody(Body):
    """A thumb on an answer; `message_id` as the reply named it. Reasons are short words such as "wrong"."""

    session_id: SessionId
    message_id: Annotated[str, Field(min_length=1, max_length=128)]
    score: Thumb
    reasons: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=60)], ...], Field(max_length=10)] = ()
    comment: _Comment = None


class FeedbackView(BaseModel):
    message_id: str
    score: Thumb
    reasons: tuple[str, ...]
    comment: str | None


class SatisfactionBody(Body):
    """How the conversation went, 1 (bad) to 5 (very good)."""

    session_id: SessionId
    score: Annotated[int, Field(ge=1, le=5)]
    comment: _Comment = None


class SatisfactionView(BaseModel):
    conversation_id: str
    score: int
    comment: str | None


@router.get("/conversations", response_model=OwnConversationList)
async def listed(container: Wired, caller: Called, x_session: _Session = None) -> OwnConversationList:
    """One's own conversations, latest first: all of a signed-in customer, else the session's own."""
    state = await _state(container, caller, x_session)
    identity = caller.identity or (state.identity if state else ANONYMOUS)
    found = await container.own_conversations.list(caller.tenant, identity, state)
    async with container.database.records(caller.tenant) as records:
        counts = await records.conversations.counts([c.id for c in found])
    views = [
        OwnConversation(
            **c.model_dump(include={"id", "title", "started_at", "updated_at"}),
            messages=counts.get(c.id, 0),
            current=state is not None and c.id == state.conversation_id,
        )
        for c in found
    ]
    return OwnConversationList(results=tuple(views))


@router.get(
    "/conversations/current/transcript", response_class=Response, responses={200: {"content": {"text/plain": {}}}}
)
async def current_transcript(
    container: Wired, caller: Called, x_session: Annotated[str, Header(min_length=1, max_length=200)]
) -> Response:
    """What was said in the session's conversation, as a text file."""
    state = _known(await _state(container, caller, x_session))
    _, said = await container.own_conversations.read(caller.tenant, state.identity, state, state.conversation_id)
    async with container.database.records(caller.tenant) as records:
        shop = await records.tenants.get()
    headers = {"Content-Disposition": 'attachment; filename="conversation.txt"', "Cache-Control": "no-store"}
    text = transcript(shop.name if shop else caller.tenant, said)
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)


@router.get("/conversations/{conversation_id}", response_model=OwnConversationDetail)
async def one(
    conversation_id: str, container: Wired, caller: Called, x_session: _Session = None
) -> OwnConversationDetail:
    """What was said in one of one's own conversations."""
    state = await _state(container, caller, x_session)
    identity = caller.identity or (state.identity if state else ANONYMOUS)
    found, said = await container.own_conversations.read(caller.tenant, identity, state, conversation_id)
    own = found.model_dump(include={"id", "title", "started_at", "updated_at"})
    return OwnConversationDetail(**own, messages=tuple(SaidView.of(m) for m in said if m.text))


@router.post("/feedback", response_model=FeedbackView, status_code=status.HTTP_201_CREATED)
async def feedback(body: FeedbackBody, container: Wired, caller: Called) -> FeedbackView:
    """Say whether an answer helped; said again, the last word counts."""
    state = _known(await _state(container, caller, body.session_id))
    given = await container.own_conversations.rate_answer(
        caller.tenant, state, body.message_id, body.score, body.reasons, body.comment, container.clock()
    )
    return FeedbackView.model_validate(given.model_dump(include=set(FeedbackView.model_fields)))


@router.post(
    "/conversations/current/satisfaction", response_model=SatisfactionView, status_code=status.HTTP_201_CREATED
)
async def satisfaction(body: SatisfactionBody, container: Wired, caller: Called) -> SatisfactionView:
    """Say how the conversation went; said again, the last word counts."""
    state = _known(await _state(container, caller, body.session_id))
    given = await container.own_conversations.rate(caller.tenant, state, body.score, body.comment, container.clock())
    return SatisfactionView.model_validate(given.model_dump(include=set(SatisfactionView.model_fields)))


async def _state(container: Container, caller: Caller, session_id: str | None) -> SessionState | None:
    """The session, unless the caller's token proves somebody else than it does."""
    state = await container.memory.load(caller.tenant, session_id) if session_id else None
    known = state.identity.customer_id if state else None
    if caller.identity is not None and known not in (None, caller.identity.customer_id):
        return None
    return state


def _known(state: SessionState | None) -> SessionState:
    if state is None:
        raise NotFound("This session has no conversation, or it has ended.", field="session_id")
    return state
