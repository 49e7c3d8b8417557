"""An unknown order and another customer's order cannot be told apart: not by words, limits or the clock."""

import statistics
import time
from collections.abc import Callable
from itertools import count

import httpx
import pytest

from backend.tools.tokens import TokenKind
from tests.api.people import bearer
from tests.shop import Shop

CALLS = 100
#: Two runs of one and the same call differ by less, even on a busy machine: the quick half of each is compared.
_NOISE = 2.0
#: Of the guest tries of an hour these use up all, so no other test asks for this order.
FOREIGN, UNKNOWN = "ORD-1017", "ORD-8888"


def compared(ask: Callable[[str], httpx.Response], calls: int = CALLS) -> tuple[float, set[str]]:
    """How much longer the foreign one takes (1: the same), asked by turns; and what was answered to either."""
    taken: dict[str, list[float]] = {FOREIGN: [], UNKNOWN: []}
    words: set[str] = set()
    for _ in range(calls):
        for order_id, times in taken.items():
            started = time.perf_counter()
            answer = ask(order_id)
            times.append(time.perf_counter() - started)
            told = answer.json().get("response") or answer.json()["detail"]
            words.add(f"{answer.status_code} {told.replace(order_id, '…')}")
    quick = {order_id: statistics.median(sorted(times)[: calls // 2]) for order_id, times in taken.items()}
    return quick[FOREIGN] / quick[UNKNOWN], words


def john(shop: Shop) -> dict[str, str]:
    """A token of a customer whose order neither of them is."""
    with shop.client() as http:
        session = http.post("/api/auth/guest", json={"order_id": "ORD-1001", "email": "john.smith@example.com"}).json()[
            "session_id"
        ]
    return {"X-Session": session}


@pytest.mark.parametrize("path", ["/api/orders/{}", "/api/delivery/{}", "/api/refunds/{}"])
def test_over_rest(shop: Shop, path: str) -> None:
    with shop.client(headers=john(shop)) as http:
        ratio, words = compared(lambda order_id: http.get(path.format(order_id)))
    assert len(words) == 1 and 1 / _NOISE < ratio < _NOISE, (ratio, words)


def test_in_the_chat(shop: Shop) -> None:
    customer = bearer(TokenKind.CUSTOMER, "nobody-in-particular")
    with shop.client(headers=customer) as http:
        ratio, words = compared(
            lambda order_id: http.post("/api/chat", json={"message": f"where is my order {order_id}?"})
        )
    assert len(words) == 1 and 1 / _NOISE < ratio < _NOISE, (ratio, words)


def test_to_a_guest_until_the_tries_are_used_up_and_after(shop: Shop) -> None:
    tries = count()

    def ask(order_id: str) -> httpx.Response:
        body = {"order_id": order_id, "email": "john.smith@example.com", "session_id": f"{order_id}-{next(tries)}"}
        return http.post("/api/auth/guest", json=body)

    with shop.client() as http:
        ratio, words = compared(ask, 10)
        assert {word[:3] for word in words} == {"404"} and len(words) == 1
        assert 1 / _NOISE < ratio < _NOISE, ratio
        ratio, words = compared(ask, 20)
        assert {word[:3] for word in words} == {"429"} and len(words) == 1
        assert 1 / _NOISE < ratio < _NOISE, ratio
