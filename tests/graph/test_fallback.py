"""The graph server goes away in the middle of a conversation and comes back."""

import tempfile
from collections.abc import Sequence
from typing import Any

from backend.cli.bench.bolt import PASSWORD
from backend.domain.catalogue import FitRule, Product, Relation
from backend.domain.conversation import Degraded
from backend.graph.base import GraphUnavailable, Row
from backend.graph.embedded import EmbeddedGraph
from backend.graph.fallback import FallbackGraph
from backend.graph.neo4j import Neo4jGraph
from tests import servers
from tests.graph.conftest import bolt_process
from tests.graph.shop import PRODUCTS, RELATIONS, RULES

GONE = (Degraded(engine="neo4j", used="embedded graph"),)


async def test_the_copy_answers_while_the_server_is_away() -> None:
    bolt, http = servers.free_port(), servers.free_port()
    server = Neo4jGraph(f"bolt://127.0.0.1:{bolt}", "root", PASSWORD, "neo4j")
    graph = FallbackGraph(server, EmbeddedGraph(), pause_seconds=0)
    with tempfile.TemporaryDirectory(prefix="bolt", ignore_cleanup_errors=True) as folder:
        with bolt_process(folder, bolt, http):
            await graph.load("small", PRODUCTS, RELATIONS, RULES)
            await graph.settle()
            assert await _boards(graph) == ["16"] and graph.degraded() == ()
            assert (await server.run("takes_standard", "small", id="15"))[0]["ids"], "the server holds it too"
        assert await _boards(graph) == ["16"] and graph.degraded() == GONE
        with (
            tempfile.TemporaryDirectory(prefix="bolt", ignore_cleanup_errors=True) as fresh,
            bolt_process(fresh, bolt, http),
        ):
            assert await _boards(graph) == ["16"] and graph.degraded() == GONE, "the copy, while the server is loaded"
            await graph.settle()
            assert graph.degraded() == ()
            assert await _boards(graph) == ["16"]
            assert (await server.run("takes_standard", "small", id="15"))[0]["ids"], "an empty server was filled again"
    await graph.close()


async def test_a_refused_port_is_degraded_from_the_start() -> None:
    server = Neo4jGraph(f"bolt://127.0.0.1:{servers.free_port()}", "root", PASSWORD, "neo4j")
    graph = FallbackGraph(server, EmbeddedGraph())
    await graph.load("small", PRODUCTS, RELATIONS, RULES)
    await graph.settle()
    assert await _boards(graph) == ["16"] and graph.degraded() == GONE
    assert not await graph.ping()
    await graph.close()


async def test_the_pause_spares_the_server() -> None:
    now, server = [0.0], Counting()
    graph = FallbackGraph(server, EmbeddedGraph(), pause_seconds=5, clock=lambda: now[0])
    await graph.load("small", PRODUCTS, RELATIONS, RULES)
    await graph.settle()
    server.failing = True
    for _ in range(4):
        assert await _boards(graph) == ["16"]
    assert server.asked == 1 and graph.degraded() == GONE
    server.failing, now[0] = False, 6.0
    await _boards(graph)
    await graph.settle()
    assert graph.degraded() == ()
    await _boards(graph)
    assert server.asked == 2
    await graph.close()


class Counting:
    """A server that counts what it is asked, and fails when told to."""

    def __init__(self) -> None:
        self.asked, self.failing = 0, False

    async def load(
        self, tenant: str, products: Sequence[Product], relations: Sequence[Relation], rules: Sequence[FitRule]
    ) -> None: ...

    async def run(self, query: str, tenant: str, **params: Any) -> list[Row]:
        self.asked += 1
        if self.failing:
            raise GraphUnavailable("told to fail")
        return []

    async def ping(self) -> bool:
        return not self.failing

    def degraded(self) -> tuple[Degraded, ...]:
        return ()

    async def close(self) -> None: ...


async def _boards(graph: FallbackGraph) -> list[str]:
    return [one for row in await graph.run("takes_standard", "small", id="15") for one in row["ids"]]
