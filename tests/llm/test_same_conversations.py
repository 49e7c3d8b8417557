"""The conversations that a newcomer tries first end the same when a model reads and words them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.api.test_conversations import *  # noqa: F403  the same conversations, held with another shop
from tests.llm.faithful import Faithful, Wishes
from tests.llm.model_server import Calls
from tests.llm.serving import serving
from tests.shop import Shop, running_shop

#: How a good model reads what they say; an e-mail address or a code proves who is asking.
READINGS: Mapping[str, Wishes] = {
    "Show me laptops under $1500": [("product_search", "Show me laptops under $1500")],
    "What's the battery life?": [("product_question", "What's the battery life of the X1 Laptop?")],
    "Actually, compare it to the Gaming Laptop": [("compare", "Compare the X1 Laptop to the Gaming Laptop G1")],
    "What's the status of order ORD-1002?": [("order_lookup", "What's the status of order ORD-1002?")],
    "Where is order ORD-1002?": [("delivery_track", "Where is order ORD-1002?")],
    "Where is order ORD-9999?": [("delivery_track", "Where is order ORD-9999?")],
    "My laptop screen is flickering, order ORD-1001": [
        ("complaint_new", "My laptop screen is flickering, order ORD-1001")
    ],
    "what happened to my complaint?": [("complaint_status", "What happened to my complaint?")],
    "I want to return my order ORD-1001": [("return", "I want to return my order ORD-1001")],
    "I want to file a complaint: the stand wobbles, order ORD-1011": [
        ("complaint_new", "I want to file a complaint: the stand wobbles, order ORD-1011")
    ],
    "what is your return policy?": [("refund_question", "What is your return policy?")],
    "What accessories work with the X1?": [("compatibility", "What accessories work with the X1 Laptop?")],
    "What's your return policy?": [("refund_question", "What's your return policy?")],
    "My smartwatch battery drains too fast": [
        ("product_question", "The battery of my Smart Watch Pro drains too fast")
    ],
    "Tell me about the ZenPhone": [("product_search", "Tell me about the ZenPhone")],
    "Track order XYZ-999": [("delivery_track", "Track order XYZ-999")],
    "Track ORD-1001 and show me laptops": [
        ("delivery_track", "Track ORD-1001"),
        ("product_search", "show me laptops"),
    ],
    "I don't want a refund, I just want to know where ORD-1002 is": [("delivery_track", "Where is ORD-1002?")],
    "yes": [],
    "no": [],
}
_PROOF = re.compile(r"<message>\n(?:\S+@\S+|\{\w+\}|\d{6})\n</message>")


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    model, proving = Faithful(READINGS), Faithful(otherwise="identify")

    def answer(body: dict[str, Any]) -> str | Calls:
        asked = str(body["messages"][-1]["content"])
        return (proving if _PROOF.search(asked) else model).answer(body)

    with serving(answer) as server:
        key = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": server.url, "UNDERSTANDING": "gpt"}
        with running_shop(**key) as running:
            yield running
        assert server.wrong == []
        assert len(server.requests) > 40, "the model must have been asked"
