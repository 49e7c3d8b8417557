"""Recorded tasks end as recorded, and a wrong recording is found out: that task and no other."""

import copy
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.store.database import Database
from backend.store.loading.load import load_store
from backend.tools.replay import snapshot
from backend.tools.replay.compare import differences
from backend.tools.replay.run import TaskReplay, named_orders, replay
from backend.tools.replay.tasks import Task, read_tasks

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
TASKS = DATA / "dev" / "tau_retail_tasks.jsonl"
STORE = DATA / "retail_store"

pytestmark = pytest.mark.skipif(not TASKS.exists(), reason="left out: ../shared/data is not there")


@pytest.fixture
async def scratch(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'replay.db'}")
    yield opened
    await opened.close()


def leaves(state: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in the expected state that holds a value."""
    if isinstance(state, dict | list):
        for key, inner in state.items() if isinstance(state, dict) else enumerate(state):
            yield from leaves(inner, (*path, key))
    else:
        yield path


def altered(state: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    """The state with one value changed."""
    changed = copy.deepcopy(state)
    place = changed
    for key in path[:-1]:
        place = place[key]
    old = place[path[-1]]
    place[path[-1]] = old + 0.01 if isinstance(old, int | float) else f"{old}7"
    return changed


async def test_every_task_ends_as_recorded(scratch: Database) -> None:
    lines: list[str] = []
    assert await replay(TASKS, STORE, scratch, lines.append) == 0, lines
    assert lines[-1] == "30 of 30"


async def test_one_altered_value_reports_its_task_and_no_other(scratch: Database, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in TASKS.read_text().splitlines()]
    rows[3]["expected_end_state"] = altered(rows[3]["expected_end_state"], next(leaves(rows[3]["expected_end_state"])))
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("\n".join([*map(json.dumps, rows), "not a task", ""]))
    lines: list[str] = []
    assert await replay(wrong, STORE, scratch, lines.append) == 1
    assert [line.split(":")[0] for line in lines[:-1] if not line.endswith(": ok")] == [rows[3]["id"], "line 31"]
    assert lines[-1] == "29 of 31"


async def test_every_single_value_of_every_end_state_matters(scratch: Database) -> None:
    await load_store(scratch, "retail", STORE)
    tried = 0
    for task in read_tasks(TASKS):
        assert isinstance(task, Task)
        if not task.expected_end_state:
            continue
        run = TaskReplay(scratch, "retail", task)
        customer = await run.customer()
        assert customer is not None
        named = {*named_orders(task), *task.expected_end_state.get("orders", {})}
        before = await snapshot.take(scratch, "retail", {customer}, named)
        assert await run.carry_out(customer) == []
        after = await snapshot.take(scratch, "retail", {customer}, named)
        for path in leaves(task.expected_end_state):
            assert differences(altered(task.expected_end_state, path), before, after), (task.id, path)
            tried += 1
        for order_id in task.expected_end_state.get("orders", {}):
            lacking = copy.deepcopy(task.expected_end_state)
            del lacking["orders"][order_id]
            assert differences(lacking, before, after), (task.id, order_id)
        await snapshot.restore(scratch, "retail", before, after)
        assert await snapshot.take(scratch, "retail", {customer}, named) == before
    assert tried > 300


async def test_a_call_that_must_be_refused_is_reported_when_it_works(scratch: Database, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in TASKS.read_text().splitlines()]
    row = next(row for row in rows if row["write_actions"])
    row |= {"write_actions": [], "expected_end_state": {}}
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text(json.dumps(row))
    lines: list[str] = []
    assert await replay(wrong, STORE, scratch, lines.append) == 1
    assert "has to be refused" in lines[0]


def broken(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Tasks with something in them that has no business there, or without what they need."""
    returns = next(r for r in rows if r["write_actions"] and "item_ids" in r["write_actions"][-1]["arguments"])
    for junk in (5, [[1]], {"a": 1}, "x"):
        for name in ("item_ids", "order_id"):
            row = copy.deepcopy(returns)
            for call in (*row["actions"], *row["write_actions"]):
                if name in call["arguments"]:
                    call["arguments"][name] = junk
            yield row
        order_id = next(iter(returns["expected_end_state"]["orders"]))
        yield {**returns, "write_actions": junk}
        yield {**returns, "expected_end_state": {"orders": junk}}
        yield {**returns, "expected_end_state": {"orders": {order_id: junk}}}
        yield {**returns, "expected_end_state": {"orders": {order_id: {"status": junk, "items_after": junk}}}}
    unknown = copy.deepcopy(returns)
    unknown["write_actions"][-1]["name"] = "teleport_order"
    yield unknown
    nameless = copy.deepcopy(returns)
    del nameless["write_actions"][-1]["name"]
    yield nameless
    yield {name: value for name, value in returns.items() if name != "expected_end_state"}
    yield {"id": "nothing but a name", "expected_end_state": {"orders": {"#NONE": {"status": "cancelled"}}}}


async def test_a_broken_task_is_reported_and_spoils_no_other(scratch: Database, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in TASKS.read_text().splitlines()]
    bad = [{**row, "id": f"broken {n}"} for n, row in enumerate(broken(rows))]
    wrong = tmp_path / "broken.jsonl"
    wrong.write_text("\n".join(json.dumps(row) for pair in zip(bad, rows, strict=False) for row in pair))
    lines: list[str] = []
    assert await replay(wrong, STORE, scratch, lines.append) == 1
    told = {line.split(":")[0]: line.endswith(": ok") for line in lines[:-1]}
    assert {name: fine == (not name.startswith("broken")) for name, fine in told.items()} == dict.fromkeys(told, True)
    assert lines[-1] == f"{min(len(bad), len(rows))} of {2 * min(len(bad), len(rows))}"
