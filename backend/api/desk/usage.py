"""What the language model costs over HTTP: by day and purpose, what the plan leaves, and wordings side by side."""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from backend.api.callers import SupervisorCaller, Wired
from backend.domain.base import Moment
from backend.domain.intervals import wilson
from backend.llm.budget import WARN_AT, limits
from backend.store.usage import UsageRow, VariantRow

router = APIRouter(prefix="/api/staff", tags=["staff"])

_MOST_DAYS = 366


class LimitView(BaseModel):
    """One limit of the shop's plan. Money in microdollars (millionths of a dollar)."""

    name: str
    used: int
    limit: int
    warning: bool


class UsageView(BaseModel):
    """`rows`: sums by day (UTC), purpose, model and outcome; `limits`: where the plan stands now."""

    plan: str
    limits: tuple[LimitView, ...]
    rows: tuple[UsageRow, ...]


class VariantView(BaseModel):
    """How one wording did: `share_up` is the share of thumbs up with its 95 % interval (Wilson), null without any."""

    variant: str
    replies: int
    thumbs_up: int
    thumbs_down: int
    share_up: float | None
    low: float | None
    high: float | None

    @classmethod
    def of(cls, row: VariantRow) -> "VariantView":
        rated = row.thumbs_up + row.thumbs_down
        low, high = wilson(row.thumbs_up, rated) if rated else (None, None)
        return cls(**row.model_dump(), share_up=row.thumbs_up / rated if rated else None, low=low, high=high)


class Variants(BaseModel):
    since: Moment
    results: tuple[VariantView, ...]


@router.get("/usage")
async def usage(
    container: Wired,
    caller: SupervisorCaller,
    since: Annotated[date | None, Query(alias="from", description="first day, UTC; a month ago when left out")] = None,
    until: Annotated[date | None, Query(alias="to", description="last day, UTC; today when left out")] = None,
) -> UsageView:
    """Calls, tokens and cost of the language model."""
    last = until or container.clock().date()
    first = max(since or last - timedelta(days=30), last - timedelta(days=_MOST_DAYS))
    async with container.database.records(caller.tenant) as records:
        rows = await records.usage.by_day(_begin(first, container.clock()), _begin(last, container.clock(), days=1))
    plan, day, month = await container.budget.standing(caller.tenant)
    known = limits(plan, day, month)
    shown = [LimitView(name=n, used=u, limit=most, warning=u >= WARN_AT * most) for n, u, most in known]
    return UsageView(plan=plan.name, limits=tuple(shown), rows=rows)


@router.get("/variants")
async def variants(
    container: Wired,
    caller: SupervisorCaller,
    days: Annotated[int, Query(ge=1, le=_MOST_DAYS)] = 30,
) -> Variants:
    """Wordings of the reply that run side by side, with what shoppers thought of them."""
    since = container.clock() - timedelta(days=days)
    async with container.database.records(caller.tenant) as records:
        rows = await records.usage.by_variant(since)
    return Variants(since=since, results=tuple(VariantView.of(row) for row in rows))


def _begin(day: date, now: datetime, days: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=days), time(), now.tzinfo)
