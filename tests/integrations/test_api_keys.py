"""Keys of integrations: shown once, good for their scopes and their shop, replaced and ended."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.integrations.operator import staff
from tests.shop import Shop


def make(shop: Shop, *scopes: str, name: str = "a bot") -> dict[str, Any]:
    with staff(shop) as http:
        answer = http.post("/api/staff/keys", json={"name": name, "scopes": list(scopes)})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_key_works_either_way_and_is_shown_once(shop: Shop) -> None:
    made = make(shop, "chat")
    key = made["key"]
    assert key.startswith("sk-")
    with shop.client() as http:
        for headers in ({"Authorization": f"Bearer {key}"}, {"X-API-Key": key}):
            assert http.post("/api/chat", json={"message": "hello"}, headers=headers).status_code == 200
    with staff(shop) as http:
        listed = http.get("/api/staff/keys")
    assert key not in listed.text
    assert next(k for k in listed.json()["results"] if k["id"] == made["id"])["hint"] == f"…{key[-4:]}"
    stored = Path(shop.env["DATA_DIR"], "support.db")
    with sqlite3.connect(stored) as database:
        rows = database.execute("SELECT * FROM api_keys").fetchall()
        audited = database.execute("SELECT * FROM audit WHERE action = 'create_key'").fetchall()
    assert rows and audited and key not in str(rows) + str(audited)


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("POST", "/api/chat", "chat"),
        ("GET", "/api/products", "catalogue"),
        ("GET", "/api/knowledge/search?q=returns", "knowledge"),
        ("POST", "/api/knowledge", "knowledge:write"),
        ("DELETE", "/api/knowledge/documents/none", "knowledge:write"),
        ("GET", "/api/orders", "orders"),
        ("POST", "/api/actions", "orders"),
        ("POST", "/api/complaints", "complaints"),
        ("POST", "/api/enquiries", "enquiries"),
        ("GET", "/api/staff/outbox", "staff:read"),
        ("PATCH", "/api/staff/complaints/CMP-101", "staff:write"),
    ],
)
def test_a_scope_opens_its_door_and_no_other(shop: Shop, method: str, path: str, scope: str) -> None:
    others = {"chat", "catalogue", "knowledge", "knowledge:write", "orders", "complaints", "enquiries"}
    others |= {"staff:read", "staff:write"}
    fitting, lacking = make(shop, scope)["key"], make(shop, *sorted(others - {scope}))["key"]
    with shop.client() as http:
        refused = http.request(method, path, headers={"X-API-Key": lacking})
        assert refused.status_code == 403 and scope in refused.json()["detail"]
        assert http.request(method, path, headers={"X-API-Key": fitting}).status_code != 403


def test_keys_need_an_admin_and_never_another_key(shop: Shop) -> None:
    every = make(shop, "staff:read", "staff:write")["key"]
    with shop.client(headers={"X-API-Key": every}) as http:
        assert http.get("/api/staff/keys").status_code == 403
        assert http.post("/api/staff/webhooks", json={"url": "https://x.example/"}).status_code == 403
    with staff(shop, "support") as http:
        assert http.get("/api/staff/keys").status_code == 403
    with shop.client() as http:
        assert http.get("/api/staff/keys").status_code == 401
    with staff(shop) as http:
        for scopes in ([], ["everything"]):
            assert http.post("/api/staff/keys", json={"name": "x", "scopes": scopes}).status_code == 422


def test_a_key_is_replaced_and_ended(shop: Shop) -> None:
    first = make(shop, "catalogue")
    with staff(shop) as http, shop.client() as bot:
        second = http.post(f"/api/staff/keys/{first['id']}/rotate").json()
        assert second["scopes"] == ["catalogue"] and second["key"] != first["key"]
        assert bot.get("/api/products", headers={"X-API-Key": first["key"]}).status_code == 401
        assert bot.get("/api/products", headers={"X-API-Key": second["key"]}).status_code == 200
        assert http.post(f"/api/staff/keys/{first['id']}/rotate").status_code == 404
        assert http.delete(f"/api/staff/keys/{second['id']}").status_code == 204
        assert bot.get("/api/products", headers={"X-API-Key": second["key"]}).status_code == 401


def test_the_keys_shop_wins(shop: Shop) -> None:
    key = make(shop, "catalogue")["key"]
    with shop.client(headers={"X-API-Key": key, "X-Tenant": "another-shop"}) as http:
        assert http.get("/api/products").json()["total"] > 0
    forged = key.replace("techpro", "another-shop")
    with shop.client() as http:
        for wrong in (forged, "sk-", "sk-techpro-", "sk-nothing", key[:-1]):
            assert http.get("/api/products", headers={"X-API-Key": wrong}).status_code == 401
