"""Bad input gets a 4xx problem document that says what is wrong; nothing is stored and nothing breaks."""

import gzip
from typing import Any

import pytest

from tests.shop import Shop

BAD_BODIES: list[tuple[str, Any, int]] = [
    ("empty message", {"message": ""}, 422),
    ("blank message", {"message": "  \n "}, 422),
    ("10,000 characters", {"message": "x" * 10_000}, 422),
    ("control characters", {"message": "hello\x00there"}, 422),
    ("unknown field", {"message": "hello", "colour": "red"}, 422),
    ("wrong type", {"message": 7}, 422),
    ("neither message nor decision", {"session_id": "abc"}, 422),
    ("session id with a path", {"message": "hello", "session_id": "../etc"}, 422),
    ("decision without session", {"decision": {"action_id": "a", "accept": True}}, 422),
    ("foreign action", {"decision": {"action_id": "a", "accept": True}, "session_id": "abc"}, 404),
]


@pytest.mark.parametrize(("what", "body", "status"), BAD_BODIES, ids=[case[0] for case in BAD_BODIES])
def test_a_bad_body_is_named(shop: Shop, what: str, body: Any, status: int) -> None:
    with shop.client() as http:
        answer = http.post("/api/chat", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["status"] == status and problem["detail"]


@pytest.mark.parametrize("content", [b"{not json", b"", b"[]", b"\xff\xfe", b'"text"'])
def test_broken_json_is_named(shop: Shop, content: bytes) -> None:
    with shop.client() as http:
        answer = http.post("/api/chat", content=content, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422) and answer.json()["detail"]


def test_what_is_no_json_is_told_how_to_become_some(shop: Shop) -> None:
    with shop.client() as http:
        broken = http.post("/api/chat", content=b'{"message": "hi"', headers={"content-type": "application/json"})
        form = http.post("/api/chat", data={"message": "hi"})
    assert broken.json()["detail"].startswith("body: this is not JSON (")
    assert "content-type: application/json" in form.json()["detail"]


def test_a_megabyte_is_refused_before_it_is_read(shop: Shop) -> None:
    with shop.client() as http:
        answer = http.post("/api/chat", content=b"x" * 1_200_000, headers={"content-type": "application/json"})
        assert answer.status_code == 413
        unannounced = http.post("/api/chat", content=(b"x" * 100_000 for _ in range(12)))
    assert unannounced.status_code == 413


@pytest.mark.parametrize("packed", ["gzip", "br", "deflate", "gzip, gzip"])
def test_nothing_is_unpacked(shop: Shop, packed: str) -> None:
    headers = {"content-type": "application/json", "content-encoding": packed}
    with shop.client() as http:
        answer = http.post("/api/chat", content=gzip.compress(b'{"message": "hello"}'), headers=headers)
        plain = http.post("/api/chat", json={"message": "hello"}, headers={"content-encoding": "identity"})
    assert (answer.status_code, answer.json()["code"], plain.status_code) == (415, "packed_body", 200)


def test_4000_characters_are_welcome(shop: Shop) -> None:
    with shop.client() as http:
        assert http.post("/api/chat", json={"message": "laptop " * 571}).status_code == 200


def test_unknown_paths_and_shops_are_problems(shop: Shop) -> None:
    with shop.client() as http:
        assert http.get("/api/nothing/here").json()["status"] == 404
        assert http.post("/api/chat", json={"message": "hi"}, headers={"X-Tenant": "nowhere"}).status_code == 404


@pytest.mark.parametrize(
    "path", ["/api/orders/ORD-1001", "/api/delivery/ORD-1001", "/api/refunds/ORD-1001", "/api/complaints/CMP-101"]
)
def test_records_need_an_identity(shop: Shop, path: str) -> None:
    with shop.client() as http:
        assert http.get(path).status_code == 401
        assert http.get(path, headers={"X-Session": "guessed"}).status_code == 401
        assert http.get(path, headers={"Authorization": "Bearer forged"}).status_code == 401


def test_another_customers_order_is_as_unknown_as_none(shop: Shop) -> None:
    with shop.client() as http:
        guest = {"order_id": "ORD-1002", "email": "sarah.johnson@example.com"}
        session = http.post("/api/auth/guest", json=guest).json()["session_id"]
        answers = [
            http.get(f"/api/orders/{order_id}", headers={"X-Session": session}) for order_id in ("ORD-1001", "ORD-9999")
        ]
        assert http.get("/api/orders/ORD-1002", headers={"X-Session": session}).status_code == 200
    assert [a.status_code for a in answers] == [404, 404]
    assert answers[0].json()["detail"].replace("ORD-1001", "") == answers[1].json()["detail"].replace("ORD-9999", "")
