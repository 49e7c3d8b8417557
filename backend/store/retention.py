"""What has served its time leaves the records, a little at a time. Audit rows stay for ever."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, and_, exists, func, or_, tuple_

from backend.domain.cases import ComplaintStatus, HandoffState
from backend.domain.desk import WebhookState
from backend.store.repository import Repository
from backend.store.tables.cases import complaints, handoffs
from backend.store.tables.conversations import conversations
from backend.store.tables.customers import identity_codes
from backend.store.tables.desk import events, login_links, mails, webhook_deliveries
from backend.store.tables.desk_work import attachments, feedback, satisfaction
from backend.store.tables.pending import pending_actions
from backend.store.tables.shop import actions

#: Rows of one table that go in one transaction: few enough to keep no writer waiting.
PRUNED_AT_ONCE = 500


class Bounds(NamedTuple):
    """Everything older goes: what was sent, results kept for retries, what expired, and what was said if that ends."""

    outbox: datetime
    idempotency: datetime
    expired: datetime
    conversations: datetime | None = None


class Retention(Repository):
    """Deletes what nobody will ask for again."""

    async def prune(self, bounds: Bounds) -> int:
        """Delete the oldest rows past their time, up to PRUNED_AT_ONCE of each table; returns how many went."""
        spoken = _spoken(bounds.conversations) if bounds.conversations else ()
        gone = 0
        for table, over in (*_over(bounds), *spoken):
            keys = [column for column in table.primary_key if column.name != "tenant"]
            oldest = self._select(table, *keys).where(over).limit(PRUNED_AT_ONCE)
            named = tuple_(*keys).in_([tuple(row) for row in await self._rows(oldest)])
            gone += await self._run(self._delete(table).where(named))
        return gone

    async def files_before(self, moment: datetime) -> tuple[str, ...]:
        """Files of complaints that were closed before, up to PRUNED_AT_ONCE of them."""
        mine = and_(complaints.c.tenant == attachments.c.tenant, complaints.c.id == attachments.c.complaint_id)
        closed = complaints.c.status == ComplaintStatus.CLOSED
        last = func.coalesce(complaints.c.updated_at, complaints.c.created_at)
        old = exists().where(mine, closed, last < moment)
        found = self._select(attachments, attachments.c.id).where(old).limit(PRUNED_AT_ONCE)
        return tuple(row.id for row in await self._rows(found))

    async def forget_files(self, names: Sequence[str]) -> int:
        """Their rows, once the files themselves are gone; returns how many."""
        return await self._run(self._delete(attachments).where(attachments.c.id.in_(names)))


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


def _spoken(before: datetime) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Conversations that ended, with their messages and notes, then what was about them. Costs and complaints stay."""
    asked = and_(handoffs.c.tenant == conversations.c.tenant, handoffs.c.conversation_id == conversations.c.id)
    waiting = exists().where(asked, handoffs.c.state != HandoffState.CLOSED)
    yield conversations, and_(conversations.c.updated_at < before, ~waiting)
    for table, at in ((feedback, feedback.c.at), (satisfaction, satisfaction.c.at), (handoffs, handoffs.c.created_at)):
        its = and_(conversations.c.tenant == table.c.tenant, conversations.c.id == table.c.conversation_id)
        yield table, and_(at < before, ~exists().where(its))
