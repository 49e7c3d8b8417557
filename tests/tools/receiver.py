"""A webhook receiver on loopback that keeps what it was sent."""

import asyncio
from dataclasses import dataclass, field
from types import TracebackType


@dataclass
class Received:
    """One call; header names in lower case."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers every POST with `status`, and with where else to go."""

    status: int = 204
    location: str = ""
    calls: list[Received] = field(default_factory=list)
    url: str = ""

    async def __aenter__(self) -> "Receiver":
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/hook"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:-2]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head)}
        self.calls.append(Received(headers, await reader.readexactly(int(headers["content-length"]))))
        elsewhere = f"Location: {self.location}\r\n" if self.location else ""
        ending = "Content-Length: 0\r\nConnection: close\r\n\r\n"
        writer.write(f"HTTP/1.1 {self.status} Said\r\n{elsewhere}{ending}".encode())
        await writer.drain()
        writer.close()
