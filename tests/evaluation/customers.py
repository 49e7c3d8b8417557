"""Scripted customers through POST /api/chat: recorded tasks in plain words, and new tasks in strangers' words."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from backend.agents.understanding.evaluation import Score, wilson
from tests.actions.invented import invent
from tests.actions.manners import Manner
from tests.actions.scripted import read_rows, retail
from tests.actions.strange import can_say
from tests.actions.voices import EVERYBODY
from tests.shop import prepared

SEEDS = ("1", "2")
#: Drawn from the store for the strangers: two of each kind.
STRANGE_SEED, STRANGE_TASKS = "31", 30
#: Codes are limited for each address, so not all manners visit one shop.
_MANNERS_A_SHOP = 5


async def measure(data: Path, report: Callable[[int, int], None]) -> list[Score]:
    """Wishes one by one and all in one message; then every manner of speaking with tasks that nobody has seen."""
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    rows = read_rows(data / "dev" / "tau_retail_tasks.jsonl")
    total = 2 * len(SEEDS) * len(rows) + len(EVERYBODY) * STRANGE_TASKS
    models = await asyncio.to_thread(prepared) / "models"
    scores, done = [], 0

    def tell() -> None:
        nonlocal done
        done += 1
        report(done, total)

    async with retail(data / "retail_store", models) as shop:
        for check, together in (("one wish a message", False), ("all wishes in one message", True)):
            ends = []
            for seed in SEEDS:
                for row in rows:
                    ends.append(not (await shop.serve(row, seed, together=together)).wrong)
                    tell()
            scores.append(_score(check, ends))
    for first in range(0, len(EVERYBODY), _MANNERS_A_SHOP):
        scores += await _strangers(data, models, EVERYBODY[first : first + _MANNERS_A_SHOP], tell)
    return scores


async def _strangers(data: Path, models: Path, manners: Sequence[Manner], tell: Callable[[], None]) -> list[Score]:
    scores = []
    async with retail(data / "retail_store", models) as shop:
        tasks = invent(shop.store, STRANGE_SEED, STRANGE_TASKS)
        for manner in manners:
            ends = []
            for task in tasks:
                if can_say(manner, task):
                    ends.append(not (await shop.visit(task, manner)).wrong)
                tell()
            scores.append(_score(f"stranger: {manner.name}", ends))
    return scores


def _score(check: str, ends: Sequence[bool]) -> Score:
    right, n = sum(ends), len(ends)
    return Score("local", check, n, right / n, *wilson(right, n))
