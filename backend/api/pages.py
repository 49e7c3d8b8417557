"""Serves the built pages with strict headers; what is not there is a JSON 404 under /api and a page elsewhere."""

import base64
import hashlib
import re
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.types import Scope

from backend.api.problems import problem

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


class Pages(StaticFiles):
    """Static files: built assets never change under their name, pages always may."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        fixed = path.startswith("_next/static/")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fixed else "no-cache"
        return response


def script_hashes(folder: Path) -> tuple[str, ...]:
    """CSP sources for every inline script of the built pages."""
    found = set()
    for page in folder.rglob("*.html"):
        for script in _INLINE.findall(page.read_text(encoding="utf-8")):
            digest = hashlib.sha256(script.encode()).digest()
            found.add(f"'sha256-{base64.b64encode(digest).decode()}'")
    return tuple(sorted(found))


def content_policy(folder: Path, *, frames: str = "'none'") -> str:
    """A policy under which nothing runs or loads but what the build made."""
    scripts = " ".join(("'self'", *script_hashes(folder)))
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        f"font-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors {frames}; base-uri 'self'; "
        "form-action 'self'; object-src 'none'"
    )


def add_pages(app: FastAPI, folder: Path) -> None:
    """Mounted last: everything that no route took."""

    @app.api_route("/api/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    async def unknown(rest: str) -> JSONResponse:
        return problem(404, "Not found", f"There is no /api/{rest}. See /docs.", code="not_found")

    if not (folder / "index.html").is_file():
        return
    policy, embedded = content_policy(folder, frames="'self'"), content_policy(folder, frames="*")

    @app.middleware("http")
    async def headers(request: Request, call_next):  # type: ignore[no-untyped-def]
        response = await call_next(request)
        if response.headers.get("content-type", "").startswith("text/html") and request.url.path != "/docs":
            frame = request.url.path.startswith("/embed")
            response.headers["Content-Security-Policy"] = embedded if frame else policy
        return response

    app.mount("/", Pages(directory=folder, html=True), name="pages")
    not_found = folder / "404.html"

    async def missing(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 404 and "text/html" in request.headers.get("accept", "") and not_found.is_file():
            return FileResponse(not_found, status_code=404)
        return problem(error.status_code, str(error.detail), str(error.detail), code="http_error")

    app.add_exception_handler(HTTPException, missing)
