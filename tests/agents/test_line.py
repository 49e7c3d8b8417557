"""A process that has more to do than it can takes turns up one after another; one that only waits takes all."""

import asyncio
import time

from backend.agents.line import Line


async def _most_together(turns: int, busy_seconds: float, waiting_seconds: float) -> int:
    """How many of that many turns were inside at once, each blocking the loop or waiting for something elsewhere."""
    line, inside, most = Line(), 0, 0

    async def turn() -> None:
        nonlocal inside, most
        async with line:
            inside += 1
            most = max(most, inside)
            for _ in range(4):
                time.sleep(busy_seconds)  # noqa: ASYNC251  work that holds the loop is what this is about
                await asyncio.sleep(waiting_seconds)
            inside -= 1

    await asyncio.gather(*(turn() for _ in range(turns)))
    assert inside == 0
    return most


async def test_turns_that_work_wait_in_line() -> None:
    assert await _most_together(40, 0.02, 0.0) <= 8


async def test_turns_that_wait_for_a_model_go_on_together() -> None:
    assert await _most_together(200, 0.0, 0.3) > 100


async def test_whoever_breaks_off_leaves_the_line() -> None:
    line = Line()
    for _ in range(20):
        try:
            async with line:
                raise ValueError
        except ValueError:
            continue
    assert await asyncio.wait_for(_entered(line), 1)


async def _entered(line: Line) -> bool:
    async with line:
        return True
