"""The catalogue of every shop, held in memory and kept fresh: search, and what shoppers' words mean in it."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Final

from backend.domain.catalogue import Facet, Product, ProductFilter, ProductPage, Variant
from backend.domain.errors import EngineUnavailable, NotFound
from backend.graph.facets import facets
from backend.graph.search import search
from backend.graph.shop_words import ShopWords
from backend.graph.snapshot import Snapshot

_FRESH_SECONDS: Final = 2.0
#: a shop of up to so many products has all its stock read with every look at the version
_SMALL_SHOP: Final = 1000

Loader = Callable[[str], Awaitable[Sequence[Product]]]
VersionOf = Callable[[str], Awaitable[Hashable]]
LiveOf = Callable[[str, Sequence[str]], Awaitable[Mapping[str, tuple[Variant, ...]]]]


class Catalogue:
    """Snapshots of the shops' products, read again when the records' version has changed.

    `load` reads all products of a shop; `version` is cheap and differs after every write but those to
    stock; `live` reads the variants of some products with the price and stock of this moment.
    """

    def __init__(self, load: Loader, version: VersionOf, live: LiveOf | None = None) -> None:
        self._load, self._version, self._live = load, version, live
        self._words: dict[str, ShopWords] = {}
        self._checked: dict[str, float] = {}
        self._turns: dict[str, asyncio.Lock] = {}

    async def words(self, tenant: str) -> ShopWords:
        """What words mean in the shop, over products at most two seconds old."""
        held = self._words.get(tenant)
        if held is not None and time.monotonic() - self._checked[tenant] < _FRESH_SECONDS:
            return held
        async with self._turns.setdefault(tenant, asyncio.Lock()):
            return await self._fresh(tenant)

    async def snapshot(self, tenant: str) -> Snapshot:
        """The shop's products, at most two seconds old."""
        return (await self.words(tenant)).snapshot

    async def refresh(self, tenant: str) -> None:
        """Look at the records now: after a write of this process."""
        self._checked[tenant] = float("-inf")
        await self.words(tenant)

    async def search(self, tenant: str, wanted: ProductFilter) -> ProductPage:
        """What matches a filter, with the stock of this moment; see `search.search`."""
        page = search(await self.snapshot(tenant), wanted)
        shown = await self.live(tenant, page.products)
        if wanted.in_stock is None:
            return page.model_copy(update={"products": shown})
        kept = tuple(p for p in shown if p.in_stock is None or p.in_stock is wanted.in_stock)
        return page.model_copy(update={"products": kept, "total": page.total - len(shown) + len(kept)})

    async def facets(self, tenant: str, wanted: ProductFilter) -> tuple[Facet, ...]:
        """What a search can be narrowed by, with counts; see `facets.facets`."""
        snapshot = await self.snapshot(tenant)
        return await asyncio.to_thread(facets, snapshot, wanted)

    async def understood(self, tenant: str, text: str) -> ProductFilter:
        """The filter that the words of a search box mean; a product's name stays free text."""
        return (await self.words(tenant)).searched(text)

    async def product(self, tenant: str, product_id: str) -> Product:
        """The product of that id with the stock of this moment. Raises NotFound."""
        found = (await self.snapshot(tenant)).by_id.get(product_id)
        if found is None:
            raise NotFound(f"This shop has no product {product_id}.")
        return (await self.live(tenant, (found,)))[0]

    async def live(self, tenant: str, products: Sequence[Product]) -> tuple[Product, ...]:
        """The same products with the prices and stock of this moment."""
        if self._live is None or not products:
            return tuple(products)
        try:
            now = await self._live(tenant, [p.id for p in products])
        except EngineUnavailable:
            return tuple(products)  # as last read: better than no answer
        return tuple(_with_variants(p, now.get(p.id, p.variants)) for p in products)

    async def _fresh(self, tenant: str) -> ShopWords:
        held = self._words.get(tenant)
        if held is not None and time.monotonic() - self._checked[tenant] < _FRESH_SECONDS:
            return held
        try:
            held = await self._read(tenant, held)
        except EngineUnavailable:
            if held is None:
                raise  # what was read before answers while the records are away
        self._checked[tenant] = time.monotonic()
        return held

    async def _read(self, tenant: str, held: ShopWords | None) -> ShopWords:
        version = await self._version(tenant)
        if held is None or held.snapshot.version != version:
            products = await self._load(tenant)
            held = self._words[tenant] = await asyncio.to_thread(_prepared, products, version)
        elif self._live is not None and 0 < len(held.snapshot.products) <= _SMALL_SHOP:
            held.snapshot.restock(await self.live(tenant, held.snapshot.products))
        return held


def _with_variants(product: Product, now: tuple[Variant, ...]) -> Product:
    """The product with its own variants as they are now: a search may have chosen some of them."""
    own = {variant.id for variant in product.variants}
    variants = tuple(variant for variant in now if variant.id in own) or product.variants
    return product if variants == product.variants else product.model_copy(update={"variants": variants})


def _prepared(products: Sequence[Product], version: Hashable) -> ShopWords:
    """Everything built here, off the event loop, rather than by the first question."""
    snapshot = Snapshot(products, version)
    _ = snapshot.postings, snapshot.price, snapshot.rating, snapshot.stock, snapshot.sorted_words, snapshot.names
    words = ShopWords(snapshot)
    words.prepare()
    gc.freeze()  # looking for cycles among millions of lasting objects would stop everybody for half a second
    return words
