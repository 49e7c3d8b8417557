"""Group commit: what several callers write without reading, in one transaction.

A transaction of the embedded file locks it for every process, and each process reads anew what another has changed.
What comes while one is under way waits and goes together in the next: the more there is to write, the less each costs.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from backend.domain.errors import EngineUnavailable
from backend.store.records import Records

#: Posts of one transaction: their statements are built in one go, and the event loop waits for that.
MOST = 16

Work = Callable[[Records], Awaitable[None]]


@dataclass(frozen=True)
class Post:
    """What one caller wants written to its shop, and where it hears that it was."""

    tenant: str
    work: Work
    done: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def tell(self, error: BaseException | None = None) -> None:
        if self.done.done():  # nobody waits any more
            return
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)


class GroupCommit:
    """`commit` writes posts in one transaction, all or none of them."""

    def __init__(self, commit: Callable[[Sequence[Post]], Awaitable[None]]) -> None:
        self._commit = commit
        self._waiting: list[Post] = []
        self._task: asyncio.Task[None] | None = None

    async def add(self, tenant: str, work: Work) -> None:
        """Return when it is written; raise what went wrong with it."""
        post = Post(tenant, work)
        self._waiting.append(post)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write())
        await post.done

    async def close(self) -> None:
        """Return when everything is written."""
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def _write(self) -> None:
        while self._waiting:
            posts, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            await self._together(posts)

    async def _together(self, posts: Sequence[Post]) -> None:
        """One that cannot be written does not take the others along; when the engine is away, none can."""
        try:
            await self._commit(posts)
        except Exception as error:
            if len(posts) > 1 and not isinstance(error, EngineUnavailable):
                for post in posts:
                    await self._together([post])
                return
            for post in posts:
                post.tell(error)
        except BaseException as ended:
            for post in posts:
                post.tell(ended)
            raise
        else:
            for post in posts:
                post.tell()
