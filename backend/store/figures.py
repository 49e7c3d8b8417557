"""What the numbers are counted from: conversations of a span of days, a few with each statement."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Column, Row, Select, Table, and_, func, or_

from backend.domain.cases import HandoffCase
from backend.domain.figures import AnswerFacts, ConversationFacts
from backend.domain.messages import Role
from backend.domain.usage import SAVED
from backend.store.repository import Repository
from backend.store.tables.cases import complaints, handoffs
from backend.store.tables.conversations import conversations, messages
from backend.store.tables.desk_work import feedback, satisfaction

_SLICE = 200
_ASSISTANT, _STAFF = Role.ASSISTANT.value, Role.STAFF.value
_META = ("intents", "found", "errors", "ms", "pending", "model")


class FigureRows(Repository):
    """Reads only."""

    async def conversations(self, start: datetime, end: datetime) -> AsyncIterator[ConversationFacts]:
        """Conversations begun from `start` until before `end`, each with all that was said in it."""
        own, begun = conversations.c, and_(conversations.c.started_at >= start, conversations.c.started_at < end)
        listed = self._select(conversations, own.id, own.started_at).where(begun).order_by(own.started_at, own.id)
        rows = await self._rows(listed.limit(_SLICE))
        while rows:
            said = await self._said([row.id for row in rows])
            for row in rows:
                own_rows = said.get(row.id, ())
                answers = tuple(_answer(one) for one in own_rows if one.role == _ASSISTANT)
                yield ConversationFacts(row.id, row.started_at, answers, len(answers) < len(own_rows))
            last = rows[-1]
            later = or_(own.started_at > last.started_at, and_(own.started_at == last.started_at, own.id > last.id))
            # the first bound is what the index begins at
            rows = await self._rows(listed.where(own.started_at >= last.started_at, later).limit(_SLICE))

    async def _said(self, conversation_ids: Sequence[str]) -> dict[str, Sequence[Row[Any]]]:
        """What was answered in these conversations, by us or by a person, oldest first."""
        own = [messages.c[name] for name in ("conversation_id", "id", "role", "at")]
        facts = [messages.c.meta[name].label(name) for name in _META]
        chosen = self._select(messages, *own, *facts).where(messages.c.conversation_id.in_(conversation_ids))
        chosen = chosen.where(messages.c.role.in_((_ASSISTANT, _STAFF)))
        order = (messages.c.conversation_id, messages.c.at, messages.c.position)
        by_conversation = groupby(await self._rows(chosen.order_by(*order)), key=lambda row: str(row.conversation_id))
        return {name: tuple(rows) for name, rows in by_conversation}

    async def handoffs(self, start: datetime, end: datetime) -> tuple[HandoffCase, ...]:
        """Handoffs asked for in that span."""
        begun = and_(handoffs.c.created_at >= start, handoffs.c.created_at < end)
        rows = await self._rows(self._select(handoffs).where(begun).order_by(handoffs.c.created_at))
        return tuple(HandoffCase.model_validate(row._asdict()) for row in rows)

    async def first_replies(self, conversation_ids: Sequence[str]) -> dict[str, list[datetime]]:
        """When people wrote in these conversations, oldest first."""
        found: dict[str, list[datetime]] = {}
        for begin in range(0, len(conversation_ids), _SLICE):
            some = messages.c.conversation_id.in_(conversation_ids[begin : begin + _SLICE])
            spoken = self._select(messages, messages.c.conversation_id, messages.c.at)
            for row in await self._rows(spoken.where(some, messages.c.role == _STAFF).order_by(messages.c.at)):
                found.setdefault(row.conversation_id, []).append(row.at)
        return found

    async def handed(self, start: datetime, end: datetime) -> frozenset[str]:
        """Conversations begun in that span in which a person was asked for, whenever."""
        asked = and_(handoffs.c.tenant == conversations.c.tenant, handoffs.c.conversation_id == conversations.c.id)
        begun = self._begun(conversations.c.id, start, end).join_from(conversations, handoffs, asked)
        since = handoffs.c.created_at >= start  # never before it began
        return frozenset(row.id for row in await self._rows(begun.where(since).distinct()))

    async def disliked(self, start: datetime, end: datetime) -> frozenset[str]:
        """Messages with a thumb down in conversations begun in that span."""
        judged = and_(feedback.c.tenant == conversations.c.tenant, feedback.c.conversation_id == conversations.c.id)
        begun = self._begun(feedback.c.message_id, start, end).join_from(conversations, feedback, judged)
        since = and_(feedback.c.score == "down", feedback.c.at >= start)  # never before it began
        return frozenset(row.message_id for row in await self._rows(begun.where(since)))

    async def complaints(self, start: datetime, end: datetime) -> AsyncIterator[tuple[datetime, tuple[Any, ...]]]:
        """When complaints were filed, and their histories: those filed or moved in that span, some that moved later."""
        own = complaints.c
        moved = or_(own.updated_at >= start, own.updated_at.is_(None))  # never before it was filed
        chosen = self._select(complaints, own.created_at, own.history).where(moved, own.created_at < end)
        async for rows in self._slices(chosen, _SLICE):
            for row in rows:
                yield row.created_at, tuple(row.history)

    async def scores(self, start: datetime, end: datetime) -> Sequence[Row[Any]]:
        """How often each score was given: `day` (UTC), `value`, `n`."""
        return await self._by_day(satisfaction, satisfaction.c.score, start, end)

    async def thumbs(self, start: datetime, end: datetime) -> Sequence[Row[Any]]:
        """How often each thumb was given: `day` (UTC), `value`, `n`."""
        return await self._by_day(feedback, feedback.c.score, start, end)

    async def _by_day(self, table: Table, value: Column[Any], start: datetime, end: datetime) -> Sequence[Row[Any]]:
        by = (self._day_of(table.c.at).label("day"), value.label("value"))
        given = self._select(table, *by, func.count().label("n")).where(table.c.at >= start, table.c.at < end)
        return await self._rows(given.group_by(*by))

    def _begun(self, column: Column[Any], start: datetime, end: datetime) -> Select[Any]:
        began = conversations.c.started_at
        return self._select(conversations, column).where(began >= start, began < end)


def _answer(row: Row[Any]) -> AnswerFacts:
    calls = [call for call in row.model or () if call.get("outcome") != SAVED]
    return AnswerFacts(
        message_id=row.id,
        at=row.at,
        intents=tuple(row.intents or ()),
        found=tuple(row.found or ()),
        errors=len(row.errors or ()),
        ms=row.ms,
        pending=bool(row.pending),
        calls=len(calls),
        tokens=sum(call.get("prompt_tokens", 0) + call.get("completion_tokens", 0) for call in calls),
        microdollars=sum(call.get("microdollars") or 0 for call in calls),
    )
