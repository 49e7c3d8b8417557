"""The numbers of the desk over HTTP: by day, as a table to take along, and the paths of conversations."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response

from backend.api.callers import SupervisorCaller, Wired
from backend.container import Container
from backend.domain.figures import Numbers, Paths
from backend.tools.numbers_desk import as_csv

router = APIRouter(prefix="/api/staff", tags=["desk"])

_USUAL_DAYS = 30

_From = Annotated[date | None, Query(alias="from", description="first day (UTC); without it: 30 days up to `to`")]
_To = Annotated[date | None, Query(alias="to", description="last day (UTC), included; without it: today")]


@router.get("/numbers", response_model=Numbers)
async def numbers(container: Wired, caller: SupervisorCaller, first: _From = None, last: _To = None) -> Numbers:
    """Conversations, resolution without a person, times, satisfaction, intents, errors and cost, by day.

    What nothing is known of is null, never zero.
    """
    return await container.numbers.numbers(caller.tenant, *_span(container, first, last))


@router.get(
    "/numbers.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}, "description": "one line a day"}},
)
async def numbers_csv(container: Wired, caller: SupervisorCaller, first: _From = None, last: _To = None) -> Response:
    """The same as a table for a spreadsheet."""
    found = await container.numbers.numbers(caller.tenant, *_span(container, first, last))
    name = f'attachment; filename="numbers-{found.first}-{found.last}.csv"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(as_csv(found), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/numbers/paths", response_model=Paths)
async def paths(container: Wired, caller: SupervisorCaller, first: _From = None, last: _To = None) -> Paths:
    """Which intents follow which, and where people give up."""
    return await container.numbers.paths(caller.tenant, *_span(container, first, last))


def _span(container: Container, first: date | None, last: date | None) -> tuple[date, date]:
    last = last or container.clock().date()
    return first or last - timedelta(days=_USUAL_DAYS - 1), last
