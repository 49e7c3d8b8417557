"""POST /v1/chat/completions: the same conversation for integrations that speak only OpenAI's text format."""

import json
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, HTTPException, Path, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ValidationError

from backend.agents.base import Call
from backend.api.callers import Called, Caller, Wired
from backend.api.completions_format import (
    ERRORS,
    MODEL,
    CompletionMessage,
    CompletionRequest,
    CompletionsRoute,
    Until,
    error_of,
    usage_of,
)
from backend.api.live_reply import Failed, Silence, told
from backend.api.problems import methods_of
from backend.api.rates import admit, of_session
from backend.api.schemas import MessageText
from backend.container import Container
from backend.domain.conversation import Reply, SessionState
from backend.domain.errors import InvalidInput, NotFound, ShopError
from backend.domain.messages import Channel, Message, Role

router = APIRouter(prefix="/v1", tags=["chat"], route_class=CompletionsRoute, responses=ERRORS)

#: With `stream` the chunks come as events.
_STREAMED: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {}}}}
_ROLES = {"user": Role.SHOPPER, "assistant": Role.ASSISTANT}
#: How much of what the client says was said before is remembered.
_MOST_REMEMBERED = 24


class _Asked(BaseModel):
    """The last message, held to the same rules as POST /api/chat."""

    message: MessageText


@router.post("/chat/completions", response_class=JSONResponse, responses=_STREAMED)
async def completions(request: Request, body: CompletionRequest, container: Wired, caller: Called) -> Response:
    """Answer the last user message. Cards and buttons do not fit this format: consent is given in words."""
    if body.messages[-1].role != "user":
        raise InvalidInput("messages: the last one must be the user's.", field="messages")
    text = _readable(body.messages[-1].content)
    if body.user:
        await admit(request, container.rates, of_session(caller.tenant, body.user))
    session_id = body.user or await _remembered(container, caller, body.messages[:-1])
    channel = Channel.COMPLETIONS
    call = Call(tenant=caller.tenant, text=text, session_id=session_id, identity=caller.identity, channel=channel)
    head = {"id": f"chatcmpl-{uuid4().hex}", "created": int(container.clock().timestamp()), "model": body.model}
    if body.stream:
        return StreamingResponse(_events(container, call, body, head), media_type="text/event-stream")
    return JSONResponse(_whole(head, await container.orchestrator.answer(call), body))


@router.get("/models")
async def models(caller: Called) -> dict[str, Any]:
    """The one model that there is: the shop."""
    return {"object": "list", "data": [_model(caller)]}


@router.get("/models/{name}")
async def model(name: Annotated[str, Path(max_length=100)], caller: Called) -> dict[str, Any]:
    """The model of that name. Completions take any name: clients have one set."""
    if name != MODEL:
        raise NotFound(f"There is no model {name!r}; the one here is {MODEL!r}.", field="model")
    return _model(caller)


@router.api_route("/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
async def unknown(request: Request, rest: str) -> None:
    """Clients try more of the API than there is here, and understand its errors alone."""
    if methods_of(request.app.routes, request.url.path):
        raise HTTPException(405)
    here = "POST /v1/chat/completions, GET /v1/models"
    raise NotFound(f"There is no {request.method} /v1/{rest[:100]} here, but {here}.")


def _model(caller: Caller) -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": caller.tenant}


def _readable(content: str) -> str:
    try:
        return _Asked(message=content).message
    except ValidationError as wrong:
        raise InvalidInput(f"messages: {wrong.errors()[0]['msg']}", field="messages") from wrong


async def _remembered(container: Container, caller: Caller, said: Sequence[CompletionMessage]) -> str:
    """A new session that knows what was said before."""
    now = container.clock()
    history = tuple(
        Message(id=uuid4().hex, role=_ROLES[m.role], text=m.content, at=now)
        for m in said
        if m.role in _ROLES and m.content
    )
    state = SessionState(session_id=uuid4().hex, conversation_id=uuid4().hex, history=history[-_MOST_REMEMBERED:])
    await container.memory.save(caller.tenant, state)
    return state.session_id


def _whole(head: dict[str, Any], reply: Reply, body: CompletionRequest) -> dict[str, Any]:
    until = Until(body)
    said = until.take(reply.response) + until.rest()
    message = {"role": "assistant", "content": said, "refusal": None}
    return {
        **head,
        "object": "chat.completion",
        "choices": [{"index": 0, "message": message, "finish_reason": until.reason, "logprobs": None}],
        "usage": usage_of(body.messages, said),
        **_beside(reply),
    }


def _beside(reply: Reply) -> dict[str, Any]:
    """What the format has no place for: the session to go on with, and what was away while the answer was made."""
    return {"session_id": reply.session_id, "degraded": [one.model_dump(mode="json") for one in reply.degraded]}


async def _events(
    container: Container, call: Call, body: CompletionRequest, head: dict[str, Any]
) -> AsyncIterator[str]:
    """The text in pieces as it is made; an error in the middle is an event of its own."""
    until, heard, said = Until(body), False, ""
    yield _chunk(head, {"role": "assistant", "content": ""})
    async for parts in told(container, call):
        for part in parts:
            match part:
                case str():
                    heard, piece = True, until.take(part)
                    said += piece
                    if piece:
                        yield _chunk(head, {"content": piece})
                case Reply():
                    piece = until.rest() if heard else until.take(part.response) + until.rest()
                    said += piece
                    if piece:
                        yield _chunk(head, {"content": piece})
                    yield _chunk({**head, **_beside(part)}, {}, until.reason)
                case Failed():
                    yield _line({"error": error_of(part.error or ShopError(part.detail))})
                    return
                case Silence():
                    yield ": ping\n\n"
    if body.stream_options and body.stream_options.include_usage:
        usage = usage_of(body.messages, said)
        yield _line({**head, "object": "chat.completion.chunk", "choices": [], "usage": usage})
    yield "data: [DONE]\n\n"


def _chunk(head: dict[str, Any], delta: dict[str, str], reason: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}
    return _line({**head, "object": "chat.completion.chunk", "choices": [choice]})


def _line(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
