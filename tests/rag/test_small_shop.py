"""What a small shop has written once and plainly is answered; FAQs in plain paragraphs have questions for headings."""

import pytest

from backend.rag.documents import load_file
from backend.rag.markdown import read
from tests.rag.conftest import Shop

HELP = """# Help

## Do you repair toasters?
Our bench repairs toasters and irons. An estimate costs 9 euros, which are taken off the bill.

## Can I send things back after 40 days?
No, that is too late. Ask us about a repair.

## May I return a gift?
Yes, with the slip. We pay the label.

## How can I pay?
By card or on account. Invoices are due after 21 days.
"""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what does an estimate cost", "9 euros"),
        ("may I return a gift", "Yes, with the slip. [1]"),
        ("what ways of payment do you offer", "By card or on account."),
    ],
)
async def test_what_one_line_tells_plainly_is_said(shop: Shop, question: str, answer: str) -> None:
    await shop.knowledge.put(shop.tenant, [load_file("help.md", HELP.encode(), {"title": "Help", "kind": "faq"})])
    assert answer in (await shop.knowledge.answer(shop.tenant, question)).text


@pytest.mark.parametrize("question", ["what does engraving cost", "do you sell boats", "who won the match"])
async def test_what_no_line_tells_is_not(shop: Shop, question: str) -> None:
    await shop.knowledge.put(shop.tenant, [load_file("help.md", HELP.encode(), {"title": "Help", "kind": "faq"})])
    assert (await shop.knowledge.answer(shop.tenant, question)).text == ""


async def test_a_no_to_another_case_is_no_answer(shop: Shop) -> None:
    await shop.knowledge.put(shop.tenant, [load_file("help.md", HELP.encode(), {"title": "Help", "kind": "faq"})])
    assert not (await shop.knowledge.answer(shop.tenant, "can I send a gift back?")).text.startswith("No")


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("**Q: Does it fold?**\nA: Flat.\n\n**Q: Is it light?**\nA: Yes.", ["Does it fold?", "Is it light?"]),
        ("Q1: Does it fold?\n\nA1: Flat.\n\n## Care\nWipe it.", ["Does it fold?", "Care"]),
        ("**Does it fold?**\nFlat. Is that all?", ["Does it fold?"]),
        ("**Mind:** does it fold? Flat.", [""]),
    ],
)
def test_a_marked_question_heads_its_answer(text: str, sections: list[str]) -> None:
    assert [section.path[-1] if section.path else "" for section in read(text)] == sections


def test_a_sheet_of_fields_stays_lines() -> None:
    assert read("Width: 9 cm\nHeight: 4 cm")[0].text.splitlines() == ["Width: 9 cm", "Height: 4 cm"]
    assert read("It is wide\nand high.")[0].text == "It is wide and high."
