"""Engines are killed, stopped, slowed and brought back under mixed traffic; what was acknowledged is reconciled.

BENCH_MINUTES sets how long (1.5), BENCH_RATE the messages a second (20). The clients write down what they were
promised and look for it in the records at the end; who gets no answer sends the same again under the same key.
"""

import asyncio
import contextlib
import itertools
import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from backend.cli.bench import engines, server
from backend.cli.bench.engines import Engine
from backend.cli.bench.figures import Report, titled
from backend.cli.bench.http import Answer, Connection
from backend.cli.bench.messages import shopping
from backend.store.database import Database

WAYS = ("killed", "stopped", "slowed")
_SLOW_SECONDS = 2.0
_COLUMNS = ("way", "sent", "answered", "degraded", "503", "other", "slowest 503, s", "slowest, s", "goods", "back, s")


@dataclass
class Phase:
    """What happened from the moment of a fault until the next one. Seconds."""

    engine: str
    way: str
    statuses: Counter[int] = field(default_factory=Counter)
    degraded: int = 0
    slowest: float = 0.0
    slowest_away: float = 0.0
    #: product and manual questions, and how many of them were answered
    goods: list[int] = field(default_factory=lambda: [0, 0])
    #: when the engine was brought back, and the first whole answer to something sent after
    back_at: float | None = None
    whole_at: float | None = None
    without_hint: int = 0
    others: list[str] = field(default_factory=list)


@dataclass
class Traffic:
    """The clients: what they sent, and what was acknowledged."""

    port: int
    phase: Phase
    acknowledged: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)
    texts: Iterator[str] = field(default_factory=lambda: itertools.cycle(shopping(5)))

    async def one(self, number: int) -> None:
        """Every fifth is a write, every fourth of the others an order, the rest goods and manuals."""
        if number % 5 == 0:
            await self._write()
        elif number % 4 == 0:
            await self._chat("Where is ORD-1002? My address is sarah.johnson@example.com")
        else:
            answer = await self._chat(next(self.texts))
            self.phase.goods[0] += 1
            self.phase.goods[1] += answer is not None and answer.status == 200

    async def _chat(self, text: str) -> Answer | None:
        return await self._sent("/api/chat", {"message": text}, str(uuid4()))

    async def _write(self) -> None:
        mark = uuid4().hex
        body = {"reply_to": "bench@example.com", "text": f"Do you sell laptops in bulk? {mark}"}
        for wait in (0.2, 0.5, 1, 2, 4, 8, 8, 8):
            answer = await self._sent("/api/enquiries", body, mark)
            if answer is not None and answer.status == 201:
                self.acknowledged.add(mark)
                return
            await asyncio.sleep(wait)
        self.given_up.add(mark)

    async def _sent(self, path: str, body: dict[str, Any], key: str) -> Answer | None:
        phase, begun = self.phase, time.perf_counter()
        answer: Answer | None = None
        with contextlib.suppress(OSError, EOFError, TimeoutError):
            async with asyncio.timeout(30), Connection(self.port) as connection:
                answer = await connection.send(path, body, {"Idempotency-Key": key})
        took = time.perf_counter() - begun
        self._note(phase, answer, begun, took)
        return answer

    def _note(self, phase: Phase, answer: Answer | None, begun: float, took: float) -> None:
        phase.slowest = max(phase.slowest, took)
        phase.statuses[answer.status if answer is not None else 0] += 1
        if answer is None:
            return
        if answer.status == 503:
            phase.slowest_away = max(phase.slowest_away, took)
            phase.without_hint += "retry-after" not in answer.headers
        elif answer.status >= 300 and len(phase.others) < 5:
            phase.others.append(f"{answer.status} {json.dumps(answer.body)[:200]}")
        missing = {d["engine"] for d in answer.body.get("degraded", ())} if answer.status < 300 else {phase.engine}
        phase.degraded += bool(missing) and answer.status < 300
        if phase.engine not in missing and phase.back_at is not None and begun > phase.back_at:
            phase.whole_at = phase.whole_at or begun + took


def measure(data: Path) -> Report:
    """Counts by engine and fault, and the writes that were promised, lost and doubled."""
    with engines.redis(data) as redis, engines.postgres(data) as postgres, engines.model(data, 0.02) as model:
        phases, traffic, rows = asyncio.run(_measured(data, redis, postgres, model))
    table = titled("Engines come and go", "engine", *_COLUMNS)
    for phase in phases:
        table.add_row(phase.engine, *_cells(phase))
    lost = [mark for mark in traffic.acknowledged if rows[mark] == 0]
    doubled = [mark for mark, number in rows.items() if number > 1]
    up = [p for p in phases if p.engine != "postgresql"]
    sent, answered = (sum(f(p) for p in up) for f in (lambda p: p.statuses.total(), _answered))
    figures: dict[str, Any] = {
        "writes_acknowledged": len(traffic.acknowledged),
        "writes_lost": len(lost),
        "writes_doubled": len(doubled),
        "writes_given_up": len(traffic.given_up),
        "answered_share_records_up": round(answered / max(1, sent), 5),
        "responses_500": sum(p.statuses[500] for p in phases),
        "phases": [_figures(phase) for phase in phases],
    }
    for name, value in figures.items():
        if name != "phases":
            table.add_row(name.replace("_", " "), str(value))
    return Report(table, figures)


async def _measured(
    data: Path, redis: Engine, postgres: Engine, model: Engine
) -> tuple[list[Phase], Traffic, Counter[str]]:
    wires = [await engine.wire() for engine in (redis, postgres, model)]
    settings = {
        "REDIS_URL": f"redis://127.0.0.1:{redis.port}/0",
        "DATABASE_URL": f"postgresql+asyncpg://support@127.0.0.1:{postgres.port}/support",
        "OPENAI_API_KEY": "bench",
        "OPENAI_BASE_URL": f"http://127.0.0.1:{model.port}/v1",
        "LLM_PLAN": "unlimited",
        "LLM_TIMEOUT_SECONDS": "1.5",
    }
    starting = server.shop(data, settings=settings)
    shop = await asyncio.to_thread(starting.__enter__)  # the wires have to work meanwhile
    try:
        traffic = Traffic(shop.port, Phase("none", "quiet"))
        phases = await _faults(traffic, (redis, postgres, model))
        return phases, traffic, await _found(postgres)
    finally:
        await asyncio.to_thread(starting.__exit__, None, None, None)
        kept = os.environ.get("BENCH_KEEP_LOG")
        if kept:
            shutil.copy(data / "server.log", kept)
        for wire in wires:
            wire.close()


async def _faults(traffic: Traffic, behind: tuple[Engine, ...]) -> list[Phase]:
    minutes, rate = float(os.environ.get("BENCH_MINUTES", "1.5")), float(os.environ.get("BENCH_RATE", "20"))
    phases, calls = [traffic.phase], set[asyncio.Task[None]]()

    async def clients() -> None:
        for number in itertools.count():
            task = asyncio.create_task(traffic.one(number))
            calls.add(task)
            task.add_done_callback(calls.discard)
            await asyncio.sleep(1 / rate)

    sending = asyncio.create_task(clients())
    each = minutes * 60 / (len(behind) * len(WAYS))
    await asyncio.sleep(3)
    for engine, way in itertools.product(behind, WAYS):
        traffic.phase = Phase(engine.name, way)
        phases.append(traffic.phase)
        await asyncio.to_thread(_break, engine, way)
        await asyncio.sleep(each / 2)
        await asyncio.to_thread(_mend, engine, way)
        traffic.phase.back_at = time.perf_counter()
        await asyncio.sleep(each / 2)
    sending.cancel()
    await asyncio.gather(sending, *calls, return_exceptions=True)
    return phases


def _break(engine: Engine, way: str) -> None:
    match way:
        case "killed":
            engine.kill()
        case "stopped":
            engine.stop()
        case _:
            engine.delay = _SLOW_SECONDS


def _mend(engine: Engine, way: str) -> None:
    match way:
        case "killed":
            engine.start()
        case "stopped":
            engine.go_on()
        case _:
            engine.delay = 0.0


async def _found(postgres: Engine) -> Counter[str]:
    """How often each promised write stands in the records."""
    database = await Database.open(f"postgresql+asyncpg://support@127.0.0.1:{postgres.inner}/support")
    try:
        async with database.records("techpro") as records:
            found, _ = await records.enquiries.list(page_size=1_000_000)
    finally:
        await database.close()
    return Counter(enquiry.text.rsplit(" ", 1)[-1] for enquiry in found)


def _answered(phase: Phase) -> int:
    return sum(number for status, number in phase.statuses.items() if 200 <= status < 300)


def _figures(phase: Phase) -> dict[str, Any]:
    back = phase.whole_at - phase.back_at if phase.whole_at and phase.back_at else None
    return {
        "engine": phase.engine,
        "way": phase.way,
        "statuses": dict(phase.statuses),
        "degraded": phase.degraded,
        "goods_asked": phase.goods[0],
        "goods_answered": phase.goods[1],
        "slowest_503_s": round(phase.slowest_away, 2),
        "slowest_s": round(phase.slowest, 2),
        "503_without_retry_after": phase.without_hint,
        "whole_again_after_s": None if back is None else round(back, 2),
        "others": phase.others,
    }


def _cells(phase: Phase) -> list[str]:
    told = _figures(phase)
    away, answered = phase.statuses[503], _answered(phase)
    sent = phase.statuses.total()
    numbers = (sent, answered, phase.degraded, away, sent - answered - away, told["slowest_503_s"], told["slowest_s"])
    goods = f"{phase.goods[1]}/{phase.goods[0]}"
    return [phase.way, *map(str, numbers), goods, str(told["whole_again_after_s"])]
