"""The catalogue and the product graph of a process, read from its records."""

from collections.abc import Mapping, Sequence

from backend.domain.catalogue import FitRule, Product, Relation, Variant
from backend.graph.base import GraphEngine
from backend.graph.catalogue import Catalogue
from backend.graph.embedded import EmbeddedGraph
from backend.graph.fallback import FallbackGraph
from backend.graph.products import ProductGraph
from backend.store.database import Database


def open_catalogue(database: Database) -> Catalogue:
    """Every shop's products, as its records hold them."""

    async def load(tenant: str) -> Sequence[Product]:
        async with database.records(tenant) as records:
            return await records.catalogue.all()

    async def version(tenant: str) -> int:
        async with database.records(tenant) as records:
            return await records.catalogue.version()

    async def live(tenant: str, product_ids: Sequence[str]) -> Mapping[str, tuple[Variant, ...]]:
        async with database.records(tenant) as records:
            return await records.catalogue.live(product_ids)

    return Catalogue(load, version, live)


def open_engine(uri: str, user: str, password: str, name: str) -> GraphEngine:
    """A graph server with the embedded copy behind it, or without a URI the copy alone. Nothing connects yet."""
    if not uri:
        return EmbeddedGraph()
    from backend.graph.neo4j import Neo4jGraph  # the driver brings pandas: 60 MB and half a second

    return FallbackGraph(Neo4jGraph(uri, user, password, name), EmbeddedGraph())


def open_graph(database: Database, catalogue: Catalogue, engine: GraphEngine) -> ProductGraph:
    """The graph over that catalogue, with the relations and rules of each shop's records."""

    async def relations(tenant: str) -> Sequence[Relation]:
        async with database.records(tenant) as records:
            return await records.catalogue.relations()

    async def rules(tenant: str) -> Sequence[FitRule]:
        async with database.records(tenant) as records:
            return await records.catalogue.fit_rules()

    async def bought(tenant: str, product_id: str, most: int) -> Sequence[tuple[str, int]]:
        async with database.records(tenant) as records:
            return await records.catalogue.bought_with(product_id, most)

    return ProductGraph(catalogue, engine, relations, rules, bought)
