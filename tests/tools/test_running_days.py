"""Days of very many conversations are not counted for every reader; days of few are."""

import asyncio
from datetime import date

import pytest

from backend.domain.errors import EngineUnavailable
from backend.tools.counting import Day
from backend.tools.running_days import Days, Run, RunningDays

TODAY = date(2026, 3, 3)
RUN: Run = ("lanterns", TODAY, TODAY)


class Counting:
    """Counts as many conversations as it is told, and what it is asked."""

    def __init__(self, conversations: int) -> None:
        self.conversations = conversations
        self.asked = 0
        self.now = 0.0
        self.gone = False

    async def count(self, run: Run) -> Days:
        self.asked += 1
        await asyncio.sleep(0)
        if self.gone:
            raise EngineUnavailable("The records are gone.")
        day = Day()
        day.on(TODAY).conversations = self.conversations
        return {TODAY: day}

    def days(self) -> RunningDays:
        return RunningDays(self.count, lambda: self.now)


async def _number(days: RunningDays) -> tuple[int, float]:
    found, age = await days.of(RUN)
    return found[TODAY].at[TODAY].conversations, age


async def test_few_are_counted_whenever_somebody_asks() -> None:
    counting = Counting(1_000)
    days = counting.days()
    assert [await _number(days) for _ in range(3)] == [(1_000, 0.0)] * 3 and counting.asked == 3


async def test_many_are_shown_for_a_while_and_counted_again_behind_the_reader() -> None:
    counting = Counting(100_000)
    days = counting.days()
    first = await asyncio.gather(*(_number(days) for _ in range(5)))
    assert first == [(100_000, 0.0)] * 5 and counting.asked == 1, "who asks at the same time waits for the same"
    counting.now, counting.conversations = 40.0, 100_500
    assert await _number(days) == (100_000, 40.0) and counting.asked == 1
    counting.now = 60.0
    assert await _number(days) == (100_000, 60.0), "nobody waits"
    await asyncio.gather(*days._counting.values())
    assert await _number(days) == (100_500, 0.0) and counting.asked == 2
    counting.now = 900.0
    assert await _number(days) == (100_500, 0.0) and counting.asked == 3, "what is too old is not shown"


async def test_a_count_that_failed_is_told_to_who_waits_and_tried_again() -> None:
    counting = Counting(100_000)
    days, counting.gone = counting.days(), True
    with pytest.raises(EngineUnavailable):
        await _number(days)
    counting.gone = False
    assert await _number(days) == (100_000, 0.0)
    counting.now, counting.gone = 60.0, True
    assert await _number(days) == (100_000, 60.0), "behind the reader it may fail"
    await days.close()
    counting.now, counting.gone = 61.0, False
    assert (await _number(days))[1] == 61.0
    await asyncio.gather(*days._counting.values())
    assert await _number(days) == (100_000, 0.0)
