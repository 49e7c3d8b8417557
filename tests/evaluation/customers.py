"""Scripted customers with the same tasks in their own words, through POST /api/chat; end states compared."""

import logging
from collections.abc import Callable
from pathlib import Path

import structlog

from backend.agents.understanding.evaluation import Score
from backend.domain.intervals import wilson
from tests.actions.scripted import read_rows, retail

SEEDS = ("1", "2")


async def measure(data: Path, report: Callable[[int, int], None]) -> list[Score]:
    """Wishes one by one, and all in one message."""
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    rows = read_rows(data / "dev" / "tau_retail_tasks.jsonl")
    scores, done = [], 0
    async with retail(data / "retail_store") as shop:
        for check, together in (("one wish a message", False), ("all wishes in one message", True)):
            right = 0
            for seed in SEEDS:
                for row in rows:
                    right += not (await shop.serve(row, seed, together=together)).wrong
                    done += 1
                    report(done, 2 * len(SEEDS) * len(rows))
            n = len(SEEDS) * len(rows)
            scores.append(Score("local", check, n, right / n, *wilson(right, n)))
    return scores
