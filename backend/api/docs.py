"""/docs: the description of every route to read and to try, with files of this server alone."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from backend.api.problems import PROBLEM

_FILES = ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png")
#: Swagger UI sets styles of its own and draws its icons from data: addresses; scripts are files of ours only.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="icon" href="{root}/docs/files/favicon.png"><link rel="stylesheet" href="{root}/docs/files/swagger-ui.css">
</head><body><div id="swagger-ui"></div>
<script src="{root}/docs/files/swagger-ui-bundle.js"></script><script src="{root}/docs/start.js"></script>
</body></html>"""
_START = """SwaggerUIBundle({
  url: new URL("../openapi.json", document.currentScript.src).href,
  dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null, persistAuthorization: false,
});"""

ABOUT = """
**Which shop.** A token or an API key belongs to one shop; else the host name (`TENANT_HOSTS`), else the header
`X-Tenant: <slug>`, else `DEFAULT_TENANT`.

**Who calls.** Chat, catalogue and knowledge need nobody. Staff sign in with `POST /api/auth/login`; for scripts
`make token ROLE=admin TENANT=slug` prints a token of an hour. Integrations get a key with scopes from
`POST /api/staff/keys`. A customer's records need the customer beside the key: a customer token in `X-Customer-Token`,
a session in `X-Session` that proved itself (`/api/auth/guest`, `/api/auth/code`), or a sign-in.

**Customer tokens.** The shop's own server says who its visitor is: a JWT, HS256, signed with the secret that
`make secret TENANT=slug` prints, with the claims `email` (of a customer the shop has loaded) and `exp`, at most ten
minutes ahead. The widget takes it as `data-user-token` or `SupportChat.user(token)`.

**The widget.** `<script src="https://HOST/widget.js" data-tenant="slug" defer></script>`; its other attributes and
its calls stand at the top of `widget.js`. Any site may show it until `allowed_domains` names some
(`PUT /api/staff/settings`, at the desk under Settings); scripts of named sites alone may call the API.

**Conversations.** `POST /api/chat` answers with a `session_id`; send it with the next message. It changes when
somebody signs in: go on with the one of the latest reply.

**Writes.** Nothing is written before it was confirmed. A write answers 202 with the pending action, and
`POST /api/actions/{id}/confirm` with an `Idempotency-Key` carries it out, once; in the chat it is
`{"decision": {"action_id": …, "accept": true}}`.

**Webhooks.** `POST /api/staff/webhooks` with a `url` and `kinds`: `order.*`, `refund.*`, `return.*`, `exchange.*`,
`customer.*`, `complaint.*`, `handoff.*`, `enquiry.*`, or none for all. A call carries `X-Webhook-Id` (the same when
it is sent again, so drop doubles by it), `X-Webhook-Event`, and `X-Webhook-Signature: t=<unix seconds>,v1=<hex>`,
HMAC-SHA256 with the subscription's secret over `<t>.<body>`. Anything but 2xx within ten seconds is tried
again for a day and a half. Events may overtake each other: order them by `created_at`.

**Money** is integer cents with a currency, **times** are UTC, **errors** are problem documents (RFC 9457).
"""
_SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "a token of staff or of a customer, or an API key"},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "an API key, sk-…"},
    "customer": {"type": "apiKey", "in": "header", "name": "X-Customer-Token", "description": "signed by the shop"},
    "shop": {"type": "apiKey", "in": "header", "name": "X-Tenant", "description": "slug of the shop, without a token"},
}


class DescribedApp(FastAPI):
    """FastAPI whose description says how to show who calls: a form in /docs, which sends no Authorization without."""

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        if self.openapi_schema is None:
            told = super().openapi()
            told["components"]["schemas"]["Problem"] = PROBLEM
            told["components"]["securitySchemes"] = _SCHEMES
            told["security"] = [{}, *({name: []} for name in _SCHEMES)]
        return self.openapi_schema or {}


def add_docs(app: FastAPI) -> None:
    """The page, its two scripts, its style and its icon. The package that brings them is read when it is asked for."""

    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        page = _PAGE.format(title=app.title, root=request.scope.get("root_path", ""))
        return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})

    @app.get("/docs/start.js", include_in_schema=False)
    async def start() -> Response:
        return Response(_START, media_type="text/javascript")

    @app.get("/docs/files/{name}", include_in_schema=False)
    async def file(name: str) -> Response:
        if name not in _FILES:
            return Response(status_code=404)
        return FileResponse(Path(str(files("fastapi_offline"))) / "static" / name)
