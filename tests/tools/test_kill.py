"""A process killed between two steps of a write leaves all of it or nothing, and the retry completes."""

import asyncio
import signal
import sys

import pytest

from backend.domain.orders import OrderStatus
from backend.store.database import Database
from backend.tools.toolbox import Toolbox
from tests.tools.shop import TENANT, signed_in
from tests.tools.test_actions import CANCEL, balance, stored, traces


@pytest.mark.parametrize("step", ["claimed", "executed", "announced", "settled", "committed"])
async def test_all_or_nothing(database_url: str, database: Database, tools: Toolbox, step: str) -> None:
    who = signed_in()
    pending = await tools.desk.propose(who, "cancel_order", {**CANCEL, "order_id": "ORD-4"})
    arguments = [sys.executable, "-m", "tests.tools.killed", database_url, pending.id, step]
    child = await asyncio.create_subprocess_exec(*arguments)
    assert await child.wait() == -signal.SIGKILL
    done = step == "committed"
    assert (await stored(database, "ORD-4")).status is (OrderStatus.CANCELLED if done else OrderStatus.PENDING)
    assert await balance(database) == (7_000 if done else 5_000)
    assert await traces(database) == ((1, 2, 1) if done else (0, 0, 0))

    outcome = await tools.desk.confirm(who, pending.id)
    assert outcome.ids["refund"] == "REF-101"
    assert await balance(database) == 7_000
    assert await traces(database) == (1, 2, 1)
    async with database.records(TENANT) as records:
        order = await records.orders.get("ORD-4")
    assert order is not None and len(order.refunds) == 1
