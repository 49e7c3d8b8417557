"""What counts beside a passage's own likeness: its product's other passages, and words that only it says."""

import numpy as np

from backend.rag.documents import make_document
from tests.rag.conftest import Shop

#: No meaning, so that words alone decide.
NOTHING = np.zeros(384, dtype=np.float32)


async def first(shop: Shop, question: str) -> list[str]:
    found = await shop.knowledge.search(shop.tenant, question, k=4, vector=NOTHING)
    return [hit.passage.document_id for hit in found]


async def test_of_equals_the_one_whose_product_says_more_comes_first(shop: Shop) -> None:
    texts = {"q1": ("Q", "scarlet strap"), "r1": ("R", "scarlet strap"), "r2": ("R", "leather")}
    rows = [{"id": key, "title": "Strap", "product": product} for key, (product, _) in texts.items()]
    documents = [make_document(r, t.encode()) for r, (_, t) in zip(rows, texts.values(), strict=True)]
    await shop.knowledge.put(shop.tenant, documents)
    assert (await first(shop, "scarlet strap"))[:2] == ["r1", "q1"]
    hits = await shop.knowledge.search(shop.tenant, "scarlet strap", k=20, vector=NOTHING)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


async def test_words_that_only_one_passage_says_weigh_more(shop: Shop) -> None:
    texts = ["The quoin is greased.", *(f"Part {n} is greased with oil." for n in range(9))]
    rows = [make_document({"id": f"s{n}", "title": "Press"}, text.encode()) for n, text in enumerate(texts)]
    await shop.knowledge.put(shop.tenant, rows)
    hits = await shop.knowledge.search(shop.tenant, "quoin", k=1, vector=NOTHING)
    plain = await shop.knowledge.search(shop.tenant, "greased", k=1, vector=NOTHING)
    assert hits[0].passage.document_id == "s0"
    assert hits[0].score > 2 * plain[0].score
