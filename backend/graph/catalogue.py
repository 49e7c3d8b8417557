"""The catalogue of every shop, held in memory and kept fresh: search, and what shoppers' words mean in it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Final

from backend.domain.catalogue import Product, ProductFilter, ProductPage
from backend.domain.errors import NotFound
from backend.graph.search import search
from backend.graph.snapshot import Snapshot

_FRESH_SECONDS: Final = 2.0

Loader = Callable[[str], Awaitable[Sequence[Product]]]
VersionOf = Callable[[str], Awaitable[Hashable]]


class Catalogue:
    """Snapshots of the shops' products, read again when the records' version has changed.

    `load` reads all products of a shop, `version` is cheap and differs after every write to them.
    """

    def __init__(self, load: Loader, version: VersionOf) -> None:
        self._load, self._version = load, version
        self._snapshots: dict[str, Snapshot] = {}
        self._checked: dict[str, float] = {}
        self._turns: dict[str, asyncio.Lock] = {}

    async def snapshot(self, tenant: str) -> Snapshot:
        """The shop's products, at most two seconds old."""
        held = self._snapshots.get(tenant)
        if held is not None and time.monotonic() - self._checked[tenant] < _FRESH_SECONDS:
            return held
        async with self._turns.setdefault(tenant, asyncio.Lock()):
            return await self._fresh(tenant)

    async def refresh(self, tenant: str) -> None:
        """Look at the records now: after a write of this process."""
        self._checked[tenant] = float("-inf")
        await self.snapshot(tenant)

    async def search(self, tenant: str, wanted: ProductFilter) -> ProductPage:
        """What matches a filter; see `search.search`."""
        return search(await self.snapshot(tenant), wanted)

    async def product(self, tenant: str, product_id: str) -> Product:
        """The product of that id. Raises NotFound."""
        found = (await self.snapshot(tenant)).by_id.get(product_id)
        if found is None:
            raise NotFound(f"This shop has no product {product_id}.")
        return found

    async def _fresh(self, tenant: str) -> Snapshot:
        held = self._snapshots.get(tenant)
        if held is not None and time.monotonic() - self._checked[tenant] < _FRESH_SECONDS:
            return held
        version = await self._version(tenant)
        if held is None or held.version != version:
            products = await self._load(tenant)
            held = await asyncio.to_thread(_prepared, products, version)
            self._snapshots[tenant] = held
        self._checked[tenant] = time.monotonic()
        return held


def _prepared(products: Sequence[Product], version: Hashable) -> Snapshot:
    snapshot = Snapshot(products, version)
    # built here, off the event loop, rather than by the first question
    _ = snapshot.spec_columns, snapshot.postings, snapshot.price, snapshot.rating, snapshot.stock
    _ = snapshot.categories, snapshot.brands, snapshot.sorted_words
    return snapshot
