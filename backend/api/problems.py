"""Every error leaves as an RFC 9457 problem document that says what is wrong and the way out."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, compile_path

from backend.domain.errors import EngineUnavailable, NotEligible, NotSignedIn, ShopError, TooManyAttempts

log = structlog.get_logger()
_MEDIA_TYPE = "application/problem+json"
_RETRY_SECONDS = "2"

#: What an error looks like; `DescribedApp` puts it among the schemas, once.
PROBLEM = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what is wrong and the way out"},
        "code": {"type": "string", "description": "stable name of the kind of problem"},
        "field": {"type": "string", "description": "the field, header or parameter that is wrong"},
    },
}
#: What every operation may answer instead, for the OpenAPI document.
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": description, "content": {_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status, description in {
        "4XX": "A problem document: what is wrong with the call",
        "503": "A problem document: the records are away; Retry-After says when to try again",
    }.items()
}


def problem(
    status: int, title: str, detail: str, *, code: str, headers: dict[str, str] | None = None, **more: Any
) -> JSONResponse:
    """A problem document; `more` are its extension members."""
    body = {"type": f"urn:problem:{code}", "title": title, "status": status, "detail": detail, "code": code, **more}
    return JSONResponse(body, status, headers, _MEDIA_TYPE)


def too_many(error: TooManyAttempts) -> JSONResponse:
    """What is said to whoever calls too often."""
    headers = {"Retry-After": str(error.seconds)}
    return problem(error.status, error.title, error.detail, code=error.code, headers=headers)


def add_problem_handlers(app: FastAPI) -> None:
    """One handler per family of errors."""
    app.add_exception_handler(ShopError, _shop_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _shop_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ShopError)
    more: dict[str, Any] = {}
    headers: dict[str, str] = {}
    if error.field:
        more["field"] = error.field
    if isinstance(error, NotEligible):
        more["rule"] = error.rule
    if isinstance(error, EngineUnavailable):
        headers["Retry-After"] = _RETRY_SECONDS
    if isinstance(error, TooManyAttempts):
        headers["Retry-After"] = str(error.seconds)
    if isinstance(error, NotSignedIn):
        headers["WWW-Authenticate"] = "Bearer"
    return problem(error.status, error.title, error.detail, code=error.code, headers=headers, **more)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = [wrong_in(e, request) for e in error.errors()]
    first = errors[0] if errors else {"field": "body", "message": "is not valid"}
    detail = f"{first['field']}: {first['message']}"
    return problem(422, "A field is not valid", detail, code="invalid_input", field=first["field"], errors=errors)


def wrong_in(error: Mapping[str, Any], request: Request) -> dict[str, str]:
    """Which field is wrong and how; a body that cannot be read at all has none."""
    if error["type"] == "json_invalid":
        why = error.get("ctx", {}).get("error", "it breaks off")
        return {"field": "body", "message": f"this is not JSON ({why}, at character {error['loc'][-1]})"}
    content_type = request.headers.get("content-type", "")
    if tuple(error["loc"]) == ("body",) and isinstance(error.get("input"), bytes) and "json" not in content_type:
        return {"field": "body", "message": "send JSON with the header content-type: application/json"}
    return {"field": _field(error["loc"]), "message": str(error["msg"]).removeprefix("Value error, ")}


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return http_problem(request, error)


def http_problem(request: Request, error: HTTPException) -> JSONResponse:
    """What the framework refuses; a method that a path does not take names those that it does."""
    headers = dict(error.headers or {})
    if error.status_code == 405 and "Allow" not in headers:
        headers["Allow"] = ", ".join(methods_of(request.app.routes, request.url.path)) or "GET, HEAD"
    return problem(error.status_code, str(error.detail), str(error.detail), code="http_error", headers=headers)


def methods_of(routes: Sequence[BaseRoute], path: str) -> tuple[str, ...]:
    """The methods that the first route at this path and its like take, the catch-all apart."""
    known = [(r.path, r.methods) for r in iter_route_contexts(routes) if r.path and r.methods]
    own = next((p for p, _ in known if "{rest:path}" not in p and compile_path(p)[0].match(path)), None)
    return tuple(sorted({method for p, methods in known if p == own for method in methods}))


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("unexpected_error", path=request.url.path, exc_info=error)
    return problem(
        500, "Something went wrong on our side", "The error was logged. Please try again.", code="unexpected"
    )


def _field(location: tuple[int | str, ...]) -> str:
    parts = [str(part) for part in location if part not in ("body", "query", "path", "header")]
    return ".".join(parts) or str(location[0] if location else "body")
