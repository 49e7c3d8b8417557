"""Clients of mixed wishes that write down what they were promised, and what happened to them by phase.

Who gets no answer to a write sends the same again under the same key.
"""

import asyncio
import contextlib
import itertools
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from backend.cli.bench.http import Answer, Connection
from backend.cli.bench.messages import shopping
from backend.store.database import Database

#: How often a write is sent, and the seconds between where the server does not say.
_TRIES, _PAUSE = 30, 0.5


@dataclass
class Phase:
    """What happened from the moment of a fault until the next one. Seconds."""

    engine: str
    way: str
    statuses: Counter[int] = field(default_factory=Counter)
    degraded: int = 0
    slowest: float = 0.0
    slowest_away: float = 0.0
    #: product and manual questions, and how many of them were answered
    goods: list[int] = field(default_factory=lambda: [0, 0])
    #: when the engine was brought back, and the first whole answer to something sent after
    back_at: float | None = None
    whole_at: float | None = None
    without_hint: int = 0
    others: list[str] = field(default_factory=list)


@dataclass
class Traffic:
    """The clients: what they sent, and what was acknowledged."""

    port: int
    phase: Phase
    #: every so many is a write
    writes: int = 5
    acknowledged: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)
    texts: Iterator[str] = field(default_factory=lambda: itertools.cycle(shopping(5)))

    @contextlib.asynccontextmanager
    async def flowing(self, per_second: float) -> AsyncIterator[None]:
        """So many are sent while the block lasts; its end waits until each of them has ended."""
        calls = set[asyncio.Task[None]]()

        async def sending() -> None:
            for number in itertools.count():
                task = asyncio.create_task(self.one(number))
                calls.add(task)
                task.add_done_callback(calls.discard)
                await asyncio.sleep(1 / per_second)

        sender = asyncio.create_task(sending())
        try:
            yield
        finally:
            sender.cancel()
            await asyncio.gather(sender, *calls, return_exceptions=True)

    async def one(self, number: int) -> None:
        """A write now and then, every fourth of the others an order, the rest goods and manuals."""
        if number % self.writes == 0:
            await self._write()
        elif number % 4 == 0:
            await self._chat("Where is ORD-1002? My address is sarah.johnson@example.com")
        else:
            answer = await self._chat(next(self.texts))
            self.phase.goods[0] += 1
            self.phase.goods[1] += answer is not None and answer.status == 200

    async def _chat(self, text: str) -> Answer | None:
        return await self._sent("/api/chat", {"message": text}, str(uuid4()))

    async def _write(self) -> None:
        mark = uuid4().hex
        body = {"reply_to": "bench@example.com", "text": f"Do you sell laptops in bulk? {mark}"}
        for _ in range(_TRIES):
            answer = await self._sent("/api/enquiries", body, mark)
            if answer is not None and answer.status == 201:
                self.acknowledged.add(mark)
                return
            await asyncio.sleep(float(answer.headers.get("retry-after", _PAUSE)) if answer else _PAUSE)
        self.given_up.add(mark)

    async def _sent(self, path: str, body: dict[str, Any], key: str) -> Answer | None:
        phase, begun = self.phase, time.perf_counter()
        answer: Answer | None = None
        with contextlib.suppress(OSError, EOFError, TimeoutError):
            async with asyncio.timeout(30), Connection(self.port) as connection:
                answer = await connection.send(path, body, {"Idempotency-Key": key})
        took = time.perf_counter() - begun
        self._note(phase, answer, begun, took)
        return answer

    def _note(self, phase: Phase, answer: Answer | None, begun: float, took: float) -> None:
        if answer is not None and answer.status == 503:
            phase = self.phase  # sent before the records went, refused when they were gone
        phase.slowest = max(phase.slowest, took)
        phase.statuses[answer.status if answer is not None else 0] += 1
        if answer is None:
            return
        if answer.status == 503:
            phase.slowest_away = max(phase.slowest_away, took)
            phase.without_hint += "retry-after" not in answer.headers
        if answer.status >= 300 and phase.engine != "postgresql" and len(phase.others) < 5:
            phase.others.append(f"{answer.status} {json.dumps(answer.body)[:200]}")
        missing = {d["engine"] for d in answer.body.get("degraded", ())} if answer.status < 300 else {phase.engine}
        phase.degraded += bool(missing) and answer.status < 300
        if phase.engine not in missing and phase.back_at is not None and begun > phase.back_at:
            phase.whole_at = phase.whole_at or begun + took


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What became of the writes: promised, lost, there more than once, never promised."""

    acknowledged: int
    lost: int
    doubled: int
    given_up: int

    def figures(self) -> dict[str, int]:
        return {
            "writes_acknowledged": self.acknowledged,
            "writes_lost": self.lost,
            "writes_doubled": self.doubled,
            "writes_given_up": self.given_up,
        }


async def reckoned(traffic: Traffic, records_url: str) -> Reckoning:
    """The clients' own log held against the records."""
    database = await Database.open(records_url)
    try:
        async with database.records("techpro") as records:
            found, _ = await records.enquiries.list(page_size=1_000_000)
    finally:
        await database.close()
    kept = Counter(enquiry.text.rsplit(" ", 1)[-1] for enquiry in found)
    lost = [mark for mark in traffic.acknowledged if kept[mark] == 0]
    doubled = [mark for mark, number in kept.items() if number > 1]
    return Reckoning(len(traffic.acknowledged), len(lost), len(doubled), len(traffic.given_up))
