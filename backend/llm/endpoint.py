"""Posts to a chat completions API and says what may be tried again; the only importer of openai.

Requests go through the HTTP client of that library with its headers and errors, yet are put together here: building
and wrapping them took the library as long as the call itself. Of its two transports aiohttp's reads a stream in half
the time, and finds a connection among a thousand as fast as among ten.
"""

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import httpx2
import openai
from tenacity import RetryCallState, wait_random_exponential

from backend.llm import accounts, wire

_ATTEMPTS = 3
#: A server may ask for patience; longer than this it is not worth a shopper's wait.
_LONGEST_WAIT = 5.0
#: What the API's documentation calls worth repeating: timeouts, conflicts, rate limits, server errors.
_RETRYABLE_STATUS = frozenset({408, 409, 429})
#: How a server says that it does not know or take a parameter.
_REFUSED_STATUS = frozenset({400, 422})
#: What an endpoint raises; `StatusError` is the answer of a server that does not do what it was asked.
FAILURES = (openai.OpenAIError, httpx2.HTTPError, aiohttp.ClientError)
StatusError = openai.APIStatusError


class Endpoint:
    """One server, and so many connections to it."""

    def __init__(self, *, api_key: str, base_url: str, timeout_seconds: float, connections: int) -> None:
        self._http = openai.DefaultAioHttpClient(limits=httpx2.Limits(max_connections=connections))
        client = openai.AsyncOpenAI(api_key=api_key, base_url=_address(base_url), http_client=self._http)
        self._url = client.base_url.join("chat/completions")
        told = {**client.default_headers, **client.auth_headers}
        self._headers = httpx2.Headers({name: value for name, value in told.items() if isinstance(value, str)})
        self._headers.update({"accept-encoding": "gzip, deflate", "connection": "keep-alive"})
        self._within = {"timeout": httpx2.Timeout(timeout_seconds).as_dict()}

    async def post(self, sent: Mapping[str, Any]) -> Any:
        """The answer as JSON, read to its end."""
        response = await self.stream(sent)
        try:
            return json.loads(await response.aread())
        finally:
            await response.aclose()

    async def stream(self, sent: Mapping[str, Any]) -> httpx2.Response:
        """An answer whose body is still to be read and closed. Raises one of FAILURES, StatusError for 4xx and 5xx."""
        content = json.dumps(sent, ensure_ascii=False).encode()
        headers = {**self._headers, "content-length": str(len(content))}
        request = httpx2.Request("POST", self._url, headers=headers, content=content, extensions=dict(self._within))
        try:
            response = await self._http.send(request, stream=True)
        except (httpx2.HTTPError, aiohttp.ClientError) as error:
            # the transport names every lost connection a timeout; what aiohttp raised tells which is one
            if isinstance(error.__cause__, TimeoutError):
                raise openai.APITimeoutError(request) from error
            raise openai.APIConnectionError(request=request) from error
        if response.is_success:
            return response
        try:
            told = (await response.aread()).decode("utf-8", "replace")
        finally:
            await response.aclose()
        raise _refusal(response, told)

    async def close(self) -> None:
        """End its connections."""
        await self._http.aclose()


def _refusal(response: httpx2.Response, told: str) -> StatusError:
    """The error that a server tells, or its text where that is none of the API's form."""
    body: Any = None
    with suppress(ValueError, RecursionError):
        body = json.loads(told)
    error = body.get("error", body) if isinstance(body, dict) else None
    message = error.get("message") if isinstance(error, dict) else told[:300]
    return StatusError(f"Error code: {response.status_code} - {message}", response=response, body=error)


def _address(base_url: str) -> str | None:
    """Where the API lies; people leave out the version as often as not. None is the client's own default."""
    bare = base_url.rstrip("/")
    return f"{bare}/v1" if bare and not urlsplit(bare).path else bare or None


def refused_parameter(error: StatusError, sent: Mapping[str, Any]) -> str | None:
    """The parameter that the server says it does not take, when the call can do without it."""
    if error.status_code not in _REFUSED_STATUS:
        return None
    told = f"{getattr(error, 'param', None) or ''} {error.message}"
    return next((name for name in wire.DROPPABLE if name in sent and name in told), None)


def is_retryable(error: BaseException) -> bool:
    """Whether the same call may succeed in a moment, within the turn's time."""
    if isinstance(error, StatusError):
        again = error.status_code in _RETRYABLE_STATUS or error.status_code >= 500
        again = again and error.code != "insufficient_quota"  # nothing is left to wait for
        return again and _asked_to_wait(error) <= min(_LONGEST_WAIT, accounts.seconds_left(_LONGEST_WAIT))
    return isinstance(error, openai.APIConnectionError) and not isinstance(error, openai.APITimeoutError)


def is_over(state: RetryCallState) -> bool:
    """Whether it was tried often enough."""
    return state.attempt_number >= _ATTEMPTS


_backoff = wait_random_exponential(multiplier=0.2, max=2.0)


def wait(state: RetryCallState) -> float:
    """Seconds: the server's Retry-After where it sends one, else exponential backoff with jitter."""
    error = state.outcome.exception() if state.outcome else None
    return (_asked_to_wait(error) if isinstance(error, StatusError) else 0.0) or _backoff(state)


def _asked_to_wait(error: StatusError) -> float:
    """Seconds of Retry-After, which says them or a date; 0 without one."""
    told = error.response.headers.get("retry-after", "")
    with suppress(ValueError):
        return float(told)
    with suppress(ValueError):
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    return 0.0
