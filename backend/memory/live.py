"""What just happened at the desk, told to every screen that listens: in process, or across processes over Redis."""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from backend.domain.base import Value

#: How much a screen that was away may have missed before it has to read everything again.
KEPT = 500
_QUEUE = 1000
#: Tells a screen that more happened than is kept: it reads its lists again.
RESET = "reset"


class Happening(Value):
    """One thing that happened. Ids grow; `data` names records, never what stands in them."""

    id: str
    tenant: str
    kind: str
    data: dict[str, Any]

    @property
    def place(self) -> tuple[int, int]:
        """The id as it is compared: milliseconds and a number within them."""
        return place_of(self.id) or (0, 0)


def place_of(text: str) -> tuple[int, int] | None:
    """What an id says, or None for what is none."""
    first, _, second = text.partition("-")
    return (int(first), int(second or 0)) if first.isdecimal() and (second or "0").isdecimal() else None


class Live(Protocol):
    """Tells and listens."""

    def tell(self, tenant: str, happened: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Tell everybody who listens; never waits and never fails."""
        ...

    def listen(self, tenant: str, seconds: float, after: str | None = None) -> AsyncGenerator[Happening | None]:
        """What happens from now on, first what was missed since `after`; None now and then while nothing does.

        Ends after so many seconds, or when the server does.
        """
        ...

    def end(self) -> None:
        """Let every listener go."""
        ...

    async def close(self) -> None: ...


class Hub:
    """Listeners of one process: the embedded default, and what stands behind Redis in each process."""

    def __init__(self, ping_seconds: float = 15.0) -> None:
        self._ping = ping_seconds
        self._kept: dict[str, deque[Happening]] = defaultdict(lambda: deque(maxlen=KEPT))
        self._queues: dict[str, set[asyncio.Queue[Happening | None]]] = defaultdict(set)
        self._last = (0, 0)
        self._ended = False

    def tell(self, tenant: str, happened: Sequence[tuple[str, dict[str, Any]]]) -> None:
        self.deliver(Happening(id=self._next(), tenant=tenant, kind=kind, data=data) for kind, data in happened)

    def deliver(self, happened: Iterable[Happening]) -> None:
        """Hand on what has an id already."""
        for one in happened:
            self._last = max(self._last, one.place)
            self._kept[one.tenant].append(one)
            for queue in self._queues[one.tenant]:
                if queue.full():  # a screen that reads nothing must not fill the memory
                    queue.get_nowait()
                queue.put_nowait(one)

    async def listen(self, tenant: str, seconds: float, after: str | None = None) -> AsyncGenerator[Happening | None]:
        until = time.monotonic() + seconds
        with self._listening(tenant) as queue:
            for one in self._missed(tenant, after):
                yield one
            while not self._ended and (left := until - time.monotonic()) > 0:
                try:
                    one_more = await asyncio.wait_for(queue.get(), min(self._ping, left))
                except TimeoutError:
                    yield None
                    continue
                if one_more is None:
                    return
                yield one_more

    def end(self) -> None:
        self._ended = True
        for queues in self._queues.values():
            for queue in queues:
                if queue.full():
                    queue.get_nowait()
                queue.put_nowait(None)

    async def close(self) -> None:
        self.end()

    def _missed(self, tenant: str, after: str | None) -> tuple[Happening, ...]:
        """What happened since; where the ring does not reach back so far, that everything must be read again."""
        since = place_of(after) if after else None
        if since is None or since >= self._last:
            return ()
        kept = tuple(self._kept[tenant])
        later = tuple(one for one in kept if one.place > since)
        if len(later) < len(kept):  # the place is within the ring: nothing is missing in between
            return later
        return (Happening(id=f"{self._last[0]}-{self._last[1]}", tenant=tenant, kind=RESET, data={}),)

    @contextmanager
    def _listening(self, tenant: str) -> Iterator[asyncio.Queue[Happening | None]]:
        queue: asyncio.Queue[Happening | None] = asyncio.Queue(_QUEUE)
        self._queues[tenant].add(queue)
        try:
            yield queue
        finally:
            self._queues[tenant].discard(queue)

    def _next(self) -> str:
        now = int(time.time() * 1000)
        place = (now, 0) if now > self._last[0] else (self._last[0], self._last[1] + 1)
        self._last = place
        return f"{place[0]}-{place[1]}"
