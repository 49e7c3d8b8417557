"""What a turn and a screen of the desk cost as the shop grows, on PostgreSQL, with the plans that it used.

GROWTH_SIZES sets how many orders, customers, conversations and documents (1000,100000). What searching a million
passages costs is measured by ONLY=vectors: here documents are rows, as the records keep them.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]

from backend.cli.bench import engines, plans, plenty, server
from backend.cli.bench.figures import Report, titled
from backend.cli.bench.http import Connection
from backend.cli.bench.plans import Read
from backend.cli.progress import console
from backend.domain.errors import EngineUnavailable
from backend.settings import ROOT
from backend.store.database import Database
from backend.tools.numbers_desk import NumbersDesk

#: Calls that are timed, and those of which the plans are logged.
_CALLS, _LOGGED = 20, 3
#: The numbers are of so many days unless others are asked for.
_SHOWN_DAYS = 30
#: Of a step that reads more rows than this of a table that grows, the rows must not grow with it.
_FEW = 2_000
_ORDER, _EMAIL = "ORD-1002", "sarah.johnson@example.com"

_TEMPLATES = {
    "order": "SELECT id FROM orders WHERE id = 'ORD-1002'",
    "customer": "SELECT customer_id FROM orders WHERE id = 'ORD-1002'",
    # the first one is a question and its answer; of the last one a person knows
    "conversation": "SELECT id FROM conversations ORDER BY started_at LIMIT 1",
    "helped": "SELECT conversation_id FROM handoffs ORDER BY created_at DESC LIMIT 1",
    "complaint": "SELECT id FROM complaints ORDER BY created_at DESC LIMIT 1",
    "document": "SELECT id FROM documents ORDER BY id LIMIT 1",
}  # fmt: skip

#: Pages of the desk and what they ask for; n is the number of a customer.
_SCREENS = {
    "inbox, by due time": "/api/staff/inbox?sort=due&status=open",
    "inbox, by priority": "/api/staff/inbox?sort=priority&status=open",
    "inbox, all by priority": "/api/staff/inbox?sort=priority",
    "inbox, newest first": "/api/staff/inbox?sort=created",
    "inbox, urgent": "/api/staff/inbox?priority=urgent",
    "inbox, mine": "/api/staff/inbox?mine=true",
    "inbox, too late": "/api/staff/inbox?breached=true",
    "inbox, a tag": "/api/staff/inbox?tag=vip",
    "inbox, another channel": "/api/staff/inbox?channel=email",
    "inbox, a customer": "/api/staff/inbox?customer_id=G-{n}",
    "inbox, counts": "/api/staff/inbox/counts",
    "inbox, tags": "/api/staff/inbox/tags",
    "inbox, a customer's address": "/api/staff/inbox?q=g{n}@example.com",
    "inbox, words nobody said": "/api/staff/inbox?q=zeppelin+{n}",
    "case": "/api/staff/cases/g{n}",
    "customer": "/api/staff/customers/G-{n}",
    "customer, exported": "/api/staff/customers/G-{n}/export",
    "conversations": "/api/staff/conversations",
    "complaints": "/api/staff/complaints",
    "complaints, too late": "/api/staff/complaints?breached=true",
    "handoffs, closed too": "/api/staff/handoffs?include_closed=true",
    "returns": "/api/staff/returns",
    "unanswered": "/api/staff/unanswered",
    "audit": "/api/staff/audit",
    "audit, of one object": "/api/staff/audit?object=complaint:CMP-{order}",
    "audit, by one person": "/api/staff/audit?actor=staff:nobody",
    "audit, of one action": "/api/staff/audit?action=cancel_order",
    "numbers, 30 days": "/api/staff/numbers",
    "paths, 30 days": "/api/staff/numbers/paths",
    "usage, 30 days": "/api/staff/usage",
    "wordings, 30 days": "/api/staff/variants",
    "document": "/api/knowledge/documents/g-{n}/versions",
}

Asking = Callable[[Connection, int], Awaitable[Any]]


@dataclass
class Size:
    """One size of the shop. Seconds; reads by what was asked."""

    rows: int
    fill: float = 0.0
    #: for a day that is over, which a chore counts once
    counting: float = 0.0
    #: of a turn, its conversation included, tables and indexes together
    turn_bytes: int = 0
    times: dict[str, list[float]] = field(default_factory=dict)
    reads: dict[str, list[Read]] = field(default_factory=dict)


def measure(data: Path) -> Report:
    """Medians by size, and what was read from end to end where nothing may be."""
    sizes = [int(size) for size in os.environ.get("GROWTH_SIZES", "1000,100000").split(",")]
    with engines.postgres(data, *plans.OPTIONS) as postgres:
        url = f"postgresql://support@127.0.0.1:{postgres.inner}/support"
        settings = {"DATABASE_URL": url, "BACKGROUND": "worker"}
        with server.shop(data, settings=settings) as shop:
            found = asyncio.run(_measured(shop, url, Path(postgres.options["cwd"]), sizes))
    return _report(found)


async def _measured(shop: server.Server, url: str, home: Path, sizes: list[int]) -> list[Size]:
    like = await _templates(shop, url)
    asked = _asked(await asyncio.to_thread(_staff, shop))
    sizes_found, before = list[Size](), 0
    for rows in sizes:
        begun = time.perf_counter()
        await plenty.grow(url, before + 1, rows, partial(_tell, rows), **like)
        size, before = Size(rows, fill=time.perf_counter() - begun, turn_bytes=await _turn_bytes(url)), rows
        size.counting = await _days_counted(url)
        sizes_found.append(size)
        read_to = plans.logged(home, 0)[1]
        for name, ask in asked.items():
            size.times[name] = [await _timed(shop, ask, rows, number) for number in range(_CALLS)][2:]
            await plans.log_plans(url, on=True)
            for number in range(_LOGGED):
                await _timed(shop, ask, rows, _CALLS + number)
            await plans.log_plans(url, on=False)
            size.reads[name], read_to = plans.logged(home, read_to)
    return sizes_found


def _tell(rows: int, what: str) -> None:
    console.print(f"{rows:,}: {what}", style="dim")


async def _days_counted(url: str) -> float:
    """Seconds a day in which the chore of the background counts days that are over, as many as the screens show."""
    database = await Database.open(url)
    begun, days = time.perf_counter(), 0
    try:
        async with database.records(plenty.SHOP, write=True) as records:
            await records.counted_days.forget()
        desk, more = NumbersDesk(database), 1
        while more and days < _SHOWN_DAYS:
            try:
                more = await desk.count(plenty.SHOP)
            except EngineUnavailable:  # a machine that still writes what was filled in
                await asyncio.sleep(1)
            else:
                days += more
    finally:
        await database.close()
    return (time.perf_counter() - begun) / max(1, days)


async def _turn_bytes(url: str) -> int:
    """Every conversation here is one turn: a question and its answer."""
    connection = await asyncpg.connect(url)
    try:
        used = "SELECT pg_total_relation_size('messages') + pg_total_relation_size('conversations')"
        return int(await connection.fetchval(used)) // int(
            await connection.fetchval("SELECT count(*) FROM conversations")
        )
    finally:
        await connection.close()


def _staff(shop: server.Server) -> dict[str, str]:
    command = [sys.executable, "-m", "backend.cli", "token", "--role", "admin", "--tenant", plenty.SHOP]
    told = subprocess.run(command, env=shop.env, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    return {"Authorization": f"Bearer {told.stdout.strip()}"}


async def _templates(shop: server.Server, url: str) -> dict[str, str]:
    """The ids of one of everything, made by talking to the product."""
    async with Connection(shop.port) as http:
        await http.post("/api/chat", {"message": "What is the battery life of the X1?"})
        asked = await http.post("/api/chat", {"message": f"Where is {_ORDER}? My address is {_EMAIL}"})
        session = {"session_id": asked["session_id"]}
        await http.post("/api/feedback", {**session, "message_id": asked["message_id"], "score": "up"})
        asked = await http.post("/api/chat", {"message": f"My laptop from {_ORDER} is broken", **session})
        await _agreed(http, asked)
        await _agreed(http, await http.post("/api/chat", {"message": "I want to talk to a person", **session}))
    connection = await asyncpg.connect(url)
    try:
        return {name: await connection.fetchval(query) for name, query in _TEMPLATES.items()}
    finally:
        await connection.close()


async def _agreed(http: Connection, asked: dict[str, Any]) -> None:
    if asked["pending_action"]:
        yes = {"action_id": asked["pending_action"]["id"], "accept": True}
        await http.post("/api/chat", {"decision": yes, "session_id": asked["session_id"]})


def _asked(staff: dict[str, str]) -> dict[str, Asking]:
    """What is timed, by name; each takes the number of a customer, who has one order and one conversation."""

    def said(words: str) -> Asking:
        async def ask(http: Connection, n: int) -> Any:
            return await http.post("/api/chat", {"message": words.format(n=n, order=1_000_000 + n)})

        return ask

    def shown(path: str) -> Asking:
        async def ask(http: Connection, n: int) -> Any:
            return await http.get(path.format(n=n, order=1_000_000 + n), staff)

        return ask

    async def complained(http: Connection, n: int) -> Any:
        words = f"My laptop from ORD-{1_000_000 + n} is broken, my address is g{n}@example.com"
        await _agreed(http, await http.post("/api/chat", {"message": words}))

    async def next_page(http: Connection, _: int) -> Any:
        first = await http.get("/api/staff/inbox", staff)
        return await http.get(f"/api/staff/inbox?cursor={first['next_cursor']}", staff)

    return {
        "order card": said("Where is ORD-{order}? My address is g{n}@example.com"),
        "manual question": said("How do I charge the X1? It is for customer {n}"),
        "product list": said("Show me laptops under ${order}"),
        "complaint, filed": complained,
        "inbox, two pages": next_page,
        **{name: shown(path) for name, path in _SCREENS.items()},
    }


async def _timed(shop: server.Server, ask: Asking, rows: int, number: int) -> float:
    """Seconds; for another customer every time, from all over the table."""
    async with Connection(shop.port) as http:
        begun = time.perf_counter()
        await ask(http, 1 + number * 7919 % rows)
        return time.perf_counter() - begun


def _report(sizes: list[Size]) -> Report:
    table = titled("Median ms as the shop grows", "what", *(f"{size.rows:,}" for size in sizes), "most rows read")
    largest = sizes[-1]
    for name in largest.times:
        read = max(largest.reads[name], key=lambda r: r.rows, default=None)
        told = f"{read.rows:,} of {read.table}, {read.how}" if read else ""
        table.add_row(name, *(f"{1000 * statistics.median(size.times[name]):.1f}" for size in sizes), told)
    table.add_row("bytes a turn", *(f"{size.turn_bytes:,}" for size in sizes), "")
    table.add_row("fill, s", *(f"{size.fill:.0f}" for size in sizes), "")
    table.add_row("count a day that is over, s", *(f"{size.counting:.2f}" for size in sizes), "")
    whole = sorted(
        {(name, r.table, r.rows) for name, reads in largest.reads.items() for r in reads if _is_whole(r, largest)}
    )
    for name, of, rows in whole:
        table.add_row(f"read as a whole by {name}", of, f"{rows:,}")
    figures = {
        "sizes": [
            {"rows": size.rows, "fill_s": round(size.fill, 1),
             "counting_a_day_s": round(size.counting, 3), "turn_bytes": size.turn_bytes,
             "median_ms": {name: round(1000 * statistics.median(times), 2) for name, times in size.times.items()},
             "reads": {name: _most(reads) for name, reads in size.reads.items()}}
            for size in sizes
        ],
        "read_as_a_whole": whole,
    }  # fmt: skip
    return Report(table, figures)


def _is_whole(read: Read, size: Size) -> bool:
    """A step that reads from end to end, or most of, a table that grows with the shop."""
    return read.rows > _FEW and (read.how == "Seq Scan" or read.rows >= size.rows / 10)


def _most(reads: list[Read]) -> list[dict[str, Any]]:
    """Of each table the step that read most: the plan's own words."""
    by_table: dict[str, Read] = {}
    for read in sorted(reads, key=lambda r: r.rows):
        by_table[read.table] = read
    return [{"table": r.table, "how": r.how, "index": r.index, "rows": r.rows} for r in by_table.values()]
