"""The index follows the records: whole, at once, for every process; tests/api/test_documents_killed.py kills it."""

import asyncio
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import faiss
import pytest

from backend.rag.documents import LoadedDocument, load_file, make_document
from backend.rag.embedder import CachedEmbedder, Embedder, Matrix
from backend.rag.folders import TenantFolder
from backend.rag.knowledge import Knowledge
from backend.store.database import Database
from tests.rag.conftest import LAMP, MANUAL, RETURNS, Shop


class Counting(CachedEmbedder):
    """The real embedder, counting what it is asked; it can be out of order."""

    def __init__(self, inner: Embedder, name: str | None = None) -> None:
        super().__init__(name or inner.name, inner.width)
        self._inner = inner
        self.asked = 0
        self.broken = False

    def embed(self, texts: Sequence[str]) -> Matrix:
        if self.broken:
            raise ConnectionError("no answer")
        self.asked += len(texts)
        return self._inner.embed(texts)


async def first(knowledge: Knowledge, query: str, tenant: str = "lamps") -> str:
    found = await knowledge.search(tenant, query, k=1)
    return found[0].passage.text if found else ""


async def test_a_new_version_replaces_and_only_what_changed_is_embedded(
    database: Database, embedder: Embedder, tmp_path: Path
) -> None:
    counting = Counting(embedder)
    knowledge = Knowledge(database, counting, tmp_path / "v")
    await knowledge.put("lamps", [load_file("m.md", MANUAL), load_file("r.md", RETURNS)])
    before = counting.asked
    await knowledge.put("lamps", [load_file("r.md", RETURNS.replace(b"45 days", b"60 days"))])
    assert counting.asked == before + 1
    passages = await knowledge.passages("lamps", "returns")
    assert "60 days" in passages[0].text
    assert {p.version for p in passages} == {2}
    assert "45 days" not in "".join(p.text for p in passages)


async def test_a_deleted_document_leaves_no_text_and_no_vector(shop: Shop) -> None:
    await shop.knowledge.delete(shop.tenant, "returns")
    assert all(f.passage.document_id != "returns" for f in await shop.knowledge.search(shop.tenant, "return", k=50))
    current = TenantFolder(shop.vectors, shop.tenant).current()
    assert current is not None
    assert "45 days" not in (current / "passages.json").read_text()
    assert [path.name for path in current.parent.glob("gen-*")] == [current.name], "it lies in an older generation"
    assert faiss.read_index(str(current / "dense.faiss")).ntotal == 2 * len(
        json.loads((current / "passages.json").read_bytes())
    )
    generation = await shop.knowledge._index.generation(shop.tenant)
    assert len(generation.embedded.hashes) == len(generation.embedded.vectors)
    used = set(generation.embedded.text_at) | set(generation.embedded.title_at)
    assert used == set(range(len(generation.embedded.vectors)))


async def test_one_shop_never_reads_another(shop: Shop) -> None:
    await shop.knowledge.put("other", [make_document({"id": "x", "title": "Secret"}, b"The vault code is 7731.")])
    found = await shop.knowledge.search(shop.tenant, "vault code", k=50)
    assert all("7731" not in f.passage.text for f in found)
    assert "7731" in await first(shop.knowledge, "vault code", "other")


async def test_another_process_is_seen_within_two_seconds(shop: Shop, embedder: Embedder) -> None:
    other = Knowledge(shop.database, embedder, shop.vectors)
    assert await first(other, "crimson teapot") != "The crimson teapot whistles."
    await shop.knowledge.put(shop.tenant, [make_document({"id": "t", "title": "Tea"}, b"The crimson teapot whistles.")])
    for _ in range(20):
        if await first(other, "crimson teapot") == "The crimson teapot whistles.":
            return
        await asyncio.sleep(0.1)
    pytest.fail("the other process still searches the old index")


async def test_old_and_new_never_mix_while_it_is_swapped(shop: Shop) -> None:
    def edition(number: int) -> list[LoadedDocument]:
        text = f"Plum jam edition {number}.".encode()
        return [make_document({"id": f"e{n}", "title": f"Plum {n}"}, text) for n in range(8)]

    await shop.knowledge.put(shop.tenant, edition(0))
    done = asyncio.Event()

    async def read() -> None:
        while not done.is_set():
            found = await shop.knowledge.search(shop.tenant, "plum jam edition", k=8)
            assert len({f.passage.text for f in found}) == 1
            await asyncio.sleep(0)

    async def write() -> None:
        for number in range(1, 5):
            await shop.knowledge.put(shop.tenant, edition(number))
        done.set()

    await asyncio.gather(read(), write())


async def test_an_index_of_another_model_is_refused_and_rebuilt(shop: Shop, embedder: Embedder) -> None:
    changed = Knowledge(shop.database, Counting(embedder, "another-model"), shop.vectors)
    assert await changed.search(shop.tenant, "battery") == ()
    assert not (await changed.status(shop.tenant)).level
    assert await changed.sync(shop.tenant)
    assert (await changed.status(shop.tenant)).model == "another-model"
    assert await first(changed, "battery life")


async def test_documents_wait_for_an_embedder_that_is_down(
    database: Database, embedder: Embedder, tmp_path: Path
) -> None:
    counting = Counting(embedder)
    counting.broken = True
    knowledge = Knowledge(database, counting, tmp_path / "v")
    assert not (await knowledge.put("lamps", [load_file("r.md", RETURNS)])).searchable
    async with database.records("lamps") as records:
        assert await records.documents.get("returns") is not None
    counting.broken = False
    assert await knowledge.sync("lamps")
    assert "45 days" in await first(knowledge, "return window")
    assert not await knowledge.sync("lamps")


async def test_drafts_are_not_found(shop: Shop) -> None:
    draft = make_document({"id": "p", "title": "Plan", "status": "draft"}, b"We will sell purple lanterns.")
    await shop.knowledge.put(shop.tenant, [draft])
    assert "purple" not in await first(shop.knowledge, "purple lanterns")


async def test_a_lost_index_is_built_from_the_records(shop: Shop) -> None:
    shutil.rmtree(shop.vectors)
    shop.knowledge._index._shops.clear()
    assert await shop.knowledge.search(shop.tenant, "battery life") == ()
    await shop.knowledge.sync(shop.tenant)
    assert "9 hours" in await first(shop.knowledge, "battery life")


async def test_what_was_saved_without_an_index_becomes_searchable_by_itself(
    database: Database, embedder: Embedder, tmp_path: Path
) -> None:
    counting = Counting(embedder)
    knowledge, stop = Knowledge(database, counting, tmp_path / "v"), asyncio.Event()
    async with database.records("lamps", write=True) as records:
        await records.tenants.ensure("Lamps")
        await records.catalogue.upsert_products([LAMP])
    counting.broken = True
    await knowledge.put("lamps", [load_file("r.md", RETURNS)])
    keeping = asyncio.create_task(knowledge.keep_level(stop, every_seconds=0.05))
    await asyncio.sleep(0.2)
    assert await first(knowledge, "anything") == ""
    counting.broken = False
    for _ in range(100):
        if (await knowledge.status("lamps")).level:
            break
        await asyncio.sleep(0.05)
    assert "45 days" in await first(knowledge, "return window")
    assert "9 hours" in await first(knowledge, "battery life of the halo")
    before = counting.asked
    await asyncio.sleep(0.2)
    stop.set()
    await keeping
    assert counting.asked <= before + 1
