"""Products named in a question: whose pages count, and what is asked of them."""

import pytest

from backend.rag.documents import make_document
from backend.rag.leaning import asks_anew
from backend.rag.naming import Names
from tests.rag.conftest import LAMP, Shop

NAMES = Names({"pico 3": "p3", "pico 3 plus": "p3p", "the grinder's mate": "gm", "solo": "s"})
#: Sections of two siblings whose titles do not tell which one they are of.
SECTIONS = (
    ("a1", "Battery", "Pico 3", "A full charge takes two hours. The Pico 3 is then ready."),
    ("a2", "Cleaning", "Pico 3", "Rinse the Pico 3 under the tap once a week."),
    ("b1", "Battery", "Pico 3 Plus", "A full charge takes three hours."),
    ("b2", "Cleaning", "Pico 3 Plus", "Wipe it with a dry cloth."),
)


@pytest.mark.parametrize(
    ("text", "bare", "products"),
    [
        ("How long does the Pico 3 Plus take to charge?", "How long does it take to charge?", {"p3p"}),
        ("what's my pico-3's weight", "what's its weight", {"p3"}),
        ("is the Solo loud, or is my Solo broken?", "is it loud, or is it broken?", {"s"}),
        ("Pico 3 or Pico 3 Plus?", "Pico 3 or Pico 3 Plus?", {"p3", "p3p"}),
        ("pico 3", "pico 3", {"p3"}),
        ("how heavy is it?", "how heavy is it?", set()),
    ],
)
def test_the_longest_name_is_told_apart_from_what_is_asked(text: str, bare: str, products: set[str]) -> None:
    said = NAMES.read(text)
    assert (said.bare, said.products) == (bare, products)


async def sections(shop: Shop) -> None:
    rows = [{"id": key, "title": title, "product": product} for key, title, product, _ in SECTIONS]
    texts = [text.encode() for *_, text in SECTIONS]
    await shop.knowledge.put(shop.tenant, [make_document(r, t) for r, t in zip(rows, texts, strict=True)])


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("how long does the pico 3 plus take to charge", "b1"),
        ("how long does the pico 3 take to charge", "a1"),
        ("how do i clean my Pico 3 Plus?", "b2"),
    ],
)
async def test_the_named_product_comes_before_its_sibling(shop: Shop, question: str, first: str) -> None:
    await sections(shop)
    assert (await shop.knowledge.search(shop.tenant, question, k=1))[0].passage.document_id == first
    answer = await shop.knowledge.answer(shop.tenant, question)
    assert {source.id.split(":")[0] for source in answer.sources} == {first}


async def test_a_word_that_other_products_use_is_no_name(shop: Shop) -> None:
    await sections(shop)
    await shop.knowledge.put(
        shop.tenant,
        [
            make_document({"id": "t1", "title": "Holding", "product": "Cloth"}, b"Fold it twice."),
            make_document({"id": "t2", "title": "Holding", "product": "Zorb"}, b"The Zorb is held with both hands."),
        ],
    )
    named = shop.knowledge.product_meant
    assert await named(shop.tenant, ["do I need a cloth?"]) is None
    assert await named(shop.tenant, ["I have a Zorb", "how do I hold it?"]) == "Zorb"


async def test_a_follow_up_is_answered_with_what_it_leans_on(shop: Shop) -> None:
    await sections(shop)
    ask = shop.knowledge.answer
    before = "How do I charge it?"
    answer = await ask(shop.tenant, "and how long does that take?", product_id="Pico 3 Plus", before=before)
    assert "three hours" in answer.text


@pytest.mark.parametrize(
    "stated",
    [
        {"title": "Sol Floor Lamp guide"},  # as a folder of manuals has it: no word of which product it is
        {"title": "Guide", "product": "Sol Floor Lamp"},
    ],
)
@pytest.mark.parametrize("sold_first", [True, False])
async def test_a_text_is_of_the_product_of_the_catalogue_that_it_is_named_for(
    shop: Shop, stated: dict[str, str], sold_first: bool
) -> None:
    sold = LAMP.model_copy(update={"id": "L-2", "name": "Sol Floor Lamp", "variants": ()})

    async def sell() -> None:
        async with shop.database.records(shop.tenant, write=True) as records:
            await records.catalogue.upsert_products([sold])
        await shop.knowledge.sync(shop.tenant)

    guide = b"## Heat\nThe shade stays below 40 degrees, so a hand may rest on it."
    both = {"id": "both", "title": "Sol Floor Lamp or Halo Desk Lamp?"}
    if sold_first:
        await sell()
    await shop.knowledge.put(
        shop.tenant, [make_document({"id": "guide", **stated}, guide), make_document(both, b"The shade is the same.")]
    )
    if not sold_first:
        await sell()
    assert await shop.knowledge.product_id(shop.tenant, "sol floor lamp") == "L-2"
    found = await shop.knowledge.search(shop.tenant, "can I touch the shade?", product_id="L-2", k=9)
    assert found[0].passage.document_id == "guide"
    assert "both" not in {one.passage.document_id for one in found}


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        ("and how do I clean it?", True),
        ("what tyre pressure does it need?", True),
        ("and how long does that take?", False),
        ("and the weight?", False),
        ("why?", False),
        ("does it do the other one too?", False),
    ],
)
def test_a_question_of_its_own_about_what_was_named_leans_on_nothing(text: str, anew: bool) -> None:
    assert asks_anew(text) is anew


async def test_what_was_asked_before_of_the_named_product_is_no_part_of_the_next_question(shop: Shop) -> None:
    await sections(shop)
    before = "How long does the Pico 3 take to charge?"
    answer = await shop.knowledge.answer_about(shop.tenant, "and how do I clean it?", "Pico 3", before=before)
    assert "Rinse" in answer.text
    assert "charge" not in answer.text
