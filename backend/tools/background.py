"""What is done behind the calls: webhooks, mails, breached complaints, expired questions, rows past their time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import structlog

from backend.domain.base import Value, utc_now
from backend.domain.errors import EngineUnavailable
from backend.store.database import Database
from backend.store.files import Files
from backend.store.retention import Bounds
from backend.tools.actions import PENDING_FOR
from backend.tools.mailing import MailServer, MailWorker
from backend.tools.numbers_desk import NumbersDesk
from backend.tools.webhooks import WebhookWorker

log = structlog.get_logger()

#: Codes, links and questions stay a day after they expired, for whoever looks into what happened.
_EXPIRED_STAYS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Chore:
    """A piece of work for one shop. Doing it twice, or in two processes at once, changes nothing more.

    `work` returns how many records it took up: as long as there are any it is called again at once. `due` names the
    shops that have work; without it every shop is asked.
    """

    name: str
    every_seconds: float
    work: Callable[[str], Awaitable[int]]
    due: Callable[[datetime], Awaitable[Sequence[str]]] | None = None


class Background:
    """Does every chore for every shop. Rows are claimed, so any number of processes may run it."""

    def __init__(self, database: Database, chores: Sequence[Chore]) -> None:
        self._database = database
        self.chores = tuple(chores)

    async def run(self) -> None:
        """Work until cancelled."""
        await asyncio.gather(*(self._keep_doing(chore) for chore in self.chores))

    async def do(self, chore: Chore) -> int:
        """One round of a chore through all shops; returns how many records were taken up.

        What fails in one shop is logged and holds up neither the others nor the next round.
        """
        taken = 0
        try:
            for tenant in await (chore.due(utc_now()) if chore.due else self._database.tenants()):
                taken += await self._do_for(tenant, chore)
        except EngineUnavailable as away:
            log.warning("background_waits", chore=chore.name, reason=away.detail)
        return taken

    async def _keep_doing(self, chore: Chore) -> None:
        while True:
            if not await self.do(chore):
                await asyncio.sleep(chore.every_seconds)

    async def _do_for(self, tenant: str, chore: Chore) -> int:
        try:
            return await chore.work(tenant)
        except EngineUnavailable:
            raise
        except Exception as error:
            log.error("chore_failed", chore=chore.name, tenant=tenant, exc_info=error)
            return 0


class Retained(Value):
    """How many days it is kept what was sent, what a retried call asks for, and what was said (0 = for ever)."""

    outbox_days: int = 90
    idempotency_days: int = 30
    conversation_days: int = 0


USUALLY = Retained()


class Tidying:
    """Chores of the desk that need nothing but the records, and the files where those end with a conversation."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime] = utc_now,
        keep: Retained = USUALLY,
        files: Files | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._keep = keep
        self._files = files

    async def mark_breached(self, tenant: str) -> int:
        """Flag complaints whose first answer or resolution is late, and tell whoever subscribed."""
        now = self._clock()
        async with self._database.records(tenant) as records:
            if not await records.complaints.any_late(now):
                return 0
        async with self._database.records(tenant, write=True) as records:
            late = await records.complaints.mark_breached(now)
            for number in late:
                await records.events.add("complaint.breached", {"object": f"complaint:{number}", "complaint": number})
        return len(late)

    async def sweep(self, tenant: str) -> int:
        """Forget questions that nobody answered. Those just expired stay a while, so that a late yes is told so."""
        async with self._database.records(tenant, write=True) as records:
            await records.pending.sweep(self._clock() - PENDING_FOR)
        return 0

    async def prune(self, tenant: str) -> int:
        """Delete a little of what is past its time; audit rows, dead letters and what waits to be sent stay."""
        now = self._clock()
        spoken = now - timedelta(days=self._keep.conversation_days) if self._keep.conversation_days else None
        bounds = Bounds(
            outbox=now - timedelta(days=self._keep.outbox_days),
            idempotency=now - timedelta(days=self._keep.idempotency_days),
            expired=now - _EXPIRED_STAYS,
            conversations=spoken,
        )
        files = await self._prune_files(tenant, spoken) if spoken else 0
        async with self._database.records(tenant, write=True) as records:
            return files + await records.retention.prune(bounds)

    async def _prune_files(self, tenant: str, before: datetime) -> int:
        """Files go before the rows that name them: what fails in between is done by the next round."""
        if self._files is None:
            return 0
        async with self._database.records(tenant) as records:
            names = await records.retention.files_before(before)
        for name in names:
            await self._files.delete(tenant, name)
        if not names:
            return 0
        async with self._database.records(tenant, write=True) as records:
            return await records.retention.forget_files(names)


async def open_background(
    database: Database,
    closing: AsyncExitStack,
    *,
    smtp_url: str,
    mail_from: str,
    allow_private: bool,
    files: Files,
    keep: Retained = USUALLY,
) -> Background:
    """The chores of this installation; what they open is closed with `closing`.

    Raises ValueError for an SMTP address of another kind.
    """
    # no proxy from the environment: the address that was checked must be the one that is called
    http = await closing.enter_async_context(httpx.AsyncClient(trust_env=False))
    webhooks = WebhookWorker(database, http, allow_private=allow_private)
    tidying = Tidying(database, keep=keep, files=files)
    chores = [
        Chore("webhooks", 1.0, webhooks.deliver_due, database.tenants_with_webhooks_due),
        Chore("breaches", 30.0, tidying.mark_breached),
        Chore("questions", 300.0, tidying.sweep),
        Chore("retention", 3600.0, tidying.prune),
        Chore("numbers", 300.0, NumbersDesk(database).count),
    ]
    if smtp_url:
        mailing = MailWorker(database, MailServer(smtp_url, mail_from))
        chores.append(Chore("mails", 1.0, mailing.deliver_due, database.tenants_with_mails_due))
    return Background(database, chores)
