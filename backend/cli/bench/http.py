"""A keep-alive HTTP client of a few lines: an ordinary one would cost more than the echo it is held against."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Self


class Refused(Exception):
    """The server answered with another status than 2xx."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Whatever the server said: `headers` by their names in small letters, `body` empty when it is not JSON."""

    status: int
    headers: Mapping[str, str]
    body: Any


class Connection:
    """One connection to a server on loopback; calls go one after another."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Any:
        """The JSON of the answer. Raises Refused."""
        self._write(path, body, headers)
        return await self._answer()

    async def events(self, path: str, body: Mapping[str, Any]) -> AsyncIterator[dict[str, Any]]:
        """The JSON of each server-sent event, as it arrives; the connection is used up by it. Raises Refused."""
        self._write(path, body, {"Connection": "close"})
        answered = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        if " 200 " not in answered.splitlines()[0]:
            raise Refused(answered.splitlines()[0])
        async for line in self._reader:  # between the sizes of the chunks
            if line.startswith(b"data: {"):
                yield json.loads(line[6:])

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> Any:
        """The JSON of the answer. Raises Refused."""
        more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n".encode())
        return await self._answer()

    async def send(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to a POST, whatever its status. Raises OSError or EOFError when the connection breaks."""
        return await self.send_bytes(path, json.dumps(body).encode(), headers)

    async def send_bytes(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        """The same for a body that may be no JSON."""
        self._write_bytes(path, body, headers)
        head, text = await self._read()
        names = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        return Answer(int(head.split()[1]), names, json.loads(text) if text[:1] in (b"{", b"[") else {})

    async def _answer(self) -> Any:
        head, body = await self._read()
        if not head.startswith("http/1.1 2"):
            raise Refused(f"{head.splitlines()[0]}: {body.decode(errors='replace')[:300]}")
        return json.loads(body)

    def _write(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None) -> None:
        self._write_bytes(path, json.dumps(body).encode(), headers)

    def _write_bytes(self, path: str, sent: bytes, headers: Mapping[str, str] | None) -> None:
        more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{more}"
        self._writer.write(f"{head}Content-Length: {len(sent)}\r\n\r\n".encode() + sent)

    async def _read(self) -> tuple[str, bytes]:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.split("content-length:", 1)[1].split("\r\n", 1)[0])
        return head, await self._reader.readexactly(length)
