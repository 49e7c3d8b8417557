"""What leaves the shop in the same transaction as the write it tells of: mails and webhook events."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Row, and_, true

from backend.domain.base import utc_now
from backend.domain.desk import Mail, ShopEvent, Webhook, WebhookDelivery, WebhookFormat, WebhookState
from backend.domain.errors import NotFound
from backend.store.repository import Repository
from backend.store.tables.desk import events, mails, webhook_deliveries, webhooks

#: How long a claimed row belongs to the worker that took it; after that another may try.
LEASE = timedelta(seconds=60)
#: A mail that could not be sent for so long says nothing new any more.
STALE = timedelta(days=3)
#: What of an event names records and tells nothing of what stands in them.
_NAMING = frozenset({"object", "conversation", "complaint", "enquiry", "order", "order_id", "handoff", "refund"})


class Mails(Repository):
    """The mail outbox."""

    async def add(self, to: str, subject: str, text: str) -> str:
        """Put a mail into the outbox and return its id."""
        now = utc_now()
        mail = {"id": uuid4().hex, "to": to, "subject": subject, "text": text}
        await self._add(mails, [{**mail, "created_at": now, "due_at": now, "tries": 0}])
        return mail["id"]

    async def list(self, *, to: str | None = None, limit: int = 100) -> tuple[Mail, ...]:
        """The mails (to one address), newest first."""
        wanted = true() if to is None else mails.c.to == to
        newest = self._select(mails, *_MAIL).where(wanted).order_by(mails.c.created_at.desc(), mails.c.id).limit(limit)
        return tuple(Mail.model_validate(row._asdict()) for row in await self._rows(newest))

    async def claim(self, n: int, now: datetime) -> tuple[Mail, ...]:
        """Take up to `n` unsent mails that are due; no other worker gets them for a minute."""
        due = self._select(mails, mails.c.id).where(due_mail(now))
        oldest = due.order_by(mails.c.due_at).limit(n).with_for_update(skip_locked=True)
        ids = [row.id for row in await self._rows(oldest)]
        taken = self._update(mails).where(mails.c.id.in_(ids)).values(due_at=now + LEASE, tries=mails.c.tries + 1)
        return tuple(Mail.model_validate(row._asdict()) for row in await self._rows(taken.returning(*_MAIL)))

    async def mark_sent(self, mail_id: str, at: datetime) -> None:
        """The server took the mail."""
        await self._run(self._update(mails).where(mails.c.id == mail_id).values(sent_at=at))

    async def mark_failed(self, mail_id: str, retry_at: datetime) -> None:
        """The server did not take it; it is due again then."""
        await self._run(self._update(mails).where(mails.c.id == mail_id).values(due_at=retry_at))


class Webhooks(Repository):
    """Who wants to hear of what."""

    async def add(
        self, url: str, secret: str, kinds: Sequence[str] = (), format: WebhookFormat = WebhookFormat.EVENTS
    ) -> Webhook:
        """Subscribe an address; no kinds means all."""
        subscribed = {"url": url, "secret": secret, "kinds": tuple(kinds), "format": format}
        hook = Webhook(id=uuid4().hex, created_at=utc_now(), **subscribed)
        await self._add(webhooks, [hook.model_dump()])
        return hook

    async def list(self) -> tuple[Webhook, ...]:
        """Every subscription, oldest first."""
        rows = await self._rows(self._select(webhooks).order_by(webhooks.c.created_at, webhooks.c.id))
        return tuple(Webhook.model_validate(row._asdict()) for row in rows)

    async def remove(self, webhook_id: str) -> bool:
        """End a subscription; False when there was none. What still waits for it is dropped."""
        waiting = webhook_deliveries.c.webhook_id == webhook_id
        await self._run(self._delete(webhook_deliveries).where(waiting))
        return bool(await self._run(self._delete(webhooks).where(webhooks.c.id == webhook_id)))


class Events(Repository):
    """Events and their deliveries: written with the write they tell of, delivered later."""

    async def add(self, kind: str, payload: dict[str, Any]) -> ShopEvent:
        """Record an event, e.g. "refund.created", and queue it for every subscription that wants it."""
        event = ShopEvent(id=uuid4().hex, kind=kind, payload=payload, created_at=utc_now())
        await self._add(events, [event.model_dump()])
        hooks = await self._rows(self._select(webhooks).where(webhooks.c.active))
        wanted = [row.id for row in hooks if Webhook.model_validate(row._asdict()).wants(kind)]
        await self._add(webhook_deliveries, [_queued(event, hook_id) for hook_id in wanted])
        self.told.append((kind, {name: value for name, value in payload.items() if name in _NAMING and value}))
        return event

    async def list(self, *, limit: int = 100) -> tuple[ShopEvent, ...]:
        """The latest events, newest first."""
        newest = self._select(events).order_by(events.c.created_at.desc(), events.c.id).limit(limit)
        return tuple(ShopEvent.model_validate(row._asdict()) for row in await self._rows(newest))

    async def claim_due(self, n: int, now: datetime) -> tuple[WebhookDelivery, ...]:
        """Take up to `n` deliveries that are due; no other worker gets them for a minute."""
        due = self._select(webhook_deliveries, webhook_deliveries.c.id).where(due_delivery(now))
        oldest = due.order_by(webhook_deliveries.c.due_at).limit(n).with_for_update(skip_locked=True)
        ids = [row.id for row in await self._rows(oldest)]
        if not ids:
            return ()
        mine = webhook_deliveries.c.id.in_(ids)
        taken = self._update(webhook_deliveries).where(mine)
        await self._run(taken.values(due_at=now + LEASE, tries=webhook_deliveries.c.tries + 1))
        return await self._deliveries(mine)

    async def deliveries(self, *, state: WebhookState | None = None, limit: int = 100) -> tuple[WebhookDelivery, ...]:
        """The delivery log, newest first; `state` DEAD lists the dead letters."""
        return await self._deliveries(true() if state is None else webhook_deliveries.c.state == state, limit)

    async def mark_delivered(self, delivery_id: str, at: datetime) -> None:
        """The receiver took it."""
        values = {"state": WebhookState.DELIVERED, "delivered_at": at, "error": None}
        await self._change(delivery_id, values)

    async def mark_failed(self, delivery_id: str, error: str, retry_at: datetime | None) -> None:
        """The receiver did not take it: due again at `retry_at`, or a dead letter when that is None."""
        again = {"state": WebhookState.WAITING, "due_at": retry_at} if retry_at else {"state": WebhookState.DEAD}
        await self._change(delivery_id, {**again, "error": error})

    async def replay(self, delivery_id: str, at: datetime) -> None:
        """Send it again from the start. Raises NotFound."""
        await self._change(delivery_id, {"state": WebhookState.WAITING, "due_at": at, "tries": 0, "error": None})

    async def _change(self, delivery_id: str, values: dict[str, Any]) -> None:
        changed = self._update(webhook_deliveries).where(webhook_deliveries.c.id == delivery_id).values(values)
        if not await self._run(changed):
            raise NotFound("There is no such delivery.")

    async def _deliveries(self, condition: Any, limit: int | None = None) -> tuple[WebhookDelivery, ...]:
        newest = self._select(webhook_deliveries).where(condition).order_by(webhook_deliveries.c.due_at.desc())
        rows = await self._rows(newest.limit(limit))
        said = await self._rows(self._select(events).where(events.c.id.in_([row.event_id for row in rows])))
        known = {row.id: ShopEvent.model_validate(row._asdict()) for row in said}
        hooks = {hook.id: hook for hook in await Webhooks(self._connection, self._tenant).list()}
        return tuple(
            _delivery(row, known[row.event_id], hooks[row.webhook_id]) for row in rows if row.webhook_id in hooks
        )


_MAIL = [mails.c[name] for name in Mail.model_fields]


def due_mail(now: datetime) -> ColumnElement[bool]:
    """Mails to be sent, of every shop unless the query says which."""
    return and_(mails.c.sent_at.is_(None), mails.c.due_at <= now, mails.c.created_at > now - STALE)


def due_delivery(now: datetime) -> ColumnElement[bool]:
    """Deliveries to be tried, of every shop unless the query says which."""
    return and_(webhook_deliveries.c.state == WebhookState.WAITING, webhook_deliveries.c.due_at <= now)


def _queued(event: ShopEvent, webhook_id: str) -> dict[str, Any]:
    due = {"state": WebhookState.WAITING, "due_at": event.created_at, "tries": 0}
    return {"id": uuid4().hex, "event_id": event.id, "webhook_id": webhook_id, **due}


def _delivery(row: Row[Any], event: ShopEvent, webhook: Webhook) -> WebhookDelivery:
    own = {name: row._mapping[name] for name in ("id", "state", "due_at", "tries", "error", "delivered_at")}
    return WebhookDelivery(event=event, webhook=webhook, **own)
