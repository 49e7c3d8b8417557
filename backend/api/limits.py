"""The size of a call's body, kept to before anything reads it."""

import re

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.api.heap import Returning
from backend.api.problems import problem

#: Uploads have a limit of their own at their endpoint.
_UPLOADS = re.compile(r"^/api/(?P<knowledge>knowledge)(/documents/[^/]+)?$|^/api/complaints/[^/]+/attachments$")
_MOST_UPLOAD_BYTES = 25_000_000
#: A file of five megabytes with what a form puts around it.
_MOST_ATTACHMENT_BYTES = 5_100_000


class BodyMiddleware:
    """Plain ASGI, so that it neither buffers streams nor costs a task per call."""

    def __init__(self, app: ASGIApp, max_body_bytes: int) -> None:
        self._app = app
        self._most = max_body_bytes
        self._returning = Returning()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if headers.get("content-encoding", "identity").lower() != "identity":
            await _unpackable()(scope, receive, send)
            return
        upload = _UPLOADS.match(scope["path"])
        most = self._most_of(upload)
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > most:
            await _refuse(scope, receive, send, most)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(413, _too_large(most))  # the app turns it into a problem document
            return message

        try:
            await self._app(scope, counted, send)
        finally:
            if upload and seen:
                self._returning.soon()

    def _most_of(self, upload: re.Match[str] | None) -> int:
        if upload is None:
            return self._most
        return _MOST_UPLOAD_BYTES if upload["knowledge"] else _MOST_ATTACHMENT_BYTES


async def _refuse(scope: Scope, receive: Receive, send: Send, most: int) -> None:
    await problem(413, "The body is too large", _too_large(most), code="too_large")(scope, receive, send)


def _unpackable() -> JSONResponse:
    """What is packed has a size that nobody knows before."""
    said = "Send it without Content-Encoding: nothing is unpacked here."
    return problem(415, "The body is packed", said, code="packed_body", headers={"Accept-Encoding": "identity"})


def _too_large(most: int) -> str:
    return f"The body is larger than {most:,} bytes. Send less."
