"""Events reach their receivers signed, once they can, and nobody else."""

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx
import pytest

from backend.domain.desk import WebhookFormat, WebhookState
from backend.store.database import Database
from backend.tools.toolbox import Toolbox
from backend.tools.webhooks import BACKOFF, SIGNATURE, WebhookWorker, is_genuine, signature
from tests.tools.receiver import Receiver
from tests.tools.shop import NOW, TENANT, signed_in
from tests.tools.test_actions import CANCEL, do

SECRET = "a shared secret"


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver() as running:
        yield running


@pytest.fixture
async def worker(database: Database) -> AsyncIterator[WebhookWorker]:
    async with httpx.AsyncClient() as http:
        yield WebhookWorker(database, http, allow_private=True)


async def subscribe(database: Database, url: str, *kinds: str, format: WebhookFormat = WebhookFormat.EVENTS) -> None:
    async with database.records(TENANT, write=True) as records:
        await records.webhooks.add(url, SECRET, kinds, format)


async def later(database: Database) -> datetime:
    """A moment after everything that waits is due."""
    async with database.records(TENANT) as records:
        return max(d.due_at for d in await records.events.deliveries()) + timedelta(seconds=1)


async def states(database: Database) -> list[WebhookState]:
    async with database.records(TENANT) as records:
        return [delivery.state for delivery in await records.events.deliveries()]


async def test_a_signed_event_arrives_once(
    tools: Toolbox, database: Database, worker: WebhookWorker, receiver: Receiver
) -> None:
    await subscribe(database, receiver.url, "order.*")
    await subscribe(database, receiver.url, "complaint.*")
    await do(tools, "cancel_order", CANCEL)
    now = await later(database)
    assert await worker.deliver_due(TENANT, now) == 1
    assert await worker.deliver_due(TENANT, now) == 0
    (call,) = receiver.calls
    assert is_genuine(SECRET, call.headers[SIGNATURE.lower()], call.body, now)
    assert not is_genuine("another", call.headers[SIGNATURE.lower()], call.body, now)
    assert not is_genuine(SECRET, call.headers[SIGNATURE.lower()], call.body + b" ", now)
    assert not is_genuine(SECRET, call.headers[SIGNATURE.lower()], call.body, now + timedelta(minutes=6))
    told = json.loads(call.body)
    assert (told["kind"], told["data"]["order"], told["data"]["refund"]) == ("order.cancelled", "ORD-1", "REF-101")
    assert call.headers["x-webhook-id"] == told["id"]


async def test_failures_are_retried_then_kept_and_replayable(
    tools: Toolbox, database: Database, worker: WebhookWorker, receiver: Receiver
) -> None:
    receiver.status = 500
    await subscribe(database, receiver.url, "refund.*")
    await do(tools, "cancel_order", CANCEL)
    pauses = []
    for _ in range(len(BACKOFF) + 1):
        now = await later(database)
        assert await worker.deliver_due(TENANT, now) == 1
        pauses.append((await later(database)) - now)
    assert pauses[:-1] == sorted(pauses[:-1])
    assert await states(database) == [WebhookState.DEAD]
    assert await worker.deliver_due(TENANT, await later(database)) == 0
    async with database.records(TENANT, write=True) as records:
        (dead,) = await records.events.deliveries(state=WebhookState.DEAD)
        assert dead.error is not None and "500" in dead.error
        await records.events.replay(dead.id, NOW)
    receiver.status = 204
    assert await worker.deliver_due(TENANT, NOW) == 1
    assert await states(database) == [WebhookState.DELIVERED]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/x", "http://localhost/x", "http://[::ffff:10.0.0.1]/x", "ftp://example.com/x"]
)
async def test_private_addresses_are_refused(tools: Toolbox, database: Database, url: str) -> None:
    await subscribe(database, url, "order.*")
    await do(tools, "cancel_order", CANCEL)
    async with httpx.AsyncClient() as http:
        await WebhookWorker(database, http).deliver_due(TENANT, await later(database))
    async with database.records(TENANT) as records:
        (waiting,) = await records.events.deliveries()
    assert waiting.error is not None and waiting.error.startswith("Refused")


async def test_a_channel_reads_a_sentence(
    tools: Toolbox, database: Database, worker: WebhookWorker, receiver: Receiver
) -> None:
    await subscribe(database, receiver.url, format=WebhookFormat.SLACK)
    who = signed_in()
    await do(tools, "file_complaint", {"order_id": "ORD-2", "description": "It is cracked"}, who)
    await worker.deliver_due(TENANT, await later(database))
    told = json.loads(receiver.calls[0].body)
    assert told == {"text": "*Complaint created* order ORD-2, complaint CMP-101 (priority high)"}


def test_a_signature_covers_time_and_body() -> None:
    assert signature("s", 1, b"x") != signature("s", 2, b"x") != signature("s", 2, b"y")
    for header in ("", "t=,v1=", "v1=abc", "t=x,v1=y"):
        assert not is_genuine("s", header, b"", NOW)
