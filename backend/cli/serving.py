"""Serves the shop: in this process, or in several that this one forks and has watched over.

On Linux each worker listens for itself, so that the kernel spreads the connections: of one socket shared by all the
worker that wakes first takes most. Everything is loaded before the fork, so the workers share those pages.
"""

import asyncio
import functools
import gc
import importlib
import socket
import sys
import time
from contextlib import suppress
from typing import Any, cast

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import ChangeReload

from backend.cli.supervising import UNWATCHED, Beat, Supervisor
from backend.settings import Settings

#: Connections that wait to be taken; the system holds it to its own bound (net.core.somaxconn).
_BACKLOG = 16_384
#: Connections taken in a round of the event loop: libuv takes one for each listener, so that in a crowd, whose rounds
#: are long, thousands would wait unheard.
_TAKEN_TOGETHER = 16
#: What a client has sent may be on its way still when its connection has been taken.
_ARRIVING_SECONDS = 0.5
#: For the answers that are on their way; and for all of a stop, with what the supervisor waits besides.
_GRACEFUL_SECONDS = 30
_BESIDES_SECONDS = 10.0
_APART = sys.platform == "linux"


class Server(uvicorn.Server):
    """Ends without refusing anybody whose connection the system had taken before; tells `beat` that its loop runs."""

    def __init__(self, config: uvicorn.Config, beat: Beat | None = None) -> None:
        super().__init__(config)
        self._beat = beat

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second, until it is told to end."""
        if self._beat is not None:
            self._beat.value = time.monotonic()
        return await super().on_tick(counter)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen to each socket several times over."""
        await super().startup(sockets and [one.dup() for one in sockets for _ in range(_TAKEN_TOGETHER)])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no new connections, wait for what those that are there are sending, then for their answers."""
        if self._beat is not None:
            self._beat.value = UNWATCHED
        queues = [one.dup() for one in sockets or ()]
        for server in self.servers:
            server.close()
        for one in sockets or ():
            one.close()  # startup listened to copies: while this one is open the system would go on letting callers in
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
        timeout_graceful_shutdown=_GRACEFUL_SECONDS,
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
    stop_seconds = settings.drain_seconds + _GRACEFUL_SECONDS + _BESIDES_SECONDS
    work = functools.partial(_work, config, None if _APART else listening)
    sys.exit(Supervisor(work, settings.workers, STARTUP_FAILURE, stop_seconds).run())


def _work(config: uvicorn.Config, shared: socket.socket | None, beat: Beat) -> None:
    """A worker, in its own process."""
    config.configure_logging()
    Server(config, beat).run([shared or _own_socket(config)])


def _own_socket(config: uvicorn.Config) -> socket.socket:
    """One of several on the same port."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    own = socket.socket(family)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    own.bind((config.host, config.port))
    own.setblocking(False)
    return own
