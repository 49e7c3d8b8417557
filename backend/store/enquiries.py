"""Enquiries: sales, bulk and partnership contacts."""

from sqlalchemy import func, true

from backend.domain.base import utc_now
from backend.domain.cases import Enquiry
from backend.domain.errors import NotFound
from backend.store.numbers import Counting
from backend.store.tables.cases import enquiries

PAGE_SIZE = 50
_COLUMNS = [enquiries.c[name] for name in Enquiry.model_fields]


class Enquiries(Counting):
    """Who asked for an offer, and how promising it is."""

    async def add(self, enquiry: Enquiry) -> None:
        """Record an enquiry under a new number."""
        await self._add(enquiries, [enquiry.model_dump() | {"updated_at": enquiry.created_at}])

    async def get(self, enquiry_id: str) -> Enquiry | None:
        """The enquiry of that number, or None."""
        row = await self._row(self._select(enquiries, *_COLUMNS).where(enquiries.c.id == enquiry_id))
        return Enquiry.model_validate(row._asdict()) if row else None

    async def list(
        self, *, status: str | None = None, page: int = 1, page_size: int = PAGE_SIZE
    ) -> tuple[tuple[Enquiry, ...], int]:
        """One page (from 1), newest first, and the number of all that match."""
        condition = true() if status is None else enquiries.c.status == status
        total = await self._scalar(self._select(enquiries, func.count()).where(condition))
        newest = (
            self._select(enquiries, *_COLUMNS).where(condition).order_by(enquiries.c.created_at.desc(), enquiries.c.id)
        )
        rows = await self._rows(newest.limit(page_size).offset((page - 1) * page_size))
        return tuple(Enquiry.model_validate(row._asdict()) for row in rows), int(total)

    async def update(self, enquiry: Enquiry) -> None:
        """Replace the enquiry of that number. Raises NotFound."""
        changed = (
            self._update(enquiries)
            .where(enquiries.c.id == enquiry.id)
            .values(enquiry.model_dump() | {"updated_at": utc_now()})
        )
        if not await self._run(changed):
            raise NotFound(f"There is no enquiry {enquiry.id}.")
