"""Strangers with invented tasks, through POST /api/chat: how many of each manner end right, and how the others end.

python -m tests.actions.strange [--seed 1] [--tasks 30] [--manner NAME] [--kind KIND] [--verbose]
"""

import argparse
import asyncio
import logging
from collections import Counter
from pathlib import Path

import structlog

from tests.actions.invented import Invented, invent
from tests.actions.manners import Manner
from tests.actions.scripted import STORE, retail
from tests.actions.voices import EVERYBODY
from tests.shop import prepared


def can_say(manner: Manner, invented: Invented) -> bool:
    """Who tells only what is asked never names a method that the shop must refuse, for it asks for one of its own."""
    return not (manner.drips and invented.kind == "refused refund")


async def meet(seed: str, count: int, manner: str, kind: str, *, verbose: bool, store: Path = STORE) -> None:
    """A line for each conversation that ends wrong, then the right ones of each manner and kind."""
    by_manner, by_kind = Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()
    models = await asyncio.to_thread(prepared) / "models"
    for speaker in (m for m in EVERYBODY if manner in m.name):
        async with retail(store, models) as shop:  # each has a fresh one: codes are limited for each address
            tasks = [t for t in invent(shop.store, seed, count) if kind in t.kind and can_say(speaker, t)]
            for invented in tasks:
                result = await shop.visit(invented, speaker)
                by_manner[speaker.name, not result.wrong] += 1
                by_kind[invented.kind, not result.wrong] += 1
                if result.wrong and verbose:
                    print(f"\n===== {result.task}", *result.log, sep="\n")
                if result.wrong:
                    print(f"{result.task}: {'; '.join(result.wrong)}", flush=True)
    for counted in (by_kind, by_manner):
        for name in dict.fromkeys(name for name, _ in counted):
            print(f"{name}: {counted[name, True]} of {counted[name, True] + counted[name, False]}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", default="1")
    parser.add_argument("--tasks", type=int, default=30, help="how many tasks each manner meets")
    parser.add_argument("--manner", default="", help="only manners whose name holds this")
    parser.add_argument("--kind", default="", help="only tasks whose kind holds this")
    parser.add_argument("--verbose", action="store_true", help="conversations that end wrong")
    chosen = parser.parse_args()
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(meet(chosen.seed, chosen.tasks, chosen.manner, chosen.kind, verbose=chosen.verbose))


if __name__ == "__main__":
    main()
