"""Two server processes share one Redis: follow-ups go on at either, and messages sent meanwhile join the next turn."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.evaluation.conversations import judge
from tests.shop import Shop, running_shop

#: More than ten turns, each leaning on those before.
TALK: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Tell me about the X1", {"contains": ["X1"]}),
    ("its battery life", {"contains": ["12"]}),
    ("compare it to the G1", {"products": ["X1 Laptop", "Gaming Laptop G1"]}),
    ("which is cheaper?", {"contains": ["1,299.99"]}),
    ("is it compatible with the dock?", {"contains": ["X1"]}),
    ("no, the other one", {"contains": ["G1"], "not_contains": ["X1"]}),
    ("how heavy is it?", {"contains": ["2.7"]}),
    ("thanks!", {"intent": "general"}),
    ("and its battery?", {"contains": ["6"]}),
    ("show me laptops under $1500", {"products": ["X1 Laptop", "UltraBook 13", "Gaming Laptop G1"]}),
    ("only under $1000", {"products": ["UltraBook 13"], "not_contains": ["Gaming Laptop G1"]}),
    ("how much is it in rose?", {"contains": ["999.99"]}),
)
LONG = "Could you please tell me everything about the battery of the X1 Laptop? " * 40


@pytest.fixture(scope="module")
def pair(redis_url: str) -> Iterator[tuple[Shop, Shop]]:
    with running_shop(REDIS_URL=redis_url) as one, running_shop(REDIS_URL=redis_url) as other:
        yield one, other


def test_a_conversation_goes_on_at_either_process(pair: tuple[Shop, Shop]) -> None:
    session = None
    for place, (say, expect) in enumerate(TALK):
        with pair[place % 2].client() as client:
            reply = client.post("/api/chat", json={"message": say, "session_id": session}).json()
        assert not reply["degraded"]
        session = reply["session_id"]
        assert judge(expect, reply) == (), f"{say}: {reply['response']}"


async def test_messages_sent_meanwhile_join_the_next_turn(pair: tuple[Shop, Shop]) -> None:
    async with httpx.AsyncClient(timeout=30) as client:
        for attempt in range(10):  # the first answer may be ready before the others arrive
            session = f"meanwhile-{attempt}"
            replies = await _at_once(client, session, pair)
            if replies[1]["superseded"]:
                break
        else:
            pytest.fail("no message ever arrived while a reply was being made")
    first, early, late = replies
    assert not first["superseded"] and "12" in first["response"]
    assert early["message_id"] == late["message_id"] and early["response"] == ""
    assert not late["superseded"]
    assert "1,599.99" in late["response"] and "30 days" in late["response"], "both messages are answered, in order"
    assert late["response"].index("1,599.99") < late["response"].index("30 days")


async def _at_once(client: httpx.AsyncClient, session: str, pair: tuple[Shop, Shop]) -> list[dict[str, Any]]:
    async def say(message: str, shop: Shop, after: float) -> dict[str, Any]:
        await asyncio.sleep(after)
        body = {"message": message, "session_id": session}
        answer = await client.post(f"{shop.url}/api/chat", json=body)
        found: dict[str, Any] = answer.json()
        return found

    one, other = pair
    texts = (LONG[:3900], "How much is the X2?", "What is your return policy?")
    return list(await asyncio.gather(say(texts[0], one, 0), say(texts[1], other, 0.02), say(texts[2], one, 0.035)))
