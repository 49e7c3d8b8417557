"""How far more processes carry: turns a second of 128 shoppers on one, two and four, by engine of the records.

Beside each rate stands who used the cores meanwhile, since what this machine does besides is not the product's: the
share of the embedder's rate is told for the cores that the server got, too. BENCH_TURNS sets how many turns (1,280).
"""

import asyncio
import contextlib
import os
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from backend.cli.bench import engines, server
from backend.cli.bench.figures import Report, titled
from backend.cli.bench.http import Connection, Refused
from backend.cli.bench.messages import shopping
from backend.cli.bench.understanding import embedder_rate
from backend.rag.embedder import Embedder

PROCESSES = (1, 2, 4)
SHOPPERS = 128
_WARM = 256
_COLUMNS = {
    "per s": "per_second",
    "÷ one": "by_one",
    "server": "server",
    "engines": "engines",
    "bench": "bench",
    "others": "others",
    "ms a turn": "ms_a_turn",
    "least–most": "spread",
    "÷ embedder": "share",
    "refused": "refused",
}


def measure(data: Path, embedder: Embedder) -> Report:
    """Turns a second; cores; milliseconds of a core a turn."""
    table = titled("Processes: turns a second, cores used by whom", "what", *_COLUMNS)
    rate = max(embedder_rate(embedder, shopping(7), threads) for threads in (2, 4))
    alone = embedder_rate(embedder, shopping(9), 1)
    figures: dict[str, Any] = {"bare_embedding": round(rate, 1), "bare_embedding_one_thread": round(alone, 1)}
    with engines.redis(data) as redis, _records(data) as records:
        for name, url, running in records:
            one = 0.0
            for number in PROCESSES:
                settings = {"WORKERS": str(number), "REDIS_URL": f"redis://127.0.0.1:{redis.inner}/0"}
                with server.shop(data, settings={**settings, "DATABASE_URL": url}) as shop:
                    found = _loaded(shop, number, [redis, *running])
                one = one or found["per_second"]
                found |= {"by_one": round(found["per_second"] / one, 2), "share": round(found["per_second"] / rate, 2)}
                figures[f"{name}, {number}"] = found
                table.add_row(f"{name}, {number} processes", *(str(found[key]) for key in _COLUMNS.values()))
    for threads, found_rate in (("one thread", alone), ("most", rate)):
        table.add_row(f"bare embedding, {threads}", f"{found_rate:,.0f}")
    return Report(table, figures)


@contextlib.contextmanager
def _records(data: Path) -> Iterator[list[tuple[str, str, list[engines.Engine]]]]:
    """Name, address and servers of each engine that is there."""
    embedded = ("sqlite", "", list[engines.Engine]())
    if not engines.installed():
        yield [embedded]
        return
    with engines.postgres(data) as postgres:
        yield [embedded, ("postgresql", f"postgresql://support@127.0.0.1:{postgres.inner}/support", [postgres])]


def _loaded(shop: server.Server, number: int, behind: Sequence[engines.Engine]) -> dict[str, Any]:
    while len(shop.workers()) < number > 1:
        time.sleep(0.1)
    texts = cycle(shopping(11))
    asyncio.run(_asked(shop.port, list(islice(texts, _WARM))))
    pids = shop.workers() or [shop.pid]
    turns = int(os.environ.get("BENCH_TURNS", "1280"))
    before, begun = _used(pids, behind), time.perf_counter()
    refused = asyncio.run(_asked(shop.port, list(islice(texts, turns))))
    wall, after = time.perf_counter() - begun, _used(pids, behind)
    spent = {name: after[name] - before[name] for name in after}
    each = [spent[str(pid)] for pid in pids]
    return {
        "per_second": round((turns - refused) / wall, 1),
        "refused": refused,
        **{name: round(spent[name] / wall, 2) for name in ("engines", "bench")},
        "server": round(sum(each) / wall, 2),
        "others": round((spent["machine"] - sum(each) - spent["engines"] - spent["bench"]) / wall, 2),
        "ms_a_turn": round(1000 * sum(each) / turns, 1),
        "spread": f"{min(each) / wall:.2f}–{max(each) / wall:.2f}",
    }


async def _asked(port: int, texts: Sequence[str]) -> int:
    """Everything once, by whoever is free: a shopper whose process is slow asks less. How many were refused."""
    left, refused = iter(texts), 0

    async def shopper() -> None:
        nonlocal refused
        async with Connection(port) as connection:
            for text in left:
                try:
                    await connection.post("/api/chat", {"message": text})
                except Refused:
                    refused += 1

    await asyncio.gather(*(shopper() for _ in range(SHOPPERS)))
    return refused


def _used(pids: Sequence[int], behind: Sequence[engines.Engine]) -> dict[str, float]:
    """Seconds of processor time so far, by whom."""
    machine = [int(ticks) for ticks in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return {
        **{str(pid): server.cpu_seconds([pid]) for pid in pids},
        "engines": server.cpu_seconds([pid for engine in behind for pid in engine.family()]),
        "bench": time.process_time(),
        "machine": (sum(machine) - machine[3] - machine[4]) / os.sysconf("SC_CLK_TCK"),
    }
