"""Lines of passages lie beside the index with their vectors: made once, for every process, behind nobody."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from backend.rag.documents import load_file
from backend.rag.embedder import Embedder
from backend.rag.folders import TenantFolder
from backend.rag.knowledge import Knowledge
from backend.rag.line_vectors import ALL, SOME, LineVectors, lines_of, make
from tests.rag.conftest import MANUAL, RETURNS, Shop
from tests.rag.test_index import Counting

QUESTION = "What mends a light that flickers?"


def folder_of(shop: Shop) -> Path:
    current = TenantFolder(shop.vectors, shop.tenant).current()
    assert current is not None
    return current


async def until(done: Callable[[], bool], knowledge: Knowledge, tenant: str) -> None:
    while not done():
        await knowledge.lines.keep(tenant, settled=0.0)
        await asyncio.sleep(0.01)


@pytest.fixture
async def lines(shop: Shop) -> tuple[str, ...]:
    """Those of the shop, read."""
    await shop.knowledge.lines.read_all(shop.tenant)
    return tuple(lines_of((await shop.knowledge._index.generation(shop.tenant)).passages))


async def test_a_question_embeds_itself_and_no_line_that_is_known(
    shop: Shop, embedder: Embedder, lines: tuple[str, ...]
) -> None:
    assert "Press the plug in until it clicks." in " ".join(lines)
    counting = Counting(embedder)
    restarted = Knowledge(shop.database, counting, shop.vectors)
    answer = await restarted.answer(shop.tenant, QUESTION, product_id="L-1")
    assert answer.known and counting.asked == 1
    (folder_of(shop) / ALL).unlink()
    forgetful = Knowledge(shop.database, counting, shop.vectors)
    assert await forgetful.answer(shop.tenant, QUESTION, product_id="L-1") == answer, "they are made when they are met"
    assert counting.asked > 2


async def test_their_vectors_are_those_of_the_texts(shop: Shop, embedder: Embedder, lines: tuple[str, ...]) -> None:
    found = LineVectors.load(folder_of(shop)).find([*lines, "Nobody wrote this."])
    assert tuple(found) == lines
    kept = np.stack(list(found.values())).astype(np.float32)
    assert np.abs(kept - embedder.embed(lines)).max() < 1e-3


async def test_what_did_not_change_is_not_embedded_again_and_what_is_deleted_is_gone(
    shop: Shop, embedder: Embedder, lines: tuple[str, ...]
) -> None:
    counting = Counting(embedder)
    other = Knowledge(shop.database, counting, shop.vectors)
    await other.put(shop.tenant, [load_file("r.md", RETURNS.replace(b"45 days", b"60 days"))])
    before = counting.asked
    await other.lines.read_all(shop.tenant)
    assert counting.asked == before + 1, "one sentence was changed"
    assert not (folder_of(shop) / SOME).exists()
    await other.delete(shop.tenant, "returns")
    assert not LineVectors.load(folder_of(shop)).find(["Used bulbs cannot be returned."])
    assert LineVectors.load(folder_of(shop)).find(["Press the plug in until it clicks.", *lines])


async def test_one_process_makes_them_in_the_background_and_the_other_takes_them_up(
    shop: Shop, embedder: Embedder
) -> None:
    counting = Counting(embedder)
    other = Knowledge(shop.database, counting, shop.vectors)
    await other.lines.keep(shop.tenant, settled=0.0)
    assert not counting.asked, "nobody asked this shop here"
    held = await other._index.generation(shop.tenant)
    with TenantFolder(shop.vectors, shop.tenant).busy(alone=False):
        await other.lines.keep(shop.tenant, settled=0.0)
        making = other.lines._making
        assert making is not None
        await asyncio.to_thread(making.join)
        assert not counting.asked, "documents are being put in"
    await until(lambda: held.lines.every, other, shop.tenant)
    own = await shop.knowledge._index.generation(shop.tenant)
    assert not own.lines.every
    await until(lambda: own.lines.every, shop.knowledge, shop.tenant)
    assert len(own.lines) == len(held.lines) == len(lines_of(own.passages))


async def test_more_lines_than_the_bound_are_left_for_when_they_are_met(shop: Shop, embedder: Embedder) -> None:
    generation, folder = await shop.knowledge._index.generation(shop.tenant), folder_of(shop)
    counting = Counting(embedder)
    assert make(generation.passages, LineVectors(), folder, counting, lambda: True, wait=0, up_to=2)
    assert not counting.asked
    assert LineVectors.load(folder).every, "nobody counts them again"


async def test_work_that_is_stopped_leaves_the_index_as_it_was(shop: Shop, embedder: Embedder) -> None:
    generation, folder = await shop.knowledge._index.generation(shop.tenant), folder_of(shop)
    left = iter([True, False])
    assert not make(generation.passages, LineVectors(), folder, embedder, lambda: next(left), wait=0)
    assert not LineVectors.load(folder).every
    assert (await shop.knowledge.answer(shop.tenant, QUESTION, product_id="L-1")).known


async def test_lines_of_another_text_are_not_taken_for_known() -> None:
    known = LineVectors()
    assert not known.find([MANUAL.decode()]) and known.without(["x"]) is known
