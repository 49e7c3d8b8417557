"""A small server on loopback that behaves like the chat completions API: it plays the script it is given."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from tests.servers import free_port

#: One scripted behaviour: text to answer with, "429", "500", "hang", "malformed", "refuse", "reset",
#: or a function from the request body to text.
Step = str | Callable[[dict[str, Any]], str]


@dataclass
class ModelServer:
    """`script` is played in order, then `default`; `requests` are the bodies that arrived."""

    url: str = ""
    default: Step = "hello"
    script: deque[Step] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)

    async def answer(self, request: Request) -> Response:
        body = await request.json()
        self.requests.append(body)
        step = self.script.popleft() if self.script else self.default
        text = step if isinstance(step, str) else step(body)
        if text == "429":
            return JSONResponse({"error": {"message": "slow down", "type": "rate_limit"}}, 429, {"retry-after": "0"})
        if text == "500":
            return JSONResponse({"error": {"message": "broken", "type": "server_error"}}, 500)
        if text == "hang":
            await asyncio.sleep(30)
        if text == "malformed":
            return Response("<html>not json</html>", media_type="application/json")
        if body.get("stream"):
            return StreamingResponse(_chunks(text), media_type="text/event-stream")
        return JSONResponse(_completion(text))


def _completion(text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text, "refusal": None}
    if text == "refuse":
        message = {"role": "assistant", "content": None, "refusal": "no"}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}


async def _chunks(text: str) -> AsyncIterator[str]:
    head = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    for start in range(0, len(text), 7):
        delta = {"content": text[start : start + 7]}
        choice = {"index": 0, "delta": delta, "finish_reason": None}
        yield f"data: {json.dumps({**head, 'choices': [choice]})}\n\n"
        await asyncio.sleep(0)
    last = {"index": 0, "delta": {}, "finish_reason": "stop"}
    yield f"data: {json.dumps({**head, 'choices': [last]})}\n\ndata: [DONE]\n\n"


@asynccontextmanager
async def model_server() -> AsyncIterator[ModelServer]:
    """A running server; its `url` is what OPENAI_BASE_URL takes."""
    script, port = ModelServer(), free_port()
    script.url = f"http://127.0.0.1:{port}/v1"
    app = FastAPI()
    app.add_api_route("/v1/chat/completions", script.answer, methods=["POST"])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield script
    finally:
        server.should_exit = True
        server.force_exit = True
        await task
