"""/docs: the description of every route to read and to try, with files of this server alone."""

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

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
