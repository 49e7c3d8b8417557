"""Many shoppers at once on one and on four processes, beside a bare echo and the bare embedding of the same messages.

What a turn adds to the embedding is told in processor time, which does not grow with what else the machine does:
that of the server for a turn, less that of the bare embedder for the same messages before and after.
BENCH_TURNS sets over how many turns memory is watched (2,000).
"""

import asyncio
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import cycle
from pathlib import Path
from typing import Any

from backend.cli.bench import engines, server
from backend.cli.bench.figures import Report, Spread, titled
from backend.cli.bench.http import Connection
from backend.cli.bench.messages import Kind, shopping
from backend.cli.bench.turns import Timed, driven
from backend.cli.bench.understanding import embedder_rate
from backend.rag.embedder import Embedder

#: side by side → turns
PARALLEL = {1: 60, 8: 160, 32: 320, 128: 640}
PROCESSES = (1, 4)
#: turns before the clock starts, for each process: what it meets for the first time it compiles and remembers
_WARM = 160
_SHOPS = [f"{number} processes" for number in PROCESSES]
_MIXED = Kind("mixed", ("",), shopping(11))
_AT_32 = "share_at_32_callers"
#: who makes the conversations that memory is watched over, and how many turns each has
_SHOPPERS, _LONG = 32, 5


def measure(data: Path, embedder: Embedder) -> Report:
    """Milliseconds, turns a second, megabytes."""
    figures: dict[str, Any] = {}
    table = titled("Load, no key: milliseconds", "what", "at once", "50 %", "95 %", "99 %", "per s")
    with engines.redis(data) as redis:
        address = f"redis://127.0.0.1:{redis.inner}/0"
        for number in PROCESSES:
            settings = {"WORKERS": str(number), "REDIS_URL": address} if number > 1 else {}
            with server.shop(data, settings=settings) as shop:
                found = figures[f"{number} processes"] = _loaded(shop, embedder)
            for parallel, row in found["turns"].items():
                _row(table, f"turns, {number} processes", parallel, row)
    for number in PROCESSES:
        with server.echo(data, workers=number) as bare:
            echoed = figures[f"echo, {number} processes"] = _each(bare.port, cycle(shopping(3)), check=False)
        for parallel, row in echoed.items():
            _row(table, f"bare echo, {number} processes", parallel, row)
    rates = {threads: embedder_rate(embedder, shopping(7), threads) for threads in (1, 2, 4)}
    figures["bare embedding"] = {threads: round(rate, 1) for threads, rate in rates.items()}
    for threads, rate in rates.items():
        table.add_row(f"bare embedding, {threads} threads", str(threads), "", "", "", f"{rate:,.0f}")
    _ratios(table, figures, rates)
    return Report(table, figures)


def _loaded(shop: server.Server, embedder: Embedder) -> dict[str, Any]:
    fresh = shop.own_memory_mb()
    messages = cycle(shopping(11))
    measured = set(shopping(11))  # it is asked for the first time
    others = cycle([text for text in shopping(17) if text not in measured])
    asyncio.run(driven(shop.port, _MIXED, others, 8, _WARM * len(fresh), check=False))
    bare, before, driving = _embedding_cpu_ms(embedder), shop.cpu_seconds(), time.process_time()
    turns = _each(shop.port, messages, check=True)
    number = sum(row["n"] for row in turns.values())
    cpu, driving = shop.cpu_seconds() - before, time.process_time() - driving
    bare = (bare + _embedding_cpu_ms(embedder)) / 2
    return {
        "seconds_to_ready": round(shop.seconds, 2),
        "cpu_ms_a_turn": round(1000 * cpu / number, 1),
        "embedding_cpu_ms": round(bare, 1),
        "cpu_ms_beside_embedding": round(1000 * cpu / number - bare, 1),
        "bench_cpu_ms_a_turn": round(1000 * driving / number, 1),
        "turns": turns,
        "memory_mb_fresh": [round(mb) for mb in fresh],
        "memory_mb_by_turns": _memory(shop, int(os.environ.get("BENCH_TURNS", "2000"))),
    }


def _memory(shop: server.Server, turns: int) -> dict[int, list[int]]:
    """Megabytes of each process after each quarter of the turns, which belong to conversations of a few."""
    found, texts = {0: [round(mb) for mb in shop.own_memory_mb()]}, cycle(shopping(23))
    for quarter in range(1, 5):
        asyncio.run(_conversations(shop.port, turns // 4, texts))
        found[quarter * (turns // 4)] = [round(mb) for mb in shop.own_memory_mb()]
    return found


async def _conversations(port: int, turns: int, texts: Iterator[str]) -> None:
    left = iter(range(0, turns, _LONG))

    async def shopper() -> None:
        async with Connection(port) as connection:
            for _ in left:
                session: dict[str, str] = {}
                for _ in range(_LONG):
                    reply = await connection.post("/api/chat", {"message": next(texts), **session})
                    session = {"session_id": reply["session_id"]}

    await asyncio.gather(*(shopper() for _ in range(_SHOPPERS)))


def _embedding_cpu_ms(embedder: Embedder) -> float:
    """Processor time of one bare embedding: unlike its wall time it does not grow with what else the machine does."""
    texts = shopping(13)[:200]
    embedder.embed(texts[:1])
    before = time.process_time()
    for text in texts:
        embedder.embed([text])
    return round(1000 * (time.process_time() - before) / len(texts), 2)


def _each(port: int, messages: Any, *, check: bool) -> dict[int, dict[str, Any]]:
    return {n: _told(asyncio.run(driven(port, _MIXED, messages, n, turns, check))) for n, turns in PARALLEL.items()}


def _told(timed: Timed) -> dict[str, Any]:
    return asdict(Spread.of(timed.seconds)) | {"per_second": round(len(timed.seconds) / timed.wall, 1)}


def _row(table: Any, name: str, parallel: int, row: Mapping[str, Any]) -> None:
    times = (f"{row[key]:,.1f}" for key in ("median", "p95", "p99"))
    table.add_row(name, str(parallel), *times, f"{row['per_second']:,.0f}")


def _ratios(table: Any, figures: dict[str, Any], rates: Mapping[int, float]) -> None:
    best = {name: max(row["per_second"] for row in figures[name]["turns"].values()) for name in _SHOPS}
    figures["share_of_embedder_rate"] = {name: round(rate / max(rates.values()), 3) for name, rate in best.items()}
    at_32 = figures["4 processes"]["turns"][_SHOPPERS]["per_second"]
    figures[_AT_32] = round(at_32 / max(rates.values()), 3)
    for name, share in (*figures["share_of_embedder_rate"].items(), ("4 processes, 32 at once", figures[_AT_32])):
        table.add_row(f"{name}: share of the embedder's rate", "", "", "", "", f"{share:.2f}")
    for name in _SHOPS:
        for key, value in figures[name].items():
            if key == "memory_mb_by_turns":
                for turns, mb in value.items():
                    table.add_row(f"{name}: MB after {turns:,} turns", "", "", "", "", _each_of(mb))
            elif key != "turns":
                told = _each_of(value) if isinstance(value, list) else str(value)
                table.add_row(f"{name}: {key.replace('_', ' ')}", "", "", "", "", told)


def _each_of(numbers: Sequence[float]) -> str:
    """One number, or the smallest and the largest of several processes."""
    return f"{min(numbers)}" if len(set(numbers)) == 1 else f"{min(numbers)}–{max(numbers)}"
