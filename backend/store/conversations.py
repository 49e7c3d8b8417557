"""Conversations and their messages."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, case, func, literal, true, tuple_
from sqlalchemy.dialects import sqlite

from backend.domain.errors import NotFound
from backend.domain.inbox import ItemStatus
from backend.domain.messages import Channel, Conversation, Role, StoredMessage
from backend.store.repository import Repository, dialect_insert
from backend.store.tables.conversations import conversations, messages

_TITLE_CHARACTERS = 120
#: Whose turn it is once the shopper has written.
_REOPENED = {ItemStatus.CLOSED.value: ItemStatus.ASSISTANT.value, ItemStatus.WAITING_FOR_CUSTOMER.value: "in_progress"}


class Conversations(Repository):
    """What was said, in the order in which it was said."""

    async def append(
        self,
        conversation_id: str,
        session_id: str,
        customer_id: str | None,
        said: Sequence[StoredMessage],
        channel: Channel = Channel.CHAT,
    ) -> None:
        """Add a turn's messages in two statements; a message that is already there is not doubled.

        A known customer stays known when a later turn does not name one.
        """
        if not said:
            return
        reopens = any(m.role is Role.SHOPPER for m in said)
        row = {
            "id": conversation_id,
            "session_id": session_id,
            "customer_id": customer_id,
            "started_at": said[0].at,
            "updated_at": said[-1].at,
            "title": _title(said[0]),
            "channel": channel,
        }
        await self._write(_touched(self._connection.dialect.name, reopens=reopens), [row])
        rows = [{**m.model_dump(), "conversation_id": conversation_id, "position": at} for at, m in enumerate(said)]
        await self._add_missing(messages, rows)
        named = {"object": f"conversation:{conversation_id}", "conversation": conversation_id}
        self.told.append(("conversation.message", named | {"roles": [m.role.value for m in said]}))

    async def replace(self, conversation_id: str, message_ids: Sequence[str], by: StoredMessage) -> None:
        """The first of these that the shopper said there, and all that was said since but by staff, is taken back.

        A conversation that began with it is named by what stands there now.
        """
        first = await self.find_message(conversation_id, message_ids)
        if first is None or first.role is not Role.SHOPPER:
            return
        here = messages.c.conversation_id == conversation_id
        own = messages.c.id.not_in((by.id, f"{by.id}-r"))  # it may be here already when the call is made again
        since = and_(
            here, own, messages.c.at >= first.at, messages.c.role != Role.STAFF, messages.c.replaced_by.is_(None)
        )
        await self._run(self._update(messages).where(since).values(replaced_by=by.id))
        began = and_(conversations.c.id == conversation_id, conversations.c.started_at == first.at)
        await self._run(self._update(conversations).where(began).values(title=_title(by)))

    async def get(self, conversation_id: str) -> Conversation | None:
        """The conversation without its messages, or None."""
        row = await self._row(self._select(conversations).where(conversations.c.id == conversation_id))
        return Conversation.model_validate(row._asdict()) if row else None

    async def messages(
        self, conversation_id: str, *, limit: int = 2000, before: datetime | None = None
    ) -> tuple[StoredMessage, ...]:
        """The last messages (before a moment), oldest first."""
        columns = [messages.c[name] for name in StoredMessage.model_fields]
        chosen = self._select(messages, *columns).where(messages.c.conversation_id == conversation_id)
        if before is not None:
            chosen = chosen.where(messages.c.at < before)
        latest = chosen.order_by(messages.c.at.desc(), messages.c.position.desc(), messages.c.id.desc()).limit(limit)
        return tuple(StoredMessage.model_validate(row._asdict()) for row in reversed(await self._rows(latest)))

    async def said_by(self, role: Role, conversation_id: str, *, limit: int) -> tuple[StoredMessage, ...]:
        """The last messages of one side, oldest first."""
        columns = [messages.c[name] for name in StoredMessage.model_fields]
        here = and_(messages.c.conversation_id == conversation_id, messages.c.role == role)
        latest = self._select(messages, *columns).where(here).order_by(messages.c.at.desc(), messages.c.id).limit(limit)
        return tuple(StoredMessage.model_validate(row._asdict()) for row in reversed(await self._rows(latest)))

    async def message(self, message_id: str) -> StoredMessage | None:
        """One message, or None."""
        columns = [messages.c[name] for name in StoredMessage.model_fields]
        row = await self._row(self._select(messages, *columns).where(messages.c.id == message_id))
        return StoredMessage.model_validate(row._asdict()) if row else None

    async def page(self, conversation_id: str, *, limit: int, before: str | None = None) -> tuple[StoredMessage, ...]:
        """The last messages said before that one (or of all), oldest first. Raises NotFound for an unknown one."""
        columns = [messages.c[name] for name in StoredMessage.model_fields]
        here = messages.c.conversation_id == conversation_id
        chosen = self._select(messages, *columns).where(here)
        if before is not None:
            place = (messages.c.at, messages.c.position, messages.c.id)
            row = await self._row(self._select(messages, *place).where(here, messages.c.id == before))
            if row is None:
                raise NotFound("There is no such message in this conversation.")
            chosen = chosen.where(tuple_(*place) < tuple_(*map(literal, row, (c.type for c in place))))
        latest = chosen.order_by(messages.c.at.desc(), messages.c.position.desc(), messages.c.id.desc()).limit(limit)
        return tuple(StoredMessage.model_validate(row._asdict()) for row in reversed(await self._rows(latest)))

    async def find_message(self, conversation_id: str, message_ids: Sequence[str]) -> StoredMessage | None:
        """The first of these messages that was said in that conversation, or None."""
        columns = [messages.c[name] for name in StoredMessage.model_fields]
        named = self._select(messages, *columns).where(
            messages.c.conversation_id == conversation_id, messages.c.id.in_(message_ids)
        )
        known = {row.id: StoredMessage.model_validate(row._asdict()) for row in await self._rows(named)}
        return next((known[i] for i in message_ids if i in known), None)

    async def counts(self, conversation_ids: Sequence[str]) -> dict[str, int]:
        """How many messages each of these conversations has."""
        by = messages.c.conversation_id
        counted = self._select(messages, by, func.count().label("n")).where(by.in_(conversation_ids))
        counted = counted.where(messages.c.replaced_by.is_(None)).group_by(by)
        return {row.conversation_id: row.n for row in await self._rows(counted)}

    async def list(
        self, *, customer_id: str | None = None, session_id: str | None = None, limit: int = 50, offset: int = 0
    ) -> tuple[Conversation, ...]:
        """Conversations with the latest word first, of one customer or session when named."""
        chosen = self._select(conversations).where(
            true() if customer_id is None else conversations.c.customer_id == customer_id,
            true() if session_id is None else conversations.c.session_id == session_id,
        )
        latest = chosen.order_by(conversations.c.updated_at.desc(), conversations.c.id).limit(limit).offset(offset)
        return tuple(Conversation.model_validate(row._asdict()) for row in await self._rows(latest))

    async def change(self, conversation_id: str, **values: Any) -> None:
        """Replace what the desk keeps: status, priority, assignee, tags, due_at, channel. Raises NotFound."""
        changed = self._update(conversations).where(conversations.c.id == conversation_id).values(values)
        if not await self._run(changed):
            raise NotFound("There is no such conversation.")


def _title(first: StoredMessage) -> str:
    return " ".join(first.text.split())[:_TITLE_CHARACTERS]


@cache
def _touched(dialect: str, *, reopens: bool) -> sqlite.Insert:
    """A conversation inserted with its first words, or moved on: what the shopper writes reopens it."""
    insert, kept = dialect_insert(dialect, conversations), conversations.c
    new = insert.excluded
    changes = {
        "session_id": new.session_id,
        "customer_id": func.coalesce(new.customer_id, kept.customer_id),
        "updated_at": new.updated_at,
        "title": case((kept.title == "", new.title), else_=kept.title),
        "channel": case((kept.title == "", new.channel), else_=kept.channel),
    }
    if reopens:
        changes["status"] = case(_REOPENED, value=kept.status, else_=kept.status)
    return insert.on_conflict_do_update(index_elements=["tenant", "id"], set_=changes)
