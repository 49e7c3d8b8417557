"""POST /v1/chat/completions: the same conversation for integrations that speak only OpenAI's text format."""

import json
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backend.agents.base import Call
from backend.api.callers import Called, Caller, Wired
from backend.api.rates import admit, of_session
from backend.api.schemas import MessageText, SessionId
from backend.container import Container
from backend.domain.conversation import Message, Reply, Role, SessionState
from backend.domain.errors import InvalidInput

router = APIRouter(prefix="/v1", tags=["chat"])

_ROLES = {"user": Role.SHOPPER, "assistant": Role.ASSISTANT}
_MOST_MESSAGES = 100
#: Roughly four characters of English to a token: there is no tokenizer, and usage is required by the format.
_CHARACTERS_A_TOKEN = 4


class CompletionMessage(BaseModel):
    """Text only. `system` messages are the client's own and change nothing here."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant"]
    content: Annotated[str, Field(max_length=20_000)] = ""


class CompletionRequest(BaseModel):
    """What of the format has a meaning here; sampling parameters are accepted and have none.

    `user` names the session to go on with; without it the messages themselves are the history.
    """

    model_config = ConfigDict(extra="ignore")

    messages: Annotated[list[CompletionMessage], Field(min_length=1, max_length=_MOST_MESSAGES)]
    model: Annotated[str, Field(max_length=100)] = "support-desk"
    stream: bool = False
    user: SessionId | None = None


class _Asked(BaseModel):
    """The last message, held to the same rules as POST /api/chat."""

    message: MessageText


@router.post("/chat/completions", response_class=JSONResponse)
async def completions(request: Request, body: CompletionRequest, container: Wired, caller: Called) -> Response:
    """Answer the last user message. Cards and buttons do not fit this format: consent is given in words."""
    if body.messages[-1].role != "user":
        raise InvalidInput("messages: the last one must be the user's.", field="messages")
    text = _readable(body.messages[-1].content)
    if body.user:
        await admit(request, container.rates, of_session(caller.tenant, body.user))
    session_id = body.user or await _remembered(container, caller, body.messages[:-1])
    call = Call(tenant=caller.tenant, text=text, session_id=session_id, identity=caller.identity)
    reply = await container.orchestrator.answer(call)
    head = {"id": f"chatcmpl-{reply.message_id}", "created": int(container.clock().timestamp()), "model": body.model}
    if body.stream:
        return StreamingResponse(_chunks(head, reply), media_type="text/event-stream")
    return JSONResponse(_whole(head, reply, text))


def _readable(content: str) -> str:
    try:
        return _Asked(message=content).message
    except ValidationError as wrong:
        raise InvalidInput(f"messages: {wrong.errors()[0]['msg']}", field="messages") from wrong


async def _remembered(container: Container, caller: Caller, said: Sequence[CompletionMessage]) -> str:
    """A new session that knows what was said before."""
    now = container.clock()
    history = tuple(
        Message(id=uuid4().hex, role=_ROLES[m.role], text=m.content, at=now) for m in said if m.role in _ROLES
    )
    state = SessionState(session_id=uuid4().hex, conversation_id=uuid4().hex, history=history)
    await container.memory.save(caller.tenant, state)
    return state.session_id


def _whole(head: dict[str, Any], reply: Reply, text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply.response, "refusal": None}
    used = len(text) // _CHARACTERS_A_TOKEN, len(reply.response) // _CHARACTERS_A_TOKEN
    return {
        **head,
        "object": "chat.completion",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": {"prompt_tokens": used[0], "completion_tokens": used[1], "total_tokens": sum(used)},
        "session_id": reply.session_id,
    }


async def _chunks(head: dict[str, Any], reply: Reply) -> AsyncIterator[str]:
    pieces: list[tuple[dict[str, str], str | None]] = [({"role": "assistant", "content": ""}, None)]
    pieces += [({"content": line}, None) for line in reply.response.splitlines(keepends=True)]
    pieces.append(({}, "stop"))
    for delta, reason in pieces:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        yield f"data: {json.dumps({**head, 'object': 'chat.completion.chunk', 'choices': [choice]})}\n\n"
    yield "data: [DONE]\n\n"
