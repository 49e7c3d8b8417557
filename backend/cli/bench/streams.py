"""Many event streams open at once, each fed by a model that says a piece every five seconds for a minute.

BENCH_STREAMS sets how many (10,000), BENCH_WORKERS the server processes (4), BENCH_STREAMS_A_SECOND how fast they are
opened (200): faster than the machine can answer, so that all are open before the first ends. The first word then also
tells of waiting in line; with BENCH_STREAMS_SECONDS=200 (60) they last long enough to be opened 60 a second.
The records lie in PostgreSQL where it is installed, as they would behind so many: the embedded file takes one writer
at a time.
"""

import contextlib
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from backend.cli.bench import engines, server
from backend.cli.bench.figures import Report, Spread, titled
from backend.cli.bench.listeners import Heard

#: seconds between the model's pieces
PACE = 5.0
#: processes that listen: one alone would be slower than the servers
_LISTENERS = 2


def measure(data: Path) -> Report:
    """How many were dropped, what one costs in memory, and when the first word comes."""
    number, workers = int(os.environ.get("BENCH_STREAMS", "10000")), os.environ.get("BENCH_WORKERS", "4")
    a_second = float(os.environ.get("BENCH_STREAMS_A_SECOND", "200"))
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    pace = {"BENCH_MODEL_PACE": str(PACE), "BENCH_MODEL_LASTING": os.environ.get("BENCH_STREAMS_SECONDS", "60")}
    with engines.redis(data) as redis, server.model(data, 0.05, pace) as model, _records(data) as records:
        settings = {
            "OPENAI_API_KEY": "bench",
            "OPENAI_BASE_URL": f"http://127.0.0.1:{model.port}/v1",
            "LLM_PLAN": "unlimited",
            "LLM_CONNECTIONS": str(number),
            "LLM_TIMEOUT_SECONDS": "180",
            "TURN_DEADLINE_SECONDS": "600",
            "WORKERS": workers,
            "REDIS_URL": f"redis://127.0.0.1:{redis.inner}/0",
            "DATABASE_URL": records,
        }
        with server.shop(data, settings=settings) as shop:
            time.sleep(10)  # the health check needs one worker, the streams all of them
            before = sum(shop.own_memory_mb())
            heard, most_memory = _heard(shop, data, number, a_second)
    figures = {"a_second": a_second, "workers": int(workers), **_figures(heard, most_memory - before)}
    return Report(_table(figures), figures)


@contextlib.contextmanager
def _records(data: Path) -> Iterator[str]:
    """The address of a PostgreSQL server, empty where there is none."""
    if not engines.installed():
        yield ""
        return
    with engines.postgres(data) as postgres:
        yield f"postgresql+asyncpg://support@127.0.0.1:{postgres.inner}/support"


def _heard(shop: server.Server, folder: Path, number: int, a_second: float) -> tuple[list[Heard], float]:
    """Every stream, and the most memory of all workers meanwhile, MB."""
    share = [number // _LISTENERS + (place < number % _LISTENERS) for place in range(_LISTENERS)]
    listening, most = [], 0.0
    for place, part in enumerate(share):
        told = (shop.port, part, a_second / _LISTENERS, place, folder / f"heard-{place}.json")
        command = [sys.executable, "-m", "backend.cli.bench.listeners", *map(str, told)]
        listening.append(subprocess.Popen(command))  # noqa: S603  our own
    while any(process.poll() is None for process in listening):
        most = max(most, sum(shop.own_memory_mb()))
        time.sleep(2.0)
    written = [(folder / f"heard-{place}.json").read_text() for place in range(_LISTENERS)]
    return [Heard(**one) for text in written for one in json.loads(text)], most


def _figures(heard: Sequence[Heard], memory_mb: float) -> dict[str, Any]:
    """What became of the streams. Milliseconds and kilobytes where nothing else is said."""
    whole = [one for one in heard if not one.broken]
    moments = sorted([(one.begun, 1) for one in heard] + [(one.ended, -1) for one in heard if one.ended])
    open_now = most = 0
    for _, change in moments:
        open_now += change
        most = max(most, open_now)
    first = [one.first - one.begun for one in whole if one.first]
    return {
        "streams": len(heard),
        "open_at_once": most,
        "dropped": len(heard) - len(whole),
        "reasons": Counter(one.broken for one in heard if one.broken).most_common(5),
        "whole_with_a_stand_in": Counter(one.degraded for one in whole if one.degraded).most_common(5),
        "kb_a_stream": round(1024 * memory_mb / max(1, most)),
        "connected_ms": Spread.of([one.connected - one.begun for one in whole] or [0.0]).__dict__,
        "opened_ms": Spread.of([one.opened - one.begun for one in whole] or [0.0]).__dict__,
        "first_word_ms": Spread.of(first or [0.0]).__dict__,
        "lasted_s": round(Spread.of([one.ended - one.begun for one in whole] or [0.0]).median / 1000, 1),
        "longest_silence_s": round(max((one.silence for one in whole), default=0.0), 1),
    }


def _table(figures: Mapping[str, Any]) -> Any:
    table = titled("Open event streams", "figure", "value")
    for name, value in figures.items():
        table.add_row(name.replace("_", " "), str(value))
    return table
