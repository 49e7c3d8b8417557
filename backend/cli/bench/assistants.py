"""A turn with a language model of 300 ms a call: ours beside the same turn built with other frameworks.

Theirs run in process and look up a constant; ours answer over loopback HTTP, from the index, and keep the conversation.
Own work is what a turn takes beside its calls.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from backend.cli.bench import server
from backend.cli.bench.figures import Report, titled
from backend.cli.bench.http import Connection
from backend.cli.bench.peers.driver import (
    AT_ONCE,
    LONG,
    PARALLEL,
    QUESTIONS,
    SIDE_BY_SIDE,
    TURNS,
    WARM,
    Taken,
    many,
    summed,
)
from backend.settings import ROOT

SECONDS_A_CALL = 0.3
#: What the comparison needs, in an environment whose Python BENCH_PEERS names; without it ours is measured alone.
EXTRAS = ("openai-agents", "langgraph", "langgraph-supervisor", "langchain-openai")
MISSING = f"not measured: pip install {' '.join(EXTRAS)} into an environment and name its Python in BENCH_PEERS"
_PEERS = {"OpenAI Agents SDK": "agents_sdk", "LangGraph supervisor": "langgraph_supervisor"}
_COLUMNS = (
    "calls",
    "prompt tokens",
    "first word, s",
    "end, s",
    "own work, ms",
    "with one call",
    "CPU, ms",
    "turns/s at 64",
    "tokens, turn 1 / 9 / 20",
)


def measure(data: Path) -> Report:
    """Calls, prompt tokens, latency, CPU and throughput of each."""
    table = titled("A turn with a model of 300 ms a call", "turn by", *_COLUMNS)
    figures: dict[str, Any] = {}
    with server.model(data, SECONDS_A_CALL) as model:
        for name, mode in (("ours, read locally", "cascade"), ("ours, read by the model", "gpt")):
            key = {"OPENAI_API_KEY": "bench", "OPENAI_BASE_URL": f"http://127.0.0.1:{model.port}/v1"}
            with server.shop(data, settings={**key, "UNDERSTANDING": mode, "LLM_PLAN": "unlimited"}) as shop:
                figures[name] = asyncio.run(_ours(shop, model.port))
        for name, module in _PEERS.items():
            figures[name] = _theirs(module, model.port)
    for name, found in figures.items():
        table.add_row(name, *_cells(found))
    return Report(table, figures)


async def _ours(shop: server.Server, model: int) -> dict[str, float]:
    async def take(number: int) -> object:
        return await _turn(shop.port, None, number)

    await many(WARM, SIDE_BY_SIDE, take)
    await _counted(model)
    cpu, each = shop.cpu_seconds(), list[Taken]()
    for n in range(TURNS):
        first, end, _ = await _turn(shop.port, None, n)
        each.append(Taken(first, end, **await _counted(model)))
    cpu = (shop.cpu_seconds() - cpu) / TURNS
    per_second = len(AT_ONCE) / await many(AT_ONCE, PARALLEL, take)
    return {
        **summed(each, SECONDS_A_CALL),
        "cpu_ms": cpu * 1000,
        "turns_per_second": per_second,
        **await _long(shop.port, model),
    }


async def _turn(port: int, session: str | None, number: int) -> tuple[float, float, str]:
    """Seconds until the first word and until the end, and the session."""
    body = {"message": QUESTIONS[number % len(QUESTIONS)]} | ({"session_id": session} if session else {})
    begun, first, known = time.perf_counter(), 0.0, session or ""
    async with Connection(port) as connection:
        async for event in connection.events("/api/chat/stream", body):
            if event.get("type") == "text-delta" and event["delta"].strip():
                first = first or time.perf_counter() - begun
            elif event.get("type") == "data-reply":
                known = event["data"]["session_id"]
    return first, time.perf_counter() - begun, known


async def _long(port: int, model: int) -> dict[str, float]:
    session, told = "", dict[str, float]()
    await _counted(model)
    for number in range(1, LONG + 1):
        _, _, session = await _turn(port, session or None, TURNS + number - 1)
        tokens = (await _counted(model))["prompt_tokens"]
        if number in (1, 9, LONG):
            told[f"prompt_tokens_turn_{number}"] = tokens
    return told


async def _counted(model: int) -> dict[str, int]:
    async with Connection(model) as connection:
        return dict(await connection.get("/counted"))


def _theirs(module: str, model: int) -> dict[str, Any]:
    python = os.environ.get("BENCH_PEERS", sys.executable)
    address = f"http://127.0.0.1:{model}"
    command = [python, "-W", "ignore", "-m", f"backend.cli.bench.peers.{module}", address, str(SECONDS_A_CALL)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  our own module
    if ran.returncode:
        missing = "ModuleNotFoundError" in ran.stderr
        return {"missing": MISSING if missing else ran.stderr.strip().splitlines()[-1]}
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def _cells(found: Mapping[str, Any]) -> list[str]:
    if "missing" in found:
        return [str(found["missing"])]
    tokens = " / ".join(f"{found[f'prompt_tokens_turn_{n}']:,.0f}" for n in (1, 9, LONG))
    numbers = (f"{found['calls']:.1f}", f"{found['prompt_tokens']:,.0f}", f"{found['first_word_s']:.3f}")
    times = [f"{found['end_s']:.3f}", *(f"{found[name]:.1f}" for name in ("own_ms", "own_ms_one_call", "cpu_ms"))]
    return [*numbers, *times, f"{found['turns_per_second']:.0f}", tokens]
