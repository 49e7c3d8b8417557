"""Any OpenAI-compatible server as the language model; the only importer of openai."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import openai
from openai.types.chat import ChatCompletionMessageParam
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import OpenedState
from pydantic import ValidationError
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_random_exponential

from backend.llm.base import ModelUnavailable, Parsed, Prompt

_ATTEMPTS = 3
#: After this many failures in a row the model is left alone for so many seconds.
_BREAKER_FAILURES, _BREAKER_SECONDS = 5, 15.0
#: What the API's documentation calls worth repeating: conflicts, timeouts, rate limits, server errors.
_RETRYABLE_STATUS = frozenset({408, 409, 429})


class OpenAIModel:
    """One model on one server. `timeout_seconds` bounds a whole call, retries included."""

    def __init__(self, *, api_key: str, base_url: str, model: str, timeout_seconds: float) -> None:
        self.name = model
        self._timeout = timeout_seconds
        self._client = openai.AsyncOpenAI(
            api_key=api_key, base_url=base_url or None, timeout=timeout_seconds, max_retries=0
        )
        breakers = AsyncCircuitBreakerFactory(default_threshold=_BREAKER_FAILURES, default_ttl=_BREAKER_SECONDS)
        self._breakers = breakers

    async def parse(self, prompt: Prompt, into: type[Parsed]) -> Parsed:
        async with self._guarded():
            answer = await self._retried(
                lambda: self._client.chat.completions.parse(
                    model=self.name, messages=_messages(prompt), response_format=into
                )
            )
            parsed = answer.choices[0].message.parsed if answer.choices else None
            if parsed is None:
                raise ModelUnavailable("the model refused or sent nothing")
            return parsed  # type: ignore[no-any-return]  # the client types it as Any through the lambda

    async def write(self, prompt: Prompt) -> AsyncIterator[str]:
        async with self._guarded():
            stream = await self._retried(
                lambda: self._client.chat.completions.create(model=self.name, messages=_messages(prompt), stream=True)
            )
            async with stream:
                async for chunk in stream:
                    if chunk.choices and (piece := chunk.choices[0].delta.content):
                        yield piece

    async def close(self) -> None:
        await self._client.close()

    @asynccontextmanager
    async def _guarded(self) -> AsyncIterator[None]:
        """One deadline, one breaker, one kind of error for whatever goes wrong inside."""
        try:
            async with asyncio.timeout(self._timeout), await self._breakers.get_breaker("model"):
                yield
        except OpenedState as error:
            raise ModelUnavailable("the model failed repeatedly and is left alone for a while") from error
        except (openai.OpenAIError, ValidationError, ValueError, TimeoutError) as error:
            raise ModelUnavailable(f"{type(error).__name__}: {error}") from error

    async def _retried(self, call: Any) -> Any:
        async for attempt in AsyncRetrying(
            retry=retry_if_exception(_is_retryable), stop=stop_after_attempt(_ATTEMPTS), wait=_wait, reraise=True
        ):
            with attempt:
                return await call()
        raise AssertionError("tenacity either returns or raises")


def _messages(prompt: Prompt) -> list[ChatCompletionMessageParam]:
    system: list[Any] = [{"role": "system", "content": prompt.instructions}]
    return system + [{"role": role, "content": text} for role, text in prompt.messages]


def _is_retryable(error: BaseException) -> bool:
    if isinstance(error, openai.APIStatusError):
        return error.status_code in _RETRYABLE_STATUS or error.status_code >= 500
    return isinstance(error, openai.APIConnectionError) and not isinstance(error, openai.APITimeoutError)


_backoff = wait_random_exponential(multiplier=0.2, max=2.0)


def _wait(state: RetryCallState) -> float:
    """The server's Retry-After where it sends one, else exponential backoff with jitter."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, openai.APIStatusError):
        try:
            return float(error.response.headers.get("retry-after", ""))
        except ValueError:
            pass
    return _backoff(state)
