"""Every error leaves as an RFC 9457 problem document that says what is wrong and the way out."""

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from backend.domain.errors import EngineUnavailable, NotEligible, NotSignedIn, ShopError, TooManyAttempts

log = structlog.get_logger()
_MEDIA_TYPE = "application/problem+json"
_RETRY_SECONDS = "2"


def problem(
    status: int, title: str, detail: str, *, code: str, headers: dict[str, str] | None = None, **more: Any
) -> JSONResponse:
    """A problem document; `more` are its extension members."""
    body = {"type": f"urn:problem:{code}", "title": title, "status": status, "detail": detail, "code": code, **more}
    return JSONResponse(body, status, headers, _MEDIA_TYPE)


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
    if isinstance(error, EngineUnavailable | TooManyAttempts):
        headers["Retry-After"] = _RETRY_SECONDS
    if isinstance(error, NotSignedIn):
        headers["WWW-Authenticate"] = "Bearer"
    return problem(error.status, error.title, error.detail, code=error.code, headers=headers, **more)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = [{"field": _field(e["loc"]), "message": e["msg"]} for e in error.errors()]
    first = errors[0] if errors else {"field": "body", "message": "is not valid"}
    detail = f"{first['field']}: {first['message']}"
    return problem(422, "A field is not valid", detail, code="invalid_input", field=first["field"], errors=errors)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return problem(
        error.status_code, str(error.detail), str(error.detail), code="http_error", headers=dict(error.headers or {})
    )


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("unexpected_error", path=request.url.path, exc_info=error)
    return problem(
        500, "Something went wrong on our side", "The error was logged. Please try again.", code="unexpected"
    )


def _field(location: tuple[int | str, ...]) -> str:
    parts = [str(part) for part in location if part not in ("body", "query", "path", "header")]
    return ".".join(parts) or str(location[0] if location else "body")
