"""Live events of the desk as server-sent events: what changed, so that screens read it again without a reload."""

import contextlib
import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.responses import StreamingResponse

from backend.api.callers import SupportCaller, Wired
from backend.memory.live import Live

router = APIRouter(prefix="/api/staff", tags=["desk"])

_HEADERS = {"cache-control": "no-cache, no-transform", "x-accel-buffering": "no"}
#: After so long the screen connects again, and shows again who it is.
_SECONDS = 900.0


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "one event per change"}},
)
async def events(
    container: Wired,
    caller: SupportCaller,
    last_event_id: Annotated[str | None, Header(max_length=60)] = None,
    seconds: Annotated[float, Query(ge=0, le=_SECONDS, description="how long the stream stays open")] = _SECONDS,
) -> StreamingResponse:
    """`event:` is the kind ("conversation.message", "complaint.updated", …), `data:` names the records it is about.

    With Last-Event-ID what was missed comes first; the event `reset` says that too much was: read the lists again.
    The stream ends after a quarter of an hour at the latest; connect again with the last id.
    """
    return StreamingResponse(
        _lines(container.live, caller.tenant, last_event_id, seconds), media_type="text/event-stream", headers=_HEADERS
    )


async def _lines(live: Live, tenant: str, after: str | None, seconds: float) -> AsyncIterator[str]:
    yield "retry: 2000\n\n"
    async with contextlib.aclosing(live.listen(tenant, seconds, after)) as happening:
        async for happened in happening:
            if happened is None:
                yield ": ping\n\n"
            else:
                yield f"id: {happened.id}\nevent: {happened.kind}\ndata: {json.dumps(happened.data)}\n\n"
