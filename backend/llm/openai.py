"""Any OpenAI-compatible server as the language model."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from pydantic import ValidationError
from tenacity import AsyncRetrying, retry_if_exception

from backend.domain.usage import Purpose
from backend.llm import accounts, wire
from backend.llm.base import Function, ModelUnavailable, Parsed, Prompt, Step
from backend.llm.breaker import Breakers
from backend.llm.budget import Budget
from backend.llm.endpoint import FAILURES, Endpoint, StatusError, is_over, is_retryable, refused_parameter, wait
from backend.llm.metering import Call, Meter
from backend.llm.prices import Prices
from backend.llm.tokens import counter_of

#: What may come behind a stream's last event: the end of the body, mostly in the same packet.
_GOODBYE_SECONDS = 0.05
#: What reading an answer of another form than the API's comes to: wrong types, numbers and nesting without end.
_MALFORMED = (ValueError, TypeError, AttributeError, KeyError, RecursionError, OverflowError)


class OpenAIModel:
    """One server, a model per purpose. `timeout_seconds` bounds the wait for an answer, or for the next piece of a
    stream, retries included; the turn's account bounds everything.
    """

    def __init__(
        self,
        *,
        api_key: str,
        base_url: str,
        models: Mapping[Purpose, str],
        timeout_seconds: float,
        budget: Budget | None = None,
        breakers: Breakers | None = None,
        prices: Prices | None = None,
        hedge_seconds: float = 0.0,
        connections: int = 1000,
    ) -> None:
        self.name = models["write"]
        self._models = dict(models)
        self._timeout = timeout_seconds
        self._hedge = hedge_seconds
        self._budget = budget
        self._breakers = breakers or Breakers()
        self.outage = self._breakers.outage
        self._meter = Meter(prices or Prices(), budget)
        self._refused: dict[str, frozenset[str]] = {}
        self._endpoint = Endpoint(
            api_key=api_key, base_url=base_url, timeout_seconds=timeout_seconds, connections=connections
        )

    @property
    def failed(self) -> bool:
        return bool(self._breakers.failing)

    async def parse(self, prompt: Prompt, into: type[Parsed], purpose: Purpose = "understand") -> Parsed:
        def typed(model: str) -> dict[str, Any]:
            refused = self._refused_by(model)
            return wire.typed(wire.body(model, prompt, purpose, refused), into, refused)

        async with self._call(purpose, prompt) as call:
            answer = await self._hedged(lambda: self._whole(call.model, typed))
            call.usage = wire.usage_of(answer)
            text = str(wire.message_of(answer).get("content") or "")
            return into.model_validate_json(wire.json_in(text))

    async def step(self, prompt: Prompt, functions: Sequence[Function]) -> Step:
        def offered(model: str) -> dict[str, Any]:
            refused = self._refused_by(model)
            return wire.with_functions(wire.body(model, prompt, "choose", refused), functions, refused)

        async with self._call("choose", prompt) as call:
            answer = await self._whole(call.model, offered)
            call.usage = wire.usage_of(answer)
            return wire.step_of(wire.message_of(answer))

    async def write(self, prompt: Prompt, purpose: Purpose = "write") -> AsyncIterator[str]:
        def streamed(model: str) -> dict[str, Any]:
            refused = self._refused_by(model)
            return wire.streamed(wire.body(model, prompt, purpose, refused), refused)

        async with self._call(purpose, prompt) as call:
            response = await self._bounded(self._retried(call.model, streamed, self._endpoint.stream))
            try:
                async for piece in self._pieces(call, response):
                    call.said.append(piece)
                    yield piece
            finally:
                await response.aclose()

    def count(self, text: str) -> int:
        return counter_of(self._models.get("understand", self.name)).count(text)

    async def close(self) -> None:
        await self._endpoint.close()

    async def _pieces(self, call: Call, response: Any) -> AsyncIterator[str]:
        """The text of a stream. Raises ModelUnavailable when it breaks, refuses, or ends before its end."""
        came = response.aiter_bytes() if "content-encoding" in response.headers else response.aiter_raw()
        told = wire.Told()
        while not told.ended and (piece := await self._bounded(anext(came, None))) is not None:
            if text := told.more(piece):
                yield text
            call.usage = told.usage
        if told.finish != "stop":
            raise ModelUnavailable(f"the text was cut off: {told.finish}")
        with suppress(TimeoutError, *FAILURES):  # a stream that was read to its end leaves its connection
            async with asyncio.timeout(_GOODBYE_SECONDS):
                async for _ in came:
                    pass

    @asynccontextmanager
    async def _call(self, purpose: Purpose, prompt: Prompt) -> AsyncIterator[Call]:
        """One budget, one breaker, one kind of error for whatever goes wrong inside, and one row for the books."""
        account = accounts.current()
        if account is not None:
            account.begun += 1
            if self._budget is not None:
                await self._budget.check(account)
        call = Call(self._models.get(purpose, self.name), purpose, prompt)
        try:
            async with self._breakers.guard(call.model):
                yield call
        except (*FAILURES, ValidationError, TimeoutError, OSError, *_MALFORMED) as error:
            call.outcome = type(error).__name__
            raise ModelUnavailable(f"{type(error).__name__}: {str(error)[:300]}") from error
        except ModelUnavailable:
            call.outcome = "unusable"
            raise
        finally:
            self._meter.book(call, account)

    async def _bounded(self, work: Any) -> Any:
        async with asyncio.timeout(max(0.0, accounts.seconds_left(self._timeout))):
            return await work

    async def _whole(self, model: str, build: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
        async def send(sent: dict[str, Any]) -> dict[str, Any]:
            answer = await self._endpoint.post(sent)
            if not isinstance(answer, dict):
                raise ModelUnavailable("the answer is no JSON object")
            return answer

        return dict(await self._bounded(self._retried(model, build, send)))

    async def _hedged(self, ask: Callable[[], Any]) -> dict[str, Any]:
        """A second call beside one that is slow, where that is wanted; the first answer counts."""
        if not self._hedge:
            return dict(await ask())
        calls = {asyncio.ensure_future(ask())}
        done, waiting = await asyncio.wait(calls, timeout=self._hedge)
        if not done:
            waiting = calls = calls | {asyncio.ensure_future(ask())}
        try:
            while waiting and not any(call.exception() is None for call in done):
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            answered = [call for call in done if call.exception() is None]
            return dict((answered or list(done))[0].result())
        finally:
            for call in calls:
                call.cancel()

    def _refused_by(self, model: str) -> frozenset[str]:
        return self._refused.get(model, frozenset())

    async def _retried(self, model: str, build: Callable[[str], dict[str, Any]], send: Callable[..., Any]) -> Any:
        attempts = AsyncRetrying(retry=retry_if_exception(is_retryable), stop=is_over, wait=wait, reraise=True)
        async for attempt in attempts:
            with attempt:
                while True:
                    sent = build(model)
                    try:
                        return await send(sent)
                    except StatusError as error:
                        if not (name := refused_parameter(error, sent)):
                            raise
                        self._refused[model] = self._refused_by(model) | {name}
        raise AssertionError("tenacity either returns or raises")
