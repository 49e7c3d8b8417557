"""What the desk keeps beside the business: audit rows, mails, events with their webhooks, keys, shops."""

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import Field

from backend.domain.base import Moment, Value


class Shop(Value):
    """A tenant. `dates_as_of` is the day a demo shop's dates refer to; None for a real shop."""

    tenant: str
    name: str
    secret: str | None = None
    settings: dict[str, Any] = Field(default_factory=dict)
    dates_as_of: date | None = None
    created_at: Moment


class AuditEntry(Value):
    """Who did what to which record, with the record before and after."""

    id: str
    at: Moment
    actor: str
    action: str
    object: str
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


class Mail(Value):
    """A mail in the outbox. `sent_at` None: not handed to a server, or none is set."""

    id: str
    to: str
    subject: str
    text: str
    created_at: Moment
    tries: int = 0
    sent_at: Moment | None = None


class ApiKey(Value):
    """An integration's key; only its hash is kept. `hint` is what its owner recognises it by."""

    id: str
    name: str
    hint: str
    scopes: tuple[str, ...] = ()
    created_at: Moment
    revoked_at: Moment | None = None


class ShopEvent(Value):
    """Something that happened, e.g. kind "order.cancelled", told to whoever subscribed."""

    id: str
    kind: str
    payload: dict[str, Any]
    created_at: Moment


class WebhookFormat(StrEnum):
    """What a receiver reads: our event as JSON, or a message as Slack takes it."""

    EVENTS = "events"
    SLACK = "slack"


class Webhook(Value):
    """A subscription. `kinds` are event kinds or families ("order.*"); empty means all."""

    id: str
    url: str
    secret: str
    kinds: tuple[str, ...] = ()
    active: bool = True
    format: WebhookFormat = WebhookFormat.EVENTS
    created_at: Moment

    def wants(self, kind: str) -> bool:
        """Whether an event of that kind is sent here."""
        return not self.kinds or any(k in (kind, "*", f"{kind.split('.')[0]}.*") for k in self.kinds)


class WebhookState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


class WebhookDelivery(Value):
    """One event on its way to one subscription."""

    id: str
    event: ShopEvent
    webhook: Webhook
    state: WebhookState
    due_at: Moment
    tries: int = 0
    error: str | None = None
    delivered_at: Moment | None = None
