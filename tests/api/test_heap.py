"""What an upload took of the heaps goes back to the system, and a call without a body asks for nothing of the kind."""

import platform
import subprocess
import sys

import pytest
from starlette.types import Message, Receive, Scope, Send

from backend.api.limits import BodyMiddleware

#: Sixty megabytes of small pieces, of which one in a thousand stays.
_FULL_OF_HOLES = """
from pathlib import Path
from backend.api.heap import give_back
def pages(): return int(Path("/proc/self/statm").read_text().split()[1])
pieces = [bytes(1000) for _ in range(60_000)]
kept = pieces[::1000]
del pieces
before = pages()
give_back()
print(before - pages())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library gives back by itself or not at all")
def test_what_is_free_between_what_is_not_is_given_back() -> None:
    said = subprocess.run([sys.executable, "-c", _FULL_OF_HOLES], check=True, capture_output=True, text=True).stdout
    assert int(said) * 4096 > 30_000_000


@pytest.mark.parametrize(("path", "body", "asked"), [("", b"paper", True), ("", b"", False), ("/search", b"q", False)])
async def test_it_is_asked_for_after_an_upload(path: str, body: bytes, asked: bool) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()

    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    async def send(message: Message) -> None:
        """Nothing is answered."""

    middleware = BodyMiddleware(app, 1000)
    await middleware({"type": "http", "path": f"/api/knowledge{path}", "headers": []}, receive, send)
    assert middleware._returning._planned is asked
