"""A server on loopback that behaves like the chat completions API: it plays the script it is given.

Every request is held against the published description of the API, and every answer that the script makes too.
"""

import asyncio
import json
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from tests.llm import description
from tests.servers import free_port

#: Functions that are called, as (name, arguments).
Calls = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Late:
    """Another behaviour, after so many seconds."""

    seconds: float
    played: str | Calls


@dataclass(frozen=True)
class Held:
    """A text whose second part is sent when somebody says `go`."""

    first: str
    second: str
    go: threading.Event


@dataclass(frozen=True)
class Raw:
    """An answer that follows no description, as it is sent; of a stream its one event."""

    body: str


#: One scripted behaviour: text to answer with, a name of trouble (see _ERRORS, _UNENDED, and `hang`, `malformed`,
#: `refuse`, `length`, `drip`), or a function from the request body to the answer.
Played = str | Calls | Late | Held | Raw | Callable[[dict[str, Any]], str | Calls]

_ERRORS = {
    "429": (429, "0"),
    "429 bare": (429, None),
    "429 later": (429, "0.2"),
    "429 soon": (429, "3"),
    "429 much later": (429, "600"),
    "408": (408, None),
    "409": (409, None),
    "500": (500, None),
}
#: What a stream says before it goes wrong, and what it then sends; `stuck` sends nothing more, `endless` never ends.
_OPENING = "The first words come slowly, one by one. "
_BREAKS = {"garbled": b"data: {not json\n\n", "told": b'data: {"error": {"message": "overloaded"}}\n\n'}
_UNENDED = {"reset", "half", "stuck", "endless", *_BREAKS}


@dataclass
class ModelServer:
    """`script` is played in order, then `default`; `requests` are the bodies that arrived, `wrong` what the
    description has against them. `takes_no` are parameters that this server refuses; `delay` is how long it thinks.
    """

    url: str = ""
    default: Played = "hello"
    script: deque[Played] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    takes_no: set[str] = field(default_factory=set)
    delay: float = 0.0
    cuts: int = 0
    #: the ports that calls came from: one for each connection
    ports: set[int] = field(default_factory=set)
    #: what it charges for each prompt, when it is not to count
    tokens: int = 0

    async def answer(self, request: Request) -> Response:
        body = await request.json()
        self.requests.append(body)
        self.ports |= {request.client.port} if request.client else set()
        self.wrong += description.problems(description.REQUEST, body)
        if refused := self.takes_no & set(body):
            name = sorted(refused)[0]
            return _error(400, f"Unsupported parameter: '{name}' is not supported with this model.", param=name)
        step = self.script.popleft() if self.script else self.default
        played = step(body) if callable(step) else step
        await asyncio.sleep(played.seconds if isinstance(played, Late) else self.delay)
        played = played.played if isinstance(played, Late) else played
        if isinstance(played, Held):
            return StreamingResponse(self._held(played), media_type="text/event-stream")
        if isinstance(played, Raw):
            event = f"data: {played.body}\n\ndata: [DONE]\n\n"
            streamed = bool(body.get("stream"))
            kind = "text/event-stream" if streamed else "application/json"
            return Response(event if streamed else played.body, media_type=kind)
        if isinstance(played, str) and played in _ERRORS:
            status, after = _ERRORS[played]
            return _error(status, "not now", after=after)
        if played == "hang":
            await asyncio.sleep(30)
        if played == "malformed":
            return Response("<html>not json</html>", media_type="application/json")
        if body.get("stream"):
            asked = bool((body.get("stream_options") or {}).get("include_usage"))
            usage = self._usage(body, played) if asked else None
            return StreamingResponse(self._stream(played, usage), media_type="text/event-stream")
        whole = completion(played) | {"usage": self._usage(body, played)}
        self.wrong += description.problems(description.RESPONSE, whole)
        return JSONResponse(whole)

    def _usage(self, body: Mapping[str, Any], played: str | Calls) -> dict[str, int]:
        """A token for every four signs, as a server would count."""
        prompt = self.tokens or sum(len(str(message.get("content") or "")) for message in body["messages"]) // 4
        said = len(played if isinstance(played, str) else str(played)) // 4
        return {"prompt_tokens": prompt, "completion_tokens": said, "total_tokens": prompt + said}

    async def _held(self, played: Held) -> AsyncIterator[bytes]:
        for chunk in chunks(played.first, usage=None)[:-1]:
            yield _line(chunk)
        while not played.go.is_set():
            await asyncio.sleep(0.01)
        for chunk in chunks(played.second, usage=None):
            yield _line(chunk)
        yield b"data: [DONE]\n\n"

    async def _stream(self, played: str | Calls, usage: dict[str, int] | None) -> AsyncIterator[bytes]:
        """Events, cut into pieces of `cuts` bytes where that is set."""
        for chunk in chunks(played, usage=usage):
            self.wrong += description.problems(description.CHUNK, chunk)
            data = _line(chunk)
            for start in range(0, len(data), self.cuts or len(data)):
                yield data[start : start + (self.cuts or len(data))]
                await asyncio.sleep(0.05 if played == "drip" else 0)
        if played == "reset":
            raise ConnectionResetError
        while played in ("stuck", "endless"):
            await asyncio.sleep(30 if played == "stuck" else 0.02)
            yield _line(_said("again "))
        if played != "half":
            yield _BREAKS.get(str(played), b"") + b"data: [DONE]\n\n"


def _error(status: int, message: str, *, after: str | None = None, param: str | None = None) -> JSONResponse:
    content = {"error": {"message": message, "type": "some_error", "param": param, "code": None}}
    return JSONResponse(content, status, {"retry-after": after} if after is not None else None)


def completion(played: str | Calls) -> dict[str, Any]:
    """One whole answer."""
    message: dict[str, Any] = {"role": "assistant", "content": played, "refusal": None}
    finish = "length" if played == "length" else "stop"
    if played == "refuse":
        message |= {"content": None, "refusal": "no"}
    if not isinstance(played, str):
        message |= {"content": None, "tool_calls": [_call(n, *named) for n, named in enumerate(played)]}
        finish = "tool_calls"
    choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}


def _call(number: int, name: str, arguments: str) -> dict[str, Any]:
    return {"id": f"call-{number}", "type": "function", "function": {"name": name, "arguments": arguments}}


def chunks(played: str | Calls, *, usage: dict[str, int] | None) -> list[dict[str, Any]]:
    """One answer in pieces, with empty ones between them as real servers send, functions and all."""
    unended = isinstance(played, str) and played in _UNENDED
    made = [_delta({"role": "assistant", "content": ""})]
    if isinstance(played, str):
        text = _OPENING if unended or played in ("drip", "length") else played
        size = max(7, len(text) // 1000)
        made += [_said(text[start : start + size]) for start in range(0, len(text), size)]
        made.insert(2, _delta({}))
        made.insert(2, _delta({"content": None}))
    else:
        made += [piece for n, named in enumerate(played) for piece in _call_in_pieces(n, *named)]
    if played == "refuse":
        made = [_delta({"role": "assistant"}), _delta({"refusal": "no"})]
    if unended:
        return made
    finish = "length" if played == "length" else "stop" if isinstance(played, str) else "tool_calls"
    made.append(_chunk([{"index": 0, "delta": {}, "finish_reason": finish}]))
    return [*made, _chunk([]) | {"usage": usage}] if usage else made


def _call_in_pieces(number: int, name: str, arguments: str) -> Iterator[dict[str, Any]]:
    opened = {"index": number, "id": f"call-{number}", "type": "function", "function": {"name": name, "arguments": ""}}
    yield _delta({"tool_calls": [opened]})
    for start in range(0, len(arguments), 5):
        yield _delta({"tool_calls": [{"index": number, "function": {"arguments": arguments[start : start + 5]}}]})


def _said(text: str) -> dict[str, Any]:
    return _delta({"content": text})


def _line(chunk: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"


def _delta(delta: Mapping[str, Any]) -> dict[str, Any]:
    return _chunk([{"index": 0, "delta": delta, "finish_reason": None}])


def _chunk(choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices}


@asynccontextmanager
async def model_server() -> AsyncIterator[ModelServer]:
    """A running server; its `url` is what OPENAI_BASE_URL takes."""
    script, port = ModelServer(), free_port()
    script.url = f"http://127.0.0.1:{port}/v1"
    app = FastAPI()
    app.add_api_route("/v1/chat/completions", script.answer, methods=["POST"])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="critical"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield script
    finally:
        server.should_exit = True
        server.force_exit = True
        await task
