"""Which memory a process remembers conversations in."""

from typing import TYPE_CHECKING

from backend.memory.base import SessionMemory
from backend.memory.fallback import FallbackMemory
from backend.memory.in_process import InProcessMemory
from backend.memory.live import Hub, Live

if TYPE_CHECKING:  # the client is loaded where there is a server only
    from backend.memory.redis_answers import RedisAnswers

#: Sessions that a process keeps beside Redis: those that may go on while it is away.
_STAND_IN = 5_000


def open_memory(redis_url: str, ttl_seconds: int) -> SessionMemory:
    """Redis with the process's own memory behind it, or without a URL that memory alone."""
    if not redis_url:
        return InProcessMemory(ttl_seconds)
    from backend.memory.redis import RedisMemory

    return FallbackMemory(RedisMemory(redis_url, ttl_seconds), InProcessMemory(ttl_seconds, capacity=_STAND_IN))


def open_live(redis_url: str) -> Live:
    """Live events through Redis, or without a URL within this process."""
    if not redis_url:
        return Hub()
    from backend.memory.redis_live import RedisLive

    return RedisLive(redis_url)


def open_answers(redis_url: str) -> "RedisAnswers | None":
    """What all processes know of answers, or without a URL nothing: each has its own."""
    if not redis_url:
        return None
    from backend.memory.redis_answers import RedisAnswers

    return RedisAnswers(redis_url)
