"""The line in which turns wait while their process has more to do than it can."""

import asyncio
import time
from types import TracebackType

#: So many turns go on whatever else is to be done.
_LEAST = 4
#: One round of the event loop takes as long as the work that is ready. Beyond this another turn would only make all
#: others late, and the limits of time to engines run out.
_BEHIND_SECONDS = 0.05
_LOOK_SECONDS = 0.01


class Line:
    """`async with line:` begins when it is the caller's turn: first come, first served, as long as the loop keeps up.

    Turns that wait for a model or a database leave the loop free, so any number of them go on together.
    """

    def __init__(self) -> None:
        self._head = asyncio.Lock()
        self._inside = 0

    async def __aenter__(self) -> None:
        async with self._head:  # only the first in line looks
            while self._inside >= _LEAST and await _is_behind():  # noqa: ASYNC110  nothing tells when it has caught up
                await asyncio.sleep(_LOOK_SECONDS)
            self._inside += 1

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._inside -= 1


async def _is_behind() -> bool:
    began = time.monotonic()
    await asyncio.sleep(0)
    return time.monotonic() - began > _BEHIND_SECONDS
