"""The promises of a language model, and the ways in which one can fail."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from pydantic import BaseModel

from backend.domain.usage import Purpose

Parsed = TypeVar("Parsed", bound=BaseModel)


class ModelUnavailable(Exception):
    """The model did not answer within its time and retries, or its answer cannot be used."""


class BudgetSpent(ModelUnavailable):
    """Nothing was asked: the shop's, the session's or the day's budget is used up. The text names which."""


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """A function that the model wants called, with arguments as it wrote them."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Step:
    """What the model did next: called functions, or wrote its last text."""

    calls: tuple[FunctionCall, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """A function offered to the model; `parameters` is a JSON schema that strict mode takes."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told: the instructions, and the conversation as (role, text).

    What stays the same from call to call stands first, so that a provider's prompt cache finds it. `steps` are
    earlier steps of this call chain, each with the results of its calls in their order.
    """

    instructions: str
    messages: tuple[tuple[Literal["user", "assistant"], str], ...]
    steps: tuple[tuple[Step, tuple[str, ...]], ...] = ()
    variant: str = ""


class LanguageModel(Protocol):
    """Fills a type, writes text, or takes steps. Every failure is ModelUnavailable."""

    name: str

    @property
    def failed(self) -> bool:
        """Whether the last call brought nothing that can be used; of several models, of any."""
        ...

    async def parse(self, prompt: Prompt, into: type[Parsed], purpose: Purpose = "understand") -> Parsed:
        """One call whose answer is that type, by the provider's structured output."""
        ...

    def write(self, prompt: Prompt, purpose: Purpose = "write") -> AsyncIterator[str]:
        """One streamed call: pieces of text as the model sends them. Raises ModelUnavailable also in the middle,
        when the text was cut off.
        """
        ...

    async def step(self, prompt: Prompt, functions: Sequence[Function]) -> Step:
        """One call that may ask for functions."""
        ...

    def count(self, text: str) -> int:
        """Tokens of a text for the model that reads. At once, by the tokenizer or an estimate that learns."""
        ...

    async def close(self) -> None: ...
