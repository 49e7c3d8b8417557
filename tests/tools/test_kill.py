"""A process killed between any two steps of a write leaves all of it or nothing, and the retry completes it once."""

import asyncio
import json
import re
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pytest
from sqlalchemy import bindparam, select

from backend.domain.desk import WebhookFormat
from backend.store.database import Database
from backend.store.tables import metadata
from backend.tools.toolbox import Toolbox, write_tools
from tests.tools import shop
from tests.tools.killed import carry_out
from tests.tools.shop import signed_in

#: Every row of a shop, by table, without what differs between two runs.
State = dict[str, list[str]]

_ELSEWHERE = {"line1": "5 Hill Road", "city": "York", "state": "NY", "zip": "10001"}
_TO_BLUE = [{"line_id": "L1", "variant_id": "mug-blue"}]

#: Every write of the toolbox with something it can be tried on.
TOOLS: dict[str, dict[str, Any]] = {
    "cancel_order": {"order_id": "ORD-4", "reason": "no longer needed"},
    "change_address": {"order_id": "ORD-1", "address": _ELSEWHERE},
    "change_payment_method": {"order_id": "ORD-1", "method_id": "ada-gift"},
    "change_items": {"order_id": "ORD-1", "items": _TO_BLUE, "method_id": "ada-gift"},
    "return_items": {"order_id": "ORD-2", "lines": [{"line_id": "L1", "quantity": 1}], "method_id": "ada-gift"},
    "exchange_items": {"order_id": "ORD-2", "items": _TO_BLUE, "method_id": "ada-gift"},
    "change_default_address": {"address": _ELSEWHERE},
    "file_complaint": {"order_id": "ORD-2", "description": "The handle of the red mug broke off."},
    "request_handoff": {"reason": "I want a person"},
    "file_enquiry": {"text": "We need 40 mugs for our office, budget $800. Grace Hopper, grace@harborlabs.com"},
}
#: What the desk does with what was asked for.
DESK = {"receive": "return_items", "reject": "return_items", "paid": "cancel_order", "fulfil": "exchange_items"}

#: Every write on SQLite; on PostgreSQL, whose transactions are the same code, those that touch the most tables.
WRITES = [("sqlite", write) for write in (*TOOLS, *DESK)] + [
    ("postgresql", write) for write in ("cancel_order", "change_items", "file_complaint", "receive", "fulfil")
]


@dataclass
class Victims:
    """Processes that carry a job out and die at its step `fatal`."""

    process: asyncio.subprocess.Process

    async def try_it(self, job: dict[str, Any]) -> int:
        """The exit status."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(job).encode() + b"\n")
        return int(await self.process.stdout.readline())


@pytest.fixture
async def victims(database_url: str, database: Database) -> AsyncIterator[Victims]:
    command = [sys.executable, "-m", "tests.tools.killed", database_url]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    yield Victims(process)
    assert process.stdin
    process.stdin.close()
    assert await process.wait() == 0


def test_no_write_is_left_out() -> None:
    assert set(TOOLS) == set(write_tools())


@pytest.mark.parametrize(("database_url", "write"), WRITES, indirect=["database_url"])
async def test_all_or_nothing_at_every_step(database: Database, tools: Toolbox, victims: Victims, write: str) -> None:
    job = await _job(database, tools, write, "whole")
    nothing = await _state(database, "whole")
    outcome = await carry_out(database, job)
    whole = await _state(database, "whole")
    assert {"audit", "events", "webhook_deliveries"} <= {
        name for name in whole if len(whole[name]) > len(nothing[name])
    }

    died_before, died_after = 0, 0
    for fatal in count(1):
        job = await _job(database, tools, write, f"dies-at-{fatal}") | {"fatal": fatal}
        status = await victims.try_it(job)
        left = await _state(database, job["tenant"])
        if status == 0:
            break
        assert status == -signal.SIGKILL
        assert left in (nothing, whole), f"half of it is there after step {fatal}"
        died_before, died_after = died_before + (left == nothing), died_after + (left == whole)
        assert (await carry_out(database, job)).keys() == outcome.keys()
        assert await _state(database, job["tenant"]) == whole, f"the retry after step {fatal} is not the whole write"
    assert died_before >= 10 and died_after > 0
    again = [await carry_out(database, job) for _ in range(2)]
    assert again[0] == again[1] and await _state(database, job["tenant"]) == left == whole


async def _job(database: Database, tools: Toolbox, write: str, tenant: str) -> dict[str, Any]:
    """A shop of its own in which the write is proposed, or all that comes before the desk's step is done."""
    await shop.fill(database, tenant)
    async with database.records(tenant, write=True) as records:
        await records.webhooks.add("http://127.0.0.1:9/hook", "a-secret-of-this-hook", (), WebhookFormat.EVENTS)
    job: dict[str, Any] = {"tenant": tenant, "key": "the-caller's-key", "arguments": {}, "fatal": 0}
    if write in TOOLS and not write_tools()[write].needs_consent:
        return job | {"kind": "perform", "id": write, "arguments": TOOLS[write]}
    context = replace(signed_in(), tenant=tenant)
    asked = DESK.get(write, write)
    arguments = TOOLS[asked] | ({"order_id": "ORD-1"} if write == "paid" else {})
    pending = await tools.desk.propose(context, asked, arguments)
    if write in TOOLS:
        return job | {"kind": "confirm", "id": pending.id}
    ids = (await tools.desk.confirm(context, pending.id)).ids
    noun = {"paid": "refund", "fulfil": "exchange"}.get(write, "return")
    return job | {"kind": write, "id": ids[noun]}


#: What is drawn at random or read from the clock, and so differs between two runs of one write.
_DRAWN = {"tenant", "created_at", "updated_at", "at", "due_at", "expires_at", "key", "event_id", "webhook_id", "action"}
_DRAWN_IDS = {"audit", "mails", "events", "webhooks", "webhook_deliveries", "payments", "pending_actions", "handoffs"}
_DRAWN_WITHIN = re.compile(r"'(?:id|created_at|action|content|expected_at)': (?:'[^']*'|None)|\b[0-9a-f]{32}\b")
_TABLES = [
    (
        table.name,
        select(*(c for c in table.c if c.name not in _DRAWN | ({"id"} if table.name in _DRAWN_IDS else set()))).where(
            table.c.tenant == bindparam("shop")
        ),
    )
    for table in metadata.sorted_tables
]


async def _state(database: Database, tenant: str) -> State:
    """Everything that is stored of the shop, whichever tables there are, without what is drawn."""
    found: State = {}
    async with database._reader.connect() as connection:
        for table, kept in _TABLES:
            rows = await connection.execute(kept, {"shop": tenant})
            found[table] = sorted(_DRAWN_WITHIN.sub("…", repr(tuple(row))) for row in rows)
        await connection.rollback()
    return found
