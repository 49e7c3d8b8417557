"""Scripted customers, no key: recorded tasks said in plain sentences through POST /api/chat, end states compared.

python -m tests.actions.scripted [--seeds 3] [--task ID] [--together] [--reasons] [--verbose]
"""

import argparse
import asyncio
import json
import logging
import random
import re
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import structlog
from pydantic import SecretStr

from backend.container import Container
from backend.domain.orders import Order
from backend.main import create_app
from backend.settings import Settings
from backend.store.loading.load import load_store
from backend.tools.replay import snapshot
from backend.tools.replay.calls import writes
from backend.tools.replay.compare import differences
from backend.tools.replay.run import TaskReplay, named_orders
from backend.tools.replay.tasks import Call, Task
from backend.tools.tokens import Bearer, TokenKind
from tests.actions.customer import Customer
from tests.actions.invented import Invented
from tests.actions.manners import Manner
from tests.actions.phrasing import PlainSpeech, Store, Voice
from tests.actions.strangers import StrangeSpeech
from tests.shop import SECRET, prepared

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
TASKS = DATA / "dev" / "tau_retail_tasks.jsonl"
STORE = DATA / "retail_store"


@dataclass(frozen=True)
class Result:
    """How one task ended: nothing in `wrong` is right."""

    task: str
    wrong: tuple[str, ...]
    log: tuple[str, ...]


@asynccontextmanager
async def retail(store: Path, models: Path | None = None, tenant: str = "retail") -> AsyncIterator["Retail"]:
    """The product in this process with the store loaded into a shop of its own. `models` spares preparing them."""
    models = models or await asyncio.to_thread(prepared) / "models"
    with tempfile.TemporaryDirectory(prefix="scripted") as folder:
        data = Path(folder)
        (data / "models").symlink_to(models.resolve())
        settings = Settings(
            data_dir=data,
            vector_dir=data / "vectors",
            secret_key=SecretStr(SECRET),
            openai_api_key=SecretStr(""),
            database_url="",
            redis_url="",
            neo4j_uri="",
            smtp_url="",
        )
        app = create_app(settings)
        async with app.router.lifespan_context(app):
            container: Container = app.state.container
            await load_store(container.database, tenant, store)
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://shop", timeout=60) as client:
                client.headers["X-Tenant"] = tenant
                rows = json.loads((store / "store.json").read_text(encoding="utf-8"))
                yield Retail(container, client, tenant, Store.read(rows))


class Retail:
    """The shop that scripted customers visit."""

    def __init__(self, container: Container, client: httpx.AsyncClient, tenant: str, store: Store) -> None:
        self.container = container
        self.client = client
        self.tenant = tenant
        self.store = store
        bearer = Bearer(kind=TokenKind.STAFF, tenant=tenant, subject="reader", role="admin")
        self._token = container.tokens.issue(bearer, datetime.now(UTC))

    async def code(self, email: str) -> str:
        """The newest code mailed to that address, read where the operator reads it."""
        response = await self.client.get("/api/staff/outbox", headers={"Authorization": f"Bearer {self._token}"})
        for mail in response.json()["results"]:
            found = re.search(r"\b\d{6}\b", mail["text"])
            if mail["to"] == email and "code" in mail["subject"].lower() and found:
                return found.group()
        return "000000"

    async def serve(self, row: dict, seed: str, *, together: bool = False, reasons: bool = False) -> Result:  # type: ignore[type-arg]
        """One task by one customer; the shop is afterwards as it was before."""
        task = Task.model_validate(row)
        customer_id = await TaskReplay(self.container.database, self.tenant, task).customer()
        orders = {*named_orders(task), *(task.expected_end_state.get("orders") or {})}
        users = {*(task.expected_end_state.get("users") or {}), *([customer_id] if customer_id else [])}
        before = await snapshot.take(self.container.database, self.tenant, users, orders)
        email = self.store.users[customer_id]["email"] if customer_id else "nobody@example.com"
        speech = PlainSpeech(Voice(random.Random(f"{seed}:{task.id}"), self.store))
        customer = Customer(self.client, self.code, email, speech)
        if reasons:
            await customer.says(_as_first_person(row["user"]["reason_for_call"]), _wishes(task))
        else:
            await customer.wants(_wishes(task), together=together, insists=bool(task.write_actions))
        after = await snapshot.take(self.container.database, self.tenant, users, orders)
        wrong = differences(task.expected_end_state, before, after)
        await snapshot.restore(self.container.database, self.tenant, before, after)
        return Result(task.id, tuple(wrong), tuple(customer.log))

    async def visit(self, invented: Invented, manner: Manner, seed: str = "") -> Result:
        """A stranger with a wish of ours; the state they must leave is the one that the tools themselves leave."""
        task = invented.task
        database, orders, users = self.container.database, set(named_orders(task)), {invented.user_id}
        before = await snapshot.take(database, self.tenant, users, orders)
        wrong = await TaskReplay(database, self.tenant, task).carry_out(invented.user_id)
        gold = await snapshot.take(database, self.tenant, users, orders)
        await snapshot.restore(database, self.tenant, before, gold)
        owner = self.store.users[invented.user_id]
        speech = StrangeSpeech(manner, self.store, owner, f"{seed}:{task.id}:{manner.name}")
        customer = Customer(self.client, self.code, owner["email"], speech)
        await customer.wants(_wishes(task), together=manner.together, insists=False)
        after = await snapshot.take(database, self.tenant, users, orders)
        wrong += [*differences({}, gold, after), *payment_differences(gold, after)]
        await snapshot.restore(database, self.tenant, before, after)
        return Result(f"{task.id} / {manner.name}", tuple(wrong), tuple(customer.log))


def payment_differences(gold: snapshot.Snapshot, after: snapshot.Snapshot) -> list[str]:
    """Money that moved otherwise; entries of 0 count for nothing."""

    def paid(order: Order) -> Counter[tuple[str, str, int]]:
        return Counter((p.kind.value, p.method_id, p.amount_cents) for p in order.payments if p.amount_cents)

    found = ((order_id, paid(order), paid(after.orders[order_id])) for order_id, order in gold.orders.items())
    return [f"order {order_id}: paid {done}, expected {due}" for order_id, due, done in found if due != done]


def _wishes(task: Task) -> list[Call]:
    """The writes of a task, those that the shop must refuse included."""
    return [call for call in task.actions if writes(call.name)] or list(task.write_actions)


def _as_first_person(told: str) -> str:
    """ "You want to return your lamp" as the customer says it."""
    swaps = {"you": "I", "your": "my", "yourself": "myself", "yours": "mine", "you're": "I'm", "you've": "I've"}

    def swap(match: re.Match[str]) -> str:
        word = swaps[match.group().lower()]
        return word.capitalize() if match.group()[0].isupper() else word

    text = re.sub(r"\b(?:you're|you've|yourself|yours|your|you)\b", swap, told.strip(" ."), flags=re.IGNORECASE)
    return re.sub(r"\bI are\b", "I am", text)[:4000]


def read_rows(path: Path = TASKS) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


async def run(
    rows: Sequence[dict],  # type: ignore[type-arg]
    store: Path,
    seed: str,
    *,
    together: bool = False,
    reasons: bool = False,
    models: Path | None = None,
) -> list[Result]:
    """Every task once, in a fresh shop."""
    async with retail(store, models) as shop:
        return [await shop.serve(row, seed, together=together, reasons=reasons) for row in rows]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tasks", type=Path, default=TASKS)
    parser.add_argument("--store", type=Path, default=STORE)
    parser.add_argument("--models", type=Path, help="folder of exported models; none: the tests' own")
    parser.add_argument("--seeds", default="1", help="comma separated")
    parser.add_argument("--task", help="only this one")
    parser.add_argument("--together", action="store_true", help="all wishes in one message")
    parser.add_argument("--reasons", action="store_true", help="the recorded reason for calling as first message")
    parser.add_argument("--verbose", action="store_true", help="conversations of tasks that end wrong")
    parser.add_argument("--all", action="store_true", help="every conversation")
    chosen = parser.parse_args()
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    rows = [row for row in read_rows(chosen.tasks) if chosen.task in (None, row["id"])]
    for seed in chosen.seeds.split(","):
        results = asyncio.run(
            run(rows, chosen.store, seed, together=chosen.together, reasons=chosen.reasons, models=chosen.models)
        )
        for result in results:
            if chosen.all or (chosen.verbose and result.wrong):
                print(f"\n===== {result.task}", *result.log, sep="\n")
            print(f"{result.task}: {'; '.join(result.wrong) or 'ok'}")
        print(f"seed {seed}: {sum(not r.wrong for r in results)} of {len(results)}")


if __name__ == "__main__":
    main()
