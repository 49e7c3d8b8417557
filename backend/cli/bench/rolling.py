"""Two servers behind the balancer are restarted one after another, again and again, under traffic with streams.

ROLLING_MINUTES sets how long (1).
"""

import asyncio
import contextlib
import json
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from backend.cli.bench import engines, server
from backend.cli.bench.engines import Engine
from backend.cli.bench.figures import Report, titled
from backend.cli.bench.traffic import Phase, Reckoning, Traffic, reckoned
from backend.settings import ROOT

_A_SECOND = 20.0


@dataclass
class Streaming(Traffic):
    """Of the questions about goods every other one is streamed, and lasts a while."""

    begun: int = 0
    whole: int = 0
    broken: list[str] = field(default_factory=list)

    async def one(self, number: int) -> None:
        await (self._stream() if number % self.writes == 1 else super().one(number))

    async def _stream(self) -> None:
        kinds = list[str]()
        try:
            said = {"message": next(self.texts)}
            url = f"http://127.0.0.1:{self.port}/api/chat/stream"
            self.begun += 1
            async with httpx.AsyncClient(timeout=60) as http, http.stream("POST", url, json=said) as events:
                async for line in events.aiter_lines():
                    kinds += [json.loads(line[6:])["type"]] if line.startswith("data: {") else [line] if line else []
        except httpx.HTTPError as broken:
            kinds.append(repr(broken))
        if "data-reply" in kinds and kinds[-1] == "data: [DONE]":
            self.whole += 1
        else:
            self.broken.append(" ".join(kinds[-3:]))


def measure(data: Path) -> Report:
    """What was sent, answered, streamed whole, and what became of the writes."""
    pace = {"BENCH_MODEL_PACE": "0.3", "BENCH_MODEL_LASTING": "2"}
    with (
        engines.redis(data) as redis,
        engines.postgres(data) as postgres,
        server.model(data, 0.05, pace) as model,
    ):
        records = f"postgresql://support@127.0.0.1:{postgres.inner}/support"
        settings = {
            "DATABASE_URL": records,
            "REDIS_URL": f"redis://127.0.0.1:{redis.inner}/0",
            "OPENAI_API_KEY": "bench",
            "OPENAI_BASE_URL": f"http://127.0.0.1:{model.port}/v1",
            "LLM_PLAN": "unlimited",
        }
        with contextlib.ExitStack() as stack:
            servers = [_server(data, settings) for _ in range(2)]
            for one in servers:
                one.start()
                stack.callback(one.kill)
            port = stack.enter_context(engines.balancer(data, *(one.inner for one in servers)))
            restarts, traffic, found = asyncio.run(_rolled(servers, port, records))
            if kept := os.environ.get("BENCH_KEEP_LOG"):
                logs = [*(data / f"server-{one.inner}.log" for one in servers), *data.glob("nginx*/error.log")]
                Path(kept).write_text("".join(log.read_text() for log in logs))
    return _report(restarts, traffic, found)


def _server(data: Path, settings: dict[str, str]) -> Engine:
    """On a port of its own, so that the balancer finds it again."""
    port = server.free_port()
    own = {"PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    env = {**server.environment(data), **settings, **own}
    log = (data / f"server-{port}.log").open("ab")
    return Engine(
        "server", [sys.executable, "-m", "backend.cli", "serve"], port, {"env": env, "cwd": ROOT, "stdout": log}
    )


async def _rolled(servers: list[Engine], port: int, records: str) -> tuple[int, Streaming, Reckoning]:
    until = time.monotonic() + 60 * float(os.environ.get("ROLLING_MINUTES", "1"))
    traffic, restarts = Streaming(port, Phase("server", "restarted")), 0
    async with traffic.flowing(_A_SECOND):
        await asyncio.sleep(3)
        while time.monotonic() < until:
            for one in servers:
                await asyncio.to_thread(one.end)
                await asyncio.to_thread(one.start)
                restarts += 1
                await asyncio.sleep(1)
    return restarts, traffic, await reckoned(traffic, records)


def _report(restarts: int, traffic: Streaming, found: Reckoning) -> Report:
    statuses = traffic.phase.statuses
    answered = sum(number for status, number in statuses.items() if 200 <= status < 300)
    figures: dict[str, Any] = {
        "restarts": restarts,
        "sent": statuses.total(),
        "answered": answered,
        "statuses": dict(statuses),
        "others": traffic.phase.others,
        "streams_begun": traffic.begun,
        "streams_whole": traffic.whole,
        "streams_broken": traffic.broken[:5],
        **found.figures(),
    }
    table = titled("Servers are restarted one after another", "what", "figure")
    for name, value in figures.items():
        table.add_row(name.replace("_", " "), str(value))
    return Report(table, figures)
