"""How often anyone may call, at the HTTP edge: counted before the work, told in every answer's headers."""

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.api.problems import too_many
from backend.domain.desk import ApiKey
from backend.memory.limiter import Taken
from backend.memory.rates import SECONDS, Rates, Taking, TooManyCalls, of_address, tightest
from backend.tools.api_keys import is_key
from backend.tools.tokens import Bearer, TokenKind

#: Pages, their files and the probes of the operator's own machines are not counted.
_COUNTED = ("/api/", "/v1/")
#: Where the numbers of a call wait for its answer.
_STATE = "taken"


class RatesMiddleware:
    """Counts by address, before anything is parsed; who calls is counted where it is known. Plain ASGI."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_COUNTED):
            await self._app(scope, receive, send)
            return
        rates: Rates = scope["app"].state.container.rates
        state = scope.setdefault("state", {})

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and (taken := state.get(_STATE)) is not None:
                MutableHeaders(scope=message).update(rate_headers(taken))
            await send(message)

        address = scope["client"][0] if scope.get("client") else ""
        try:
            state[_STATE] = await rates.admit(of_address(address, with_key=_has_key(Headers(scope=scope))))
        except TooManyCalls as error:
            state[_STATE] = error.taken
            await too_many(error)(scope, receive, told)
            return
        await self._app(scope, receive, told)


async def admit(connection: HTTPConnection, rates: Rates, *takings: Taking) -> None:
    """Count a call once more, by what is known of it now. Raises TooManyCalls."""
    try:
        taken = await rates.admit(*takings)
    except TooManyCalls as error:
        connection.scope["state"][_STATE] = error.taken
        raise
    if taken is not None:
        before = connection.scope["state"].get(_STATE)
        connection.scope["state"][_STATE] = tightest(taken, before) if before is not None else taken


def of_caller(tenant: str, bearer: Bearer | None, key: ApiKey | None, session_id: str | None) -> tuple[Taking, ...]:
    """The limits that a caller counts against. Whoever has only a session is one conversation."""
    takings = [Taking("tenant", tenant)]
    if key is not None:
        takings.append(Taking("key", f"{tenant}:{key.id}"))
    if bearer is not None:
        kind = "token" if bearer.kind is TokenKind.CUSTOMER else "key"
        takings.append(Taking(kind, f"{tenant}:{bearer.kind.value}:{bearer.subject}"))
    if session_id:
        takings.append(of_session(tenant, session_id))
    return tuple(takings)


def of_session(tenant: str, session_id: str) -> Taking:
    """One conversation of one shop."""
    return Taking("session", f"{tenant}:{session_id}")


def rate_headers(taken: Taken) -> Mapping[str, str]:
    """The fields of draft-ietf-httpapi-ratelimit-headers-06, which clients know best."""
    return {
        "RateLimit-Limit": str(taken.limit),
        "RateLimit-Remaining": str(taken.remaining),
        "RateLimit-Reset": str(taken.reset),
        "RateLimit-Policy": f"{taken.limit};w={SECONDS}",
    }


def _has_key(headers: Headers) -> bool:
    """Whether an API key is shown; what it is worth is found out later."""
    return "x-api-key" in headers or is_key(headers.get("authorization", "").partition(" ")[2].strip())
