"""Answers that any process bought, for all of them; while Redis is away each process has its own alone."""

import json
from typing import Any

import redis.asyncio as redis
import structlog

from backend.domain.outage import Outage
from backend.domain.patience import patience
from backend.memory.base import ANSWER_SECONDS
from backend.memory.redis import UNHURRIED

log = structlog.get_logger()

_PAUSE_SECONDS = 2.0


class RedisAnswers:
    """Sentences by key. Nothing is raised: an answer that cannot be shared is bought again."""

    def __init__(self, url: str) -> None:
        self._client = redis.from_url(url, decode_responses=True, **UNHURRIED)
        self._outage = Outage("redis", _PAUSE_SECONDS)

    async def get(self, key: bytes) -> tuple[str, ...]:
        """The sentences, or nothing."""
        try:
            known = json.loads(await self._asked(self._client.get(_name(key))) or "[]")
        except (ValueError, RecursionError):
            return ()
        whole = isinstance(known, list) and all(isinstance(sentence, str) for sentence in known)
        return tuple(known) if whole else ()

    async def keep(self, key: bytes, sentences: tuple[str, ...], seconds: float) -> None:
        """Share an answer for so long."""
        await self._asked(self._client.set(_name(key), json.dumps(sentences), ex=max(1, round(seconds))))

    async def close(self) -> None:
        """End the connections."""
        await self._client.aclose()

    async def _asked(self, work: Any) -> Any:
        if not self._outage.may_ask():
            work.close()
            return None
        try:
            async with patience(ANSWER_SECONDS):
                found = await work
        except Exception as error:  # whatever Redis raises, a reply must not wait for it
            self._outage.failed()
            log.warning("answers_not_shared", reason=type(error).__name__)
            return None
        self._outage.answered()
        return found


def _name(key: bytes) -> str:
    return f"answer:{key.hex()}"
