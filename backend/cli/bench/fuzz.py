"""Calls made up without sense by the thousand, and malformed files: what is wrong, and what takes longest.

FUZZ_MESSAGES=100000 for the long run; FUZZ_LOG=path keeps the server's log.
"""

import asyncio
import contextlib
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from backend.cli.bench import nonsense, server, uploads
from backend.cli.bench.figures import Report, Spread, titled
from backend.cli.bench.http import Answer, Connection
from backend.cli.bench.nonsense import Sent

_MESSAGES = 5_000
_PARALLEL = 8
_SECONDS = 30.0
#: So many wrong answers say it all, and so many of the slowest messages.
_ENOUGH, _SLOWEST = 20, 10
#: Of the server's log.
_BROKEN = ('"level": "error"', "Traceback (most recent call last)", "never awaited", "never retrieved")


@dataclass
class _Seen:
    """What came back."""

    statuses: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    #: with their seconds, slowest last; who waits beside others is told as slow too
    slowest: list[tuple[float, str]] = field(default_factory=list)
    #: resident, MB, before, and after each tenth of the calls
    memory: list[float] = field(default_factory=list)


def measure(data: Path) -> Report:
    """Send them all, a conversation for about forty each, then the files.

    Raises server.Failed when one is answered wrongly or the log tells of an error.
    """
    number, seen = int(os.environ.get("FUZZ_MESSAGES") or _MESSAGES), _Seen()
    with server.shop(data) as running:
        asyncio.run(_all(running, number, seen))
        _held([*seen.wrong, *_logged(data)], number)
        sent = uploads.send(running)
        _held([*sent.wrong, *_logged(data)], uploads.FILES)
    table = titled(f"{number:,} fuzzed messages and {uploads.FILES} malformed files", "answer", "messages", "files")
    for status in sorted({*seen.statuses, *map(str, sent.statuses)}):
        table.add_row(status, f"{seen.statuses[status]:,}", f"{sent.statuses[int(status)]:,}")
    both = (seen.seconds, sent.seconds)
    spread, longest = [str(Spread.of(s)) for s in both], [f"{1000 * max(s):.0f}" for s in both]
    table.add_row("median / 99th percentile, ms", *spread)
    table.add_row("longest, ms", *longest)
    table.add_row("searches beside them, ms", "", str(Spread.of(sent.beside)))
    table.add_row("memory of the server, MB: each tenth; the most", _told(seen.memory), f"{sent.most_memory_mb:.0f}")
    table.add_row("memory of the readers, MB: the most", "", f"{sent.most_beside_mb:.0f}")
    figures = {
        "messages": {"sent": number, "answers": dict(seen.statuses), "longest_ms": longest[0],
                     "memory_mb": [round(mb) for mb in seen.memory],
                     "slowest": [{"ms": round(1000 * took), "message": told} for took, told in seen.slowest]},
        "files": {"sent": uploads.FILES, "answers": {str(k): n for k, n in sent.statuses.items()},
                  "longest_ms": longest[1], "most_memory_mb": sent.most_memory_mb,
                  "most_beside_mb": round(sent.most_beside_mb),
                  "longest_search_beside_ms": round(1000 * max(sent.beside))},
    }  # fmt: skip
    return Report(table, figures)


def _told(memory: list[float]) -> str:
    return " ".join(f"{mb:.0f}" for mb in memory)


def _held(wrong: list[str], number: int) -> None:
    if wrong:
        raise server.Failed(f"{len(wrong)} of {number} were answered wrongly, e.g. {wrong[0][:1000]}")


def _logged(data: Path) -> list[str]:
    """Lines of the server's log that tell of something nobody foresaw."""
    log = data / "server.log"
    if kept := os.environ.get("FUZZ_LOG"):
        shutil.copy(log, kept)
    lines = log.read_text(errors="replace").splitlines()
    return [f"logged: {line}" for line in lines if any(sign in line for sign in _BROKEN)]


async def _all(running: server.Server, number: int, seen: _Seen) -> None:
    # two shoppers write into each conversation, so that messages meet in it
    each = number // _PARALLEL
    watching = asyncio.create_task(_watch(running, number, seen))
    made = [nonsense.calls(each, shopper, shopper // 2) for shopper in range(_PARALLEL)]
    await asyncio.gather(*(_shopper(running.port, calls, seen) for calls in made))
    watching.cancel()
    seen.memory.append(running.memory_mb() or 0.0)


async def _watch(running: server.Server, number: int, seen: _Seen) -> None:
    while True:
        if len(seen.seconds) * 10 >= number * len(seen.memory):
            seen.memory.append(running.memory_mb() or 0.0)
        await asyncio.sleep(0.2)


async def _shopper(port: int, made: Iterator[Sent], seen: _Seen) -> None:
    left = True
    while left and len(seen.wrong) < _ENOUGH:
        with contextlib.suppress(OSError):  # closing a connection that broke; what broke it is noted
            async with Connection(port) as connection:
                left = not await _until_lost(connection, made, seen)


async def _until_lost(connection: Connection, made: Iterator[Sent], seen: _Seen) -> bool:
    """Whether everything was sent; False when the connection is used up."""
    for sent in made:
        if not await _send(connection, sent, seen):
            return False
    return True


async def _send(connection: Connection, sent: Sent, seen: _Seen) -> bool:
    begun, told = time.perf_counter(), repr(sent.body[:2_000])
    headers = {"Idempotency-Key": sent.key} if sent.key else None
    try:
        async with asyncio.timeout(_SECONDS):
            answer = await connection.send_bytes("/api/chat", sent.body, headers)
    except (OSError, EOFError, TimeoutError) as lost:
        seen.wrong.append(f"{type(lost).__name__}: {told}")
        return False
    took = time.perf_counter() - begun
    if not _is_right(answer):
        seen.wrong.append(f"{answer}: {told}")
    seen.statuses[str(answer.status)] += 1
    seen.seconds.append(took)
    seen.slowest = sorted([*seen.slowest, (took, told)])[-_SLOWEST:]
    return True


def _is_right(answer: Answer) -> bool:
    """A reply that says something, or a refusal that says what is wrong."""
    body = answer.body
    if answer.status == 200:
        return bool(body["response"] or body["handoff"] or body["superseded"])
    return 400 <= answer.status < 500 and bool(body.get("detail"))
