"""The second start of `make run`, from the command to the first answered message, and what the process weighs."""

import asyncio
import time
from pathlib import Path

from backend.cli.bench import server
from backend.cli.bench.figures import Report, titled
from backend.cli.bench.http import Connection
from backend.cli.bench.messages import KINDS, shopping
from backend.rag.embedder import Embedder

_TURNS = 300


def measure(data: Path, embedder: Embedder) -> Report:
    """Seconds and megabytes. The first start brings everything up to date and is not timed."""
    with server.shop(data, "backend.setup", "run"):
        pass
    begun = time.perf_counter()
    with server.shop(data, "backend.setup", "run") as shop:
        asyncio.run(_talk(shop.port, ["What's the battery life of the X1?"]))
        answered, fresh = time.perf_counter() - begun, shop.memory_mb()
        asyncio.run(_talk(shop.port, [*shopping(5)[:_TURNS], *(next(k.messages(1)) for k in KINDS)]))
        used = shop.memory_mb()
    table = titled("A warm start, one process, the demo shop", "figure", "value")
    table.add_row("command to health check, s", f"{shop.seconds:.1f}")
    table.add_row("command to first answer, s", f"{answered:.1f}")
    table.add_row("memory after the first answer, MB", "not told" if fresh is None else f"{fresh:.0f}")
    table.add_row(f"memory after {_TURNS} turns, MB", "not told" if used is None else f"{used:.0f}")
    figures = {
        "seconds_to_health": round(shop.seconds, 2),
        "seconds_to_first_answer": round(answered, 2),
        "memory_mb_first_answer": fresh and round(fresh),
        "memory_mb_after_turns": used and round(used),
        "turns": _TURNS,
    }
    return Report(table, figures)


async def _talk(port: int, messages: list[str]) -> None:
    async with Connection(port) as connection:
        for message in messages:
            await connection.post("/api/chat", {"message": message})
