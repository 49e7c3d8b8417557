"""The inbox over HTTP: one list of everything, saved views, and changes to many items at once."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from pydantic import BaseModel, Field

from backend.api.callers import SupportCaller, Wired
from backend.api.schemas import Body
from backend.domain.base import Moment
from backend.domain.cases import Priority
from backend.domain.inbox import InboxItem, InboxQuery, ItemChange, ItemKind, ItemStatus, SavedView, SortBy, Tag
from backend.tools.inbox_desk import InboxCounts, ItemRef, ItemResult

router = APIRouter(prefix="/api/staff", tags=["desk"])

_Name = Annotated[str, Field(min_length=1, max_length=80)]


class InboxPage(BaseModel):
    """`next_cursor` null: this was the last page."""

    results: tuple[InboxItem, ...]
    next_cursor: str | None


class TagList(BaseModel):
    results: tuple[str, ...]


class ViewBody(Body):
    """A view to save: its name, whether everybody sees it, and the question it asks of the inbox."""

    name: _Name
    shared: bool = False
    query: InboxQuery = InboxQuery()


class ViewList(BaseModel):
    results: tuple[SavedView, ...]


class BulkChange(Body):
    """What to do with these items; what is not given stays. `assignee` "" takes it from whoever has it."""

    items: Annotated[list[ItemRef], Field(min_length=1, max_length=200)]
    status: ItemStatus | None = None
    priority: Priority | None = None
    assignee: Annotated[str | None, Field(max_length=120)] = None
    add_tags: Annotated[tuple[Tag, ...], Field(max_length=10)] = ()
    remove_tags: Annotated[tuple[Tag, ...], Field(max_length=10)] = ()


class BulkResult(BaseModel):
    """One line per item, in the order in which they were named."""

    results: tuple[ItemResult, ...]


def _query(
    kind: Annotated[list[ItemKind] | None, Query(max_length=3)] = None,
    status: Annotated[list[ItemStatus] | None, Query(max_length=5)] = None,
    priority: Annotated[list[Priority] | None, Query(max_length=4)] = None,
    assignee: Annotated[str | None, Query(max_length=120, description="a staff id, or none")] = None,
    mine: bool = False,
    breached: bool | None = None,
    due_before: Moment | None = None,
    tag: Annotated[str | None, Query(max_length=40)] = None,
    channel: Annotated[str | None, Query(max_length=40)] = None,
    customer_id: Annotated[str | None, Query(max_length=120)] = None,
    q: Annotated[str, Query(max_length=200, description="customer, e-mail, order or any words")] = "",
    sort: SortBy = SortBy.UPDATED,
) -> InboxQuery:
    return InboxQuery(
        kinds=tuple(kind or ()),
        statuses=tuple(status or ()),
        priorities=tuple(priority or ()),
        assignee=assignee,
        mine=mine,
        breached=breached,
        due_before=due_before,
        tag=tag,
        channel=channel,
        customer_id=customer_id,
        text=q,
        sort=sort,
    )


@router.get("/inbox", response_model=InboxPage)
async def inbox(
    container: Wired,
    caller: SupportCaller,
    query: Annotated[InboxQuery, Depends(_query)],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> InboxPage:
    """Conversations, complaints and enquiries that match every given bound; whose names were shown is noted."""
    now = container.clock()
    items, following = await container.inbox_desk.page(
        caller.tenant, query, caller.staff_id, now, limit=limit, cursor=cursor
    )
    shown = sorted({item.customer_id for item in items if item.customer_name and item.customer_id})
    if shown:
        await caller.viewed(container, "inbox", customers=shown)
    return InboxPage(results=items, next_cursor=following)


@router.get("/inbox/counts", response_model=InboxCounts)
async def counts(container: Wired, caller: SupportCaller) -> InboxCounts:
    """How many items wait behind the usual views."""
    return await container.inbox_desk.counts(caller.tenant, caller.staff_id, container.clock())


@router.get("/inbox/tags", response_model=TagList)
async def tags(container: Wired, caller: SupportCaller) -> TagList:
    """Every tag in use."""
    return TagList(results=await container.inbox_desk.tags(caller.tenant))


@router.post("/inbox/bulk", response_model=BulkResult)
async def bulk(body: BulkChange, container: Wired, caller: SupportCaller) -> BulkResult:
    """Assign, close, tag or give a priority to many items; each says whether it was done."""
    wanted = ItemChange(**body.model_dump(exclude={"items"}))
    results = await container.inbox_desk.change_all(caller.tenant, body.items, wanted, caller.actor, container.clock())
    return BulkResult(results=results)


@router.get("/inbox/views", response_model=ViewList)
async def views(container: Wired, caller: SupportCaller) -> ViewList:
    """One's own views and the shared ones."""
    return ViewList(results=await container.inbox_desk.views(caller.tenant, caller.staff_id))


@router.post("/inbox/views", response_model=SavedView, status_code=status.HTTP_201_CREATED)
async def add_view(body: ViewBody, container: Wired, caller: SupportCaller) -> SavedView:
    """Save a view."""
    return await container.inbox_desk.add_view(
        caller.tenant, caller.staff_id, body.name, body.query, container.clock(), shared=body.shared
    )


@router.put("/inbox/views/{view_id}", response_model=SavedView)
async def change_view(view_id: str, body: ViewBody, container: Wired, caller: SupportCaller) -> SavedView:
    """Replace one's own view."""
    return await container.inbox_desk.change_view(
        caller.tenant, caller.staff_id, view_id, body.name, body.query, shared=body.shared
    )


@router.delete("/inbox/views/{view_id}", status_code=status.HTTP_204_NO_CONTENT)
async def remove_view(view_id: str, container: Wired, caller: SupportCaller) -> None:
    """Forget one's own view."""
    await container.inbox_desk.remove_view(caller.tenant, caller.staff_id, view_id)
