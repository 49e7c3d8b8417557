"""The shop itself: its entry among the tenants, and its rules."""

from datetime import date
from typing import Any

from backend.domain.base import utc_now
from backend.domain.desk import Shop
from backend.domain.policy import ShopPolicy
from backend.store.repository import Repository, of_shop
from backend.store.tables.shop import loaded_rows, policies, tenants

_POLICY = of_shop(policies, policies.c.policy)


class Tenants(Repository):
    """This shop's own entry."""

    async def get(self) -> Shop | None:
        """The shop, or None when no such shop was ever set up."""
        row = await self._row(self._select(tenants, *tenants.c))
        return Shop.model_validate(row._asdict()) if row else None

    async def lock(self) -> Shop | None:
        """The same, kept from every other writer until this transaction ends."""
        row = await self._row(self._select(tenants, *tenants.c).with_for_update())
        return Shop.model_validate(row._asdict()) if row else None

    async def ensure(self, name: str, *, secret: str | None = None) -> None:
        """Set the shop up unless it is there."""
        row: dict[str, Any] = {"name": name, "secret": secret, "settings": {}, "created_at": utc_now()}
        await self._run(self._insert(tenants, row).on_conflict_do_nothing())

    async def change(self, **values: Any) -> None:
        """Replace `name`, `secret` or `settings`."""
        await self._run(self._update(tenants).values(values))

    async def set_dates_as_of(self, day: date | None) -> None:
        """Note the day to which a demo shop's dates refer."""
        await self._run(self._update(tenants).values(dates_as_of=day))


class Policies(Repository):
    """The rules that the shop set for itself."""

    async def get(self) -> ShopPolicy | None:
        """The rules, or None when the shop has none yet."""
        stored = await self._scalar(_POLICY)
        return ShopPolicy.model_validate(stored) if stored is not None else None

    async def put(self, policy: ShopPolicy) -> None:
        """Replace the rules."""
        await self._put(policies, [{"policy": policy.model_dump()}])


class LoadedRows(Repository):
    """What the source files last said, as fingerprints: loading again touches only what changed there."""

    async def fingerprints(self, kind: str, ids: list[str]) -> dict[str, str]:
        """The fingerprints known of these records, by id."""
        chosen = self._select(loaded_rows, loaded_rows.c.id, loaded_rows.c.fingerprint)
        rows = await self._rows(chosen.where(loaded_rows.c.kind == kind, loaded_rows.c.id.in_(ids)))
        return {row.id: row.fingerprint for row in rows}

    async def remember(self, kind: str, fingerprints: dict[str, str]) -> None:
        """Replace the fingerprints of these records."""
        await self._put(loaded_rows, [{"kind": kind, "id": i, "fingerprint": f} for i, f in fingerprints.items()])
