"""Many clients of one server, each with few connections: a client looks at all of its own for every call."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Client(Protocol):
    """What holds connections."""

    async def close(self) -> None: ...


C = TypeVar("C", bound=Client)

#: Calls of one client at a time. With thousands of open streams in one pool, looking for a connection took a process
#: longer than reading what they said.
EACH = 64


@dataclass
class _Lent(Generic[C]):
    client: C
    size: int
    calls: int = 0


class Clients(Generic[C]):
    """Up to `most` calls at a time, each by the earliest client with room; beyond that it waits in a client's line.

    So later clients exist in a crowd alone, and end with their connections when it has gone.
    """

    def __init__(self, build: Callable[[int], C], most: int) -> None:
        """`build` makes a client of so many connections."""
        self._build = build
        self._most = most
        self._made: list[_Lent[C]] = []

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[C]:
        """A client for one call, until its answer was read."""
        one = self._with_room()
        one.calls += 1
        try:
            yield one.client
        finally:
            one.calls -= 1
            await self._end_the_last()

    async def close(self) -> None:
        """End all connections."""
        for one in self._made:
            await one.client.close()

    def _with_room(self) -> _Lent[C]:
        for one in self._made:
            if one.calls < one.size:
                return one
        left = self._most - EACH * len(self._made)
        if left > 0 or not self._made:
            self._made.append(_Lent(self._build(min(left, EACH)), min(left, EACH)))
            return self._made[-1]
        return min(self._made, key=lambda one: one.calls)

    async def _end_the_last(self) -> None:
        """Not as soon as it is idle: the next call would make it anew."""
        while len(self._made) > 1 and not self._made[-1].calls and self._made[-2].calls <= self._made[-2].size // 2:
            await self._made.pop().client.close()
