"""A turn of each kind over loopback HTTP, no key, beside a bare echo and the bare embedding of the same messages."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from backend.cli.bench import server
from backend.cli.bench.figures import Report, Spread, titled
from backend.cli.bench.http import Connection
from backend.cli.bench.messages import KINDS, Kind, shopping
from backend.rag.embedder import Embedder

#: side by side → turns of each kind
PARALLEL = {1: 80, 8: 160, 32: 320}


@dataclass
class Timed:
    seconds: list[float] = field(default_factory=list)
    right: int = 0
    wall: float = 0.0


def measure(data: Path, embedder: Embedder) -> Report:
    """Medians and 99th percentiles by kind and number of shoppers."""
    rows: dict[str, dict[int, Timed]] = {}
    with server.shop(data) as shop:
        for kind in KINDS:
            rows[kind.name] = _each(shop.port, kind)
        memory = shop.memory_mb()
    with server.echo(data) as bare:
        rows["bare echo"] = _each(bare.port, Kind("bare echo", ("",), shopping(3)), check=False)
    rows["bare embedding"] = {n: _embedding(embedder, n, turns) for n, turns in PARALLEL.items()}
    return _report(rows, memory)


def _each(port: int, kind: Kind, *, check: bool = True) -> dict[int, Timed]:
    messages = kind.messages()
    return {n: asyncio.run(driven(port, kind, messages, n, turns, check)) for n, turns in PARALLEL.items()}


async def driven(
    port: int, kind: Kind, messages: Iterator[str], parallel: int, turns: int, check: bool = True
) -> Timed:
    """`turns` turns of `parallel` shoppers, each with a connection and a session of its own.

    What is said before the turns is said before the clock starts. Who is answered sooner asks more often: the kernel
    gives one worker more connections than another, and the rate is that of all, not of the last shopper.
    """
    found, texts = Timed(), iter(list(_share(messages, turns)))
    barrier = asyncio.Barrier(parallel)
    started = 0.0

    async def shopper() -> None:
        nonlocal started
        async with Connection(port) as connection:
            said = iter(list(_share(texts, turns // parallel))) if kind.anew else texts
            sessions = [await introduced(connection, kind) for _ in range(turns // parallel if kind.anew else 1)]
            await barrier.wait()
            started = started or time.perf_counter()
            for place, message in enumerate(said):
                session = sessions[place if kind.anew else 0]
                body = {"message": message} | ({"session_id": session} if session else {})
                begun = time.perf_counter()
                reply = await connection.post("/api/chat", body)
                found.seconds.append(time.perf_counter() - begun)
                found.right += not check or kind.is_answered(reply)

    await asyncio.gather(*(shopper() for _ in range(parallel)))
    found.wall = time.perf_counter() - started
    return found


async def introduced(connection: Connection, kind: Kind) -> str | None:
    """The session after what is said before."""
    session: str | None = None
    for message in kind.before:
        reply = await connection.post("/api/chat", {"message": message} | ({"session_id": session} if session else {}))
        session = reply["session_id"]
    return session


def _share(messages: Iterator[str], number: int) -> Iterator[str]:
    for _ in range(number):
        message = next(messages, None)
        if message is None:
            return
        yield message


def _embedding(embedder: Embedder, parallel: int, turns: int) -> Timed:
    """One text a run, as a turn asks for it, on as many threads as there are shoppers."""
    texts = shopping(parallel)[: turns * 2]

    def one(text: str) -> float:
        begun = time.perf_counter()
        embedder.embed([text])
        return time.perf_counter() - begun

    embedder.embed(texts[:8])
    started = time.perf_counter()
    with ThreadPoolExecutor(parallel) as pool:
        seconds = list(pool.map(one, texts))
    return Timed(seconds, len(seconds), time.perf_counter() - started)


def _report(rows: dict[str, dict[int, Timed]], memory: float | None) -> Report:
    title = "A turn, no key, one process: milliseconds, median / 99th percentile, and turns a second"
    columns = [name for n in PARALLEL for name in (f"{n} at once", "per s")]
    table = titled(title, "kind", *columns, "as asked")
    figures: dict[str, Any] = {"memory_mb_after": memory and round(memory)}
    for name, found in rows.items():
        cells = [
            cell for t in found.values() for cell in (str(Spread.of(t.seconds)), f"{len(t.seconds) / t.wall:,.0f}")
        ]
        right = sum(t.right for t in found.values()) / sum(len(t.seconds) for t in found.values())
        table.add_row(name, *cells, "" if name.startswith("bare") else f"{right:.0%}")
        figures[name] = {
            n: asdict(Spread.of(t.seconds)) | {"per_second": round(len(t.seconds) / t.wall, 1)}
            for n, t in found.items()
        } | {"answered_as_asked": round(right, 3)}
    return Report(table, figures)
