"""Serves the shop: in this process, or in several that this one forks and watches over.

On Linux each worker listens for itself, so that the kernel spreads the connections: of one socket shared by all the
worker that wakes first takes most. Everything is loaded before the fork, so the workers share those pages.
"""

import asyncio
import ctypes
import functools
import gc
import importlib
import multiprocessing
import signal
import socket
import sys
import time
from contextlib import suppress
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any, cast

import structlog
import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import ChangeReload

from backend.settings import Settings

log = structlog.get_logger()

#: Connections that wait to be taken; the system holds it to its own bound (net.core.somaxconn).
_BACKLOG = 16_384
#: Connections taken in a round of the event loop: libuv takes one for each listener, so that in a crowd, whose rounds
#: are long, thousands would wait unheard.
_TAKEN_TOGETHER = 16
#: What a client has sent may be on its way still when its connection has been taken.
_ARRIVING_SECONDS = 0.5
#: A worker that ends sooner than this would end again: it is given a moment.
_SHORT_LIFE_SECONDS = 1.0
_APART = sys.platform == "linux"
#: prctl(2): the signal that a process gets when its parent dies.
_PR_SET_PDEATHSIG = 1


class Server(uvicorn.Server):
    """Ends without refusing anybody whose connection the system had taken before."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen to each socket several times over."""
        await super().startup(sockets and [one.dup() for one in sockets for _ in range(_TAKEN_TOGETHER)])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no new connections, wait for what those that are there are sending, then for their answers."""
        queues = [one.dup() for one in sockets or ()]
        for server in self.servers:
            server.close()
        for queue in queues:
            await self._take_all(queue)
        await asyncio.sleep(_ARRIVING_SECONDS)
        await super().shutdown(sockets)

    async def _take_all(self, queue: socket.socket) -> None:
        """Between the loop's last look and the end of its listening some may have come; closed, they would be reset."""
        loop, waiting = asyncio.get_running_loop(), list[socket.socket]()
        with queue, suppress(BlockingIOError):
            while True:
                waiting.append(queue.accept()[0])
        protocol = functools.partial(
            cast(Any, self.config.http_protocol_class),
            config=self.config,
            server_state=self.server_state,
            app_state=self.lifespan.state,
        )
        for connection in waiting:
            connection.setblocking(False)
            await loop.connect_accepted_socket(protocol, connection)


def serve(settings: Settings, *, reload: bool) -> None:
    """Serve until told to stop; exits with uvicorn's status when a worker does not come up."""
    config = uvicorn.Config(
        "backend.main:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="backend.cli.connection:Connection",
        access_log=False,
        backlog=_BACKLOG,
        # who is not named here may write what it likes into X-Forwarded-For
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        log_level="warning",
        timeout_graceful_shutdown=30,
        reload=reload,
        reload_dirs=["backend"] if reload else None,
    )
    listening = config.bind_socket()
    if reload:
        ChangeReload(config, target=Server(config).run, sockets=[listening]).run()
        return
    if settings.workers == 1:
        listening.setblocking(False)
        Server(config).run([listening])
        return
    if _APART:  # it was bound to see that nobody else has the port
        listening.close()
    importlib.import_module("backend.main")
    gc.collect()
    gc.freeze()
    sys.exit(_Supervisor(config, None if _APART else listening, settings.workers).run())


class _Supervisor:
    """Keeps so many workers alive. It holds no socket of theirs: a dead one's would go on taking connections."""

    def __init__(self, config: uvicorn.Config, shared: socket.socket | None, workers: int) -> None:
        self._config = config
        self._shared = shared
        self._stopping = False
        self._status = 0
        #: each with the moment of its start
        self._workers = dict[BaseProcess, float]()
        for _ in range(workers):
            self._begin()

    def run(self) -> int:
        """Exit status once all have ended."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while self._workers:
            ended = wait([worker.sentinel for worker in self._workers], timeout=1.0)
            for worker in [one for one in self._workers if one.sentinel in ended]:
                self._replace(worker)
        return self._status

    def _replace(self, ended: BaseProcess) -> None:
        ended.join()
        began = self._workers.pop(ended)
        if ended.exitcode == STARTUP_FAILURE:  # any other would fail the same way
            self._status = STARTUP_FAILURE
            self._stop()
        if self._stopping:
            return
        log.warning("worker_died", pid=ended.pid, status=ended.exitcode)
        if time.monotonic() - began < _SHORT_LIFE_SECONDS:
            time.sleep(_SHORT_LIFE_SECONDS)
        self._begin()

    def _stop(self, *_: object) -> None:
        self._stopping = True
        for worker in self._workers:
            worker.terminate()

    def _begin(self) -> None:
        worker = multiprocessing.get_context("fork").Process(target=_work, args=(self._config, self._shared))
        worker.start()
        self._workers[worker] = time.monotonic()
        if self._stopping:  # told so meanwhile
            worker.terminate()


def _work(config: uvicorn.Config, shared: socket.socket | None) -> None:
    """A worker, in its own process."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    with suppress(OSError, AttributeError):  # Linux alone has it
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    config.configure_logging()
    Server(config).run([shared or _own_socket(config)])


def _own_socket(config: uvicorn.Config) -> socket.socket:
    """One of several on the same port."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    own = socket.socket(family)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    own.bind((config.host, config.port))
    own.setblocking(False)
    return own
