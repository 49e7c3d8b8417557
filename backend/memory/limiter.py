"""How often anyone may ask: fixed windows, counted in process or in Redis by the `limits` library."""

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter


class Limiter:
    """Counts hits by key. Without Redis each process counts for itself."""

    def __init__(self, redis_url: str = "") -> None:
        self._local = FixedWindowRateLimiter(MemoryStorage())
        self._shared = FixedWindowRateLimiter(_redis_storage(redis_url)) if redis_url else None

    async def hit(self, key: str, limit: int, seconds: int) -> bool:
        """Count one hit; False when more than `limit` fell into the present window of `seconds`."""
        window = RateLimitItemPerSecond(limit, seconds)
        if self._shared is not None:
            try:
                return await self._shared.hit(window, key)
            except Exception:  # whatever the store raises, the limit must go on holding
                return await self._local.hit(window, key)
        return await self._local.hit(window, key)

    async def has_room(self, key: str, limit: int, seconds: int) -> bool:
        """Whether a hit would be allowed now; nothing is counted."""
        window = RateLimitItemPerSecond(limit, seconds)
        if self._shared is not None:
            try:
                return await self._shared.test(window, key)
            except Exception:  # as above
                return await self._local.test(window, key)
        return await self._local.test(window, key)


def _redis_storage(url: str) -> RedisStorage:
    return RedisStorage(f"async+{url}", implementation="redispy", socket_timeout=0.2, socket_connect_timeout=0.2)
