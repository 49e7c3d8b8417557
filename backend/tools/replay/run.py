"""Runs recorded tasks one after another in a shop of their own, each from the same start."""

import asyncio
import secrets
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from backend.domain.errors import InvalidInput, NotFound, ShopError
from backend.domain.identity import Identity, IdentityLevel
from backend.store.database import Database
from backend.store.loading.load import load_store
from backend.tools.base import AlreadyDone, ToolContext
from backend.tools.replay import snapshot
from backend.tools.replay.calls import translate, writes
from backend.tools.replay.compare import differences
from backend.tools.replay.tasks import Call, Task, Unreadable, read_tasks
from backend.tools.toolbox import Toolbox, build_toolbox

Write = Callable[[str], None]


def replay_files(tasks: Path, store: Path, write: Write = print) -> int:
    """Replay in a database that is made for it and thrown away. Returns the exit status."""
    return asyncio.run(_in_scratch(tasks, store, write))


async def _in_scratch(tasks: Path, store: Path, write: Write) -> int:
    with tempfile.TemporaryDirectory(prefix="replay") as folder:
        database = await Database.open(f"sqlite+aiosqlite:///{Path(folder) / 'records.db'}")
        try:
            return await replay(tasks, store, database, write)
        finally:
            await database.close()


async def replay(tasks: Path, store: Path, database: Database, write: Write = print) -> int:
    """A line per task with what differs, then "N of M". Returns 0 when all are right, else 1.

    The store is loaded into a fresh tenant. Raises InvalidInput when it cannot be read, OSError for the tasks.
    """
    tenant = f"replay-{secrets.token_hex(6)}"
    report = await load_store(database, tenant, store)
    for bad in report.bad_rows:
        write(f"store: {bad.place}: {bad.reason}")
    right = total = 0
    for task in read_tasks(tasks):
        wrong = [task.reason] if isinstance(task, Unreadable) else await TaskReplay(database, tenant, task).run()
        write(f"{task.id}: {'; '.join(wrong) if wrong else 'ok'}")
        total += 1
        right += not wrong
    write(f"{right} of {total}")
    return 0 if right == total else 1


class TaskReplay:
    """One task in the shop."""

    def __init__(self, database: Database, tenant: str, task: Task) -> None:
        self._database = database
        self._tenant = tenant
        self._task = task
        self._tools: Toolbox = build_toolbox(database)
        self._session = secrets.token_hex(8)

    async def run(self) -> list[str]:
        """What is wrong with the task's outcome. The shop is afterwards as it was before."""
        customer_id = await self.customer()
        orders = {*named_orders(self._task), *(self._task.expected_end_state.get("orders") or {})}
        users = {*(self._task.expected_end_state.get("users") or {}), *([customer_id] if customer_id else [])}
        before = await snapshot.take(self._database, self._tenant, users, orders)
        wrong = await self.carry_out(customer_id)
        after = await snapshot.take(self._database, self._tenant, users, orders)
        wrong += differences(self._task.expected_end_state, before, after)
        await snapshot.restore(self._database, self._tenant, before, after)
        return wrong

    async def customer(self) -> str | None:
        """Whose session it is: whom the recording looked up, else the owner of the first order it names."""
        async with self._database.records(self._tenant) as records:
            for call in self._task.actions:
                if "user_id" in call.arguments:
                    return str(call.arguments["user_id"])
                if "email" in call.arguments:
                    found = await records.customers.by_email(str(call.arguments["email"]))
                    if found is not None:
                        return found.id
            for order_id in named_orders(self._task):
                order = await records.orders.get(order_id)
                if order is not None:
                    return order.customer_id
        return None

    async def carry_out(self, customer_id: str | None) -> list[str]:
        """Every call in order; returns which were refused or carried out against the recording."""
        expected = Counter(map(_key, self._task.write_actions))
        wrong: list[str] = []
        for call in self._task.actions or self._task.write_actions:
            if not writes(call.name):
                await self._read(call, customer_id)
                continue
            should_work = expected[_key(call)] > 0
            expected[_key(call)] -= should_work
            refusal = await self._write(call, customer_id, should_work=should_work)
            if should_work and refusal is not None:
                wrong.append(f"{call.name} was refused: {refusal}")
            if not should_work and refusal is None:
                wrong.append(f"{call.name} was carried out, but it has to be refused")
        wrong += [f"{name} was never called" for (name, _), left in expected.items() if left > 0]
        return wrong

    async def _read(self, call: Call, customer_id: str | None) -> None:
        """Reading changes nothing, whether it finds something or not."""
        if customer_id is not None and "order_id" in call.arguments:
            with suppress(NotFound, InvalidInput):
                args = self._tools.look_up_order.parse({"order_id": call.arguments["order_id"]})
                await self._tools.look_up_order.run(self._context(customer_id), args)

    async def _write(self, call: Call, customer_id: str | None, *, should_work: bool) -> str | None:
        """None when it was carried out, else why it was refused.

        What is so already counts as what was expected: the end state decides.
        """
        named = call.arguments.get("user_id", customer_id)
        if customer_id is None or named != customer_id:
            return "the session is not that customer's"
        context = self._context(customer_id)
        async with self._database.records(self._tenant) as records:
            order = await records.orders.get(str(call.arguments.get("order_id", "")))
        try:
            tool, arguments = translate(call.name, call.arguments, order)
        except KeyError as missing:
            return f"the call lacks {missing}"
        except (TypeError, ValueError) as unreadable:
            return f"the call cannot be read: {unreadable}"
        try:
            pending = await self._tools.desk.propose(context, tool, arguments)
            await self._tools.desk.confirm(context, pending.id)
        except AlreadyDone as done:
            return None if should_work else done.detail
        except ShopError as refusal:
            return refusal.detail
        return None

    def _context(self, customer_id: str) -> ToolContext:
        identity = Identity(level=IdentityLevel.VERIFIED, customer_id=customer_id)
        return ToolContext(self._tenant, identity, self._session)


def named_orders(task: Task) -> list[str]:
    """The orders that the calls name, each once."""
    calls = (*task.actions, *task.write_actions)
    return list(dict.fromkeys(str(c.arguments["order_id"]) for c in calls if "order_id" in c.arguments))


def _key(call: Call) -> tuple[str, str]:
    return call.name, repr(sorted(call.arguments.items()))
