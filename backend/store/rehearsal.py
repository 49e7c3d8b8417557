"""Records in which nothing stays: everything is carried out for real and taken back at the end of its transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend.domain.policy import ShopPolicy
from backend.store.database import Database
from backend.store.records import Records


class _TakenBack(Exception):
    """Ends a transaction without keeping it."""


class Rehearsal(Database):
    """The same records for trying things out, under other rules of the shop when they are given.

    Each transaction stands alone: what one wrote the next one does not see.
    """

    def __init__(self, database: Database, policy: ShopPolicy | None = None) -> None:
        super().__init__(database._reader, database._writer)
        self.outage, self._pulse, self._as_role = database.outage, database._pulse, database._as_role
        self._policy = policy

    @asynccontextmanager
    async def records(self, tenant: str, *, write: bool = False) -> AsyncIterator[Records]:
        """One transaction of one shop, always rolled back. Raises EngineUnavailable as the real one."""
        if not write and self._policy is None:
            async with super().records(tenant) as records:
                yield records
            return
        try:
            async with self._transaction(self._writer, tenant) as connection:
                records = Records(connection, tenant)
                if self._policy is not None:
                    await records.policies.put(self._policy)
                yield records
                raise _TakenBack
        except _TakenBack:
            return
