"""The shop's own server vouches for its visitor; nobody else can, and not for long."""

import time
from typing import Any

import jwt
import pytest

from tests.integrations.operator import secret
from tests.shop import Shop

EMAIL = "sarah.johnson@example.com"


@pytest.fixture(scope="module")
def key(shop: Shop) -> str:
    return secret(shop)


def token(key: str, **claims: Any) -> dict[str, str]:
    made = {"email": EMAIL, "exp": int(time.time()) + 300, **claims}
    return {"X-Customer-Token": jwt.encode({k: v for k, v in made.items() if v is not None}, key, "HS256")}


def test_a_vouched_visitor_is_verified_over_rest(shop: Shop, key: str) -> None:
    with shop.client(headers=token(key, email="Sarah.Johnson@Example.com ")) as http:
        assert http.get("/api/orders/ORD-1002").status_code == 200
        assert http.get("/api/orders/ORD-1001").status_code == 404
        assert {o["id"] for o in http.get("/api/orders").json()["results"]} >= {"ORD-1002"}


def test_a_vouched_visitor_is_known_in_the_chat(shop: Shop, key: str) -> None:
    with shop.client(headers=token(key)) as http:
        first = http.post("/api/chat", json={"message": "Where is my order ORD-1002?", "session_id": "widget-1"}).json()
        assert "shipped" in first["response"] and first["session_id"] != "widget-1"
        again = http.post("/api/chat", json={"message": "and its total?", "session_id": first["session_id"]}).json()
        assert again["session_id"] == first["session_id"]
        with http.stream("POST", "/api/chat/stream", json={"message": "Where is ORD-1002?"}) as answer:
            assert "SmartPhone Pro 12" in answer.read().decode()


@pytest.mark.parametrize(
    ("what", "claims"),
    [
        ("expired", {"exp": 1}),
        ("no expiry", {"exp": None}),
        ("valid for an hour", {"exp": int(time.time()) + 3600}),
        ("made long ago for long", {"iat": int(time.time()) - 3000, "exp": int(time.time()) + 300}),
        ("unknown e-mail", {"email": "nobody@example.com"}),
        ("no e-mail", {"email": None}),
        ("an e-mail that is a number", {"email": 7}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_proof_gets_401(shop: Shop, key: str, what: str, claims: dict[str, Any]) -> None:
    with shop.client() as http:
        for method, path in (("GET", "/api/orders/ORD-1002"), ("POST", "/api/chat")):
            answer = http.request(method, path, json={"message": "hello"}, headers=token(key, **claims))
            assert answer.status_code == 401, what
            assert answer.json()["code"] == "identity_needed"


def test_only_the_shops_secret_signs(shop: Shop) -> None:
    with shop.client() as http:
        for forged in ("another-secret-of-the-same-length-0123456789", shop.env["SECRET_KEY"]):
            assert http.get("/api/orders", headers=token(forged)).status_code == 401
        unsigned = jwt.encode({"email": EMAIL, "exp": int(time.time()) + 60}, "", algorithm="none")
        assert http.get("/api/orders", headers={"X-Customer-Token": unsigned}).status_code == 401
        assert http.get("/api/orders", headers={"X-Customer-Token": "nonsense"}).status_code == 401


def test_rotation_ends_the_old_tokens(shop: Shop, key: str) -> None:
    assert secret(shop) == key
    old = token(key)
    new = secret(shop, "--rotate")
    with shop.client() as http:
        assert http.get("/api/orders", headers=old).status_code == 401
        assert http.get("/api/orders", headers=token(new)).status_code == 200
