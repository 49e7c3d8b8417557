"""Connections that send without end or stall are ended; whoever only waits for a long answer is not."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from backend.cli.connection import MOST_HEAD_BYTES, Connection
from tests.shop import Shop

HEAD = b"POST / HTTP/1.1\r\nHost: here\r\n"


class Hasty(Connection):
    head_seconds = 0.3
    body_seconds = 0.3


@contextmanager
def served(http: type[Connection]) -> Iterator[tuple[int, list[object]]]:
    """A server's port, and what its connections waited for while it answered."""
    waited_for: list[object] = []

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        while (message := await receive()).get("more_body"):
            pass
        if message["type"] == "http.disconnect":
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half ", "more_body": True})
        waited_for.extend(one.deadline for one in server.server_state.connections if isinstance(one, Connection))
        await send({"type": "http.response.body", "body": b"whole"})

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(answer, http=http, lifespan="off", log_level="critical"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield listening.getsockname()[1], waited_for
        finally:
            server.should_exit = True
            thread.join()


def everything(connection: socket.socket) -> bytes:
    """What comes until the other side closes."""
    connection.settimeout(60)
    said = b""
    try:
        while piece := connection.recv(65_536):
            said += piece
    except ConnectionError:
        pass
    return said


@pytest.mark.parametrize("begun", [b"", b"GET / HT", HEAD, HEAD + b"content-length: 9\r\n\r\nabc"])
def test_a_request_that_stalls_is_ended(begun: bytes) -> None:
    with served(Hasty) as (port, _), socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(begun)
        assert everything(connection) == b""


def test_no_answer_is_too_long_and_the_connection_is_kept() -> None:
    with served(Connection) as (port, waited_for), httpx.Client(timeout=60) as http:
        answers = [http.post(f"http://127.0.0.1:{port}/", content=b"x" * 100_000).text for _ in range(2)]
    assert (answers, waited_for) == (["half whole"] * 2, [None, None])


@pytest.mark.parametrize("piece", [b"a" * 10_000, b"a: b\r\n" * 1_000])
def test_a_head_without_end_is_refused(shop: Shop, piece: bytes) -> None:
    url = httpx.URL(shop.url)
    with socket.create_connection((url.host, url.port)) as connection:
        connection.sendall(HEAD + b"X-Long: ")
        sent = 0
        try:
            while sent < 1_000 * MOST_HEAD_BYTES:
                connection.sendall(piece)
                sent += len(piece)
        except ConnectionError:
            pass
        assert sent < 1_000 * MOST_HEAD_BYTES
    with shop.client() as http:
        assert http.get("/health", headers={"X-Long": "a" * 20_000}).status_code == 200
