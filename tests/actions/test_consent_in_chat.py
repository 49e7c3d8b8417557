"""Words of consent as they meet an action that waits, over HTTP: each settles it, or leaves it as it was."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.api.talk import Talk
from tests.shop import Shop, running_shop

YES = """
yes|yep|ok|okay|sure|sounds good|go ahead|please do|that's correct|do it|oui|sí|y|yup go for it|yess|ye s|sur|ys
👍|👍🏽|👍👍|✅|that's right, go ahead|Yes, I'd like to proceed|yes, let's proceed|good to go|all good, go ahead|roger
sim|tak|да|はい|evet|ja hoor|bien sur|claro|sure why not|yes plz|confirmed, thanks|YES!!|yes, change the address
"""
NO = """
no|don't|stop|never mind|you know what, never mind|yikes no!|not yet|wait|nah|hold on|not now|noo|nah i'm good|nop|noep
👎|👎🏻|❌|não|нет|いいえ|nein|non merci|hold off for now|give me a sec|not at the moment|i take it back|do nothing
I don't think so|this is wrong|no, not that one|cancel that|cancel that request|no thank u|let's not|maybe another time
"""
NEITHER = """
I guess|why not|maybe|hmm|not sure|I suppose so|yes no|probably|if you must|🤔|🤷|let me think|yes if it's free
"""


def words(block: str) -> list[str]:
    return [said for line in block.strip().splitlines() for said in line.split("|")]


@pytest.fixture(scope="module")
def known() -> Iterator[Talk]:
    """A shopper who proved who they are; every wish is for another house."""
    with running_shop() as shop:
        yield from _known(shop)


def _known(shop: Shop) -> Iterator[Talk]:
    talk = Talk(shop)
    talk.say("I'd like to change my default address, my e-mail is ben.whitaker@example.com")
    talk.say(talk.code("ben.whitaker@example.com"))
    yield talk


_houses = count(11)


def wishes_to_move(talk: Talk) -> str:
    """Put a change of the default address before the shopper; its street."""
    street = f"{next(_houses)} Alder Court"
    reply = talk.say(f"change my default address to {street}, Salem, OR 97301")
    assert reply["pending_action"]["tool"] == "change_default_address"
    assert reply["pending_action"]["arguments"]["address"]["line1"] == street
    return street


@pytest.mark.parametrize("said", words(YES))
def test_a_yes_carries_it_out(known: Talk, said: str) -> None:
    street = wishes_to_move(known)
    reply = known.say(said)
    assert f"is now {street}" in reply["response"]
    assert reply["pending_action"] is None


@pytest.mark.parametrize("said", words(NO))
def test_a_no_drops_it(known: Talk, said: str) -> None:
    wishes_to_move(known)
    reply = known.say(said)
    assert "nothing was changed" in reply["response"]
    assert reply["pending_action"] is None


@pytest.mark.parametrize("said", words(NEITHER))
def test_neither_leaves_it_and_asks_again(known: Talk, said: str) -> None:
    street = wishes_to_move(known)
    reply = known.say(said)
    assert reply["pending_action"]["arguments"]["address"]["line1"] == street
    assert "Shall I go ahead?" in reply["response"]
