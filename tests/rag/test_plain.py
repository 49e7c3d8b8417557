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


SHEET = """HALO KETTLE      MANUAL
TABLE OF CONTENTS
1  Signs .............. 2
2  Cups ............... 3
3  Figures ............ 4

1  SIGNS
Sign          Reason           Help
Blue ring     Lid is open      Close the lid
              No water         Fill it up
Red ring      Too hot, do      Wait for
              not touch        an hour
2  CUPS
Cup     Small   0.2 l
Jug     Large   1.4 l
3  FIGURES
Power ............. 2000 W
Cord .............. 75 cm
"""


def test_columns_and_dotted_lines_are_rows() -> None:
    assert [(section.path, section.text) for section in read(SHEET)] == [
        (
            ("HALO KETTLE MANUAL", "SIGNS"),
            "Sign: Blue ring; Reason: Lid is open; Help: Close the lid\n"
            "Sign: Blue ring; Reason: No water; Help: Fill it up\n"
            "Sign: Red ring; Reason: Too hot, do not touch; Help: Wait for an hour",
        ),
        (("HALO KETTLE MANUAL", "CUPS"), "Cup; Small; 0.2 l\nJug; Large; 1.4 l"),
        (("HALO KETTLE MANUAL", "FIGURES"), "Power: 2000 W\nCord: 75 cm"),
    ]


def test_a_table_with_tabs_is_a_table_and_two_blanks_behind_a_stop_are_none() -> None:
    assert [s.text for s in read("Size\tChest\tHip\nA\t90 cm\t99 cm\nB\t96 cm\t105 cm\n")] == [
        "Size: A; Chest: 90 cm; Hip: 99 cm\nSize: B; Chest: 96 cm; Hip: 105 cm"
    ]
    assert [s.text for s in read("It glows.  Wait for it.\nIt beeps.  Take it out.\n")] == [
        "It glows.  Wait for it. It beeps.  Take it out."
    ]


def test_clauses_are_headed_and_a_sentence_in_letters_is_whole() -> None:
    terms = "§ 1 Scope\n\n(1) It covers lamps.\n\n§ 2 Limits\n\n(1) It does not cover\n\na) bulbs;\n\nb) glass.\n"
    for found in (read(terms), read_markdown(terms)):
        assert [(section.path, section.text) for section in found] == [
            (("Scope",), "It covers lamps."),
            (("Limits",), "It does not cover bulbs; glass."),
        ]


def test_questions_that_unfold_head_their_answers() -> None:
    page = """<body><div><button aria-expanded="false">Do lamps hum?</button><div><p>No.</p></div></div>
    <div><div class="q">Do they flicker?</div><div class="a">Never.</div></div><button>Buy</button></body>"""
    assert [(s.path, s.text) for s in read_html(page)] == [
        (("Do lamps hum?",), "No."),
        (("Do they flicker?",), "Never."),
    ]


def test_cells_over_several_columns_and_rows_stand_in_each() -> None:
    page = """<body><table><caption>By zone</caption><tr><th rowspan="2">Zone</th><th colspan="2">Parcel</th></tr>
    <tr><th>Price</th><th>Days</th></tr><tr><td rowspan="2">North</td><td>$5</td><td>2</td></tr>
    <tr><td colspan="2">by boat</td></tr><tr><td colspan="3">Prices with tax</td></tr></table></body>"""
    assert [s.text for s in read_html(page)] == [
        "By zone\nZone: North; Parcel Price: $5; Parcel Days: 2\n"
        "Zone: North; Parcel Price: by boat; Parcel Days: by boat\nPrices with tax"
    ]


def test_a_csv_is_an_faq_or_rows() -> None:
    faq = load_file("faq.csv", b'Topic,Question,Answer\nLamps,Do they hum?,"No, never."\nLamps,Do they glow?,Yes.\n')
    assert [(s.path, s.text) for s in faq.read()] == [
        (("Lamps", "Do they hum?"), "No, never."),
        (("Lamps", "Do they glow?"), "Yes."),
    ]
    rows = load_file("sizes.csv", b"Size;Chest;Hip\nA;90 cm;99 cm\nB;96 cm;105 cm\n")
    assert [s.text for s in rows.read()] == ["Size: A; Chest: 90 cm; Hip: 99 cm\nSize: B; Chest: 96 cm; Hip: 105 cm"]
