"""Several products in one question: an answer for each, cited each."""

import pytest

from backend.rag.documents import load_file
from backend.rag.naming import Names
from backend.rag.several import asked_of_each
from tests.rag.conftest import Shop

NAMES = Names({"kelo fan 20": "K20", "kelo fan 40": "K40", "mira heater": "MH"})
SHEETS = {
    "Kelo Fan 20": "The fan weighs 3 kilograms. It has a timer of four hours. The cable is 2 metres long.",
    "Kelo Fan 40": "The fan weighs 5 kilograms. It hums at 41 decibels. The cable is 3 metres long.",
}


def each(text: str) -> dict[str, str]:
    return dict(asked_of_each(text, list(NAMES.find(text))))


@pytest.mark.parametrize(
    ("text", "of_each"),
    [
        (
            "do the Kelo Fan 20 and the Mira Heater have a timer?",
            {"K20": "do the Kelo Fan 20 have a timer?", "MH": "do the Mira Heater have a timer?"},
        ),
        (
            "how heavy is the Kelo Fan 20, and how do I clean the Mira Heater?",
            {"K20": "how heavy is the Kelo Fan 20", "MH": "how do I clean the Mira Heater?"},
        ),
        ("is the Kelo Fan 20 louder than the Kelo Fan 40?", {}),
        ("how heavy is the Mira Heater?", {}),
    ],
)
def test_each_product_has_its_own_question(text: str, of_each: dict[str, str]) -> None:
    assert each(text) == of_each


def test_a_part_of_a_name_means_the_few_that_share_it() -> None:
    assert NAMES.alike("how loud is the Kelo fan") == ({"K20": "kelo fan 20", "K40": "kelo fan 40"}, "Kelo fan")
    assert NAMES.alike("how loud is the heater") == ({}, "")


async def fans(shop: Shop) -> None:
    documents = [
        load_file(f"{n}.md", f"# {n}\n\n{text}".encode(), {"title": n, "product": n[-2:], "product_name": n})
        for n, text in SHEETS.items()
    ]
    await shop.knowledge.put(shop.tenant, documents)


async def test_both_are_answered_with_their_own_sources(shop: Shop) -> None:
    await fans(shop)
    answer = await shop.knowledge.answer(shop.tenant, "what do the Kelo Fan 20 and the Kelo Fan 40 weigh?")
    assert answer.text.splitlines() == [
        "Kelo Fan 20: The fan weighs 3 kilograms. [1]",
        "Kelo Fan 40: The fan weighs 5 kilograms. [2]",
    ]
    assert [source.title for source in answer.sources] == ["Kelo Fan 20", "Kelo Fan 40"]


async def test_which_of_several_is_meant_is_told_by_answering_for_each(shop: Shop) -> None:
    await fans(shop)
    answer = await shop.knowledge.answer(shop.tenant, "how long is the cable of the Kelo fan?")
    assert "Kelo Fan 20: The cable is 2 metres" in answer.text
    assert "Kelo Fan 40: The cable is 3 metres" in answer.text


async def test_what_only_one_page_tells_is_said_of_that_one(shop: Shop) -> None:
    await fans(shop)
    answer = await shop.knowledge.answer(shop.tenant, "how many decibels do the Kelo Fan 20 and the Kelo Fan 40 make?")
    assert answer.text.splitlines()[0] == "Kelo Fan 20: nothing is written about that."
    assert "41 decibels" in answer.text.splitlines()[1]
