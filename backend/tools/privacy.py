"""What a customer may ask for by law: a copy of everything about them, and to be forgotten."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend.domain.base import Value
from backend.domain.errors import EngineUnavailable, NotFound
from backend.memory.base import MemoryUnavailable, SessionMemory
from backend.store.database import Database
from backend.store.files import Files
from backend.store.personal import Person
from backend.store.records import Records


class Erasure(Value):
    """What became of somebody: rows changed or deleted by table, files deleted, sessions forgotten."""

    customer_id: str
    rows: dict[str, int]
    files: int
    sessions: int


class PrivacyDesk:
    """Exports and erases. `actor` is who asked for it, as the audit names it."""

    def __init__(self, database: Database, files: Files, memory: SessionMemory) -> None:
        self._database = database
        self._files = files
        self._memory = memory

    async def export(self, tenant: str, customer_id: str, actor: str, now: datetime) -> Mapping[str, Any]:
        """Every record about the customer, by table. Raises NotFound."""
        async with self._database.records(tenant, write=True) as records:
            rows = await records.personal.read(await _person(records, customer_id))
            await records.audit.add(actor, "export_customer", f"customer:{customer_id}")
        return {"customer_id": customer_id, "shop": tenant, "exported_at": now, "records": rows}

    async def erase(self, tenant: str, customer_id: str, actor: str) -> Erasure:
        """Take the person out of the records; what the books need stays, without them. Again does no harm.

        Raises NotFound. Files go before the rows that name them: what fails in between is done by asking again.
        """
        async with self._database.records(tenant) as records:
            person = await _person(records, customer_id)
            files = [attachment.id for attachment in await records.attachments.of(person.complaints)]
        for name in files:
            await self._files.delete(tenant, name)

        async def forget(records: Records) -> dict[str, int]:
            rows = await records.personal.erase(await _person(records, customer_id))
            await records.audit.add(actor, "erase_customer", f"customer:{customer_id}", None, {"rows": rows})
            return rows

        rows = await self._database.write(tenant, forget)
        for session_id in person.sessions:
            await self._forget(tenant, session_id)
        return Erasure(customer_id=customer_id, rows=rows, files=len(files), sessions=len(person.sessions))

    async def _forget(self, tenant: str, session_id: str) -> None:
        try:
            await self._memory.forget(tenant, session_id)
        except MemoryUnavailable as away:
            raise EngineUnavailable("The sessions could not be forgotten yet. Please ask again.") from away


async def _person(records: Records, customer_id: str) -> Person:
    found = await records.personal.person(customer_id)
    if found is None:
        raise NotFound("There is no such customer.")
    return found
