"""A graph server with the embedded copy behind it: a conversation never waits for a server that is gone."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from backend.domain.catalogue import FitRule, Product, Relation
from backend.domain.conversation import Degraded
from backend.domain.outage import Outage
from backend.graph.base import GraphEngine, GraphUnavailable, Row

_log = logging.getLogger(__name__)
_PAUSE_SECONDS: Final = 5.0

_Content = tuple[Sequence[Product], Sequence[Relation], Sequence[FitRule]]


class FallbackGraph:
    """Asks the server; after a failure the copy answers, and the server is tried again every few seconds.

    The copy is always loaded. The server is loaded behind the conversation: until it holds a shop's present
    catalogue, the copy answers for that shop, which is no failure.
    """

    def __init__(
        self,
        server: GraphEngine,
        copy: GraphEngine,
        *,
        pause_seconds: float = _PAUSE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._server, self._copy = server, copy
        self.outage = Outage("neo4j", pause_seconds, clock)
        self._content: dict[str, _Content] = {}
        self._loaded: dict[str, _Content] = {}
        self._loadings: dict[str, asyncio.Task[None]] = {}

    async def load(
        self, tenant: str, products: Sequence[Product], relations: Sequence[Relation], rules: Sequence[FitRule]
    ) -> None:
        """Load the copy, and begin to load the server."""
        await self._copy.load(tenant, products, relations, rules)
        self._content[tenant] = (products, relations, rules)
        self._begin_loading(tenant)

    async def run(self, query: str, tenant: str, **params: Any) -> list[Row]:
        """Rows from the server, else from the copy."""
        if not self.outage.may_ask():
            return await self._copy.run(query, tenant, **params)
        if self._loaded.get(tenant) is not self._content.get(tenant):
            self._begin_loading(tenant)
            return await self._copy.run(query, tenant, **params)
        try:
            rows = await self._server.run(query, tenant, **params)
        except GraphUnavailable as failure:
            self._failed(failure)
            return await self._copy.run(query, tenant, **params)
        return rows

    async def ping(self) -> bool:
        """Whether the server answers."""
        return await self._server.ping()

    def degraded(self) -> tuple[Degraded, ...]:
        """The server, from its failure until it answers again."""
        return (Degraded(engine="neo4j", used="embedded graph"),) if self.outage.is_on else ()

    async def settle(self) -> None:
        """Wait until the loadings of the server have ended, one way or the other."""
        await asyncio.gather(*self._loadings.values(), return_exceptions=True)

    async def close(self) -> None:
        """Close both."""
        for task in self._loadings.values():
            task.cancel()
        await asyncio.gather(*self._loadings.values(), return_exceptions=True)
        await self._server.close()
        await self._copy.close()

    def _failed(self, failure: GraphUnavailable) -> None:
        if not self.outage.is_on:
            _log.warning("the graph server does not answer, the embedded copy does: %s", failure)
        self.outage.failed()
        self._loaded.clear()  # it may come back empty: it is loaded again before it is asked

    def _begin_loading(self, tenant: str) -> None:
        task = self._loadings.get(tenant)
        if task is None or task.done():
            self._loadings[tenant] = asyncio.create_task(self._load_server(tenant))

    async def _load_server(self, tenant: str) -> None:
        while self._loaded.get(tenant) is not (content := self._content[tenant]):
            try:
                await self._server.load(tenant, *content)
            except GraphUnavailable as failure:
                self._failed(failure)
                return
            self._loaded[tenant] = content
            self.outage.answered()
