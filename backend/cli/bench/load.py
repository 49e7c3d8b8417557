"""Many shoppers at once on one and on four processes, beside a bare echo and the bare embedding of the same messages.

BENCH_TURNS sets over how many turns memory is watched (2,000).
"""

import asyncio
import os
import time
from collections.abc import Mapping
from dataclasses import asdict
from itertools import cycle
from pathlib import Path
from typing import Any

from backend.cli.bench import engines, server
from backend.cli.bench.figures import Report, Spread, titled
from backend.cli.bench.messages import Kind, shopping
from backend.cli.bench.turns import Timed, driven
from backend.cli.bench.understanding import embedder_rate
from backend.rag.embedder import Embedder

#: side by side → turns
PARALLEL = {1: 60, 8: 160, 32: 320, 128: 640}
PROCESSES = (1, 4)
_MIXED = Kind("mixed", ("",), shopping(11))


def measure(data: Path, embedder: Embedder) -> Report:
    """Milliseconds, turns a second, megabytes."""
    figures: dict[str, Any] = {}
    table = titled("Load, no key: milliseconds", "what", "at once", "50 %", "95 %", "99 %", "per s")
    with engines.redis(data) as redis:
        address = f"redis://127.0.0.1:{redis.inner}/0"
        for number in PROCESSES:
            settings = {"WORKERS": str(number), "REDIS_URL": address} if number > 1 else {}
            with server.shop(data, settings=settings) as shop:
                found = figures[f"{number} processes"] = _loaded(shop)
            for parallel, row in found["turns"].items():
                _row(table, f"turns, {number} processes", parallel, row)
    for number in PROCESSES:
        with server.echo(data, workers=number) as bare:
            echoed = figures[f"echo, {number} processes"] = _each(bare.port, cycle(shopping(3)), check=False)
        for parallel, row in echoed.items():
            _row(table, f"bare echo, {number} processes", parallel, row)
    rates = {threads: embedder_rate(embedder, shopping(7), threads) for threads in (1, 4)}
    figures["bare embedding"] = {threads: round(rate, 1) for threads, rate in rates.items()}
    for threads, rate in rates.items():
        table.add_row(f"bare embedding, {threads} threads", str(threads), "", "", "", f"{rate:,.0f}")
    figures["embedding_cpu_ms"] = _embedding_cpu_ms(embedder)
    _ratios(table, figures, rates)
    return Report(table, figures)


def _loaded(shop: server.Server) -> dict[str, Any]:
    fresh = shop.own_memory_mb()
    messages = cycle(shopping(11))
    asyncio.run(driven(shop.port, _MIXED, messages, 8, 80, check=False))
    before = shop.cpu_seconds()
    turns = _each(shop.port, messages, check=True)
    cpu = (shop.cpu_seconds() - before) / sum(row["n"] for row in turns.values())
    warm = shop.own_memory_mb()
    asyncio.run(driven(shop.port, _MIXED, messages, 32, int(os.environ.get("BENCH_TURNS", "2000")), check=False))
    return {
        "seconds_to_ready": round(shop.seconds, 2),
        "cpu_ms_a_turn": round(1000 * cpu, 1),
        "turns": turns,
        "memory_mb_fresh": [round(mb) for mb in fresh],
        "memory_mb_warm": [round(mb) for mb in warm],
        "memory_mb_after_more_turns": [round(mb) for mb in shop.own_memory_mb()],
    }


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
    best = max(row["per_second"] for row in figures["4 processes"]["turns"].values())
    figures["share_of_embedder_rate"] = round(best / rates[4], 3)
    figures["cpu_ms_beside_embedding"] = round(figures["1 processes"]["cpu_ms_a_turn"] - figures["embedding_cpu_ms"], 1)
    for name in ("share_of_embedder_rate", "cpu_ms_beside_embedding"):
        table.add_row(name.replace("_", " "), "", "", "", "", str(figures[name]))
    for name in ("1 processes", "4 processes"):
        for key, value in figures[name].items():
            if key != "turns":
                table.add_row(f"{name}: {key.replace('_', ' ')}", "", "", "", "", str(value))
