"""A connection that neither sends without end nor stalls: what uvicorn's own leaves to a balancer in front."""

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Bytes of a request line with its headers; nginx takes 40,000, browsers send some thousand.
MOST_HEAD_BYTES: Final = 65_536
#: Seconds for the whole head, and between two pieces of a body.
HEAD_SECONDS: Final = 20.0
BODY_SECONDS: Final = 30.0


class Connection(HttpToolsProtocol):
    """Ends with 431 where a head has no end, and without a word where a request is not gone on with."""

    head_seconds = HEAD_SECONDS
    body_seconds = BODY_SECONDS
    #: bytes of a head that is not complete; None while a body comes
    _head: int | None = 0
    #: when what is awaited of the client is late; None while nothing is
    deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._within(self.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self._in_time()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            if self.deadline is None:
                self._within(self.head_seconds)
            self._head += len(data)
        super().data_received(data)
        if self._head is not None and self._head > MOST_HEAD_BYTES:
            self._refuse()

    def on_headers_complete(self) -> None:
        self._head = None
        self._within(self.body_seconds)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._within(self.body_seconds)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._head = 0
        self._in_time()
        super().on_message_complete()

    def _within(self, seconds: float) -> None:
        self._in_time()
        self.deadline = self.loop.call_later(seconds, self._late)

    def _in_time(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def _late(self) -> None:
        self.deadline = None
        if self._head is not None and self.cycle is not None and not self.cycle.response_complete:
            self._within(self.head_seconds)  # the next head waits while an answer is still on its way
        elif not self.transport.is_closing():
            self.transport.close()

    def _refuse(self) -> None:
        self._in_time()
        if self.transport.is_closing():
            return
        self.transport.write(b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\n\r\n")
        self.transport.close()
