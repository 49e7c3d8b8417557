"""The action that is asked for is the action that is told."""

import pytest

from backend.rag.actions import action_of, does, heads
from backend.rag.documents import load_file
from tests.rag.conftest import Shop

MANUAL = """# Orbo P4

## Getting ready
1. Peel off the grey tape.
2. Fill the bowl up to the line.
3. Press the power button until the ring glows.

## Frothing
Turn the watch on the side to five minutes. Hold the jug still.

## Back to how it came
Keep both arrows pressed for ten seconds to restore the factory settings.

## Looking after it
Sweep crumbs out of the slot every week. Wipe the bowl with a wet cloth. To replace the seal, pull it upwards.

## When something is wrong
### It does not start
Unplug it, wait a minute and switch it on again.
"""
ACCOUNT = """# Your account

## How do I reset my password?
Choose Forgotten and type your address.
"""


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("how do I turn it on", "start"),
        ("how can I power up the P4?", "start"),
        ("how do I switch the lamp off", "stop"),
        ("I'd like to put it back to factory settings", "reset"),
        ("how do I swap the filter", "replace"),
        ("how is it washed", "clean"),
        ("how do I turn the watch", None),
        ("how do I turn up the volume", None),
        ("how do I reset my password", None),
        ("how do I know it is fully charged", None),
        ("how long does it take to charge", None),
    ],
)
def test_an_action_is_told_by_verb_and_particle(question: str, name: str | None) -> None:
    action = action_of(question)
    assert (action.name if action else None) == name


def test_a_function_that_is_switched_is_not_the_thing() -> None:
    assert does("start", "Switch the lamp on.") == 1
    assert does("start", "Switch Bluetooth off and on.") == 0
    assert does("start", "Switch on the night mode.") == 0
    assert does("start", "Turn the watch until the magnet holds it.") == 0


def test_a_section_of_the_whole_job_stands_before_one_of_a_part() -> None:
    action = action_of("how do I set it up")
    assert action is not None
    whole, part, fault = (
        heads(action, ("Set-up", own), itself=True, subject=frozenset())
        for own in ("First use", "Two thumbs for the reader", "It does not start")
    )
    assert whole > part > fault


async def said(shop: Shop, question: str) -> str:
    product = {"title": "Orbo P4", "product": "P-4", "product_name": "Orbo P4"}
    await shop.knowledge.put(
        shop.tenant,
        [
            load_file("p4.md", MANUAL.encode(), product),
            load_file("account.md", ACCOUNT.encode(), {"title": "Your account", "kind": "faq"}),
        ],
    )
    return (await shop.knowledge.answer(shop.tenant, question)).text


@pytest.mark.parametrize("question", ["how do I turn on the Orbo P4 :)", "Sorry to ask, how do I set up the P4 today"])
async def test_switching_on_is_not_turning_something_else(shop: Shop, question: str) -> None:
    answer = await said(shop, question)
    assert answer.splitlines()[0] == "1. Peel off the grey tape."
    assert "power button" in answer.splitlines()[-1]


async def test_a_reset_is_of_the_thing_and_not_of_the_password(shop: Shop) -> None:
    assert "factory settings" in await said(shop, "how do I reset the Orbo P4?")
    assert "Forgotten" in await said(shop, "how do I reset my password?")


async def test_what_no_page_of_the_thing_tells_is_not_taken_from_elsewhere(shop: Shop) -> None:
    await said(shop, "hello")
    bare = {"title": "Plain B1", "product": "B-1", "product_name": "Plain B1"}
    await shop.knowledge.put(shop.tenant, [load_file("b1.md", b"# Plain B1\n\n## Care\nWipe it.", bare)])
    assert (await shop.knowledge.answer(shop.tenant, "how do I reset the Plain B1?")).text == ""


async def test_instructions_of_one_job_end_where_another_begins(shop: Shop) -> None:
    answer = await said(shop, "how do I clean the Orbo P4")
    assert "Sweep crumbs" in answer and "Wipe the bowl" in answer
    assert "pull it upwards" not in answer or "seal" in answer
    assert await said(shop, "how do I replace the seal of the P4") == "To replace the seal, pull it upwards. [1]"
