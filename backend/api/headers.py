"""Headers for every answer: what a browser may do with it, and which other sites' scripts may read it."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.container import Container
from backend.tools.tenants import matches

_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # what is no page runs, loads and is framed nowhere; pages bring a policy of their own
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}
#: A year, as the preload lists of browsers ask for.
_HSTS = "max-age=31536000; includeSubDomains"
_API = ("/api/", "/v1/")
#: Shops' own pages load this one from their sites.
_WIDGET = "/widget.js"
#: Of old browsers; newer ones go by frame-ancestors, which knows more than one site.
_MAY_BE_FRAMED = re.compile(r"^/embed(/|$)")

_METHODS = "GET, POST, PUT, PATCH, DELETE"
_SENT = "authorization, content-type, idempotency-key, last-event-id, x-api-key, x-customer-token, x-session, x-tenant"
_READ = "retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset, x-vercel-ai-ui-message-stream"
_REMEMBERED_SECONDS = "600"


class HeadersMiddleware:
    """Plain ASGI, the outermost, so that refusals carry the headers too. `secure`: the shop is reached by https."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._always = {**_SAFE, **({"Strict-Transport-Security": _HSTS} if secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, asked = scope["path"], Headers(scope=scope)
        origin = asked.get("origin") if path.startswith(_API) else None

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # a browser that keeps the page keeps its headers; what comes with "not modified" would replace them
                always = {} if message["status"] == 304 else _for_path(path, self._always)
                for name, value in always.items():
                    headers.setdefault(name, value)
                if origin is not None:
                    headers.add_vary_header("Origin")
                    if await _may_read(scope, origin):
                        headers["Access-Control-Allow-Origin"] = origin
                        headers["Access-Control-Expose-Headers"] = _READ
            await send(message)

        if origin is not None and scope["method"] == "OPTIONS" and "access-control-request-method" in asked:
            await (await _announced(scope, origin))(scope, receive, safely)
            return
        await self._app(scope, receive, safely)


def _for_path(path: str, always: dict[str, str]) -> dict[str, str]:
    more = {"Cross-Origin-Resource-Policy": "cross-origin" if path == _WIDGET else "same-origin"}
    if not _MAY_BE_FRAMED.match(path):
        more["X-Frame-Options"] = "SAMEORIGIN"
    if path.startswith(_API):
        more["Cache-Control"] = "no-store"  # answers are about somebody
    return always | more


async def _announced(scope: Scope, origin: str) -> Response:
    """The answer to a browser that asks before it calls. Which shop the call is for it does not say yet."""
    container: Container = scope["app"].state.container
    if not await container.tenants.welcomes(origin):
        return Response(status_code=403, headers={"Vary": "Origin"})
    allowed = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": _SENT,
        "Access-Control-Max-Age": _REMEMBERED_SECONDS,
    }
    return Response(status_code=204, headers=allowed)


async def _may_read(scope: Scope, origin: str) -> bool:
    """Whether the call's own shop named the site. No cookie is ever sent along, so nothing else is let in."""
    tenant = scope.get("state", {}).get("tenant")
    container: Container = scope["app"].state.container
    return tenant is not None and matches(origin, await container.tenants.sites(tenant))
