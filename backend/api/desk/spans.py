"""What every table of the desk shares: the days it covers, and the file in which a spreadsheet takes it along."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel

from backend.container import Container

FirstDay = Annotated[date | None, Query(alias="from", description="first day (UTC); without it: 30 days up to `to`")]
LastDay = Annotated[date | None, Query(alias="to", description="last day (UTC), included; without it: today")]

#: How the routes that answer with such a file describe it.
CSV_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}, "description": "a table"}}

_USUAL_DAYS = 30


def span(container: Container, first: date | None, last: date | None) -> tuple[date, date]:
    """The first and the last day, UTC, both included."""
    last = last or container.clock().date()
    return first or last - timedelta(days=_USUAL_DAYS - 1), last


def csv_file(name: str, tenant: str, columns: Sequence[str], rows: Iterable[BaseModel]) -> Response:
    """One line for each row, with its shop in front; what is not known is left empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ["tenant", *columns])
    writer.writeheader()
    writer.writerows({"tenant": tenant, **row.model_dump(mode="json")} for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)
