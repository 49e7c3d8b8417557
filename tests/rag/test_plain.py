"""Plain text as people keep it: broken at a margin, headings told by how they stand, codes beside what they mean."""

import pytest

from backend.rag.codes import code_asked
from backend.rag.documents import load_file
from backend.rag.html import read as read_html
from backend.rag.markdown import read as read_markdown
from backend.rag.plain import read
from backend.rag.several import asked_apart
from tests.rag.conftest import Shop

GUIDE = """ORBIT 9 CLOCK RADIO                              Page 1 of 3

1 SETTING UP
Slide the cover off and put two cells in with the plus sign out-
wards. The clock finds the time by itself within ten
minutes.

2 WAKING
2.1 The first alarm
Hold ALARM for two seconds, turn the ring to the hour and press
it again.

3 SIGNS
11  Cells nearly empty. Put new ones in.
24  No signal. Turn the clock to a window.
"""


def test_headings_margins_and_codes() -> None:
    assert [(section.path, section.text) for section in read(GUIDE)] == [
        (
            ("ORBIT 9 CLOCK RADIO", "SETTING UP"),
            "Slide the cover off and put two cells in with the plus sign outwards. The clock finds the time by itself"
            " within ten minutes.",
        ),
        (
            ("ORBIT 9 CLOCK RADIO", "WAKING", "The first alarm"),
            "Hold ALARM for two seconds, turn the ring to the hour and press it again.",
        ),
        (
            ("ORBIT 9 CLOCK RADIO", "SIGNS"),
            "11: Cells nearly empty. Put new ones in.\n24: No signal. Turn the clock to a window.",
        ),
    ]


@pytest.mark.parametrize(
    "text",
    ["1.5 lbs.", "19.5 x 19 x 32.5 inches", "A single line that says all.", "1. Fill it.\n2. Close it.\n3. Wait."],
)
def test_what_has_no_headings_stays_as_it_is(text: str) -> None:
    assert [(section.path, section.text) for section in read(text)] == [((), text)]


def test_a_list_of_clauses_loses_its_numbers_and_a_list_of_steps_keeps_them() -> None:
    assert [section.text for section in read("1. Cover\n1.1 Poles are covered.\n1.2 Tears are not.\n")] == [
        "Poles are covered.\nTears are not."
    ]


@pytest.mark.parametrize(
    "text", ["a" + " " * 9000 + "b", "A: " * 3000, "1.1 A\n" * 3000, "x-\n" * 9000, " page" * 3000]
)
def test_odd_texts_are_read(text: str) -> None:
    read(text)


def test_what_is_labelled_stays_with_its_label() -> None:
    assert read_markdown("**Trial.** Sleep on it for a month.")[0].text == "Trial: Sleep on it for a month."
    page = "<dl><dt>Weight</dt><dd>2 kg</dd><dt>Is it loud?</dt><dd>No.</dd></dl><p><b>May I swap it?</b><br>Yes.</p>"
    assert [(section.path, section.text) for section in read_html(page)] == [
        ((), "Weight: 2 kg"),
        (("Is it loud?",), "No."),
        (("May I swap it?",), "Yes."),
    ]


@pytest.mark.parametrize(
    ("question", "shown", "other"),
    [
        ("it says E4, why?", "E4: blocked", "E14: hot"),
        ("error code 21", "21: sensor", "2.21 metres"),
        ("what does number 30 on the display mean", "30: hot", "300 km"),
    ],
)
def test_the_code_that_is_asked_about(question: str, shown: str, other: str) -> None:
    code = code_asked(question)
    assert code is not None
    assert code.search(shown)
    assert not code.search(other)


@pytest.mark.parametrize("question", ["where is order number 1001", "how much does it weigh", "it shows a red bean"])
def test_no_code_is_asked_about(question: str) -> None:
    assert code_asked(question) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("how heavy is it and what does it cost?", ["how heavy is it?", "what does it cost?"]),
        ("if I send it back, how long do I wait?", []),
        ("how wide and how deep is it", []),
    ],
)
def test_questions_in_one_are_told_apart(text: str, parts: list[str]) -> None:
    assert list(asked_apart(text)) == parts


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what does error 24 on the Orbit 9 mean", "Turn the clock to a window"),
        ("what does error 35 on the Orbit 9 mean", ""),
        ("how do I set the first alarm of the Orbit 9", "Hold ALARM for two seconds"),
        ("does the Orbit 9 come with headphones", ""),
    ],
)
async def test_a_guide_in_plain_text_answers(shop: Shop, question: str, answer: str) -> None:
    stated = {"title": "Orbit 9", "product": "O9", "product_name": "Orbit 9"}
    await shop.knowledge.put(shop.tenant, [load_file("orbit.txt", GUIDE.encode(), stated)])
    said = (await shop.knowledge.answer(shop.tenant, question)).text
    assert answer in said
    assert bool(said) == bool(answer)
