"""What the language model costs over HTTP: by day and purpose, what the plan leaves, and wordings side by side."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from backend.api.callers import SupervisorCaller, Wired
from backend.api.desk.spans import CSV_FILE, FirstDay, LastDay, csv_file, span
from backend.container import Container
from backend.domain.base import Moment
from backend.domain.intervals import wilson
from backend.llm.budget import WARN_AT, limits
from backend.store.usage import UsageRow, VariantRow
from backend.tools.numbers_desk import MOST_DAYS, bounds

router = APIRouter(prefix="/api/staff", tags=["staff"])


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
async def usage(container: Wired, caller: SupervisorCaller, first: FirstDay = None, last: LastDay = None) -> UsageView:
    """Calls, tokens and cost of the language model, and how much of the plan is used."""
    rows = await _rows(container, caller.tenant, *span(container, first, last))
    plan, day, month = await container.budget.standing(caller.tenant)
    known = limits(plan, day, month)
    shown = [LimitView(name=n, used=u, limit=most, warning=u >= WARN_AT * most) for n, u, most in known]
    return UsageView(plan=plan.name, limits=tuple(shown), rows=rows)


@router.get("/usage.csv", response_class=Response, responses=CSV_FILE)
async def usage_csv(
    container: Wired, caller: SupervisorCaller, first: FirstDay = None, last: LastDay = None
) -> Response:
    """The same as a table for a spreadsheet: one line for each day, purpose, model and outcome."""
    days = span(container, first, last)
    rows = await _rows(container, caller.tenant, *days)
    return csv_file(f"usage-{days[0]}-{days[1]}", caller.tenant, list(UsageRow.model_fields), rows)


@router.get("/variants")
async def variants(
    container: Wired,
    caller: SupervisorCaller,
    days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 30,
) -> Variants:
    """Wordings of the reply that run side by side, with what shoppers thought of them."""
    since = container.clock() - timedelta(days=days)
    async with container.database.records(caller.tenant) as records:
        rows = await records.usage.by_variant(since)
    return Variants(since=since, results=tuple(VariantView.of(row) for row in rows))


async def _rows(container: Container, tenant: str, first: date, last: date) -> tuple[UsageRow, ...]:
    async with container.database.records(tenant) as records:
        return await records.usage.by_day(*bounds(first, last))
