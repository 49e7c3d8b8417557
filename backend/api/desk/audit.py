"""Who did and who saw what, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from backend.api.callers import AdminCaller, Wired
from backend.domain.base import Moment
from backend.domain.desk import AuditEntry

router = APIRouter(prefix="/api/staff", tags=["desk"])

#: "session:" and six letters.
_BEGINNING = 14


class AuditPage(BaseModel):
    """`next_cursor` null: this was the last page."""

    results: tuple[AuditEntry, ...]
    next_cursor: str | None


@router.get("/audit", response_model=AuditPage)
async def audit(
    container: Wired,
    caller: AdminCaller,
    actor: Annotated[str | None, Query(max_length=160, description="e.g. staff:ida, customer:C-1")] = None,
    action: Annotated[str | None, Query(max_length=80, description="e.g. view, cancel_order")] = None,
    object: Annotated[str | None, Query(max_length=200, description="e.g. order:ORD-1001")] = None,
    since: Moment | None = None,
    until: Moment | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    cursor: Annotated[str | None, Query(max_length=128, description="the last entry of the page before")] = None,
) -> AuditPage:
    """Every change and every view of personal data, newest first."""
    async with container.database.records(caller.tenant) as records:
        found = await records.audit.list(
            actor=actor, action=action, object=object, since=since, until=until, limit=limit + 1, before=cursor
        )
    shown = tuple(entry.model_copy(update={"actor": _told(entry.actor)}) for entry in found[:limit])
    return AuditPage(results=shown, next_cursor=found[limit - 1].id if len(found) > limit else None)


def _told(actor: str) -> str:
    """Who it was, without what would let the reader speak as them: a session's id is known by its beginning."""
    return f"{actor[:_BEGINNING]}…" if actor.startswith("session:") else actor
