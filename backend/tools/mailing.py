"""Sends the mails of the outbox to the operator's mail server; a server that is away gets them later."""

import asyncio
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

import aiosmtplib

from backend.domain.base import utc_now
from backend.domain.desk import Mail
from backend.store.database import Database

#: Pauses between tries; the last one goes on until the mail is too old to matter.
BACKOFF = tuple(timedelta(seconds=s) for s in (15, 60, 300, 1_800, 7_200))
_BATCH = 20
_TIMEOUT_SECONDS = 15.0
_PORTS = {"smtp": 587, "smtps": 465}


class MailServer:
    """An SMTP server, from `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://…` (TLS at once)."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("SMTP_URL must read smtp://user:password@host:587 or smtps://host")
        self._host = parts.hostname
        self._port = parts.port or _PORTS[parts.scheme]
        self._tls = parts.scheme == "smtps"
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._sender = sender

    async def send(self, mail: Mail) -> None:
        """Hand one mail over. Raises SMTPException or OSError when the server does not take it."""
        await aiosmtplib.send(
            self._message(mail),
            hostname=self._host,
            port=self._port,
            username=self._user,
            password=self._password,
            use_tls=self._tls,
            timeout=_TIMEOUT_SECONDS,
        )

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, mail.to, mail.subject
        message["Date"] = format_datetime(mail.created_at)
        # the same id on every try: a receiver can tell a repeated mail from a second one
        message["Message-ID"] = f"<{mail.id}@{self._sender.rpartition('@')[2].strip('>')}>"
        message.set_content(mail.text)
        return message


class MailWorker:
    """Takes unsent mails and sends them; any number of workers share the work."""

    def __init__(self, database: Database, server: MailServer) -> None:
        self._database = database
        self._server = server

    async def deliver_due(self, tenant: str, now: datetime | None = None) -> int:
        """Send what is due in one shop; returns how many were tried."""
        moment = now or utc_now()
        async with self._database.records(tenant, write=True) as records:
            due = await records.mails.claim(_BATCH, moment)
        await asyncio.gather(*(self._try(tenant, mail, moment) for mail in due))
        return len(due)

    async def _try(self, tenant: str, mail: Mail, now: datetime) -> None:
        try:
            await self._server.send(mail)
            sent = True
        except (aiosmtplib.SMTPException, OSError, ValueError):
            sent = False
        # noted one by one: what was sent stays sent when the process ends in between
        async with self._database.records(tenant, write=True) as records:
            if sent:
                await records.mails.mark_sent(mail.id, now)
            else:
                await records.mails.mark_failed(mail.id, now + BACKOFF[min(mail.tries, len(BACKOFF)) - 1])
