"""Milliseconds of graph questions and searches at a size: `python -m tests.graph.scale [PRODUCTS]`.

The goods are the electronics catalogue, repeated with other ids and prices until there are enough.
"""

import asyncio
import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from backend.domain.catalogue import Comparator, FitRule, Product, ProductFilter, Relation, SpecFilter
from backend.graph.base import GraphEngine, query_names
from backend.graph.catalogue import Catalogue
from backend.graph.embedded import EmbeddedGraph
from backend.graph.products import ProductGraph
from tests.graph.reading import DATA, read_products

_TENANT = "measured"
_ASKED = 100  # times each


def many(number: int) -> tuple[Product, ...]:
    """So many products."""
    base = read_products(DATA / "electronics")
    chance = random.Random(1)
    made: list[Product] = []
    for place in range(number):
        one, turn = base[place % len(base)], place // len(base)
        if not turn:
            made.append(one)
            continue
        cents = chance.randrange(1000, 200_000)
        own = f"{one.id}-{turn}"
        variants = tuple(
            v.model_copy(update={"id": own, "product_id": own, "price_cents": cents}) for v in one.variants
        )
        made.append(one.model_copy(update={"id": own, "name": f"{one.name} Mk{turn}", "variants": variants}))
    return tuple(made)


async def table(products: Sequence[Product], engine: GraphEngine) -> dict[str, Any]:
    """Loading time, memory, and median and 99th percentile of every question, in milliseconds."""

    async def load(tenant: str) -> Sequence[Product]:
        return products

    async def version(tenant: str) -> int:
        return 1

    async def relations(tenant: str) -> Sequence[Relation]:
        return ()

    async def rules(tenant: str) -> Sequence[FitRule]:
        return ()

    catalogue = Catalogue(load, version)
    graph = ProductGraph(catalogue, engine, relations, rules)
    started = time.perf_counter()
    await catalogue.snapshot(_TENANT)
    words_ready = time.perf_counter()
    await graph.ready(_TENANT)
    found: dict[str, Any] = {
        "products": len(products),
        "catalogue_seconds": round(words_ready - started, 1),
        "graph_seconds": round(time.perf_counter() - words_ready, 1),
    }
    found |= await _questions(engine, products)
    found |= await _searches(catalogue, graph, products)
    found["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    await graph.close()
    return found


async def _questions(engine: GraphEngine, products: Sequence[Product]) -> dict[str, Any]:
    chance = random.Random(2)
    some = [
        chance.choice([p for p in products if p.category == c])
        for c in ("CPU", "Motherboard", "GPU", "PCCase", "RAM") * 20
    ]
    params: dict[str, Callable[[Product], dict[str, Any]]] = {
        "path": lambda p: {"id": p.id, "other": chance.choice(some).id},
        "related": lambda p: {"id": p.id, "kind": "bought_with", "limit": 20},
        "similar": lambda p: {"id": p.id, "common": 400, "limit": 60},
        "specs": lambda p: {"ids": [p.id, chance.choice(some).id]},
    }
    fit: Callable[[Product], dict[str, Any]] = lambda p: {"id": p.id, "limit": 3000}  # noqa: E731
    return {
        name: await _timed(some, lambda p, n=name: engine.run(n, _TENANT, **params.get(n, fit)(p)))  # type: ignore[misc]
        for name in query_names()
    }


async def _searches(catalogue: Catalogue, graph: ProductGraph, products: Sequence[Product]) -> dict[str, Any]:
    chance = random.Random(3)
    some = [chance.choice(products) for _ in range(_ASKED)]
    speed = SpecFilter(name="refresh_rate_hz", op=Comparator.GTE, value=144)
    narrow = ProductFilter(category="Monitor", max_price_cents=60_000, specs=(speed,), sort="price")
    asked = "27 inch monitors with 144 Hz or more under $600"
    return {
        "search": await _timed(some, lambda p: catalogue.search(_TENANT, narrow)),
        "search by words": await _timed(some, lambda p: catalogue.search(_TENANT, ProductFilter(text=p.name[:40]))),
        "search by name, all": await _timed(some, lambda p: catalogue.search(_TENANT, ProductFilter(sort="name"))),
        "words of a search": await _timed(some, lambda p: catalogue.understood(_TENANT, asked)),
        "facets of all": await _timed(some, lambda p: catalogue.facets(_TENANT, ProductFilter())),
        "facets of a search": await _timed(some, lambda p: catalogue.facets(_TENANT, narrow)),
        "accessories": await _timed(some, lambda p: graph.accessories(_TENANT, p.id)),
        "fits": await _timed(some, lambda p: graph.fits(_TENANT, p.id, chance.choice(some).id)),
        "similar goods": await _timed(some, lambda p: graph.similar(_TENANT, p.id)),
        "comparison": await _timed(some, lambda p: graph.compare(_TENANT, [p.id, chance.choice(products).id])),
    }


async def _timed(some: Sequence[Product], ask: Callable[[Product], Awaitable[Any]]) -> dict[str, float]:
    took = []
    for product in some[:_ASKED]:
        started = time.perf_counter()
        await ask(product)
        took.append((time.perf_counter() - started) * 1000)
    took.sort()
    return {
        "median": round(statistics.median(took), 1),
        "p99": round(took[min(len(took) - 1, int(len(took) * 0.99))], 1),
    }


if __name__ == "__main__":
    size = int((sys.argv[1:] or ["50000"])[0])
    print(json.dumps(asyncio.run(table(many(size), EmbeddedGraph())), indent=1))
