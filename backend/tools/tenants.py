"""Which shops there are, which host name belongs to which, and which sites each lets in."""

import time
from collections.abc import Mapping
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
        if tenant not in self._known or time.monotonic() - self._checked > _FRESH_SECONDS:
            try:
                found = await self._database.shop_settings()
            except EngineUnavailable:
                if tenant not in self._known:
                    raise
            else:
                self._known = {slug: _sites(settings) for slug, settings in found.items()}
            self._checked = time.monotonic()
        return tenant in self._known

    async def sites(self, tenant: str) -> tuple[Origin, ...]:
        """The sites that the shop named; none for an unknown shop, and while the records are away as last known."""
        try:
            return self._known[tenant] if await self.knows(tenant) else ()
        except EngineUnavailable:
            return ()

    def welcomes(self, origin: str) -> bool:
        """Whether any shop named the site: all that can be said of a call that is only announced."""
        return any(matches(origin, sites) for sites in self._known.values())


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
