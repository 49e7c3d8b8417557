"""Recorded tasks of a retail store, call by call through the tools: proposed, confirmed, end states compared."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from backend.agents.understanding.evaluation import Score
from backend.domain.intervals import wilson
from backend.tools.replay.run import replay_files


async def measure(data: Path, report: Callable[[int, int], None]) -> list[Score]:
    """The share of tasks that end as recorded."""
    lines: list[str] = []
    tasks = data / "dev" / "tau_retail_tasks.jsonl"
    await asyncio.to_thread(replay_files, tasks, data / "retail_store", lines.append)
    right, total = map(int, lines[-1].split(" of "))
    return [Score("local", "end states by tool calls", total, right / total, *wilson(right, total))]
