"""What has served its time leaves the records, a little at a time. Audit rows stay for ever."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, and_, exists, or_, tuple_

from backend.domain.desk import WebhookState
from backend.store.repository import Repository
from backend.store.tables.customers import identity_codes
from backend.store.tables.desk import events, login_links, mails, webhook_deliveries
from backend.store.tables.pending import pending_actions
from backend.store.tables.shop import actions

#: Rows of one table that go in one transaction: few enough to keep no writer waiting.
PRUNED_AT_ONCE = 500


class Bounds(NamedTuple):
    """Everything older goes: what was sent, results kept for retries, and what expired."""

    outbox: datetime
    idempotency: datetime
    expired: datetime


class Retention(Repository):
    """Deletes what nobody will ask for again."""

    async def prune(self, bounds: Bounds) -> int:
        """Delete the oldest rows past their time, up to PRUNED_AT_ONCE of each table; returns how many went."""
        gone = 0
        for table, over in _over(bounds):
            keys = [column for column in table.primary_key if column.name != "tenant"]
            oldest = self._select(table, *keys).where(over).limit(PRUNED_AT_ONCE)
            named = tuple_(*keys).in_([tuple(row) for row in await self._rows(oldest)])
            gone += await self._run(self._delete(table).where(named))
        return gone


def _over(bounds: Bounds) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Each table with the condition of what goes. Dead letters stay, and so does the event they tell of."""
    delivered = webhook_deliveries.c.state == WebhookState.DELIVERED
    yield webhook_deliveries, and_(delivered, webhook_deliveries.c.delivered_at < bounds.outbox)
    told = and_(webhook_deliveries.c.tenant == events.c.tenant, webhook_deliveries.c.event_id == events.c.id)
    yield events, and_(events.c.created_at < bounds.outbox, ~exists().where(told))
    yield mails, mails.c.created_at < bounds.outbox
    retried = or_(actions.c.key.startswith("action:"), actions.c.key.startswith("key:"))
    yield actions, and_(actions.c.created_at < bounds.idempotency, retried)  # the others say what was done for good
    yield identity_codes, identity_codes.c.expires_at < bounds.expired
    yield login_links, login_links.c.expires_at < bounds.expired
    yield pending_actions, pending_actions.c.expires_at < bounds.expired
