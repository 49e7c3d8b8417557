"""Serves the built pages with strict headers; what is not there is a JSON 404 under /api and a page elsewhere."""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.types import Scope

from backend.api.problems import http_problem, methods_of, problem
from backend.container import Container
from backend.domain.errors import EngineUnavailable

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


class Pages(StaticFiles):
    """Static files: built assets never change under their name, pages always may. A page brings its own policy."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        fixed = path.startswith("_next/static/")
        if isinstance(response, RedirectResponse):  # here, by whatever name and scheme it was called
            place = urlsplit(response.headers["Location"])
            response.headers["Location"] = "/" + place._replace(scheme="", netloc="").geturl().lstrip("/")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fixed else "no-cache"
        if isinstance(response, FileResponse) and str(response.path).endswith(".html"):
            page = Path(response.path)
            changed = response.stat_result.st_mtime_ns if response.stat_result else 0
            frames = await _frames(scope) if path.startswith("embed") else "'self'"
            response.headers["Content-Security-Policy"] = content_policy(page, changed, frames)
        return response


async def _frames(scope: Scope) -> str:
    """The sites that may show the chat of the shop which the page is for; any site where the shop names none."""
    request = Request(scope)
    container: Container = request.app.state.container
    host = request.headers.get("host", "")
    tenant = container.tenants.by_host(host) or request.query_params.get("tenant")
    tenant = tenant or container.settings.default_tenant
    try:
        known = await container.tenants.knows(tenant)
    except EngineUnavailable:
        known = False
    if not known:
        return "'self'"
    allowed = (await container.shop_desk.recent_settings(tenant)).allowed_domains
    return " ".join(("'self'", *allowed)) if allowed else "*"


@lru_cache(maxsize=256)
def content_policy(page: Path, changed: int, frames: str) -> str:
    """A policy under which nothing runs or loads but what the build made; `changed` is the file's time, so that a
    new build gets a new policy.
    """
    scripts = " ".join(("'self'", *_script_hashes(page)))
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        f"font-src 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors {frames}; base-uri 'self'; "
        "form-action 'self'; object-src 'none'"
    )


def _script_hashes(page: Path) -> tuple[str, ...]:
    """CSP sources for every inline script of a built page."""
    found = set()
    for script in _INLINE.findall(page.read_text(encoding="utf-8")):
        digest = hashlib.sha256(script.encode()).digest()
        found.add(f"'sha256-{base64.b64encode(digest).decode()}'")
    return tuple(sorted(found))


def add_pages(app: FastAPI, folder: Path) -> None:
    """Mounted last: everything that no route took."""

    @app.api_route("/api/{rest:path}", methods=[*_METHODS], include_in_schema=False)
    async def unknown(request: Request, rest: str) -> JSONResponse:
        if methods_of(app.routes, f"/api/{rest}"):
            raise HTTPException(405)
        return problem(404, "Not found", f"There is no /api/{rest}. See /docs.", code="not_found")

    if not (folder / "index.html").is_file():
        return
    app.mount("/", Pages(directory=folder, html=True), name="pages")
    not_found = folder / "404.html"

    async def missing(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 404 and "text/html" in request.headers.get("accept", "") and not_found.is_file():
            return FileResponse(not_found, status_code=404)
        return http_problem(request, error)

    app.add_exception_handler(HTTPException, missing)
