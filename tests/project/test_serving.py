"""Workers share the connections, a dead or stuck one keeps none; who was let in is answered though the server ends."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from backend.cli.bench.server import Server as Running
from backend.cli.serving import Server
from tests.shop import ROOT, Shop, running_shop

WORKERS, CALLERS = 3, 60
ASK = b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
Message = MutableMapping[str, Any]


@pytest.fixture(scope="module")
def several(redis_url: str) -> Iterator[Shop]:
    with running_shop(WORKERS=str(WORKERS), REDIS_URL=redis_url) as shop:
        yield shop


def said(connection: socket.socket) -> bytes:
    """Everything until the other side closes."""
    with connection:
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def connected(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), 60)
    connection.sendall(ASK)
    return connection


def connections_of(pid: int) -> int:
    """Sockets that the process has open."""
    return sum(str(fd.readlink()).startswith("socket:") for fd in Path(f"/proc/{pid}/fd").iterdir())


def test_each_worker_takes_its_share_and_a_dead_one_none(several: Shop) -> None:
    port, workers = int(several.env["PORT"]), Running(0, several.process.pid, {}, 0.0).workers
    answered = 0
    while answered < WORKERS:  # each listens once it can answer
        idle = [connections_of(pid) for pid in workers()]
        held = [socket.create_connection(("127.0.0.1", port), 60) for _ in range(CALLERS)]
        for connection in held:
            connection.sendall(ASK.replace(b"Connection: close\r\n", b""))
            assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
        answered = sum(
            connections_of(pid) > before + CALLERS // WORKERS // 3 for pid, before in zip(workers(), idle, strict=True)
        )
        for connection in held:
            connection.close()
    dead = workers()[0]
    os.kill(dead, signal.SIGKILL)
    while dead in workers():
        time.sleep(0.01)
    assert all(said(connected(port)).startswith(b"HTTP/1.1 200") for _ in range(CALLERS))


def test_a_worker_that_hangs_is_replaced(several: Shop) -> None:
    """The kernel goes on giving it callers: those whom it held are let go, all others are answered."""
    port, workers = int(several.env["PORT"]), Running(0, several.process.pid, {}, 0.0).workers
    while len(workers()) < WORKERS:
        time.sleep(0.05)
    for _ in range(CALLERS):  # all of them serve, so that all are watched
        assert said(connected(port)).startswith(b"HTTP/1.1 200")
    before = workers()
    os.kill(before[0], signal.SIGSTOP)
    held = [connected(port) for _ in range(CALLERS)]
    while before[0] in workers() or len(workers()) < WORKERS:
        time.sleep(0.05)
    assert set(before[1:]) < set(workers()), "the others go on"
    assert all(said(connected(port)).startswith(b"HTTP/1.1 200") for _ in range(CALLERS))
    ends = list[bytes]()
    for one in held:
        with contextlib.suppress(ConnectionError):
            ends.append(said(one))
    assert len(ends) < CALLERS, "it had a share"


SUPERVISED = """
import os, sys, time
from pathlib import Path
from backend.cli.supervising import Supervisor

folder = Path(sys.argv[1])

def work(beat):
    away = (folder / "away").exists()
    beat.value = 0.0 if away else time.monotonic()
    (folder / str(os.getpid())).touch()
    if away:
        sys.exit(3)
    while True:
        time.sleep(0.05)
        beat.value = time.monotonic()

sys.exit(Supervisor(work, 2, 3, 5.0).run())
"""


def supervised(folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", SUPERVISED, str(folder)], cwd=ROOT, stdout=subprocess.DEVNULL)


def test_who_could_not_begin_is_tried_again_while_others_serve(tmp_path: Path) -> None:
    """A worker dies while what it needs to begin is away."""

    def began() -> int:
        return sum(file.name.isdigit() for file in tmp_path.iterdir())

    watching = supervised(tmp_path)
    workers = Running(0, watching.pid, {}, 0.0).workers
    while began() < 2:
        time.sleep(0.05)
    (tmp_path / "away").touch()
    dead, alive = workers()
    os.kill(dead, signal.SIGKILL)
    while began() < 4:
        assert alive in workers() and watching.poll() is None
        time.sleep(0.05)
    (tmp_path / "away").unlink()
    while len(workers()) < 2 or began() < 5:
        time.sleep(0.05)
    watching.terminate()
    assert watching.wait(60) == 0
    (tmp_path / "away").touch()
    assert supervised(tmp_path).wait(60) == 3, "at a start nobody serves, and none could"


def test_workers_end_with_who_watches_over_them(several: Shop) -> None:
    """Left behind they would share the port with those of the next start."""
    workers = Running(0, several.process.pid, {}, 0.0).workers()
    several.process.kill()
    several.process.wait()
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        time.sleep(0.05)


async def test_who_was_let_in_is_answered_though_the_server_ends() -> None:
    """The loop has not looked at any of them when the server is told to end."""

    async def app(scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Any]) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        server = Server(uvicorn.Config(app, lifespan="off", http="httptools", log_level="warning"))
        server.config.load()
        server.lifespan = server.config.lifespan_class(server.config)
        await server.startup([listening])
        port = listening.getsockname()[1]
        waiting = [connected(port) for _ in range(5)]
        ending = asyncio.create_task(server.shutdown([listening]))
        while server.servers[0].is_serving():
            await asyncio.sleep(0)
        with pytest.raises(ConnectionRefusedError):  # let in now, it would be reset in the middle of its question
            connected(port)
        await ending
    assert [said(one)[-2:] for one in waiting] == [b"ok"] * 5
