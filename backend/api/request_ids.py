"""Every call has an id: the caller's own or a new one. It is answered as X-Request-Id and stands in each log line.

Responses are counted here too, because nothing lies further out.
"""

import re
import secrets
from typing import Final

import structlog
from prometheus_client import Counter
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()
_RESPONSES = Counter("http_responses", "Responses by status", ("status",))

#: What may be taken over from outside: nothing that could forge a line of the log.
_WELCOME: Final = re.compile(r"[A-Za-z0-9_.:-]{8,64}")


class RequestIdMiddleware:
    """The outermost one, so that what the others log carries the id too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _WELCOME.fullmatch(given) else secrets.token_hex(8)

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
                _RESPONSES.labels(message["status"]).inc()
                if message["status"] >= 500:
                    log.warning("failed_response", status=message["status"], method=scope["method"], path=scope["path"])
            await send(message)

        structlog.contextvars.clear_contextvars()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self._app(scope, receive, named)
