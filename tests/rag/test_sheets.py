"""Data sheets of a large catalogue: left out of the shop's index, made into passages for the product asked about."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.domain.catalogue import Product, Spec
from backend.rag.embedder import Embedder
from backend.rag.knowledge import Knowledge
from backend.rag.products import INDEXED_UP_TO
from backend.store.database import Database
from tests.rag.conftest import LAMP

SHOP = "large"


def _bulb(number: int, hours: int = 900) -> Product:
    spec = Spec(name="life_hours", label="Battery life", value=hours, text=f"{hours} hours", unit="h")
    return Product(id=f"B-{number}", name=f"Bulb {number}", category="Bulbs", specs=(spec,))


@pytest.fixture
async def large(tmp_path: Path, embedder: Embedder) -> AsyncIterator[tuple[Database, Knowledge]]:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'large.db'}")
    async with database.records(SHOP, write=True) as records:
        await records.tenants.ensure("Large")
        await records.catalogue.upsert_products([LAMP, *map(_bulb, range(INDEXED_UP_TO))])
    knowledge = Knowledge(database, embedder, tmp_path / "vectors")
    await knowledge.sync(SHOP)
    yield database, knowledge
    await database.close()


async def test_a_product_is_answered_from_its_sheet(large: tuple[Database, Knowledge]) -> None:
    _, knowledge = large
    assert (await knowledge.status(SHOP)).passages == 0 and (await knowledge.status(SHOP)).level
    answer = await knowledge.answer(SHOP, "What is the battery life of the Halo Desk Lamp?", product_id="L-1")
    assert "9 hours" in answer.text and answer.sources[0].title == "Halo Desk Lamp"
    assert await knowledge.passages(SHOP, "product:L-1"), "a citation can be opened"
    assert await knowledge.product_id(SHOP, "bulb 7") == "B-7"


async def test_a_changed_sheet_is_made_anew(large: tuple[Database, Knowledge]) -> None:
    database, knowledge = large
    before = await knowledge.search(SHOP, "battery life", product_id="B-3")
    async with database.records(SHOP, write=True) as records:
        await records.catalogue.upsert_products([_bulb(3, hours=1200)])
    await knowledge.sync(SHOP)
    after = await knowledge.search(SHOP, "battery life", product_id="B-3")
    assert "900 hours" in before[0].passage.text and "1200 hours" in after[0].passage.text
