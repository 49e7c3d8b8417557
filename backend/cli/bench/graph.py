"""The product graph at size: named queries on every engine, fit derived or stored as pairs, searches and facets."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from backend.cli.bench.figures import Report, Spread, titled
from backend.domain.catalogue import Fit, FitRule, Product, ProductFilter, Relation, RelationKind
from backend.graph.base import GraphEngine, GraphUnavailable, query_names
from backend.graph.catalogue import Catalogue
from backend.graph.embedded import EmbeddedGraph
from backend.graph.neo4j import Neo4jGraph
from backend.graph.products import ProductGraph
from backend.graph.rulebook import RuleBook
from backend.graph.schema import graph_rows
from backend.settings import Settings
from backend.store.loading.formats import open_source
from backend.store.loading.source import Placed

_TENANT: Final = "measured"
_ASKED: Final = 100  # times each
_MANY: Final = 50_000
_DRAWN: Final = 300  # products that the questions are drawn from
#: The plain rules between parts whose pairs are stored for comparison.
_PAIRED: Final = (
    ("CPU", "Motherboard"), ("RAM", "Motherboard"), ("Motherboard", "PCCase"), ("CPUCooler", "CPU"), ("GPU", "PCCase"),
)  # fmt: skip


def measure(settings: Settings, public: Path) -> Report:
    """Milliseconds, seconds and megabytes, by case and engine."""
    return asyncio.run(_measure(settings, public / "electronics"))


async def _measure(settings: Settings, store: Path) -> Report:
    base = tuple(_products(store))
    pairs = tuple(_pairs(base))
    cases: dict[str, tuple[Sequence[Product], Sequence[Relation]]] = {
        f"{len(base):,} products, fit derived": (base, ()),
        f"{len(base):,} products, {len(pairs):,} pairs stored": (base, pairs),
        f"{_MANY:,} products, fit derived": (many(base, _MANY), ()),
    }
    figures: dict[str, Any] = {}
    table = titled("Product graph: milliseconds, median / p99", "case", "engine", "question", "took")
    for case, (products, relations) in cases.items():
        for name, engine in _engines(settings):
            found = figures[f"{case}, {name}"] = await _case(engine, products, relations)
            for question, took in found.items():
                table.add_row(case, name, question, str(Spread(**took)) if isinstance(took, dict) else str(took))
        if not relations:
            for question, spread in (found := await _searches(products)).items():
                table.add_row(case, "catalogue", question, str(Spread(**spread)))
            figures[f"{case}, catalogue"] = found
    return Report(table, figures)


def _engines(settings: Settings) -> Iterator[tuple[str, GraphEngine]]:
    yield "embedded", EmbeddedGraph()
    if settings.neo4j_uri:
        password = settings.neo4j_password.get_secret_value()
        yield "bolt", Neo4jGraph(settings.neo4j_uri, settings.neo4j_user, password, settings.neo4j_database)


def _products(store: Path) -> Iterator[Product]:
    for row in open_source(store, _TENANT).read():
        if isinstance(row, Placed) and isinstance(row.record, Product):
            yield row.record


def many(base: Sequence[Product], number: int) -> tuple[Product, ...]:
    """So many products: the given ones, repeated under other ids, names and prices until there are enough."""
    chance = random.Random(1)  # noqa: S311  the same goods in every run
    made = list(base[:number])
    while len(made) < number:
        one, turn = base[len(made) % len(base)], len(made) // len(base)
        own, cents = f"{one.id}-{turn}", chance.randrange(1000, 200_000)
        changed = {"id": own, "product_id": own, "price_cents": cents}
        variants = tuple(v.model_copy(update=changed) for v in one.variants)
        made.append(one.model_copy(update={"id": own, "name": f"{one.name} Mk{turn}", "variants": variants}))
    return tuple(made)


def _pairs(products: Sequence[Product]) -> Iterator[Relation]:
    """Every pair that the plain rules let fit."""
    book, by = RuleBook(), dict[str, list[Product]]()
    for product in products:
        by.setdefault(product.category, []).append(product)
    for left, right in _PAIRED:
        for a in by.get(left, ()):
            for b in by.get(right, ()):
                fit, reasons = book.verdict(a, b)
                if fit is Fit.YES:
                    yield Relation(kind=RelationKind.COMPATIBLE_WITH, source_id=a.id, target_id=b.id, reason=reasons[0])


async def _case(engine: GraphEngine, products: Sequence[Product], relations: Sequence[Relation]) -> dict[str, Any]:
    before, begun = _memory_mb(), time.perf_counter()
    try:
        await engine.load(_TENANT, products, relations, ())
        found: dict[str, Any] = {
            "loading, s": round(time.perf_counter() - begun, 1),
            "memory of this process, MB": _memory_mb() - before,
            "relations": sum(len(rows) for rows in graph_rows("x", products, relations, ()).relations.values()),
        }
        chance = random.Random(2)  # noqa: S311
        kinds = {category for pair in _PAIRED for category in pair}
        some = chance.sample([p for p in products if p.category in kinds], _DRAWN)
        for name in query_names():
            found[name] = await _timed(some, lambda p, n=name: engine.run(n, _TENANT, **_params(n, p, chance, some)))  # type: ignore[misc]
        return found
    except GraphUnavailable as failure:
        return {"failed": str(failure)[:80]}
    finally:
        await engine.close()


def _params(name: str, p: Product, chance: random.Random, some: Sequence[Product]) -> dict[str, Any]:
    """As ProductGraph asks."""
    match name:
        case "path":
            return {"id": p.id, "other": chance.choice(some).id}
        case "related":
            return {"id": p.id, "kind": RelationKind.COMPATIBLE_WITH.value, "limit": 3000}
        case "similar":
            return {"id": p.id, "common": 400, "limit": 60}
        case "specs":
            return {"ids": [p.id, chance.choice(some).id]}
    return {"id": p.id}


async def _searches(products: Sequence[Product]) -> dict[str, Any]:
    """The catalogue and the graph behind it, as the pages ask them."""

    async def load(_: str) -> Sequence[Product]:
        return products

    async def version(_: str) -> int:
        return 1

    async def none(_: str) -> Sequence[Any]:
        return ()

    rules: Callable[[str], Awaitable[Sequence[FitRule]]] = none
    catalogue = Catalogue(load, version)
    graph = ProductGraph(catalogue, EmbeddedGraph(), none, rules)
    await graph.ready(_TENANT)
    chance = random.Random(3)  # noqa: S311
    some = [chance.choice(products) for _ in range(_ASKED)]
    narrow = ProductFilter(category="Monitor", max_price_cents=60_000, sort="price")
    words = "27 inch monitors with 144 Hz or more under $600"
    found = {
        "search": await _timed(some, lambda _: catalogue.search(_TENANT, narrow)),
        "search by a name": await _timed(some, lambda p: catalogue.search(_TENANT, ProductFilter(text=p.name[:40]))),
        "words of a search": await _timed(some, lambda _: catalogue.understood(_TENANT, words)),
        "facets of all": await _timed(some, lambda _: catalogue.facets(_TENANT, ProductFilter())),
        "facets of a search": await _timed(some, lambda _: catalogue.facets(_TENANT, narrow)),
        "what fits": await _timed(some, lambda p: graph.accessories(_TENANT, p.id)),
        "do two fit": await _timed(some, lambda p: graph.fits(_TENANT, p.id, chance.choice(some).id)),
    }
    await graph.close()
    return found


async def _timed(some: Sequence[Product], ask: Callable[[Product], Awaitable[Any]]) -> dict[str, Any]:
    took = []
    for product in some[:_ASKED]:
        started = time.perf_counter()
        await ask(product)
        took.append(time.perf_counter() - started)
    return vars(Spread.of(took))


def _memory_mb() -> int:
    """What this process holds at the moment."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * 4096 // (1 << 20) if statm.exists() else 0
