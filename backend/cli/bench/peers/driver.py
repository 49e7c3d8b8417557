"""Times turns of a framework: one after another, many at once, and twenty in one conversation."""

import asyncio
import json
import os
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from backend.cli.bench.messages import KINDS

#: Pieces of the reply to a message; what was said before is the conversation's.
Turn = Callable[[str], AsyncIterator[str]]
#: A new conversation of them.
Conversation = Callable[[], Turn]

TURNS, PARALLEL, AT_ONCE, LONG = 20, 64, 256, 20
#: every turn asks something else: an answer known from before costs no call
QUESTIONS = list(next(kind for kind in KINDS if kind.name == "manual question").messages())
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
    for n in range(3):
        await _one(conversation(), n)
    _counted(model)
    cpu, each = 0.0, list[Taken]()
    for n in range(TURNS):
        before = time.process_time()
        first, end = await _one(conversation(), n)
        cpu += (time.process_time() - before) / TURNS
        each.append(Taken(first, end, **_counted(model)))
    per_second = await _at_once(conversation)
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


async def _at_once(conversation: Conversation) -> float:
    waiting = list(range(AT_ONCE))

    async def shopper() -> None:
        while waiting:
            await _one(conversation(), waiting.pop())

    begun = time.perf_counter()
    await asyncio.gather(*(shopper() for _ in range(PARALLEL)))
    return AT_ONCE / (time.perf_counter() - begun)


async def _long(conversation: Conversation, model: str) -> dict[str, float]:
    turn, told = conversation(), dict[str, float]()
    for number in range(1, LONG + 1):
        await _one(turn, number)
        tokens = _counted(model)["prompt_tokens"]
        if number in (1, 9, LONG):
            told[f"prompt_tokens_turn_{number}"] = tokens
    return told


def _counted(model: str) -> dict[str, int]:
    with urllib.request.urlopen(f"{model}/counted") as answer:  # noqa: S310  our own server on loopback
        return dict(json.loads(answer.read()))


os.environ.setdefault("OPENAI_API_KEY", "bench")
