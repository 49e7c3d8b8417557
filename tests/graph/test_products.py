"""Comparison, fit, likeness and ways through the graph, on the embedded engine."""

from collections.abc import AsyncIterator

import pytest

from backend.domain.catalogue import Fit, FitRule, RelationKind
from backend.domain.errors import InvalidInput, NotFound
from backend.graph.embedded import EmbeddedGraph
from backend.graph.products import ProductGraph
from backend.graph.rulebook import RuleBook
from tests.graph import shop


@pytest.fixture
async def graph() -> AsyncIterator[ProductGraph]:
    made = ProductGraph(shop.catalogue(), EmbeddedGraph(), shop.relations, shop.rules)
    yield made
    await made.close()


async def test_comparison_aligns_marks_and_names_the_better(graph: ProductGraph) -> None:
    table = await graph.compare("small", ["1", "2", "5"])
    rows = {row.name: row for row in table.rows}
    assert rows["memory_gb"].values == ("16 GB", "32 GB", None)
    assert rows["memory_gb"].differs and rows["memory_gb"].best is None
    assert rows["price"].best == 2
    two = {row.name: row for row in (await graph.compare("small", ["1", "2"])).rows}
    assert two["memory_gb"].best == 1 and two["weight_kg"].best == 0 and not two["brand"].differs


@pytest.mark.parametrize("ids", [["1"], ["1", "1"], ["1", "2", "3", "4", "5", "6"]])
async def test_a_comparison_needs_two_to_five(graph: ProductGraph, ids: list[str]) -> None:
    with pytest.raises(InvalidInput):
        await graph.compare("small", ids)


async def test_a_strange_id_is_not_found(graph: ProductGraph) -> None:
    with pytest.raises(NotFound):
        await graph.accessories("small", "999")


async def test_accessories_rank_in_stock_first(graph: ProductGraph) -> None:
    found = await graph.accessories("small", "1")
    assert [one.product.name for one in found] == ["Zen Mouse", "Dock Station Mini", "Dock Station Max"]
    assert found[1].reason == "dock plugs into USB-C, laptop has USB-C, HDMI"


async def test_fit_says_both_values(graph: ProductGraph) -> None:
    yes = await graph.fits("small", "15", "16")
    assert (yes.fit, yes.reasons) == (Fit.YES, ("CPU socket AM5, board socket AM5",))
    no = await graph.fits("small", "17", "15")
    assert (no.fit, no.reasons) == (Fit.NO, ("CPU socket AM5, board socket AM4",))
    assert (await graph.fits("small", "20", "18")).fit is Fit.NO
    assert (await graph.fits("small", "20", "19")).fit is Fit.YES
    assert (await graph.fits("small", "17", "18")).fit is Fit.YES, "Micro ATX is Micro-ATX"
    assert (await graph.fits("small", "7", "1")).fit is Fit.UNKNOWN


async def test_similar_cheaper_better(graph: ProductGraph) -> None:
    names = [one.product.name for one in await graph.similar("small", "1")]
    assert names[0] == "SwiftBook Air" and set(names) == {"SwiftBook Air", "Falcon 9 Laptop", "Gaming Laptop R5"}
    assert [one.product.name for one in await graph.similar("small", "1", cheaper=True)] == ["SwiftBook Air"]
    assert [one.product.name for one in await graph.similar("small", "5", better=True)] == ["SmartPhone One Max"]
    assert await graph.similar("small", "6", better=True) == ()


async def test_bought_together_and_path(graph: ProductGraph) -> None:
    assert [one.product.id for one in await graph.bought_together("small", "14")] == ["1"]
    steps = await graph.path("small", "15", "19")
    assert [(s.source_id, s.target_id, s.kind) for s in steps] == [
        ("15", "16", RelationKind.COMPATIBLE_WITH),
        ("16", "19", RelationKind.COMPATIBLE_WITH),
    ]
    assert await graph.path("small", "15", "12") == ()


async def test_shops_do_not_meet(graph: ProductGraph) -> None:
    await graph.accessories("small", "1")
    with pytest.raises(NotFound):
        await graph.accessories("other", "1")


async def test_a_rule_speaks_only_of_goods_that_it_is_meant_for() -> None:
    loads = {"from_category": "Mounts", "to_category": "Screens", "from_spec": "max_load_kg", "to_spec": "weight_kg"}
    rule = FitRule.model_validate(
        {"name": "load", **loads, "op": "at_least", "reason": "carries {from}, weighs {to}", "only_with": "bolts"}
    )
    book = RuleBook([rule])
    screen = shop.product(1, "Screen", "Screens", 500, weight_kg=20)
    mount = shop.product(2, "Mount", "Mounts", 50, max_load_kg=10, bolts="M8")
    stand = shop.product(3, "Stand", "Mounts", 30, max_load_kg=10)
    assert book.verdict(mount, screen)[0] is Fit.NO
    assert book.verdict(screen, stand) == (Fit.UNKNOWN, ())
