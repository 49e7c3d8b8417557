"""A page of short statements about one thing: what it answers is told from what only sounds like it."""

import pytest

from backend.rag.documents import make_document
from backend.rag.knowledge import Knowledge
from tests.rag.conftest import Shop

KETTLE = (
    "the lid opens with one push",
    "boils a litre in about three minutes",
    "the cord is 75 cm long and wraps under the base",
    "mine was quieter than the old one i had",
    "it switches itself off when the water boils",
    "the handle stays cool",
    "made of brushed steel",
    "arrived well packed",
)
ANSWERED = ("how long is the cord?", "does it turn off by itself?", "what is it made of?", "how fast does it boil?")
UNANSWERED = ("is it loud enough to hear from upstairs in a hotel?", "does the kettle brew coffee?")


@pytest.fixture
async def kettle(shop: Shop) -> Knowledge:
    rows = ({"id": f"k{n}", "title": "Tarn Steel Kettle 1 L", "product": "K-1"} for n in range(len(KETTLE)))
    documents = [make_document(row, text.encode()) for row, text in zip(rows, KETTLE, strict=True)]
    await shop.knowledge.put(shop.tenant, documents)
    return shop.knowledge


async def test_what_the_page_says_is_surer_than_what_it_does_not(kettle: Knowledge) -> None:
    async def confidence(question: str) -> float:
        return (await kettle.answer("lamps", question, product_id="K-1")).confidence

    said = [await confidence(question) for question in ANSWERED]
    unsaid = [await confidence(question) for question in UNANSWERED]
    assert min(said) > max(unsaid)


async def test_a_name_alone_is_no_answer(kettle: Knowledge) -> None:
    answer = await kettle.answer("lamps", "does the tarn steel kettle come with a tea strainer?", product_id="K-1")
    assert not answer.known
