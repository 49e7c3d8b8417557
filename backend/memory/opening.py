"""Which memory a process remembers conversations in."""

from backend.memory.base import SessionMemory
from backend.memory.fallback import FallbackMemory
from backend.memory.in_process import InProcessMemory
from backend.memory.redis import RedisMemory


def open_memory(redis_url: str, ttl_seconds: int) -> SessionMemory:
    """Redis with the process's own memory behind it, or without a URL that memory alone."""
    local = InProcessMemory(ttl_seconds)
    return FallbackMemory(RedisMemory(redis_url, ttl_seconds), local) if redis_url else local
