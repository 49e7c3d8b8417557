"""Wishes that build on each other: a model takes them step by step, at most six, and what it prepares is only asked."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.api.talk import Talk
from tests.evaluation.harm import OWN, Found, Harm
from tests.llm.faithful import Faithful, Wishes
from tests.llm.model_server import Calls, ModelServer
from tests.llm.serving import serving
from tests.shop import Shop, running_shop

#: message → how a good model reads it, and the functions it then calls as (function, kind, wish)
WISHES: Mapping[str, tuple[Wishes, list[tuple[str, str, str]]]] = {
    "return the laptop of ORD-1001 and use the money for a better one": (
        [("return", "Return the laptop of ORD-1001", "return the laptop of ORD-1001"),
         ("similar", "Find a better laptop for the money", "use the money for a better one")],
        [("prepare", "return", "Return the laptop of order ORD-1001"),
         ("find_products", "similar", "a better laptop than the X1 Laptop")],
    ),
    "find a laptop under $1500 and tell me how long the battery of the first one lasts": (
        [("product_search", "Laptops under $1500", "find a laptop under $1500"),
         ("product_question", "How long does its battery last?", "how long the battery of the first one lasts")],
        [("find_products", "product_search", "laptops under $1500"),
         ("ask_documents", "product_question", "How long does the battery of the X1 Laptop last?")],
    ),
    "look up what I bought in ORD-1001 and find accessories for it": (
        [("order_lookup", "What did I buy in ORD-1001?", "look up what I bought in ORD-1001"),
         ("compatibility", "Accessories for it", "find accessories for it")],
        [("look_up", "order_lookup", "What is in order ORD-1001?"),
         ("compare_products", "compatibility", "What accessories work with the X1 Laptop?")],
    ),
    "check your return policy and then return ORD-1001 if it allows that": (
        [("refund_question", "What is the return policy?", "check your return policy"),
         ("return", "Return ORD-1001 if the policy allows it", "return ORD-1001 if it allows that")],
        [("ask_documents", "refund_question", "What is your return policy?"),
         ("prepare", "return", "I want to return order ORD-1001")],
    ),
    "compare the X1 with the X2 and say what works with the lighter one": (
        [("compare", "Compare the X1 with the X2", "compare the X1 with the X2"),
         ("compatibility", "What works with the lighter one?", "say what works with the lighter one")],
        [("compare_products", "compare", "Compare the X1 Laptop with the X2 Laptop"),
         ("compare_products", "compatibility", "What works with the X1 Laptop?")],
    ),
    "see where ORD-1001 is and complain for me if it came late": (
        [("delivery_track", "Where is ORD-1001?", "see where ORD-1001 is"),
         ("complaint_new", "Complain that ORD-1001 came late", "complain for me if it came late")],
        [("look_up", "delivery_track", "Where is order ORD-1001?"),
         ("prepare", "complaint_new", "My order ORD-1001 came late")],
    ),
    "find the cheapest phone and compare it with the SmartPhone Pro 12": (
        [("product_search", "The cheapest phone", "find the cheapest phone"),
         ("compare", "Compare it with the SmartPhone Pro 12", "compare it with the SmartPhone Pro 12")],
        [("find_products", "product_search", "the cheapest phone"),
         ("compare_products", "compare", "Compare the SmartPhone Lite 10 with the SmartPhone Pro 12")],
    ),
    "is there a refund on ORD-1001, and if not return it": (
        [("refund_status", "Is there a refund on ORD-1001?", "is there a refund on ORD-1001"),
         ("return", "Return ORD-1001", "if not return it")],
        [("look_up", "refund_status", "What is the refund status of ORD-1001?"),
         ("prepare", "return", "I want to return order ORD-1001")],
    ),
    "which monitors work with the X1, and how do I connect one of them?": (
        [("compatibility", "Which monitors work with the X1 Laptop?", "which monitors work with the X1"),
         ("product_question", "How do I connect a monitor?", "how do I connect one of them?")],
        [("compare_products", "compatibility", "Which monitors work with the X1 Laptop?"),
         ("ask_documents", "product_question", "How do I connect a monitor to the X1 Laptop?")],
    ),
    "exchange the laptop of ORD-1001 for the 32 GB one if you have it": (
        [("product_search", "The X1 Laptop with 32 GB", "32 GB one if you have it"),
         ("exchange", "Exchange the laptop of ORD-1001 for 32 GB", "exchange the laptop of ORD-1001")],
        [("find_products", "product_search", "X1 Laptop with 32 GB"),
         ("prepare", "exchange", "Exchange the laptop of order ORD-1001 for the one with 32 GB")],
    ),
}  # fmt: skip
#: what every answer must hold
SAID = {
    "find a laptop": "12 hours",
    "look up": "USB-C Hub",
    "compare the X1": "These go with the X1 Laptop",
    "see where": "Shall I go ahead?",
    "find the cheapest": "SmartPhone Lite 10",
    "which monitors": "external screen",
    "check your return": "30 days",
    "return the laptop": "Laptop",
    "is there a refund": "code",
    "exchange the laptop": "code",
}
GOOD = Faithful({m: reads for m, (reads, _) in WISHES.items()}, {m: plan for m, (_, plan) in WISHES.items()})


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with serving(GOOD.answer) as server:
        yield server
        assert server.wrong == []


@pytest.fixture(scope="module")
def shop(model: ModelServer) -> Iterator[Shop]:
    key = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": model.url, "UNDERSTANDING": "gpt", "LLM_PLAN": "unlimited"}
    with running_shop(**key) as running:
        yield running


def john(shop: Shop, model: ModelServer) -> Talk:
    """Somebody who has proved whose order ORD-1001 is."""
    talk = Talk(shop)
    for act, said in (("order_lookup", "Where is my order ORD-1001?"), ("identify", OWN)):
        model.default = Faithful(otherwise=act).answer
        talk.say(said)
    return talk


def steps(model: ModelServer, since: int) -> int:
    return sum("tools" in body for body in model.requests[since:])


@pytest.mark.parametrize("message", WISHES)
def test_a_wish_is_carried_out_step_by_step(shop: Shop, model: ModelServer, message: str) -> None:
    talk, harm = john(shop, model), Harm(shop)
    model.default, asked = GOOD.answer, len(model.requests)
    reply = talk.say(message)
    assert steps(model, asked) == 3, "two steps and the word that there is no more"
    said = next(said for opening, said in SAID.items() if message.startswith(opening))
    assert said in reply["response"] and reply["degraded"] == [], reply["response"]
    found = Found()
    harm.judge([message], reply, found, message)
    harm.count_writes(found, ())
    assert found.reads + found.writes + found.active == []


def test_a_model_that_goes_on_for_ever_takes_six_steps(shop: Shop, model: ModelServer) -> None:
    message = "find a laptop under $1500 and tell me how long the battery of the first one lasts"

    def looping(body: dict[str, Any]) -> str | Calls:
        if "tools" in body:
            return [("find_products", json.dumps({"kind": "product_search", "wish": "laptops under $1500"}))]
        return GOOD.answer(body)

    talk, asked = john(shop, model), len(model.requests)
    model.default = looping
    assert "X1 Laptop" in talk.say(message)["response"]
    assert steps(model, asked) == 6


def test_nothing_is_prepared_that_was_not_asked_for_and_one_question_waits_at_a_time(
    shop: Shop, model: ModelServer
) -> None:
    message = "see where ORD-1001 is and complain for me if it came late"
    wild = [("prepare", "order_cancel", "Cancel order ORD-1001"), ("prepare", "complaint_new", "ORD-1001 came late"),
            ("prepare", "complaint_new", "ORD-1001 came broken")]  # fmt: skip

    def wilful(body: dict[str, Any]) -> str | Calls:
        if "tools" in body:
            return [(name, json.dumps({"kind": kind, "wish": wish})) for name, kind, wish in wild]
        return GOOD.answer(body)

    talk = john(shop, model)
    model.default = wilful
    reply = talk.say(message)
    assert reply["pending_action"] and "came late" in reply["response"]
    assert "cancel" not in reply["response"].lower() and "broken" not in reply["response"]
