"""What was looked up on a first guess serves the wish that a model then words, when it is the same wish."""

import asyncio
from datetime import UTC, datetime

import pytest

from backend.agents.ahead import Ahead
from backend.domain.acts import Act
from backend.domain.conversation import Entities, Evidence, ProductRef, Request, SessionState, Turn, Understanding

LAMP = Entities(products=(ProductRef(id="1", name="Halo Desk Lamp"),))
SAID = "Hi, how do I clean the halo if you can, thx"


class Library:
    """Looks up, and knows how often."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def gather(self, turn: Turn, request: Request) -> Evidence:
        self.asked.append(request.standalone)
        return Evidence(request=request, text="With a dry cloth.")


def wish(standalone: str, act: Act = Act.PRODUCT_QUESTION, entities: Entities = LAMP) -> Request:
    return Request(text=SAID, standalone=standalone, act=act, confidence=0.4, entities=entities)


async def looked_up(worded: Request) -> int:
    """How often something is looked up for a wish that was guessed and then worded like that."""
    library = Library()
    turn = Turn(
        tenant="shop",
        message_id="m",
        text=SAID,
        at=datetime(2026, 11, 21, tzinfo=UTC),
        state=SessionState(session_id="s"),
    )
    ahead = Ahead(dict.fromkeys(Act, ("knowledge", library)))
    ahead.begin(turn, Understanding(requests=(wish("how do I clean the Halo Desk Lamp"),)))
    await asyncio.sleep(0)  # the look-up begins
    assert (await ahead.gather(turn, worded, library)).request == worded
    await ahead.close()
    return len(library.asked)


@pytest.mark.parametrize("standalone", ["How do I clean the Halo Desk Lamp?", "how do I clean the halo, thx", SAID])
async def test_the_same_wish_in_other_words_is_looked_up_once(standalone: str) -> None:
    assert await looked_up(wish(standalone)) == 1


@pytest.mark.parametrize(
    "worded",
    [
        wish("how do I clean the shade of the Halo Desk Lamp"),
        wish("how do I clean the Halo Desk Lamp", Act.SHOP_QUESTION),
        wish("how do I clean the halo", entities=Entities()),
    ],
)
async def test_another_wish_is_looked_up_anew(worded: Request) -> None:
    assert await looked_up(worded) == 2
