"""How often anyone may ask: fixed windows, counted in process or in Redis by the `limits` library."""

import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeVar

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter

from backend.domain.patience import patience
from backend.memory.base import ANSWER_SECONDS

T = TypeVar("T")

#: After a failure of Redis it is left alone so long: a limit must not make every call wait.
_PAUSE_SECONDS = 1.0


class Taken(NamedTuple):
    """One call counted against a limit: what is left of it, and after how many seconds it begins anew."""

    allowed: bool
    limit: int
    remaining: int
    reset: int


class Limiter:
    """Counts hits by key. Without Redis, and while it is away, each process counts for itself."""

    def __init__(self, redis_url: str = "") -> None:
        self._local = FixedWindowRateLimiter(MemoryStorage())
        self._shared = FixedWindowRateLimiter(_redis_storage(redis_url)) if redis_url else None
        self._retry_at = 0.0

    async def hit(self, key: str, limit: int, seconds: int) -> bool:
        """Count one hit; False when more than `limit` fell into the present window of `seconds`."""
        window = RateLimitItemPerSecond(limit, seconds)
        return await self._either(lambda counting: counting.hit(window, key))

    async def has_room(self, key: str, limit: int, seconds: int) -> bool:
        """Whether a hit would be allowed now; nothing is counted."""
        window = RateLimitItemPerSecond(limit, seconds)
        return await self._either(lambda counting: counting.test(window, key))

    async def take(self, key: str, limit: int, seconds: int) -> Taken:
        """Count one call in the present window of the clock, which every process sees alike; one round trip."""
        now = time.time()
        number = int(now // seconds)
        reset = max(1, round((number + 1) * seconds - now))
        count = await self._either(lambda counting: counting.storage.incr(f"rate:{key}:{number}", seconds + 1))
        return Taken(count <= limit, limit, max(0, limit - count), reset)

    async def _either(self, count: Callable[[FixedWindowRateLimiter], Awaitable[T]]) -> T:
        if self._shared is not None and time.monotonic() >= self._retry_at:
            try:
                async with patience(ANSWER_SECONDS):
                    return await count(self._shared)
            except Exception:  # whatever the store raises, the limit must go on holding
                self._retry_at = time.monotonic() + _PAUSE_SECONDS
        return await count(self._local)


def _redis_storage(url: str) -> RedisStorage:
    from backend.memory.redis import UNHURRIED  # the client is loaded where there is a server only

    return RedisStorage(f"async+{url}", implementation="redispy", **UNHURRIED)
