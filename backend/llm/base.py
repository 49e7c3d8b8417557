"""The promises of a language model, and the ways in which one can fail."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from pydantic import BaseModel

Parsed = TypeVar("Parsed", bound=BaseModel)


class ModelUnavailable(Exception):
    """The model did not answer within its time and retries, or its answer cannot be used."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told: the instructions, and the conversation as (role, text)."""

    instructions: str
    messages: tuple[tuple[Literal["user", "assistant"], str], ...]


class LanguageModel(Protocol):
    """Fills a type, or writes text. Every failure is ModelUnavailable."""

    name: str

    async def parse(self, prompt: Prompt, into: type[Parsed]) -> Parsed:
        """One call whose answer is that type, by the provider's structured output."""
        ...

    def write(self, prompt: Prompt) -> AsyncIterator[str]:
        """One streamed call: pieces of text as the model sends them."""
        ...

    async def close(self) -> None: ...
