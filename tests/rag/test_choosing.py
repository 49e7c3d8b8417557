"""The right sentence of the right section, and no other."""

import pytest

from backend.rag.documents import load_file
from backend.rag.figures import demanded, figure
from tests.rag.conftest import Shop

MANUAL = """# Marlo M7

## Battery
A full charge lasts for eleven hours of music. From empty it is full again in ninety minutes. You find the level in
the app under Device.

## Pairing
1. Open the lid.
2. Hold the key until the light blinks.
3. Choose the name on your phone.

The name can be changed later.

## Looking after it
Take the mesh off before cleaning. Rinse the mesh under the tap. Soap damages the seal. Wind noise is normal outdoors.

## Lights
| Light | Meaning | Remedy |
| --- | --- | --- |
| Red | Too warm | Let it cool |
| Blue | Ready to pair | Choose it on the phone |

## Kit
In the box are a cable and three pads. The case weighs 80 grams.
"""
NAMES = ("first", "left", "upper", "middle", "lower", "right", "inner", "last")
POLICY = """# Repairs

## Who pays for the way to you?
We send a label if we sold it to you within two years. Otherwise the way costs 7 euros.
"""


async def said(shop: Shop, question: str) -> str:
    product = {"title": "Marlo M7", "product": "P-7", "product_name": "Marlo M7"}
    await shop.knowledge.put(
        shop.tenant,
        [
            load_file("m7.md", MANUAL.encode(), product),
            load_file("repairs.md", POLICY.encode(), {"title": "Repairs", "kind": "policy"}),
        ],
    )
    return (await shop.knowledge.answer(shop.tenant, question)).text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how long does the Marlo M7 take to charge?", "From empty it is full again in ninety minutes. [1]"),
        ("how long does the M7 last on a charge?", "A full charge lasts for eleven hours of music. [1]"),
        ("where do I see the battery level of the M7?", "You find the level in the app under Device. [1]"),
        ("how heavy is the case of the Marlo M7?", "The case weighs 80 grams. [1]"),
        ("what does a red light mean on the M7?", "Light Red, meaning: Too warm, remedy: Let it cool. [1]"),
    ],
)
async def test_the_sentence_of_the_asked_sense_stands_alone(shop: Shop, question: str, answer: str) -> None:
    assert await said(shop, question) == answer


async def test_a_list_of_steps_comes_whole_and_with_nothing_else(shop: Shop) -> None:
    answer = await said(shop, "how do I pair the M7?")
    assert answer.splitlines()[0] == "1. Open the lid."
    assert answer.splitlines()[-1] == "3. Choose the name on your phone. [1]"


async def test_a_list_longer_than_a_passage_comes_whole(shop: Shop) -> None:
    long = "screw of the frame with the short key that lies in the small bag, and turn it only until it holds."
    items = [f"{n}. Fasten the {name} {long}\n\n   It has to sit straight." for n, name in enumerate(NAMES, start=1)]
    text = "# Rack\n\n## Putting it together\n" + "\n".join(items) + "\n\nThe rack carries forty kilograms.\n"
    rack = {"title": "Rack", "product": "rack"}
    await shop.knowledge.put(shop.tenant, [load_file("rack.md", text.encode(), rack)])
    answer = (await shop.knowledge.answer(shop.tenant, "how do I put it together?", product_id="rack")).text
    assert [line.split(". Fasten the ")[0] for line in answer.splitlines() if ". Fasten" in line] == list("12345678")
    assert "forty" not in answer


async def test_instructions_in_a_row_are_steps_without_a_list(shop: Shop) -> None:
    answer = await said(shop, "how do I rinse the mesh of the M7?")
    assert answer == "Take the mesh off before cleaning. [1] Rinse the mesh under the tap. [1]"


async def test_yes_is_only_said_where_one_clause_says_all(shop: Shop) -> None:
    assert "damages" in (answer := await said(shop, "can I clean the mesh of the M7 with soap?"))
    assert not answer.startswith(("Yes", "No"))


async def test_what_limits_an_answer_comes_along(shop: Shop) -> None:
    assert (await said(shop, "who pays for the way to you?")).endswith("Otherwise the way costs 7 euros. [1]")


@pytest.mark.parametrize(
    "question",
    ["what does the Marlo M7 cost?", "how many watts does the M7 need?", "does the Marlo M7 have a radio tuner?"],
)
async def test_without_the_asked_figure_or_feature_nothing_is_said(shop: Shop, question: str) -> None:
    assert await said(shop, question) == ""


async def test_a_model_that_two_products_bear_names_neither(shop: Shop) -> None:
    await said(shop, "hello")
    meant = shop.knowledge.product_meant
    assert await meant(shop.tenant, ["is my m7 broken?"]) == "P-7"
    other = {"title": "Case M7", "product": "P-8", "product_name": "Case M7"}
    await shop.knowledge.put(shop.tenant, [load_file("c7.md", b"Holds a phone.", other)])
    assert await meant(shop.tenant, ["is my m7 broken?"]) is None
    assert await meant(shop.tenant, ["is my case m7 broken?"]) == "P-8"


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("how many watts does it draw", "at most 60 W", "60 minutes"),
        ("what does express delivery cost", "$9 a parcel", "9 days"),
        ("how many hooks does it have", "with three brass hooks", "hooks of brass"),
        ("how often do I oil it", "every spring", "with oil"),
    ],
)
def test_a_figure_is_of_what_is_asked_for(question: str, holds: str, lacks: str) -> None:
    pattern = figure(question)
    assert pattern is not None
    assert pattern.search(holds)
    assert not pattern.search(lacks)


def test_only_units_sums_and_weights_are_demanded() -> None:
    assert demanded("how loud is it in decibels")
    assert demanded("what does it cost")
    assert demanded("how long does it take") is None


async def test_what_has_become_free_is_said_and_the_older_sum_named(shop: Shop) -> None:
    for name, text in (
        ("Sending back 2024", b"Effective from 1 March 2024. Sending a chair back costs 5 euros."),
        ("Sending back", b"Effective from 1 May 2026. Sending a chair back is free."),
    ):
        await shop.knowledge.put(shop.tenant, [load_file(f"{name}.md", text, {"title": name, "kind": "policy"})])
    answer = (await shop.knowledge.answer(shop.tenant, "what does sending a chair back cost?")).text
    assert answer.startswith("Sending a chair back is free.")
    assert "An older text, “Sending back 2024”, says otherwise" in answer


SHEET = """# Orbo 3

## Charging
The battery lasts nine hours on one charge. Films shorten this to six. Plug the cable into the round port. The ring
glows until it is full.

## Fitting
The plugs for a brick wall are not included. Drive the screws in by hand.

## Data
- Height of the stand: 12 cm
- W x H x D: 40 x 30 x 9 cm
- Strap: grey, blue
- The strap has 14 holes, a buckle and a loop.
- Programme: 2:20 h
"""


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("how do I charge the Orbo 3", "Plug the cable", "lasts"),
        ("do I have to drive screws into the wall for the Orbo 3", "", "No."),
        ("how wide is the Orbo 3", "40 x 30 x 9 cm", "12 cm"),
        ("which strap does the Orbo 3 have", "grey, blue", "14 holes"),
        ("how long does a programme of the Orbo 3 take", "2:20 h", "nine"),
    ],
)
async def test_what_was_asked_is_told_and_nothing_near_it(shop: Shop, question: str, holds: str, lacks: str) -> None:
    stated = {"title": "Orbo 3", "product": "orbo-3", "product_name": "Orbo 3"}
    await shop.knowledge.put(shop.tenant, [load_file("orbo.md", SHEET.encode(), stated)])
    answer = (await shop.knowledge.answer(shop.tenant, question)).text
    assert holds in answer and lacks not in answer
