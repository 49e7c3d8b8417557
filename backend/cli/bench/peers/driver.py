"""Times turns of a framework: one after another, many at once, and twenty in one conversation."""

import asyncio
import json
import os
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from backend.cli.bench.messages import TOLD

#: Pieces of the reply to a message; what was said before is the conversation's.
Turn = Callable[[str], AsyncIterator[str]]
#: A new conversation of them.
Conversation = Callable[[], Turn]

TURNS, PARALLEL, LONG = 20, 64, 20
#: Numbers of the questions that are asked at once, and of those that each process takes first, untimed, side by side;
#: none of them is asked otherwise, and those of the long conversation follow on those that are asked one by one.
AT_ONCE, WARM, SIDE_BY_SIDE = range(40, 296), range(300, 440), 16
#: Every turn asks something else, whatever courtesy is taken off: an answer known from before costs no call.
_HOW = (
    *("", " again", " with one hand", " before work", " right away", " for the first time", " at my desk"),
    *(" by the window", " with one hand again", " before work again", " at my desk again", " by the window again"),
)
QUESTIONS = [f"how do I {task} my {name}{how}" for how in _HOW for task, name in TOLD]
PASSAGE = (
    "X1 Laptop › Battery and charging\nThe battery of the X1 Laptop lasts up to 12 hours on one charge with office work"
    " at medium brightness. The 65 W charger that comes with it fills half of it in 35 minutes."
)


def run(conversation: Conversation) -> None:
    """Measure and print. The model's address without /v1 and the seconds of a call are the arguments."""
    print(json.dumps(asyncio.run(_measure(conversation, sys.argv[1]))))


@dataclass(frozen=True, slots=True)
class Taken:
    """A turn: seconds until the first word and the last, and what the model was asked."""

    first: float
    end: float
    calls: int
    prompt_tokens: int

    def own_ms(self, seconds_a_call: float) -> float:
        """What it took beside its calls."""
        return 1000 * (self.end - self.calls * seconds_a_call)


def summed(each: Sequence[Taken], seconds_a_call: float) -> dict[str, float]:
    """Means of what was asked, medians of what was waited for; 0 for turns with one call where there are none."""
    once = [turn.own_ms(seconds_a_call) for turn in each if turn.calls == 1]
    return {
        "calls": fmean(turn.calls for turn in each),
        "prompt_tokens": fmean(turn.prompt_tokens for turn in each),
        "first_word_s": median(turn.first for turn in each),
        "end_s": median(turn.end for turn in each),
        "own_ms": median(turn.own_ms(seconds_a_call) for turn in each),
        "own_ms_one_call": median(once) if once else 0.0,
        "turns_with_one_call": len(once) / len(each),
    }


async def _measure(conversation: Conversation, model: str) -> dict[str, float]:
    async def take(number: int) -> object:
        return await _one(conversation(), number)

    await many(WARM, SIDE_BY_SIDE, take)
    _counted(model)
    cpu, each = 0.0, list[Taken]()
    for n in range(TURNS):
        before = time.process_time()
        first, end = await _one(conversation(), n)
        cpu += (time.process_time() - before) / TURNS
        each.append(Taken(first, end, **_counted(model)))
    per_second = len(AT_ONCE) / await many(AT_ONCE, PARALLEL, take)
    _counted(model)
    tokens = await _long(conversation, model)
    return {
        **summed(each, float(sys.argv[2])),
        "cpu_ms": cpu * 1000,
        "turns_per_second": per_second,
        **tokens,
    }


async def _one(turn: Turn, number: int) -> tuple[float, float]:
    """Seconds until the first word of the reply, and until its last."""
    begun, first = time.perf_counter(), 0.0
    async for piece in turn(QUESTIONS[number % len(QUESTIONS)]):
        if piece.strip():
            first = first or time.perf_counter() - begun
    return first, time.perf_counter() - begun


async def many(numbers: Iterable[int], side_by_side: int, take: Callable[[int], Awaitable[object]]) -> float:
    """Take the numbered turns, so many at a time; seconds until the last ended."""
    waiting = iter(numbers)

    async def shopper() -> None:
        for number in waiting:
            await take(number)

    begun = time.perf_counter()
    await asyncio.gather(*(shopper() for _ in range(side_by_side)))
    return time.perf_counter() - begun


async def _long(conversation: Conversation, model: str) -> dict[str, float]:
    turn, told = conversation(), dict[str, float]()
    for number in range(1, LONG + 1):
        await _one(turn, TURNS + number - 1)
        tokens = _counted(model)["prompt_tokens"]
        if number in (1, 9, LONG):
            told[f"prompt_tokens_turn_{number}"] = tokens
    return told


def _counted(model: str) -> dict[str, int]:
    with urllib.request.urlopen(f"{model}/counted") as answer:  # noqa: S310  our own server on loopback
        return dict(json.loads(answer.read()))


os.environ.setdefault("OPENAI_API_KEY", "bench")
