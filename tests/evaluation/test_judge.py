"""The judge of conversations: what it lets pass and what it calls wrong."""

from typing import Any

import pytest

from tests.evaluation.conversations import judge

LAPTOP = {"name": "Laptop A", "price_cents": 99_900}


def reply(response: str = "It lasts 12 hours. [1]", **changed: Any) -> dict[str, Any]:
    usual = {"response": response, "intents": ["product_info"], "intent": "product_info", "cards": []}
    return {**usual, "pending_action": None, **changed}


def test_a_right_answer_passes() -> None:
    expect = {"intent": "comparison|product_info", "contains": ["12", "hours|h"], "not_contains": ["8 hours"]}
    assert judge(expect, reply()) == ()


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ({"intent": "refund"}, "intent"),
        ({"contains": ["15|16"]}, "lacks"),
        ({"not_contains": ["12"]}, "says"),
        ({"products": ["Laptop A"]}, "does not show"),
    ],
)
def test_each_expectation_can_fail(expect: dict[str, Any], said: str) -> None:
    (wrong,) = judge(expect, reply())
    assert wrong.startswith(said)


def test_goods_may_be_shown_in_a_card_but_are_not_hidden_there() -> None:
    shown = reply(cards=[{"type": "products", "items": [LAPTOP]}])
    assert judge({"products": ["Laptop A"]}, shown) == ()
    assert judge({"not_contains": ["Laptop A"]}, shown) == ("says 'Laptop A'",)


def test_a_fact_of_a_product_card_does_not_count_as_said() -> None:
    card = {"type": "product", "product": LAPTOP, "specs": [["Weight", "1.8 kg"]]}
    assert judge({"contains": ["1.8"]}, reply(cards=[card])) == ("lacks '1.8'",)


def test_facts_of_an_order_card_count() -> None:
    card = {"type": "order", "id": "ORD-1", "status": "delivered"}
    assert judge({"contains": ["ORD-1", "delivered"]}, reply(cards=[card])) == ()
