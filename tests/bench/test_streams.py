"""The listeners of the bench tell a whole stream from one that broke, and the model speaks as long as it says."""

import asyncio
import json
import socket

from backend.cli.bench import listeners, model, streams
from backend.cli.bench.listeners import Heard

_REPLY = {"type": "data-reply", "data": {"degraded": []}}


def _said(*events: object, done: bool = True) -> bytes:
    lines = "".join(f"data: {json.dumps(event)}\n\n" for event in events)
    return f"HTTP/1.1 200 OK\r\n\r\n{lines}{'data: [DONE]' if done else ''}\n\n".encode()


async def _heard(*answers: bytes) -> list[Heard]:
    """What the listeners tell of a server that gives each of them the next of these answers and hangs up."""
    left = list(answers)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(left.pop(0))
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        return await listeners._all(server.sockets[0].getsockname()[1], len(answers), 50, 1)


async def test_only_a_whole_answer_of_the_model_is_not_dropped() -> None:
    delta = {"type": "text-delta", "id": "text", "delta": "Hello."}
    away = {"type": "data-reply", "data": {"degraded": [{"engine": "llm", "used": "local words"}]}}
    whole, cut, degraded, refused, silent = await _heard(
        _said(delta, _REPLY),
        _said(delta, done=False),
        _said(delta, away),
        b"HTTP/1.1 503 Service Unavailable\r\n\r\n",
        b"",
    )
    assert whole.broken == ""
    assert whole.begun <= whole.opened <= whole.first <= whole.ended
    assert cut.broken == "ended without its reply"
    assert degraded.broken == "llm away: local words"
    assert "503" in refused.broken
    assert silent.broken == "no answer"
    assert streams._figures([whole, cut, degraded, refused, silent], 0)["dropped"] == 4


async def test_a_server_that_is_not_there_is_told() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    heard = await listeners._all(port, 2, 50, 1)
    assert all(one.broken.startswith("not connected") for one in heard)


def test_open_at_once_is_counted_by_time() -> None:
    heard = [Heard(begun=at, opened=at + 0.1, first=at + 1, ended=at + 2.5) for at in (0.0, 1.0, 2.0, 3.0, 10.0)]
    figures = streams._figures(heard, 30.0)
    assert (figures["open_at_once"], figures["dropped"], figures["kb_a_stream"]) == (3, 0, 10240)


def test_a_paced_answer_begins_with_a_sentence_and_lasts() -> None:
    text = "It lasts 12.5 hours. " + "The rest is told piece by piece. " * 9
    pieces = model._paced(text, 12)
    assert pieces[0] == "It lasts 12.5 hours. "
    assert "".join(pieces).strip() == text.strip()
    assert len(pieces) == len(model._paced("One.", 12)) == 13
