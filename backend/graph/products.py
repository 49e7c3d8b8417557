"""Questions over the product graph: comparison, what fits, what is like it, how two products relate."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Final

import numpy as np

from backend.domain.catalogue import (
    Comparison,
    Fit,
    FitRule,
    FitVerdict,
    PathStep,
    Product,
    RelatedProduct,
    Relation,
    RelationKind,
)
from backend.domain.conversation import Degraded
from backend.domain.errors import InvalidInput, NotFound
from backend.graph.base import GraphEngine
from backend.graph.catalogue import Catalogue
from backend.graph.comparison import comparison
from backend.graph.likeness import shared_values, worth
from backend.graph.rulebook import RuleBook
from backend.graph.schema import fingerprint
from backend.graph.snapshot import Snapshot
from backend.graph.walk import steps_of

_log = logging.getLogger(__name__)

#: stored relations of one product; more than this are never shown
_CANDIDATES: Final = 3000
#: a value that more products share says nothing about likeness
_COMMON: Final = 400
_ALIKE: Final = 60  # rows of a likeness question, before what is dearer or weaker is left out
_NEIGHBOURS: Final = 20
_FROM_ORDERS: Final = 12
_FIT_QUESTIONS: Final = ("takes_standard", "offers_standard", "leaves_room", "finds_room")

RelationsOf = Callable[[str], Awaitable[Sequence[Relation]]]
#: tenant, product, how many → other products with the number of orders that hold both
BoughtOf = Callable[[str, str, int], Awaitable[Sequence[tuple[str, int]]]]
RulesOf = Callable[[str], Awaitable[Sequence[FitRule]]]


class ProductGraph:
    """The graph of every shop, loaded from its records and loaded again when they change.

    Structure comes from the graph; name, price and stock of every product come from the catalogue, live.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        engine: GraphEngine,
        relations: RelationsOf,
        rules: RulesOf,
        bought: BoughtOf | None = None,
    ) -> None:
        self.catalogue, self._engine = catalogue, engine
        self._relations, self._rules, self._bought = relations, rules, bought
        self._loaded: dict[str, object] = {}
        self._content: dict[str, str] = {}
        self._books: dict[str, RuleBook] = {}
        self._loading: dict[str, asyncio.Task[None]] = {}

    async def ready(self, tenant: str) -> Snapshot:
        """The shop's products, with its graph loaded. A changed catalogue loads beside the graph in use."""
        snapshot = await self.catalogue.snapshot(tenant)
        if self._loaded.get(tenant) is not snapshot:
            task = self._loading.get(tenant)
            if task is None or task.done():
                task = self._loading[tenant] = asyncio.create_task(self._load(tenant, snapshot))
            if tenant not in self._loaded:
                await asyncio.shield(task)
        return snapshot

    async def compare(self, tenant: str, ids: Sequence[str]) -> Comparison:
        """Two to five products side by side. Raises InvalidInput for another number, NotFound for a strange id."""
        wanted = list(dict.fromkeys(ids))
        if not 2 <= len(wanted) <= 5:
            raise InvalidInput("A comparison takes two to five different products.", field="ids")
        snapshot = await self.ready(tenant)
        products = [_known(snapshot, one) for one in wanted]
        return comparison(products, await self._engine.run("specs", tenant, ids=wanted))

    async def accessories(self, tenant: str, product_id: str) -> tuple[RelatedProduct, ...]:
        """What fits a product: in stock first, then by rating and price. Raises NotFound."""
        snapshot = await self.ready(tenant)
        product, book = _known(snapshot, product_id), self._books[tenant]
        found = {
            one.product.id: one
            for one in await self._stored(tenant, snapshot, product_id, RelationKind.COMPATIBLE_WITH)
        }
        ruled = bool(book.of_left(product.category) or book.of_right(product.category))
        candidates = [
            other
            for other in (await self._candidates(tenant, snapshot, product_id) if ruled else snapshot.products)
            if other.id not in found and other.category != product.category
        ]
        # a case takes thousands of parts: judging them must not hold up other conversations
        fitting = await asyncio.to_thread(_fitting, book, product, candidates)
        return tuple(sorted([*found.values(), *fitting], key=lambda one: _merit(one.product)))

    async def fits(self, tenant: str, a_id: str, b_id: str) -> FitVerdict:
        """Whether two products work together, with both values in the reason. Raises NotFound."""
        snapshot = await self.ready(tenant)
        a, b = _known(snapshot, a_id), _known(snapshot, b_id)
        stored = await self._stored(tenant, snapshot, a_id, RelationKind.COMPATIBLE_WITH)
        if reasons := tuple(one.reason for one in stored if one.product.id == b_id):
            return FitVerdict(a=a, b=b, fit=Fit.YES, reasons=reasons)
        fit, reasons = self._books[tenant].verdict(a, b)
        return FitVerdict(a=a, b=b, fit=fit, reasons=reasons)

    async def has_rules(self, tenant: str, a_id: str, b_id: str) -> bool:
        """Whether rules or the two products themselves say how they go together. Raises NotFound."""
        snapshot = await self.ready(tenant)
        return self._books[tenant].speaks_of(_known(snapshot, a_id), _known(snapshot, b_id))

    async def rules_between(self, tenant: str, product_id: str, category: str) -> bool:
        """Whether rules speak of how the product goes together with goods of a category. Raises NotFound."""
        snapshot = await self.ready(tenant)
        return self._books[tenant].rules(_known(snapshot, product_id).category, category)

    async def similar(
        self, tenant: str, product_id: str, *, cheaper: bool = False, better: bool = False, limit: int = 6
    ) -> tuple[RelatedProduct, ...]:
        """Products like this one, the most alike first; `cheaper` costs less, `better` is ahead in more specifications.

        Raises NotFound.
        """
        snapshot = await self.ready(tenant)
        product = _known(snapshot, product_id)
        found = {
            one.product.id: one for one in await self._stored(tenant, snapshot, product_id, RelationKind.SIMILAR_TO)
        }
        rows = await self._engine.run("similar", tenant, id=product_id, common=_COMMON, limit=_ALIKE)
        alike = [snapshot.by_id[row["id"]] for row in rows if row["id"] in snapshot.by_id]
        alike += _neighbours(snapshot, product)
        for other in alike:
            if other.id not in found and other.category == product.category:
                reason = shared_values(product, other)
                found[other.id] = RelatedProduct(product=other, reason=reason, kind=RelationKind.SIMILAR_TO)
        kept = [
            one
            for one in found.values()
            if (not cheaper or _cents(one.product) < _cents(product))
            and (not better or (worth(one.product, product) > 0 and _cents(one.product) >= _cents(product)))
        ]
        return tuple(kept[:limit])

    async def bought_together(self, tenant: str, product_id: str, limit: int = 6) -> tuple[RelatedProduct, ...]:
        """What others bought with it, the most often first. Raises NotFound."""
        snapshot = await self.ready(tenant)
        _known(snapshot, product_id)
        stored = await self._stored(tenant, snapshot, product_id, RelationKind.BOUGHT_WITH)
        found = {one.product.id: one for one in stored}
        for other_id, orders in await self._bought(tenant, product_id, _FROM_ORDERS) if self._bought else ():
            if other_id in snapshot.by_id and orders > 1:  # once is chance
                reason = f"bought together in {orders} orders"
                one = RelatedProduct(product=snapshot.by_id[other_id], reason=reason, kind=RelationKind.BOUGHT_WITH)
                found.setdefault(other_id, one)
        return tuple(found.values())[:limit]

    async def path(self, tenant: str, a_id: str, b_id: str) -> tuple[PathStep, ...]:
        """How two products hang together, in at most three steps; empty when they do not. Raises NotFound."""
        snapshot = await self.ready(tenant)
        a, b = _known(snapshot, a_id), _known(snapshot, b_id)
        fit, reasons = self._books[tenant].verdict(a, b)
        if fit is Fit.YES:
            step = PathStep(
                source_id=a_id, target_id=b_id, kind=RelationKind.COMPATIBLE_WITH, reason="; ".join(reasons)
            )
            return (step,)
        rows = await self._engine.run("path", tenant, id=a_id, other=b_id)
        steps = steps_of(rows[0]) if rows else ()
        return steps if len(steps) <= 3 else ()

    def degraded(self) -> tuple[Degraded, ...]:
        """Which configured engine does not answer, and what stands in for it."""
        return self._engine.degraded()

    async def close(self) -> None:
        """Stop loading and close the engine."""
        for task in self._loading.values():
            task.cancel()
        await asyncio.gather(*self._loading.values(), return_exceptions=True)
        await self._engine.close()

    async def _load(self, tenant: str, snapshot: Snapshot) -> None:
        relations, rules = await self._relations(tenant), await self._rules(tenant)
        content = await asyncio.to_thread(fingerprint, snapshot.products, relations, rules)
        if self._content.get(tenant) != content:  # a sale changes stock, not the graph
            await self._engine.load(tenant, snapshot.products, relations, rules)
            book = RuleBook(rules)
            await asyncio.to_thread(book.read, snapshot.products)
            self._books[tenant], self._content[tenant] = book, content
            _log.info("product graph of %s loaded: %d products", tenant, len(snapshot.products))
        self._loaded[tenant] = snapshot

    async def _stored(
        self, tenant: str, snapshot: Snapshot, product_id: str, kind: RelationKind
    ) -> tuple[RelatedProduct, ...]:
        rows = await self._engine.run("related", tenant, id=product_id, kind=kind.value, limit=_CANDIDATES)
        found = {
            row["id"]: RelatedProduct(product=snapshot.by_id[row["id"]], reason=row["reason"] or "", kind=kind)
            for row in rows
            if row["id"] in snapshot.by_id
        }
        return tuple(found.values())

    async def _candidates(self, tenant: str, snapshot: Snapshot, product_id: str) -> Iterable[Product]:
        found: dict[str, Product] = {}
        for question in _FIT_QUESTIONS:
            for row in await self._engine.run(question, tenant, id=product_id):
                found |= {one: snapshot.by_id[one] for one in row["ids"] if one in snapshot.by_id}
        return found.values()


def _fitting(book: RuleBook, product: Product, candidates: Iterable[Product]) -> list[RelatedProduct]:
    judged = ((other, *book.verdict(product, other)) for other in candidates)
    return [
        RelatedProduct(product=other, reason="; ".join(reasons), kind=RelationKind.COMPATIBLE_WITH)
        for other, fit, reasons in judged
        if fit is Fit.YES
    ]


def _known(snapshot: Snapshot, product_id: str) -> Product:
    found = snapshot.by_id.get(product_id)
    if found is None:
        raise NotFound(f"This shop has no product {product_id}.")
    return found


def _cents(product: Product) -> float:
    return product.price_cents if product.variants else float("inf")


def _merit(product: Product) -> tuple[int, float, float]:
    """In stock, then unknown, then sold out; the best rated first; the cheaper first."""
    availability = {True: 0, None: 1, False: 2}[product.in_stock if product.variants else None]
    return availability, -(product.rating or 0.0), _cents(product)


def _neighbours(snapshot: Snapshot, product: Product) -> list[Product]:
    """Products of the category by nearness in price: small shops share few values."""
    names, codes = snapshot.categories
    same = np.flatnonzero(codes == names.index(product.category))
    distance = np.abs(snapshot.price[same] - (product.price_cents if product.variants else np.nan))
    near = same[np.argsort(distance, kind="stable")][: _NEIGHBOURS + 1]
    return [snapshot.products[index] for index in near if snapshot.products[index].id != product.id]
