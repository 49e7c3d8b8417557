"""Which shops there are, which host name belongs to which, and which sites each lets in."""

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from backend.domain.errors import EngineUnavailable
from backend.domain.shop_settings import SHOP_KEY, Origin
from backend.store.database import Database

_FRESH_SECONDS = 2.0


class Tenants:
    """All shops, at most two seconds old; host names from the settings."""

    def __init__(self, database: Database, hosts: str) -> None:
        self._database = database
        pairs = (pair.split("=", 1) for pair in hosts.split(",") if "=" in pair)
        self._by_host = {host.strip().lower(): slug.strip() for host, slug in pairs}
        self._known: Mapping[str, tuple[Origin, ...]] = {}
        self._checked = float("-inf")

    def by_host(self, host: str) -> str | None:
        """The shop that the name in a Host header is mapped to, or None: its port, its case and a last dot aside."""
        return self._by_host.get(host.split(":")[0].rstrip(".").lower())

    async def knows(self, tenant: str) -> bool:
        """Whether there is a shop of that slug."""
        try:
            await self._look(at_once=tenant not in self._known)
        except EngineUnavailable:
            if tenant not in self._known:
                raise
        return tenant in self._known

    def forget(self) -> None:
        """Somebody changed a shop here: what was known of it is not relied on for another two seconds."""
        self._checked = float("-inf")

    async def sites(self, tenant: str) -> tuple[Origin, ...]:
        """The sites that the shop named; none for an unknown shop, and while the records are away as last known."""
        try:
            return self._known[tenant] if await self.knows(tenant) else ()
        except EngineUnavailable:
            return ()

    async def welcomes(self, origin: str) -> bool:
        """Whether any shop named the site: all that can be said of a call that is only announced. A process that was
        asked nothing yet looks; while the records are away, what was last known counts.
        """
        with suppress(EngineUnavailable):
            await self._look()
        return any(matches(origin, sites) for sites in self._known.values())

    async def _look(self, *, at_once: bool = False) -> None:
        if not at_once and time.monotonic() - self._checked <= _FRESH_SECONDS:
            return
        try:
            found = await self._database.shop_settings()
            self._known = {slug: _sites(settings) for slug, settings in found.items()}
        finally:
            self._checked = time.monotonic()


def matches(origin: str, sites: tuple[Origin, ...]) -> bool:
    """Whether an origin is one of the sites, as browsers compare them: `https://*.shop.example` is every host below."""
    scheme, _, host = origin.lower().partition("://")
    for site in sites:
        allowed, _, name = site.partition("://")
        if scheme == allowed and (host == name or (name.startswith("*.") and host.endswith(name[1:]))):
            return True
    return False


def _sites(settings: Mapping[str, Any]) -> tuple[Origin, ...]:
    named = settings.get(SHOP_KEY, {}).get("allowed_domains", ())
    return tuple(str(site) for site in named)
