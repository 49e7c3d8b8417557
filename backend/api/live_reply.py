"""A reply while it is made, for endpoints that stream: the work goes on when its reader goes away."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from backend.agents.base import Call, Listener
from backend.container import Container
from backend.domain.conversation import Reply
from backend.domain.errors import ShopError

#: Proxies cut a silent stream; a sign of life now and then keeps it open.
_SILENT_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Progress:
    """A step has begun, with the words for it."""

    step: str
    label: str


@dataclass(frozen=True, slots=True)
class Failed:
    """There will be no reply; `detail` may be told."""

    detail: str
    error: ShopError | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing happened for a while."""


Part = Progress | str | Reply | Failed | Silence


async def told(container: Container, call: Call) -> AsyncIterator[tuple[Part, ...]]:
    """Steps, the text in pieces, then the whole reply or why there is none: what came at once together."""
    queue: asyncio.Queue[Part | None] = asyncio.Queue()

    async def progress(step: str, label: str) -> None:
        await queue.put(Progress(step, label))

    async def work() -> None:
        try:
            await queue.put(await container.orchestrator.answer(call, Listener(progress, queue.put)))
        except ShopError as error:
            await queue.put(Failed(error.detail, error))
        except Exception:
            await queue.put(Failed("Something went wrong on our side. Please try again."))
            raise
        finally:
            await queue.put(None)

    task = asyncio.create_task(work())  # it finishes even when the reader goes away: nothing acknowledged is lost
    container.background.add(task)
    task.add_done_callback(container.background.discard)
    parts: list[Part | None] = []
    while not parts or parts[-1] is not None:
        try:
            async with asyncio.timeout(_SILENT_SECONDS):  # wait_for would make a task of every wait
                parts = await _together(queue)
        except TimeoutError:
            parts = [Silence()]
        if ready := tuple(part for part in parts if part is not None):
            yield ready


async def _together(queue: "asyncio.Queue[Part | None]") -> list[Part | None]:
    """What is there, one thing at least."""
    parts = [await queue.get()]
    while not queue.empty():
        parts.append(queue.get_nowait())
    return parts
