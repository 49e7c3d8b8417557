"""Which shops there are, and which host name belongs to which."""

import time

from backend.domain.errors import EngineUnavailable
from backend.store.database import Database

_FRESH_SECONDS = 2.0


class Tenants:
    """Slugs of all shops, at most two seconds old; host names from the settings."""

    def __init__(self, database: Database, hosts: str) -> None:
        self._database = database
        pairs = (pair.split("=", 1) for pair in hosts.split(",") if "=" in pair)
        self._by_host = {host.strip().lower(): slug.strip() for host, slug in pairs}
        self._known: frozenset[str] = frozenset()
        self._checked = float("-inf")

    def by_host(self, host: str) -> str | None:
        """The shop that a host name is mapped to, or None."""
        return self._by_host.get(host)

    async def knows(self, tenant: str) -> bool:
        """Whether there is a shop of that slug."""
        if tenant not in self._known or time.monotonic() - self._checked > _FRESH_SECONDS:
            try:
                self._known = frozenset(await self._database.tenants())
            except EngineUnavailable:
                if tenant not in self._known:
                    raise
            self._checked = time.monotonic()
        return tenant in self._known
