"""A process that holds many event streams open and tells what came of each.

`python -m backend.cli.bench.listeners PORT NUMBER A_SECOND SEED FILE` writes JSON at its end. A protocol of a few lines
listens: a client library would weigh more than the server that is measured.
"""

import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

import uvloop

from backend.cli.bench.messages import KINDS

#: Nothing is waited for longer than this after the last stream was opened. Seconds.
_LONGEST = 900.0
_QUESTION = next(kind for kind in KINDS if kind.cited)


@dataclass
class Heard:
    """One stream. Seconds on the clock of time.perf_counter, 0 where it did not come to that."""

    begun: float
    connected: float = 0.0
    opened: float = 0.0
    first: float = 0.0
    ended: float = 0.0
    #: why it counts as dropped
    broken: str = ""
    #: whole, and what stood in for an engine meanwhile
    degraded: str = ""
    #: the longest silence between two pieces of anything
    silence: float = 0.0


class _Listener(asyncio.Protocol):
    def __init__(self, port: int, text: str, done: "asyncio.Future[Heard]") -> None:
        self._request = _request(port, text)
        self._done = done
        self._body = bytearray()
        self._last = time.perf_counter()
        self.heard = Heard(self._last)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.heard.connected = time.perf_counter()
        cast(asyncio.WriteTransport, transport).write(self._request)

    def data_received(self, data: bytes) -> None:
        now, heard = time.perf_counter(), self.heard
        self._body += data
        heard.opened = heard.opened or now
        heard.silence, self._last = max(heard.silence, now - self._last), now
        if not heard.first and b'"text-delta"' in self._body:
            heard.first = now

    def connection_lost(self, exc: Exception | None) -> None:
        self.heard.ended = time.perf_counter()
        missing, self.heard.degraded = _missing(bytes(self._body))
        self.heard.broken = missing or (type(exc).__name__ if exc else "")
        if not self._done.done():
            self._done.set_result(self.heard)


def _request(port: int, text: str) -> bytes:
    body = json.dumps({"message": text}).encode()
    head = f"POST /api/chat/stream HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n"
    return f"{head}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _missing(body: bytes) -> tuple[str, str]:
    """What a whole answer by the model has and this has not; and which other engines were missed."""
    if not body:
        return "no answer", ""
    if not body.startswith(b"HTTP/1.1 200"):
        return body.split(b"\r\n", 1)[0].decode("latin-1"), ""
    at = body.find(b'data: {"type": "data-reply"')
    if at < 0 or b"data: [DONE]" not in body:
        error = body.find(b'"errorText"')
        return body[error : error + 90].decode(errors="replace") if error >= 0 else "ended without its reply", ""
    reply = json.loads(body[at + 6 : body.index(b"\n\n", at)])["data"]
    by_model, others = list[str](), list[str]()
    for part in reply["degraded"]:
        (by_model if part["engine"] == "llm" else others).append(f"{part['engine']} away: {part['used'][:60]}")
    return "; ".join(by_model), "; ".join(others)


async def _all(port: int, number: int, a_second: float, seed: int) -> list[Heard]:
    texts = list(_QUESTION.messages(seed))
    loop = asyncio.get_running_loop()
    begun, listeners, ends, connections = time.perf_counter(), [], [], []
    for place in range(number):
        await asyncio.sleep(max(0.0, begun + place / a_second - time.perf_counter()))
        # no two are alike: an answer that was written before would not last
        text = texts[place % len(texts)] + "!" * (place // len(texts))
        done: asyncio.Future[Heard] = loop.create_future()
        listener = _Listener(port, text, done)
        listeners.append(listener)
        ends.append(done)
        connecting = loop.create_task(_connected(loop, listener, port, done))
        connections.append(connecting)
    await asyncio.wait(ends, timeout=_LONGEST)
    for listener, done in zip(listeners, ends, strict=True):
        if not done.done():
            listener.heard.broken = "still open at the end"
    return [listener.heard for listener in listeners]


async def _connected(
    loop: asyncio.AbstractEventLoop, listener: _Listener, port: int, done: "asyncio.Future[Heard]"
) -> None:
    try:
        await loop.create_connection(lambda: listener, "127.0.0.1", port)
    except OSError as problem:
        listener.heard.broken = f"not connected: {type(problem).__name__}"
        if not done.done():
            done.set_result(listener.heard)


def main() -> None:
    """Listen, then write down what was heard."""
    port, number, a_second, seed = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    heard = uvloop.run(_all(port, number, a_second, seed))
    Path(sys.argv[5]).write_text(json.dumps([asdict(one) for one in heard]))


if __name__ == "__main__":
    main()
