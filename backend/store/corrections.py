"""Corrected messages: what staff taught a shop's classifier."""

from collections.abc import Sequence

from backend.domain.corrections import Correction
from backend.store.repository import Repository
from backend.store.tables.corrections import corrections


class Corrections(Repository):
    """One per text: the latest word on it counts."""

    async def put(self, correction: Correction) -> None:
        """Keep a correction; an earlier one with its id gives way."""
        await self._put(corrections, [correction.model_dump()])

    async def of_messages(self, message_ids: Sequence[str]) -> dict[str, Correction]:
        """The corrections made at these messages, by message."""
        rows = await self._rows(self._select(corrections).where(corrections.c.message_id.in_(message_ids)))
        return {row.message_id: Correction.model_validate(row._asdict()) for row in rows}

    async def all(self) -> tuple[Correction, ...]:
        """Every correction, oldest first."""
        ordered = self._select(corrections).order_by(corrections.c.created_at, corrections.c.id)
        return tuple(Correction.model_validate(row._asdict()) for row in await self._rows(ordered))
