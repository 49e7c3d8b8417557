"""Moves the dates of a demo shop, so that its deliveries stay "two days ago" for ever."""

from datetime import date, timedelta
from typing import Any, TypeVar

from pydantic import BaseModel

from backend.store.database import Database
from backend.store.records import Records

V = TypeVar("V", bound=BaseModel)


def moved(value: V, days: int) -> V:
    """The same value with every date and time in it moved by whole days."""
    if days == 0:
        return value
    return type(value).model_validate(_moved(value.model_dump(), timedelta(days=days)))


async def restamp_demo(database: Database, tenant: str, today: date) -> int:
    """Bring a demo shop's dates to today in one transaction; returns by how many days they moved.

    0 for a real shop, whose dates never move, and for a demo shop that is up to date.
    """
    async with database.records(tenant) as records:
        shop = await records.tenants.get()
    if shop is None or shop.dates_as_of is None or shop.dates_as_of >= today:
        return 0
    async with database.records(tenant, write=True) as records:
        return await restamp(records, today)


async def restamp(records: Records, today: date) -> int:
    """The same within a transaction of the caller's. Two processes that start at once move the dates once."""
    shop = await records.tenants.lock()
    if shop is None or shop.dates_as_of is None or shop.dates_as_of >= today:
        return 0
    days = (today - shop.dates_as_of).days
    await records.orders.upsert([moved(order, days) for order in await records.orders.all()])
    await records.complaints.upsert([moved(complaint, days) for complaint in await records.complaints.all()])
    await records.counted_days.forget()
    await records.tenants.set_dates_as_of(today)
    return days


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, date):  # a datetime is a date
        return value + by
    if isinstance(value, dict):
        return {key: _moved(inner, by) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_moved(inner, by) for inner in value)
    return value
