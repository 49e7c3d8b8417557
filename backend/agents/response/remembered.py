"""Answers that were written before: the same prompt to the same model gets the same sentences.

The prompt holds the passages, so an answer dies with the version of the index that it was written from.
"""

import time
from collections import OrderedDict
from hashlib import blake2b
from typing import Protocol

from backend.llm.base import Prompt

_KEPT = 1000
#: Words may be changed for the better behind the same name of a model.
_SECONDS = 3600.0


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

    async def get(self, key: bytes) -> tuple[str, ...]:
        """The sentences, or nothing."""
        found = self._answers.get(key)
        if found is not None and time.monotonic() - found[0] <= _SECONDS:
            self._answers.move_to_end(key)
            return found[1]
        return await self._shared.get(key) if self._shared is not None else ()

    async def keep(self, key: bytes, sentences: tuple[str, ...]) -> None:
        """Remember an answer that was checked."""
        self._answers[key] = (time.monotonic(), sentences)
        while len(self._answers) > _KEPT:
            self._answers.popitem(last=False)
        if self._shared is not None:
            await self._shared.keep(key, sentences, _SECONDS)
