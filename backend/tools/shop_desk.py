"""A shop's rules and settings: one definition that tools, prompts and pages read, every version kept."""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from backend.domain.errors import Conflict, EngineUnavailable, InvalidInput, NotFound
from backend.domain.policy import PolicyVersion, ShopPolicy
from backend.domain.rules.sound_policy import sound
from backend.domain.shop_settings import SHOP_KEY, ShopSettings
from backend.store.database import Database
from backend.store.records import Records
from backend.tools.ownership import shop_policy

_FRESH_SECONDS = 2.0


def policy_of(raw: Mapping[str, Any]) -> ShopPolicy:
    """Rules as they were sent, checked. Raises InvalidInput naming the first wrong field."""
    try:
        return sound(ShopPolicy.model_validate(raw))
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or None
        raise InvalidInput(f"{name}: {first['msg']}", field=name) from error


class ShopDesk:
    """Reads and replaces rules and settings. `actor` is who works, as the audit names it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, tuple[float, ShopSettings]] = {}

    async def policy(self, tenant: str) -> PolicyVersion | ShopPolicy:
        """The rules in force: with their version once they were ever changed at the desk."""
        async with self._database.records(tenant) as records:
            policy = await shop_policy(records)
            newest = await records.policy_versions.list(limit=1)
        return newest[0] if newest and newest[0].policy == policy else policy

    async def set_policy(
        self, tenant: str, policy: ShopPolicy, actor: str, now: datetime, *, base_version: int | None = None
    ) -> PolicyVersion:
        """Put rules into force from now on, as the next version.

        Raises InvalidInput for rules that cannot work, Conflict when `base_version` is not in force any more.
        """
        sound(policy)
        async with self._database.records(tenant, write=True) as records:
            await records.tenants.lock()
            before = await shop_policy(records)
            newest = await records.policy_versions.list(limit=1)
            if not newest or newest[0].policy != before:  # what a loaded file put there has its place in the history
                newest = (await records.policy_versions.add(before, "loaded", now),)
                base_version = newest[0].version if base_version in (None, 0) else base_version
            if base_version is not None and base_version != newest[0].version:
                raise Conflict("Somebody else changed the rules meanwhile. Look at them again.", field="version")
            if policy == before:
                return newest[0]
            await records.policies.put(policy)
            kept = await records.policy_versions.add(policy, actor, now)
            await _note_policy(records, actor, before, kept)
        return kept

    async def policy_versions(self, tenant: str) -> tuple[PolicyVersion, ...]:
        """Every set of rules that was in force, newest first."""
        async with self._database.records(tenant) as records:
            return await records.policy_versions.list()

    async def restore_policy(self, tenant: str, version: int, actor: str, now: datetime) -> PolicyVersion:
        """Put an earlier version into force again, as a new one. Raises NotFound."""
        known = await self.policy_versions(tenant)
        found = next((kept for kept in known if kept.version == version), None)
        if found is None:
            raise NotFound("There is no such version.")
        return await self.set_policy(tenant, found.policy, actor, now)

    async def settings(self, tenant: str) -> ShopSettings:
        """The settings as they are now."""
        async with self._database.records(tenant) as records:
            return await _settings(records)

    async def recent_settings(self, tenant: str) -> ShopSettings:
        """The settings, at most two seconds old; as last known while the records are away."""
        at, known = self._known.get(tenant, (float("-inf"), ShopSettings()))
        if time.monotonic() - at > _FRESH_SECONDS:
            try:
                known = await self.settings(tenant)
            except EngineUnavailable:
                return known
            self._known[tenant] = (time.monotonic(), known)
        return known

    async def set_settings(self, tenant: str, settings: ShopSettings, actor: str) -> ShopSettings:
        """Replace the settings."""
        async with self._database.records(tenant, write=True) as records:
            shop = await records.tenants.lock()
            before = await _settings(records)
            kept = dict(shop.settings) if shop else {}
            await records.tenants.change(settings={**kept, SHOP_KEY: settings.model_dump(mode="json")})
            if settings != before:
                was, is_now = before.model_dump(mode="json"), settings.model_dump(mode="json")
                await records.audit.add(actor, "change_settings", "shop", was, is_now)
                await records.events.add("settings.changed", {"object": "shop"})
        self._known.pop(tenant, None)
        return settings


async def _settings(records: Records) -> ShopSettings:
    shop = await records.tenants.get()
    kept = (shop.settings if shop else {}).get(SHOP_KEY, {})
    try:
        return ShopSettings.model_validate(kept)
    except ValidationError:  # written by a later release: what is unknown here is left out
        return ShopSettings()


async def _note_policy(records: Records, actor: str, before: ShopPolicy, kept: PolicyVersion) -> None:
    was, is_now = before.model_dump(mode="json"), kept.policy.model_dump(mode="json")
    changed = [name for name in is_now if is_now[name] != was[name]]
    await records.audit.add(
        actor, "change_policy", "policy", {n: was[n] for n in changed}, {n: is_now[n] for n in changed}
    )
    await records.events.add("policy.changed", {"object": "policy", "version": kept.version})
