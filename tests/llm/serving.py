"""A scripted model behind a real server, in a thread of its own, so that a shop reaches it over HTTP."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.llm.model_server import ModelServer, Played, model_server


@contextmanager
def serving(model: Played) -> Iterator[ModelServer]:
    """The server while the block runs; `model` answers whatever its script does not."""
    ready, done = threading.Event(), threading.Event()
    held: list[ModelServer] = []

    async def serve() -> None:
        async with model_server() as server:
            server.default = model
            held.append(server)
            ready.set()
            while not done.is_set():
                await asyncio.sleep(0.05)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(20)
    try:
        yield held[0]
    finally:
        done.set()
        thread.join(10)
