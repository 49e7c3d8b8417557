"""Engines are killed, stopped, slowed and brought back under mixed traffic; what was acknowledged is reconciled.

FAULT_MINUTES sets how long (2), FAULT_RATE the messages a second (20).
"""

import asyncio
import contextlib
import itertools
import os
import shutil
import time
from pathlib import Path
from typing import Any

from backend.cli.bench import engines, server
from backend.cli.bench.engines import Engine
from backend.cli.bench.figures import Report, titled
from backend.cli.bench.traffic import Phase, Reckoning, Traffic, reckoned

WAYS = ("killed", "stopped", "slowed")
_SLOW_SECONDS = 2.0
_COLUMNS = ("way", "sent", "answered", "degraded", "503", "other", "slowest 503, s", "slowest, s", "goods", "back, s")


def measure(data: Path) -> Report:
    """Counts by engine and fault, and the writes that were promised, lost and doubled."""
    with contextlib.ExitStack() as stack:
        behind = [stack.enter_context(engine) for engine in _behind(data)]
        phases, reckoning = asyncio.run(_measured(data, {engine.name: engine for engine in behind}))
    table = titled("Engines come and go", "engine", *_COLUMNS)
    for phase in phases:
        table.add_row(phase.engine, *_cells(phase))
    up = [p for p in phases if p.engine != "postgresql"]
    sent, answered = (sum(f(p) for p in up) for f in (lambda p: p.statuses.total(), _answered))
    figures: dict[str, Any] = {
        **reckoning.figures(),
        "answered_share_records_up": round(answered / max(1, sent), 5),
        "responses_500": sum(p.statuses[500] for p in phases),
        "phases": [_figures(phase) for phase in phases],
    }
    for name, value in figures.items():
        if name != "phases":
            table.add_row(name.replace("_", " "), str(value))
    return Report(table, figures)


def _behind(data: Path) -> list[contextlib.AbstractContextManager[Engine]]:
    """Every engine there is; the graph server only where its package is installed."""
    bolt = [engines.bolt(data)] if engines.bolt_installed() else []
    return [engines.redis(data), engines.postgres(data), *bolt, engines.model(data, 0.02)]


async def _measured(data: Path, behind: dict[str, Engine]) -> tuple[list[Phase], Reckoning]:
    wires = [await engine.wire() for engine in behind.values()]
    records = "postgresql://support@127.0.0.1:{port}/support"
    settings = {
        "REDIS_URL": f"redis://127.0.0.1:{behind['redis'].port}/0",
        "DATABASE_URL": records.format(port=behind["postgresql"].port),
        "OPENAI_API_KEY": "bench",
        "OPENAI_BASE_URL": f"http://127.0.0.1:{behind['llm'].port}/v1",
        "LLM_PLAN": "unlimited",
        "LLM_TIMEOUT_SECONDS": "1.5",
    }
    if graph := behind.get("neo4j"):
        settings |= {"NEO4J_URI": f"bolt://127.0.0.1:{graph.port}", "NEO4J_USER": "root"}
        settings["NEO4J_PASSWORD"] = engines.BOLT_PASSWORD
    starting = server.shop(data, settings=settings)
    shop = await asyncio.to_thread(starting.__enter__)  # the wires have to work meanwhile
    try:
        traffic = Traffic(shop.port, Phase("none", "quiet"))
        phases = await _faults(traffic, tuple(behind.values()))
        return phases, await reckoned(traffic, records.format(port=behind["postgresql"].inner))
    finally:
        await asyncio.to_thread(starting.__exit__, None, None, None)
        kept = os.environ.get("BENCH_KEEP_LOG")
        if kept:
            shutil.copy(data / "server.log", kept)
        for wire in wires:
            wire.close()


async def _faults(traffic: Traffic, behind: tuple[Engine, ...]) -> list[Phase]:
    minutes, rate = float(os.environ.get("FAULT_MINUTES", "2")), float(os.environ.get("FAULT_RATE", "20"))
    phases = [traffic.phase]
    each = minutes * 60 / (len(behind) * len(WAYS))
    async with traffic.flowing(rate):
        await asyncio.sleep(3)
        for engine, way in itertools.product(behind, WAYS):
            traffic.phase = Phase(engine.name, way)
            phases.append(traffic.phase)
            await asyncio.to_thread(_break, engine, way)
            await asyncio.sleep(each / 2)
            await asyncio.to_thread(_mend, engine, way)
            traffic.phase.back_at = time.perf_counter()
            await asyncio.sleep(each / 2)
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
