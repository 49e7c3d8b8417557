"""Complaints: the tickets that staff work on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, true

from backend.domain.cases import (
    Complaint,
    ComplaintEvent,
    ComplaintFilter,
    ComplaintNote,
    ComplaintStatus,
    Priority,
)
from backend.domain.errors import NotFound
from backend.domain.inbox import tagged
from backend.store.numbers import Counting
from backend.store.tables.cases import complaints

PAGE_SIZE = 50
_UNFINISHED = (ComplaintStatus.OPEN, ComplaintStatus.IN_PROGRESS, ComplaintStatus.WAITING_FOR_CUSTOMER)
_COLUMNS = [complaints.c[name] for name in Complaint.model_fields]


class Complaints(Counting):
    """Tickets. Every change of status, priority or assignee leaves a line in the history."""

    async def add(self, complaint: Complaint) -> None:
        """File a complaint under a new number."""
        await self._add(complaints, [complaint.model_dump() | {"updated_at": complaint.created_at}])

    async def get(self, complaint_id: str) -> Complaint | None:
        """The complaint of that number, or None."""
        return next(iter(await self._find(complaints.c.id == complaint_id)), None)

    async def for_customer(self, customer_id: str) -> tuple[Complaint, ...]:
        """A customer's complaints, newest first."""
        return await self._find(complaints.c.customer_id == customer_id)

    async def for_order(self, order_id: str) -> tuple[Complaint, ...]:
        """The complaints about an order, newest first."""
        return await self._find(complaints.c.order_id == order_id)

    async def all(self) -> tuple[Complaint, ...]:
        """Every complaint, newest first."""
        return await self._find(true())

    async def list(
        self, chosen: ComplaintFilter | None = None, *, page: int = 1, page_size: int = PAGE_SIZE
    ) -> tuple[tuple[Complaint, ...], int]:
        """One page (from 1) of the matching complaints, newest first, and the number of all of them."""
        condition = _condition(chosen or ComplaintFilter())
        total = await self._scalar(self._select(complaints, func.count()).where(condition))
        return await self._find(condition, page_size, (page - 1) * page_size), int(total)

    async def update(
        self,
        complaint_id: str,
        *,
        actor: str,
        at: datetime,
        status: ComplaintStatus | None = None,
        priority: Priority | None = None,
        assignee: str | None = None,
        add_tags: Sequence[str] = (),
        remove_tags: Sequence[str] = (),
    ) -> Complaint:
        """Change what is given (`assignee` "": nobody) and return the complaint as it is now. Raises NotFound."""
        before = await self._locked(complaint_id)
        wanted: dict[str, Any] = {"status": status, "priority": priority, "assignee": assignee}
        given = {k: v or None for k, v in wanted.items() if v is not None}
        given["tags"] = tagged(before.tags, add_tags, remove_tags)
        changes = {k: v for k, v in given.items() if v != getattr(before, k)}
        lines = [ComplaintEvent(at=at, actor=actor, what=_what(k, getattr(before, k), v)) for k, v in changes.items()]
        after = before.model_copy(update={**changes, "history": (*before.history, *lines)})
        return await self._store(after, at if lines else None)

    async def add_note(self, complaint_id: str, note: ComplaintNote) -> Complaint:
        """Append a note, internal or public, and return the complaint. Raises NotFound."""
        before = await self._locked(complaint_id)
        return await self._store(before.model_copy(update={"notes": (*before.notes, note)}), note.at)

    async def touch(self, complaint_id: str, at: datetime) -> None:
        """Note that there is news of it, which keeps it from other writers until the transaction ends."""
        await self._run(self._update(complaints).where(complaints.c.id == complaint_id).values(updated_at=at))

    async def set_due(
        self, complaint_id: str, first_response_due: datetime | None, resolution_due: datetime | None
    ) -> Complaint:
        """Replace the due times, e.g. after a change of priority. Raises NotFound."""
        before = await self._locked(complaint_id)
        due = {"first_response_due": first_response_due, "resolution_due": resolution_due}
        return await self._store(before.model_copy(update=due))

    async def any_late(self, now: datetime) -> bool:
        """Whether there is anything for `mark_breached`."""
        found = await self._scalar(self._select(complaints, complaints.c.id).where(_late(now)).limit(1))
        return found is not None

    async def mark_breached(self, now: datetime) -> tuple[str, ...]:
        """Flag the complaints that nobody took up, or solved, in time; returns the numbers of the new ones."""
        late = self._update(complaints).where(_late(now)).values(breached=True)
        return tuple(row.id for row in await self._rows(late.returning(complaints.c.id)))

    async def upsert(self, listed: Sequence[Complaint]) -> None:
        """Add or replace complaints with all they hold."""
        await self._put(complaints, [c.model_dump() | {"updated_at": c.created_at} for c in listed])

    async def _find(
        self, condition: ColumnElement[bool], limit: int | None = None, offset: int | None = None
    ) -> tuple[Complaint, ...]:
        newest = (
            self._select(complaints, *_COLUMNS)
            .where(condition)
            .order_by(complaints.c.created_at.desc(), complaints.c.id)
        )
        rows = await self._rows(newest.limit(limit).offset(offset))
        return tuple(Complaint.model_validate(row._asdict()) for row in rows)

    async def _locked(self, complaint_id: str) -> Complaint:
        row = await self._row(
            self._select(complaints, *_COLUMNS).where(complaints.c.id == complaint_id).with_for_update()
        )
        if row is None:
            raise NotFound(f"There is no complaint {complaint_id}.")
        return Complaint.model_validate(row._asdict())

    async def _store(self, complaint: Complaint, at: datetime | None = None) -> Complaint:
        """`at` is when there was news of it."""
        await self._put(complaints, [complaint.model_dump() | ({"updated_at": at} if at else {})])
        return complaint


def _condition(chosen: ComplaintFilter) -> ColumnElement[bool]:
    bounds: list[ColumnElement[bool]] = [true()]
    if chosen.statuses:
        bounds.append(complaints.c.status.in_(chosen.statuses))
    for name in ("priority", "assignee", "customer_id", "order_id", "breached"):
        wanted = getattr(chosen, name)
        if wanted is not None:
            bounds.append(complaints.c[name] == wanted)
    return and_(*bounds)


def _late(now: datetime) -> ColumnElement[bool]:
    """Past a due time: an open complaint is one that nobody has answered yet."""
    unanswered = and_(complaints.c.status == ComplaintStatus.OPEN, complaints.c.first_response_due < now)
    unsolved = and_(complaints.c.status.in_(_UNFINISHED), complaints.c.resolution_due < now)
    return and_(complaints.c.breached.is_(False), or_(unanswered, unsolved))


def _what(name: str, before: object, after: object) -> str:
    shown = [", ".join(v) if isinstance(v, tuple) else v for v in (before, after)]
    return f"{name} {shown[0] or 'none'} → {shown[1] or 'none'}"
