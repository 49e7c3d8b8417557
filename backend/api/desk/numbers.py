"""The numbers of the desk over HTTP: by day, as a table to take along, and the paths of conversations."""

from fastapi import APIRouter, Response

from backend.api.callers import SupervisorCaller, Wired
from backend.api.desk.spans import CSV_FILE, FirstDay, LastDay, csv_file, span
from backend.domain.figures import Figures, Numbers, Paths

router = APIRouter(prefix="/api/staff", tags=["desk"])


@router.get("/numbers", response_model=Numbers)
async def numbers(container: Wired, caller: SupervisorCaller, first: FirstDay = None, last: LastDay = None) -> Numbers:
    """Conversations, resolution without a person, times, satisfaction, intents, errors and cost, by day.

    What nothing is known of is null, never zero.
    """
    return await container.numbers.numbers(caller.tenant, *span(container, first, last))


@router.get("/numbers.csv", response_class=Response, responses=CSV_FILE)
async def numbers_csv(
    container: Wired, caller: SupervisorCaller, first: FirstDay = None, last: LastDay = None
) -> Response:
    """The same as a table for a spreadsheet: one line a day."""
    found = await container.numbers.numbers(caller.tenant, *span(container, first, last))
    columns = ["day", *Figures.model_fields]
    return csv_file(f"numbers-{found.first}-{found.last}", caller.tenant, columns, found.days)


@router.get("/numbers/paths", response_model=Paths)
async def paths(container: Wired, caller: SupervisorCaller, first: FirstDay = None, last: LastDay = None) -> Paths:
    """Which intents follow which, and where people give up."""
    return await container.numbers.paths(caller.tenant, *span(container, first, last))
