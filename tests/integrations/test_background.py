"""The work behind the calls: in the server itself, in a worker process, and through the queue in Redis."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from backend.domain.base import utc_now
from backend.domain.cases import Complaint, ComplaintStatus
from backend.store.database import Database
from backend.tools.background import Background, Chore, Tidying
from backend.tools.mailing import MailServer, MailWorker
from backend.tools.queue import cron
from tests.integrations.operator import eventually
from tests.integrations.smtp_sink import MailSink
from tests.shop import ROOT, Shop, running_shop
from tests.store.conftest import database_url
from tests.tools.conftest import database
from tests.tools.shop import ADA, TENANT

__all__ = ["database", "database_url"]

EMAIL = "sarah.johnson@example.com"


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with MailSink() as running:
        yield running


def ask_for_a_code(shop: Shop) -> None:
    with shop.client() as http:
        assert http.post("/api/auth/code", json={"email": EMAIL}).status_code == 202


@contextmanager
def worker(shop: Shop, **settings: str) -> "Iterator[subprocess.Popen[bytes]]":
    command = [sys.executable, "-m", "backend.cli", "work"]
    process = subprocess.Popen(command, env={**shop.env, **settings}, cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def test_the_server_sends_its_mails(sink: MailSink) -> None:
    with running_shop(SMTP_URL=sink.url, MAIL_FROM="Tech Pro <desk@techpro.example>") as shop:
        ask_for_a_code(shop)
        (mail,) = eventually(lambda: [m for m in sink.mails if m["To"] == EMAIL])
        assert mail["From"] == "Tech Pro <desk@techpro.example>" and "code is" in str(mail.get_payload())
        time.sleep(2.5)
        assert sink.recipients.count(EMAIL) == 1


def test_worker_processes_share_the_work(sink: MailSink, redis_url: str) -> None:
    with running_shop(SMTP_URL=sink.url, BACKGROUND="worker") as shop:
        ask_for_a_code(shop)
        time.sleep(2.5)
        assert not sink.mails, "the server leaves it to the workers"
        with worker(shop):
            eventually(lambda: sink.recipients.count(EMAIL))
        with worker(shop, REDIS_URL=redis_url), worker(shop, REDIS_URL=redis_url):
            time.sleep(4)
            ask_for_a_code(shop)
            eventually(lambda: sink.recipients.count(EMAIL) > 1)
            time.sleep(3)
    assert sink.recipients.count(EMAIL) == 2


async def outbox(database: Database) -> list[tuple[int, bool]]:
    async with database.records(TENANT) as records:
        return [(mail.tries, mail.sent_at is not None) for mail in await records.mails.list()]


async def test_a_mail_that_is_turned_away_comes_later(database: Database, sink: MailSink) -> None:
    async with database.records(TENANT, write=True) as records:
        await records.mails.add(ADA.email, "Hello", "Überraschung, a letter.")
    mailing, now = MailWorker(database, MailServer(sink.url, "desk@corner.example")), utc_now()
    sink.refusing = True
    assert await mailing.deliver_due(TENANT, now) == 1
    assert await mailing.deliver_due(TENANT, now) == 0
    sink.refusing = False
    assert await mailing.deliver_due(TENANT, now + timedelta(minutes=2)) == 1
    assert await outbox(database) == [(2, True)] and len(sink.mails) == 1
    assert await mailing.deliver_due(TENANT, now + timedelta(hours=2)) == 0


async def test_workers_at_once_send_each_mail_once(database: Database, sink: MailSink) -> None:
    async with database.records(TENANT, write=True) as records:
        for number in range(30):
            await records.mails.add(f"{number}@x.example", "Hello", "…")
    workers = [MailWorker(database, MailServer(sink.url, "desk@corner.example")) for _ in range(4)]
    for _ in range(3):
        await asyncio.gather(*(one.deliver_due(TENANT) for one in workers))
    assert sorted(sink.recipients) == sorted(f"{number}@x.example" for number in range(30))


async def test_old_mails_are_left_alone(database: Database, sink: MailSink) -> None:
    async with database.records(TENANT, write=True) as records:
        await records.mails.add(ADA.email, "Hello", "…")
    mailing = MailWorker(database, MailServer(sink.url, "desk@corner.example"))
    assert await mailing.deliver_due(TENANT, utc_now() + timedelta(days=4)) == 0


async def test_late_complaints_are_flagged_and_told_once(database: Database) -> None:
    now = utc_now()
    waits = Complaint(id="CMP-1", customer_id="ada", category="other", description="…", created_at=now)
    late = waits.model_copy(update={"first_response_due": now - timedelta(minutes=1)})
    answered = late.model_copy(update={"id": "CMP-2", "status": ComplaintStatus.IN_PROGRESS})
    solved = late.model_copy(update={"id": "CMP-3", "status": ComplaintStatus.RESOLVED, "resolution_due": now})
    async with database.records(TENANT, write=True) as records:
        for complaint in (late, answered, solved):
            await records.complaints.add(complaint)
    tidying = Tidying(database, lambda: now + timedelta(seconds=1))
    assert await asyncio.gather(tidying.mark_breached(TENANT), tidying.mark_breached(TENANT)) in ([1, 0], [0, 1])
    async with database.records(TENANT) as records:
        assert {c.id for c in await records.complaints.all() if c.breached} == {"CMP-1"}
        assert [e.payload["complaint"] for e in await records.events.list() if e.kind == "complaint.breached"] == [
            "CMP-1"
        ]


async def test_a_chore_that_fails_stops_nobody(database: Database) -> None:
    done: list[str] = []

    async def fails(tenant: str) -> int:
        done.append("tried")
        raise RuntimeError("broken")

    async def works(tenant: str) -> int:
        done.append(tenant)
        return 0

    running = asyncio.create_task(Background(database, [Chore("a", 0.01, fails), Chore("b", 0.01, works)]).run())
    async with asyncio.timeout(30):
        while min(done.count("tried"), done.count(TENANT)) < 2:
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize(("seconds", "rhythm"), [(1, "* * * * * */1"), (30, "* * * * * */30"), (300, "*/5 * * * *")])
def test_the_rhythm_of_a_chore(seconds: float, rhythm: str) -> None:
    assert cron(seconds) == rhythm
