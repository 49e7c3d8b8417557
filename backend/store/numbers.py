"""Counters of a shop: the numbers shown to people and the versions of what it knows."""

from sqlalchemy import bindparam, case

from backend.store.repository import Repository, of_shop
from backend.store.tables.shop import counters

#: The first number shown to people is REF-101: a new shop does not look like one.
_BEFORE_FIRST = 100
_COUNTER = of_shop(counters, counters.c.value).where(counters.c.name == bindparam("counter"))


class Counting(Repository):
    """A repository that hands out numbers. A number taken by a rolled back transaction is free again."""

    async def next_number(self, prefix: str) -> str:
        """The next number for people, e.g. "REF" → "REF-102"; never given twice within a shop."""
        return f"{prefix}-{await self._bump(prefix, start=_BEFORE_FIRST)}"

    async def reserve_numbers(self, prefix: str, highest: int) -> None:
        """Make sure that the next number is above `highest`, which a loaded record already carries."""
        statement = self._insert(counters, {"name": prefix, "value": max(highest, _BEFORE_FIRST)})
        taken = statement.excluded.value
        greater = case((counters.c.value < taken, taken), else_=counters.c.value)
        await self._run(statement.on_conflict_do_update(index_elements=["tenant", "name"], set_={"value": greater}))

    async def _bump(self, name: str, *, start: int = 0) -> int:
        statement = self._insert(counters, {"name": name, "value": start + 1})
        grown = {"value": counters.c.value + 1}
        statement = statement.on_conflict_do_update(index_elements=["tenant", "name"], set_=grown)
        return int(await self._scalar(statement.returning(counters.c.value)))

    async def _counter(self, name: str) -> int:
        return int(await self._scalar(_COUNTER, counter=name) or 0)
