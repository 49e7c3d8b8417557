"""Answers that were written before: the same prompt to the same model gets the same sentences.

The prompt holds the passages, so an answer dies with the version of the index that it was written from.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from hashlib import blake2b
from typing import Protocol

from backend.llm import accounts
from backend.llm.base import Prompt

_KEPT = 1000
#: Words may be changed for the better behind the same name of a model.
_SECONDS = 3600.0
#: How long an answer that somebody else is buying is waited for; then it is bought again.
_PATIENCE = 6.0


class SharedAnswers(Protocol):
    """Answers of all processes. It never raises, and forgets by itself."""

    async def get(self, key: bytes) -> tuple[str, ...]: ...

    async def keep(self, key: bytes, sentences: tuple[str, ...], seconds: float) -> None: ...


def key_of(tenant: str, model: str, prompt: Prompt) -> bytes:
    """Names what was asked of whom, for which shop."""
    asked = "\0".join((tenant, model, prompt.variant, prompt.instructions, *(text for _, text in prompt.messages)))
    return blake2b(asked.encode(), digest_size=16).digest()


class Remembered:
    """Sentences by what was asked, the least used forgotten first; `shared` knows those that other processes bought."""

    def __init__(self, shared: SharedAnswers | None = None) -> None:
        self._shared = shared
        self._answers: OrderedDict[bytes, tuple[float, tuple[str, ...]]] = OrderedDict()
        self._buying: dict[bytes, asyncio.Event] = {}

    async def get(self, key: bytes) -> tuple[str, ...]:
        """The sentences, or nothing."""
        found = self._answers.get(key)
        if found is not None and time.monotonic() - found[0] <= _SECONDS:
            self._answers.move_to_end(key)
            return found[1]
        return await self._shared.get(key) if self._shared is not None else ()

    @asynccontextmanager
    async def alone(self, key: bytes | None) -> AsyncIterator[None]:
        """Of those who ask the same at one moment in this process the first goes on, the others once it is through:
        what it bought is theirs too, and when it bought nothing they do without waiting for each other.
        """
        if key is None:
            yield
        elif (first := self._buying.get(key)) is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(accounts.seconds_left(_PATIENCE)):
                    await first.wait()
            yield
        else:
            through = self._buying[key] = asyncio.Event()
            try:
                yield
            finally:
                del self._buying[key]
                through.set()

    async def keep(self, key: bytes, sentences: tuple[str, ...]) -> None:
        """Remember an answer that was checked."""
        self._answers[key] = (time.monotonic(), sentences)
        while len(self._answers) > _KEPT:
            self._answers.popitem(last=False)
        if self._shared is not None:
            await self._shared.keep(key, sentences, _SECONDS)
