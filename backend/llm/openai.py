"""Any OpenAI-compatible server as the language model; the only importer of openai."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import httpx2
import openai
from pydantic import ValidationError
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential

from backend.domain.usage import Purpose
from backend.llm import accounts, wire
from backend.llm.base import Function, ModelUnavailable, Parsed, Prompt, Step
from backend.llm.breaker import Breakers
from backend.llm.budget import Budget
from backend.llm.clients import Clients
from backend.llm.metering import Call, Meter
from backend.llm.prices import Prices
from backend.llm.tokens import counter_of

_ATTEMPTS = 3
#: A server may ask for patience; longer than this it is not worth a shopper's wait.
_LONGEST_WAIT = 5.0
#: What may come behind a stream's last event: the end of the body, mostly in the same packet.
_GOODBYE_SECONDS = 0.05
#: What the API's documentation calls worth repeating: timeouts, conflicts, rate limits, server errors.
_RETRYABLE_STATUS = frozenset({408, 409, 429})
#: What reading an answer of another form than the API's comes to: wrong types, numbers and nesting without end.
_MALFORMED = (ValueError, TypeError, AttributeError, KeyError, RecursionError, OverflowError)
#: How a server says that it does not know or take a parameter.
_REFUSED_STATUS = frozenset({400, 422})


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
        trusted = httpx2.create_ssl_context()

        def client(most: int) -> openai.AsyncOpenAI:
            return openai.AsyncOpenAI(
                api_key=api_key,
                base_url=_address(base_url),
                timeout=timeout_seconds,
                max_retries=0,
                http_client=openai.DefaultAsyncHttpxClient(
                    limits=httpx2.Limits(max_connections=most, max_keepalive_connections=most), verify=trusted
                ),
            )

        self._clients = Clients(client, connections)

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

        async with self._call(purpose, prompt) as call, self._clients.lent() as client:
            response = await self._bounded(self._retried(call.model, streamed, partial(_opened, client)))
            try:
                async for piece in self._pieces(call, response):
                    call.said.append(piece)
                    yield piece
            finally:
                await response.aclose()

    def count(self, text: str) -> int:
        return counter_of(self._models.get("understand", self.name)).count(text)

    async def close(self) -> None:
        await self._clients.close()

    async def _pieces(self, call: Call, response: Any) -> AsyncIterator[str]:
        """The text of a stream. Raises ModelUnavailable when it breaks, refuses, or ends before its end."""
        came = response.aiter_bytes()
        events, finish = wire.events(came), None
        while (event := await self._bounded(anext(events, None))) is not None:
            if "error" in event:
                raise ModelUnavailable(f"the stream broke: {event['error']}")
            call.usage = wire.usage_of(event) or call.usage
            for choice in event.get("choices") or ():
                delta, finish = choice.get("delta") or {}, choice.get("finish_reason") or finish
                if delta.get("refusal"):
                    raise ModelUnavailable("the model refused")
                if delta.get("content"):
                    yield wire.text_of(delta["content"])
        if finish != "stop":
            raise ModelUnavailable(f"the text was cut off: {finish}")
        with suppress(TimeoutError, httpx2.HTTPError):  # a stream that was read to its end leaves its connection
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
        except (openai.OpenAIError, httpx2.HTTPError, ValidationError, TimeoutError, OSError, *_MALFORMED) as error:
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
            async with self._clients.lent() as client:
                answer = await client.post("/chat/completions", body=sent, cast_to=object)
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
        attempts = AsyncRetrying(retry=retry_if_exception(_is_retryable), stop=_is_over, wait=_wait, reraise=True)
        async for attempt in attempts:
            with attempt:
                while True:
                    sent = build(model)
                    try:
                        return await send(sent)
                    except openai.APIStatusError as error:
                        if not (name := _refused_parameter(error, sent)):
                            raise
                        self._refused[model] = self._refused_by(model) | {name}
        raise AssertionError("tenacity either returns or raises")


async def _opened(client: openai.AsyncOpenAI, sent: dict[str, Any]) -> Any:
    """An open stream of bytes: reading the events ourselves costs a fraction of building the client's types."""
    return await client.post("/chat/completions", body=sent, cast_to=httpx2.Response, stream=True)


def _address(base_url: str) -> str | None:
    """Where the API lies; people leave out the version as often as not. None is the client's own default."""
    bare = base_url.rstrip("/")
    return f"{bare}/v1" if bare and not urlsplit(bare).path else bare or None


def _refused_parameter(error: openai.APIStatusError, sent: Mapping[str, Any]) -> str | None:
    """The parameter that the server says it does not take, when the call can do without it."""
    if error.status_code not in _REFUSED_STATUS:
        return None
    told = f"{getattr(error, 'param', None) or ''} {error.message}"
    return next((name for name in wire.DROPPABLE if name in sent and name in told), None)


def _is_retryable(error: BaseException) -> bool:
    if isinstance(error, openai.APIStatusError):
        again = error.status_code in _RETRYABLE_STATUS or error.status_code >= 500
        again = again and error.code != "insufficient_quota"  # nothing is left to wait for
        return again and _asked_to_wait(error) <= min(_LONGEST_WAIT, accounts.seconds_left(_LONGEST_WAIT))
    return isinstance(error, openai.APIConnectionError) and not isinstance(error, openai.APITimeoutError)


def _is_over(state: RetryCallState) -> bool:
    return state.attempt_number >= _ATTEMPTS


_backoff = wait_random_exponential(multiplier=0.2, max=2.0)


def _wait(state: RetryCallState) -> float:
    """The server's Retry-After where it sends one, else exponential backoff with jitter."""
    error = state.outcome.exception() if state.outcome else None
    return (_asked_to_wait(error) if isinstance(error, openai.APIStatusError) else 0.0) or _backoff(state)


def _asked_to_wait(error: openai.APIStatusError) -> float:
    """Seconds of Retry-After, which says them or a date; 0 without one."""
    told = error.response.headers.get("retry-after", "")
    with suppress(ValueError):
        return float(told)
    with suppress(ValueError):
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    return 0.0
