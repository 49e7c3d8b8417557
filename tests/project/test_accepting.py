"""A crowd that comes at once is let in a few at a time, not one in each round of the event loop."""

import asyncio
import socket
from contextlib import ExitStack
from typing import Any

import uvicorn
import uvloop

from backend.cli.serving import Server

CROWD = 160


async def _app(scope: Any, receive: Any, send: Any) -> None:
    """Nobody asks."""


async def _rounds() -> int:
    """Of the loop, until everybody who waits at the start is let in."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=2 * CROWD))
        listening.setblocking(False)
        for _ in range(CROWD):
            stack.enter_context(socket.create_connection(listening.getsockname()))
        config = uvicorn.Config(_app, lifespan="off", log_level="warning", backlog=2 * CROWD)
        config.load()
        server = Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup([listening])
        rounds = 0
        while len(server.server_state.connections) < CROWD:
            await asyncio.sleep(0)
            rounds += 1
        for one in server.servers:
            one.close()
        for connection in tuple(server.server_state.connections):
            connection.shutdown()
        return rounds


def test_a_crowd_is_let_in_a_few_at_a_time() -> None:
    assert uvloop.run(asyncio.wait_for(_rounds(), 60)) < CROWD / 4
