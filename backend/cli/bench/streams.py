"""Many event streams open at once, each fed by a model that says a few words every five seconds.

BENCH_STREAMS sets how many (1,000), BENCH_WORKERS the processes (4). The limit of open files of this process and of
the server is raised as far as the system lets it.
"""

import asyncio
import os
import resource
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from backend.cli.bench import engines, server
from backend.cli.bench.figures import Report, Spread, titled
from backend.cli.bench.http import Connection, Refused
from backend.cli.bench.messages import shopping

#: seconds between the model's pieces
PACE = 5.0
#: streams opened a second
_OPENING = 60


@dataclass
class Watched:
    """All streams of a run. Seconds."""

    first: list[float] = field(default_factory=list)
    lasted: list[float] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    open: int = 0
    most: int = 0


def measure(data: Path) -> Report:
    """How many were dropped, what one costs in memory, and when the first word comes."""
    number, workers = int(os.environ.get("BENCH_STREAMS", "1000")), os.environ.get("BENCH_WORKERS", "4")
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    pace = {"BENCH_MODEL_PACE": str(PACE)}
    with engines.redis(data) as redis, server.model(data, 0.05, pace) as model:
        settings = {
            "OPENAI_API_KEY": "bench",
            "OPENAI_BASE_URL": f"http://127.0.0.1:{model.port}/v1",
            "LLM_PLAN": "unlimited",
            "LLM_TIMEOUT_SECONDS": "180",
            "TURN_DEADLINE_SECONDS": "240",
            "WORKERS": workers,
            "REDIS_URL": f"redis://127.0.0.1:{redis.inner}/0",
        }
        with server.shop(data, settings=settings) as shop:
            watched, before, during = asyncio.run(_measured(shop, number))
    figures = {
        "streams": number,
        "open_at_once": watched.most,
        "dropped": len(watched.dropped),
        "reasons": sorted(set(watched.dropped))[:5],
        "kb_a_stream": round(1024 * (during - before) / max(1, watched.most)),
        "lasted_s": Spread.of(watched.lasted or [0.0]).median / 1000,
        "first_word_ms": Spread.of(watched.first or [0.0]).__dict__,
    }
    return Report(_table(figures), figures)


async def _measured(shop: server.Server, number: int) -> tuple[Watched, float, float]:
    watched, texts = Watched(), shopping(21)
    for _ in range(20):
        async with Connection(shop.port) as connection:
            await connection.post("/api/chat", {"message": "hello"})
    before, tasks = sum(shop.own_memory_mb()), []
    during = before
    for place in range(number):
        tasks.append(asyncio.create_task(_stream(shop.port, texts[place % len(texts)], watched)))
        await asyncio.sleep(1 / _OPENING)
        if place % 100 == 99:
            during = max(during, sum(await asyncio.to_thread(shop.own_memory_mb)))
    await asyncio.gather(*tasks)
    return watched, before, during


async def _stream(port: int, text: str, watched: Watched) -> None:
    begun, first, whole = time.perf_counter(), 0.0, False
    watched.open += 1
    watched.most = max(watched.most, watched.open)
    try:
        async with Connection(port) as connection:
            async for event in connection.events("/api/chat/stream", {"message": text}):
                if event.get("type") == "text-delta" and event["delta"].strip():
                    first = first or time.perf_counter() - begun
                whole = whole or (event.get("type") == "data-reply" and not event["data"]["degraded"])
    except (OSError, EOFError, Refused, asyncio.LimitOverrunError) as broken:
        watched.dropped.append(type(broken).__name__)
        return
    finally:
        watched.open -= 1
    if not whole:
        watched.dropped.append("ended without its reply, or without the model")
    watched.first.append(first)
    watched.lasted.append(time.perf_counter() - begun)


def _table(figures: Mapping[str, Any]) -> Any:
    table = titled("Open event streams", "figure", "value")
    for name, value in figures.items():
        table.add_row(name.replace("_", " "), str(value))
    return table
