"""The conversation over HTTP: one JSON reply, or the same reply as server-sent events."""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import StreamingResponse

from backend.agents.base import Call
from backend.api.callers import Called, Caller, Wired
from backend.api.live_reply import Failed, Part, Progress, Silence, told
from backend.api.rates import admit, of_session
from backend.api.schemas import ChatReply, ChatRequest
from backend.container import Container
from backend.domain.conversation import Reply

router = APIRouter(prefix="/api/chat", tags=["chat"])

#: The AI SDK's "UI message stream v1", so that integrators get its hooks for nothing.
_STREAM_HEADERS = {
    "x-vercel-ai-ui-message-stream": "v1",
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
}

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="names the message; sent again with the same key and session it gets the same reply",
    ),
]


@router.post("", response_model=ChatReply)
async def chat(request: Request, body: ChatRequest, container: Wired, caller: Called, key: Key = None) -> ChatReply:
    """Answer one message, or carry out the decision on a pending action."""
    await _paced(request, body, container, caller)
    return ChatReply.of(await container.orchestrator.answer(_call(body, caller, key)))


@router.post("/stream", response_class=StreamingResponse)
async def stream(request: Request, body: ChatRequest, container: Wired, caller: Called, key: Key = None) -> Response:
    """The same reply as server-sent events: progress, text in pieces, sources, then the whole reply as `data-reply`."""
    await _paced(request, body, container, caller)  # a refusal comes before the stream, as a problem document
    return StreamingResponse(
        _events(container, _call(body, caller, key)), media_type="text/event-stream", headers=_STREAM_HEADERS
    )


async def _paced(request: Request, body: ChatRequest, container: Container, caller: Caller) -> None:
    """Count the message against its conversation; a new one has no past to count. Raises TooManyCalls."""
    if body.session_id:
        await admit(request, container.rates, of_session(caller.tenant, body.session_id))


def _call(body: ChatRequest, caller: Caller, key: str | None) -> Call:
    return Call(
        tenant=caller.tenant,
        text=body.message or "",
        session_id=body.session_id,
        identity=caller.identity,
        action_id=body.decision.action_id if body.decision else None,
        accept=body.decision.accept if body.decision else False,
        key=key,
        channel=body.channel,
        replaces=body.replaces,
    )


async def _events(container: Container, call: Call) -> AsyncIterator[str]:
    """What comes at once travels at once: each piece of the body costs a way through all that stands around it."""
    ahead = _line({"type": "start"}) + _line({"type": "text-start", "id": "text"})
    async for parts in told(container, call):
        yield ahead + "".join(map(_lines, parts))
        ahead = ""


def _lines(part: Part) -> str:
    last = _line({"type": "finish"}) + "data: [DONE]\n\n"
    match part:
        case Progress(step, label):
            return _line({"type": "data-progress", "data": {"step": step, "label": label}, "transient": True})
        case str():
            return _line({"type": "text-delta", "id": "text", "delta": part})
        case Reply():
            return "".join(map(_line, _closing(part))) + last
        case Failed():
            return _line({"type": "error", "errorText": part.detail}) + last
        case Silence():
            return ": ping\n\n"


def _closing(reply: Reply) -> list[dict[str, Any]]:
    shown = ChatReply.of(reply)
    sources = [{"type": "source-url", "sourceId": s.id, "url": s.url or "", "title": s.title} for s in shown.sources]
    return [
        {"type": "text-end", "id": "text"},
        *sources,
        {"type": "data-reply", "data": shown.model_dump(mode="json")},
    ]


def _line(part: dict[str, Any]) -> str:
    return f"data: {json.dumps(part, ensure_ascii=False)}\n\n"
