"""POST /api/staff/understand: the reading of any text, as the chat would read it."""

from typing import Any

import pytest

from tests.shop import Shop


def understand(shop: Shop, **body: Any) -> Any:
    with shop.client(headers={"Authorization": f"Bearer {shop.token('support')}"}) as http:
        return http.post("/api/staff/understand", json=body)


def test_each_text_has_its_reading_in_order(shop: Shop) -> None:
    texts = ["cancel order ORD-1001", "do you sell tvs?", "will it rain tomorrow", "wo ist mein Paket?"] * 60
    found = understand(shop, texts=texts).json()["results"]
    assert len(found) == len(texts)
    assert [r["intent"] for r in found[:3]] == ["order_status", "product_info", "out_of_scope"]
    assert [r["sub_action"] for r in found[:2]] == ["cancel_order", "none"]
    assert [r["in_scope"] for r in found[:3]] == [True, True, False]
    assert [r["language"] for r in found[:4]] == ["en", "en", "en", "de"]
    assert found[0]["entities"]["order_ids"] == ["ORD-1001"]
    assert set(found[0]) >= {"confidence", "intents", "standalone"}
    assert all(found[at]["intent"] == found[at % 4]["intent"] for at in range(len(found)))


@pytest.mark.parametrize(
    ("history", "text", "standalone"),
    [
        (["What's the battery life of the X1?", "It lasts up to 12 hours."], "compare it to the G1",
         "compare the X1 Laptop to the Gaming Laptop G1"),
        (["compare the X1 with the G1", "Here they are."], "which is cheaper?",
         "Which is cheaper: the X1 Laptop or the Gaming Laptop G1?"),
        (["I ordered ORD-1002 last week", "Thank you!"], "where is it?", "where is order ORD-1002?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_read_with_its_history(shop: Shop, history: list[str], text: str, standalone: str) -> None:
    assert understand(shop, texts=[text], history=history).json()["results"][0]["standalone"] == standalone


@pytest.mark.parametrize("texts", [[], [""], ["   "], ["x" * 4001], [5], "hello"])
def test_what_cannot_be_read_is_named(shop: Shop, texts: Any) -> None:
    refused = understand(shop, texts=texts)
    assert refused.status_code == 422
    assert refused.json()["field"].startswith("texts")
