"""Handoffs: conversations that wait for a person or are in a person's hands."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, true

from backend.domain.base import utc_now
from backend.domain.cases import HandoffCase, HandoffState
from backend.domain.errors import NotFound
from backend.domain.inbox import ItemStatus
from backend.store.numbers import Counting
from backend.store.repository import of_shop
from backend.store.tables.cases import handoffs
from backend.store.tables.conversations import conversations

_IN = of_shop(handoffs).where(handoffs.c.conversation_id == bindparam("conversation"))
_OPEN_IN = _IN.where(handoffs.c.state != HandoffState.CLOSED)
_LATEST_IN = _IN.order_by(handoffs.c.created_at.desc()).limit(1)


class Handoffs(Counting):
    """Conversations that wait for a person or are in a person's hands."""

    async def add(self, case: HandoffCase) -> None:
        """Record that a conversation waits for a person."""
        await self._add(handoffs, [case.model_dump() | {"session_id": case.session_id}])
        row = {"id": case.conversation_id, "session_id": case.session_id, "customer_id": case.customer_id}
        turn = {"status": ItemStatus.OPEN, "due_at": case.expected_at}
        # a first message may ask for a person: its conversation is written only when the answer is
        new = self._insert(conversations, {**row, **turn, "started_at": case.created_at, "updated_at": case.created_at})
        await self._run(new.on_conflict_do_update(index_elements=["tenant", "id"], set_=turn))

    async def get(self, handoff_id: str) -> HandoffCase | None:
        """The handoff of that id, or None."""
        return next(iter(await self._find(handoffs.c.id == handoff_id)), None)

    async def open_in(self, conversation_id: str) -> HandoffCase | None:
        """The unfinished handoff of a conversation, or None."""
        row = await self._row(_OPEN_IN, conversation=conversation_id)
        return HandoffCase.model_validate(row._asdict()) if row else None

    async def latest_in(self, conversation_id: str) -> HandoffCase | None:
        """The newest handoff of a conversation, finished or not, or None. Asked in every turn, so it is built once."""
        row = await self._row(_LATEST_IN, conversation=conversation_id)
        return HandoffCase.model_validate(row._asdict()) if row else None

    async def list(self, *, include_closed: bool = False, limit: int = 200) -> tuple[HandoffCase, ...]:
        """Who waits longest comes first."""
        wanted = true() if include_closed else handoffs.c.state.in_([HandoffState.WAITING, HandoffState.ACTIVE])
        return await self._find(wanted, limit=limit)

    async def take(self, handoff_id: str, *, staff_id: str, staff_name: str) -> HandoffCase:
        """A person takes the conversation over. Raises NotFound when it is not waiting any more."""
        waiting = handoffs.c.state == HandoffState.WAITING
        values = {"state": HandoffState.ACTIVE, "staff_id": staff_id, "staff_name": staff_name}
        taken = await self._move(handoff_id, waiting, values)
        await self._whose_turn(
            taken.conversation_id, status=ItemStatus.IN_PROGRESS, assignee=staff_id.removeprefix("staff:")
        )
        return taken

    async def close(self, handoff_id: str, at: datetime | None = None) -> HandoffCase:
        """The conversation goes back to the assistant. Raises NotFound when it already has."""
        unfinished = handoffs.c.state != HandoffState.CLOSED
        values = {"state": HandoffState.CLOSED, "closed_at": at or utc_now()}
        closed = await self._move(handoff_id, unfinished, values)
        await self._whose_turn(closed.conversation_id, status=ItemStatus.ASSISTANT, due_at=None)
        return closed

    async def _whose_turn(self, conversation_id: str, **values: Any) -> None:
        """The conversation says the same in the inbox."""
        await self._run(self._update(conversations).where(conversations.c.id == conversation_id).values(values))

    async def _move(self, handoff_id: str, condition: ColumnElement[bool], values: dict[str, Any]) -> HandoffCase:
        moved = self._update(handoffs).where(handoffs.c.id == handoff_id, condition).values(values)
        if not await self._run(moved):
            raise NotFound("There is no such handoff to change.")
        return (await self._find(handoffs.c.id == handoff_id))[0]

    async def _find(self, *conditions: ColumnElement[bool], limit: int | None = None) -> tuple[HandoffCase, ...]:
        rows = await self._rows(
            self._select(handoffs).where(*conditions).order_by(handoffs.c.created_at, handoffs.c.id).limit(limit)
        )
        return tuple(HandoffCase.model_validate(row._asdict()) for row in rows)
