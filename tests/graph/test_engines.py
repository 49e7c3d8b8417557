"""One contract for every graph engine: the same questions over the same catalogue have the same answers."""

import pytest

from backend.graph.base import QUERIES, GraphEngine, query_names, query_text
from backend.graph.neo4j import Neo4jGraph
from backend.graph.walk import steps_of
from tests.graph.shop import PRODUCTS, RELATIONS, RULES

PARAMS = {"id": "15", "other": "19", "ids": ["1", "2"], "kind": "similar_to", "limit": 50, "common": 400}


@pytest.fixture(autouse=True)
async def loaded(engine: GraphEngine) -> None:
    await engine.load("small", PRODUCTS, RELATIONS, RULES)


async def ids(engine: GraphEngine, query: str, product: str) -> set[str]:
    return {one for row in await engine.run(query, "small", id=product) for one in row["ids"]}


async def test_it_answers(engine: GraphEngine) -> None:
    assert await engine.ping()
    assert engine.degraded() == ()


async def test_specifications(engine: GraphEngine) -> None:
    rows = await engine.run("specs", "small", ids=["1", "2"])
    texts = {(row["id"], row["name"]): row["text"] for row in rows}
    assert texts["1", "memory_gb"] == "16 GB"
    assert texts["2", "ports"] == "USB-C, Thunderbolt 4"
    assert [row["position"] for row in rows] == sorted(row["position"] for row in rows)


async def test_fit_through_shared_nodes(engine: GraphEngine) -> None:
    assert await ids(engine, "takes_standard", "15") == {"16"}
    assert await ids(engine, "offers_standard", "16") == {"15"}
    assert await ids(engine, "leaves_room", "20") == {"19"}, "the card is 300 mm long, the cube takes 250"
    assert await ids(engine, "finds_room", "18") == set()
    assert await ids(engine, "finds_room", "19") == {"20"}
    assert await ids(engine, "offers_standard", "2") == {"8", "9"}


async def test_stored_relations_both_ways(engine: GraphEngine) -> None:
    for product, other in (("1", "3"), ("3", "1")):
        rows = await engine.run("related", "small", id=product, kind="similar_to", limit=5)
        assert [(row["id"], row["reason"]) for row in rows] == [(other, "lighter, for travelling")]


async def test_likeness_prefers_rare_values(engine: GraphEngine) -> None:
    rows = await engine.run("similar", "small", id="2", common=400, limit=3)
    assert rows[0]["id"] == "4", "32 GB and 1000 GB are shared"
    assert rows[0]["likeness"] > 0


async def test_shortest_path(engine: GraphEngine) -> None:
    (row,) = await engine.run("path", "small", id="15", other="19")
    assert [(s.source_id, s.target_id, s.reason) for s in steps_of(row)] == [
        ("15", "16", "AM5 on both sides"),
        ("16", "19", "ATX on both sides"),
    ]
    (direct,) = await engine.run("path", "small", id="11", other="3")
    assert [s.reason for s in steps_of(direct)] == ["works over Bluetooth", "lighter, for travelling"]
    assert await engine.run("path", "small", id="15", other="12") == []


async def test_a_loading_replaces_the_graph(engine: GraphEngine) -> None:
    await engine.load("small", [p for p in PRODUCTS if p.id != "16"], RELATIONS, RULES)
    assert await ids(engine, "takes_standard", "15") == set()
    await engine.load("small", PRODUCTS, RELATIONS, RULES)
    assert await ids(engine, "takes_standard", "15") == {"16"}


async def test_shops_never_meet(engine: GraphEngine) -> None:
    await engine.load("other", PRODUCTS[:14], (), ())
    assert await engine.run("related", "other", id="1", kind="similar_to", limit=5) == []
    assert await engine.run("specs", "other", ids=["15"]) == []
    assert len(await engine.run("specs", "small", ids=["15"])) == 2
    assert await engine.run("specs", "nobody", ids=["1"]) == []


async def test_every_question_runs(engine: GraphEngine) -> None:
    for name in query_names():
        wanted = {key: value for key, value in PARAMS.items() if f"${key}" in _texts(name)}
        assert isinstance(await engine.run(name, "small", **wanted), list)


async def test_an_unknown_question_is_an_error(engine: GraphEngine) -> None:
    with pytest.raises(LookupError):
        await engine.run("drop_everything", "small")


async def test_a_value_is_never_part_of_the_query(engine: GraphEngine) -> None:
    attack = "1'}) DETACH DELETE (n) //"
    assert await engine.run("related", "small", id=attack, kind="similar_to", limit=5) == []
    assert len(await engine.run("specs", "small", ids=["15"])) == 2


async def test_the_server_says_that_no_question_writes(server: Neo4jGraph) -> None:
    for name in query_names():
        params = {key: PARAMS[key] for key in PARAMS if f"${key}" in _texts(name)}
        assert not await server.may_write(query_text(name, "bolt"), params), name


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (p:Product {key: $id}) RETURN p.id",
        "MATCH (p:Product {key: $id}) SET p.name = 'x' RETURN p.id",
        "MATCH (p:Product {key: $id}) DETACH DELETE p",
        "MERGE (p:Product {key: $id}) RETURN p.id",
        "MATCH (p:Product {key: $id}) REMOVE p.name RETURN p.id",
    ],
)
async def test_a_writing_text_would_be_refused(server: Neo4jGraph, text: str) -> None:
    assert await server.may_write(text, {"id": "1"})


def test_no_text_holds_a_writing_word() -> None:
    for file in QUERIES.glob("*.cypher"):
        words = set(file.read_text(encoding="utf-8").upper().replace("(", " ").split())
        assert not words & {"CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "DROP", "LOAD", "COPY", "CALL"}


def _texts(name: str) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in QUERIES.glob(f"{name}.*cypher"))
