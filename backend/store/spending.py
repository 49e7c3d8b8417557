"""What a shop has spent on the model, today and this month."""

from backend.domain.base import utc_now
from backend.domain.usage import Spent
from backend.store.database import Database


async def recent_spending(database: Database, tenant: str) -> tuple[Spent, Spent]:
    """Since midnight UTC, and since the first of the month. Raises EngineUnavailable."""
    today = utc_now().replace(hour=0, minute=0, second=0, microsecond=0)
    async with database.records(tenant) as records:
        return await records.usage.spent(today), await records.usage.spent(today.replace(day=1))
