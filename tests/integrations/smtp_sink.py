"""A mail server on loopback that keeps what it was given; `refusing` makes it turn mails away."""

import asyncio
import threading
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from types import TracebackType


@dataclass
class MailSink:
    """Speaks as much SMTP as a sender needs, in a thread of its own."""

    refusing: bool = False
    mails: list[Message] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    tries: int = 0
    url: str = ""

    def __enter__(self) -> "MailSink":
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        start = asyncio.start_server(self._talk, "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(start, self._loop).result(10)
        self.url = f"smtp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink ESMTP\r\n")
        while line := await reader.readline():
            verb = line.strip().upper()
            if verb.startswith(b"RCPT"):
                self.tries += 1
                self.recipients.append(line.decode().split("<")[1].split(">")[0])
                writer.write(b"451 try later\r\n" if self.refusing else b"250 ok\r\n")
            elif verb == b"DATA":
                writer.write(b"354 go on\r\n")
                content = await reader.readuntil(b"\r\n.\r\n")
                self.mails.append(message_from_bytes(content[:-5]))
                writer.write(b"250 kept\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
            await writer.drain()
        writer.close()
