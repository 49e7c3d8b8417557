"""A language model for measuring: it thinks for a set time, then says what the caller's own evidence says.

It answers a form that wants wishes, a triage that wants a handoff, an agent that wants its tool called, and a text.
"""

import asyncio
import json
import os
import re
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from backend.llm.tokens import estimate

_SECONDS = float(os.environ.get("BENCH_MODEL_SECONDS", "0.3"))
#: seconds between pieces of a streamed answer, and how long it lasts; without a pace it comes at once
_PACE = float(os.environ.get("BENCH_MODEL_PACE", "0"))
_LASTING = float(os.environ.get("BENCH_MODEL_LASTING", "60"))
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)\s*|.+", re.DOTALL)
_FACTS = re.compile(r"<facts>\n(.*?)\n</facts>", re.DOTALL)
_MESSAGE = re.compile(r"<message>\n(.*?)\n</message>", re.DOTALL)
_FALLBACK = "The battery of the X1 Laptop lasts up to 12 hours on one charge."
#: Pieces of every streamed text without a pace: whoever asks has as many to read.
_PIECES = 32
#: what was asked of it: calls and prompt tokens
_COUNTED = {"calls": 0, "prompt_tokens": 0}


def create_app() -> Starlette:
    """The server. GET /counted tells calls and prompt tokens since the last time it was asked."""
    return Starlette(
        routes=[
            Route("/v1/chat/completions", _complete, methods=["POST"]),
            Route("/counted", _counted),
            Route("/health", _counted),
        ]
    )


async def _counted(request: Request) -> Response:
    told = dict(_COUNTED)
    _COUNTED.update(calls=0, prompt_tokens=0)
    return JSONResponse(told)


async def _complete(request: Request) -> Response:
    body = await request.json()
    prompt = estimate(json.dumps([body["messages"], body.get("tools", [])], ensure_ascii=False))
    _COUNTED["calls"] += 1
    _COUNTED["prompt_tokens"] += prompt
    await asyncio.sleep(_SECONDS)
    text, call = _said(body)
    usage = {"prompt_tokens": prompt, "completion_tokens": estimate(text), "total_tokens": prompt + estimate(text)}
    if body.get("stream"):
        return StreamingResponse(_stream(text, call, usage), media_type="text/event-stream")
    message: dict[str, Any] = {"role": "assistant", "content": text or None, "refusal": None}
    if call:
        message["tool_calls"] = [
            {"id": f"call_{_COUNTED['calls']}_{time.monotonic_ns()}", "type": "function", "function": call}
        ]
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if call else "stop", "logprobs": None}
    return JSONResponse({**_head("chat.completion"), "choices": [choice], "usage": usage})


def _said(body: Mapping[str, Any]) -> tuple[str, dict[str, str] | None]:
    """The text, or the function to call."""
    last = body["messages"][-1]
    if "response_format" in body:
        asked = _MESSAGE.search(str(last.get("content") or ""))
        wish = {"text": "", "standalone": asked[1] if asked else _FALLBACK, "act": "product_question"}
        form = {"wishes": [{**wish, "confidence": 0.99}], "consent": "other", "depends": False, "mood": "calm"}
        return json.dumps(form), None
    since = [m["role"] for m in body["messages"]][::-1].index("user")  # what happened in this turn
    steps = body["messages"][len(body["messages"]) - since :]
    called = {call["function"]["name"] for m in steps for call in m.get("tool_calls") or ()}
    for tool in body.get("tools", ()):
        name = tool["function"]["name"]
        if name not in called and (name.startswith("transfer_to") or name == "search_manual"):
            return "", {
                "name": name,
                "arguments": '{"query": "battery life of the X1"}' if name == "search_manual" else "{}",
            }
    facts = _FACTS.search(str(last.get("content") or ""))
    return (facts[1] if facts else _looked_up(steps)), None


def _looked_up(steps: Sequence[Mapping[str, Any]]) -> str:
    """What a tool found in this turn, without its heading: as long an answer as ours from the passages."""
    found = max((str(m.get("content") or "") for m in steps), key=len, default="")
    return found.partition("\n")[2] or _FALLBACK


async def _stream(text: str, call: dict[str, str] | None, usage: dict[str, int]) -> AsyncIterator[str]:
    head = _head("chat.completion.chunk")
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    if call:
        deltas.append(
            {
                "tool_calls": [
                    {
                        "index": 0,
                        "id": f"call_{_COUNTED['calls']}_{time.monotonic_ns()}",
                        "type": "function",
                        "function": call,
                    }
                ]
            }
        )
    deltas += [{"content": piece} for piece in (_paced(text, round(_LASTING / _PACE)) if _PACE else _cut(text))]
    for place, delta in enumerate(deltas):
        if _PACE and place > 1:
            await asyncio.sleep(_PACE)
        yield _line({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    finish = {"index": 0, "delta": {}, "finish_reason": "tool_calls" if call else "stop"}
    yield _line({**head, "choices": [finish]})
    yield _line({**head, "choices": [], "usage": usage})
    yield "data: [DONE]\n\n"


def _cut(text: str) -> list[str]:
    """The text in so many pieces, the last ones empty where it is short."""
    size = max(1, -(-len(text) // _PIECES))
    return [text[at * size : (at + 1) * size] for at in range(_PIECES)] if text else []


def _paced(text: str, pieces: int) -> list[str]:
    """The first sentence, then what is left in so many pieces of one length.

    A whole sentence first, because one is checked before it is shown: the first word then measures the product alone.
    """
    first = _SENTENCE.match(text)
    start = first[0] if first else text
    rest = text[len(start) :] or " "
    size = max(1, -(-len(rest) // pieces))
    parts = [rest[at : at + size] for at in range(0, len(rest), size)]
    return [start, *parts, *[" "] * (pieces - len(parts))]


def _head(kind: str) -> dict[str, Any]:
    return {"id": "bench", "object": kind, "created": 1, "model": "bench"}


def _line(chunk: dict[str, Any]) -> str:
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"
