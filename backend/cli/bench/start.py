"""The second start of `make run`, from the command to /ready and the first answer, and what a process weighs.

BENCH_STARTS sets how often it is started (3; the median counts), BENCH_WORKERS how many processes are weighed beside
each other (4, where Redis is installed).
"""

import asyncio
import os
import statistics
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from backend.cli.bench import engines, server
from backend.cli.bench.figures import Report, titled
from backend.cli.bench.http import Connection
from backend.cli.bench.messages import KINDS, shopping
from backend.rag.embedder import Embedder

_TURNS = 300


def measure(data: Path, embedder: Embedder) -> Report:
    """Seconds and megabytes. The first start brings everything up to date and is not timed."""
    with server.shop(data, "backend.setup", "run"):
        pass
    ready, answered, alone = [], [], server.Weight()
    for _ in range(int(os.environ.get("BENCH_STARTS", "3"))):
        begun = time.perf_counter()
        with server.shop(data, "backend.setup", "run", health="/ready") as shop:
            ready.append(shop.seconds)
            asyncio.run(_talk(shop.port, ["What's the battery life of the X1?"]))
            answered.append(time.perf_counter() - begun)
            asyncio.run(_talk(shop.port, _mixed(_TURNS)))
            alone = shop.weights()[0]
    several = _several(data, int(os.environ.get("BENCH_WORKERS", "4")))
    figures = {
        "seconds_to_ready": round(statistics.median(ready), 2),
        "seconds_to_ready_each": [round(seconds, 2) for seconds in ready],
        "seconds_to_first_answer": round(statistics.median(answered), 2),
        "turns": _TURNS,
        "memory_mb_after_turns": alone.__dict__,
        "memory_mb_of_each_worker": [weight.__dict__ for weight in several],
    }
    return Report(_table(figures, alone, several), figures)


def _several(data: Path, workers: int) -> list[server.Weight]:
    """Every worker's weight after as many turns each; empty where there is no Redis."""
    try:
        with engines.redis(data) as redis:
            settings = {"WORKERS": str(workers), "REDIS_URL": f"redis://127.0.0.1:{redis.inner}/0"}
            with server.shop(data, settings=settings) as shop:
                time.sleep(10)  # the health check needs one of them, the turns all
                asyncio.run(_together(shop.port, _mixed(_TURNS * workers), 4 * workers))
                return shop.weights()
    except server.Failed:
        return []


def _mixed(number: int) -> list[str]:
    texts = [text for seed in range(5, 5 + 1 + number // 1000) for text in shopping(seed)]
    return [*texts[:number], *(next(kind.messages(1)) for kind in KINDS)]


async def _together(port: int, messages: Sequence[str], callers: int) -> None:
    await asyncio.gather(*(_talk(port, messages[place::callers]) for place in range(callers)))


async def _talk(port: int, messages: Iterable[str]) -> None:
    async with Connection(port) as connection:
        for message in messages:
            await connection.post("/api/chat", {"message": message})


def _table(figures: dict[str, Any], alone: server.Weight, several: Sequence[server.Weight]) -> Any:
    table = titled("A warm start, the demo shop", "figure", "value")
    table.add_row("command to /ready, s", f"{figures['seconds_to_ready']:.1f}")
    table.add_row("command to first answer, s", f"{figures['seconds_to_first_answer']:.1f}")
    table.add_row(f"one process after {_TURNS} turns: resident / its share / its own, MB", str(alone))
    for place, weight in enumerate(several, start=1):
        table.add_row(f"worker {place} of {len(several)}: resident / its share / its own, MB", str(weight))
    return table
