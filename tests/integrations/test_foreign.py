"""Every endpoint that takes the id of a record is tried with no identity, a forged one and another customer's."""

import re
import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest

from tests.api.talk import Talk
from tests.integrations.operator import secret, staff
from tests.shop import Shop, running_shop

OWNER, STRANGER = "john.smith@example.com", "sarah.johnson@example.com"
#: what the body of an endpoint must hold so that nothing but the identity can be wrong with it
BODIES: dict[str, dict[str, Any]] = {
    "/api/staff/returns/{return_id}/reject": {"reason": "The box was empty."},
    "/api/staff/handoffs/{handoff_id}/reply": {"text": "Hello"},
    "/api/staff/complaints/{complaint_id}/notes": {"text": "Hello"},
    "/api/staff/enquiries/{enquiry_id}": {"status": "closed"},
}
#: what is sent as a form of files instead
FILES = {"/api/complaints/{complaint_id}/attachments": {"file": ("note.pdf", b"%PDF-1.4", "application/pdf")}}
_ID = re.compile(r"\{(\w+)\}")


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """A shop of its own: an order can be returned only once."""
    with running_shop() as running:
        yield running


@pytest.fixture(scope="module")
def tokens(shop: Shop) -> dict[str, dict[str, str]]:
    key = secret(shop)
    exp = int(time.time()) + 590
    return {
        who: {"X-Customer-Token": jwt.encode({"email": who, "exp": exp}, key, "HS256")} for who in (OWNER, STRANGER)
    }


@pytest.fixture(scope="module")
def ids(shop: Shop, tokens: dict[str, dict[str, str]]) -> dict[str, str]:
    """Ids of records that belong to the owner."""
    talk = Talk(shop)
    talk.say("I'd like to talk to a person")
    with shop.client(headers={**tokens[OWNER], "X-Session": "owners"}) as john, staff(shop) as desk:
        case = desk.get("/api/staff/handoffs").json()["results"][-1]
        complaint = {"order_id": "ORD-1001", "description": "The fan rattles"}
        filed = john.post("/api/complaints", json=complaint).json()["id"]
        number = john.post(f"/api/actions/{filed}/confirm").json()["ids"]["complaint"]
        back = john.post("/api/refunds/ORD-1001", json={"opened": False}).json()["id"]
        done = john.post(f"/api/actions/{back}/confirm").json()["ids"]
        pending = john.post("/api/complaints", json={**complaint, "description": "And the hinge squeaks"}).json()["id"]
        enquiry = john.post("/api/enquiries", json={"text": "Do you sell in bulk?"}).json()["ids"]["enquiry"]
    return {
        "order_id": "ORD-1001",
        "complaint_id": number,
        "refund_id": done["refund"],
        "return_id": done["return"],
        "exchange_id": "EXC-101",
        "action_id": pending,
        "enquiry_id": enquiry,
        "handoff_id": case["id"],
        "conversation_id": case["conversation_id"],
    }


@pytest.fixture(scope="module")
def endpoints(shop: Shop) -> list[tuple[str, str]]:
    with shop.client() as http:
        paths = http.get("/openapi.json").json()["paths"]
    public = ("/api/products", "/api/knowledge", "/v1/models")
    return [
        (method.upper(), path)
        for path, methods in paths.items()
        for method in methods
        if "{" in path and not path.startswith(public)
    ]


def test_nobodys_record_is_opened_by_its_id(
    shop: Shop, tokens: dict[str, dict[str, str]], ids: dict[str, str], endpoints: list[tuple[str, str]]
) -> None:
    assert {name for _, path in endpoints for name in _ID.findall(path)} >= set(ids)
    forged = {"Authorization": "Bearer forged"}
    wrong: list[str] = []
    with shop.client() as http:
        for method, path in endpoints:
            url, body = _ID.sub(lambda found: ids.get(found[1], "x"), path), BODIES.get(path, {})
            desk = path.startswith("/api/staff")
            # an unknown question and another session's are one answer, whoever asks
            own = path.startswith("/api/conversations") or ("{action_id}" in path and not desk)
            nobody = {404} if own else {401}
            sent: dict[str, Any] = {"files": FILES[path]} if path in FILES else {"json": body}
            for headers, expected in (
                ({}, nobody),
                (forged, {401}),
                (tokens[STRANGER], {401} if desk else {404}),
                ({**tokens[STRANGER], "X-Session": "owners"}, {401} if desk else {404}),
            ):
                answer = http.request(method, url, headers=headers, **sent)
                if answer.status_code not in expected:
                    wrong.append(f"{method} {path} {sorted(headers)}: {answer.status_code} {answer.text[:120]}")
                if any(secret_text in answer.text for secret_text in ("X1 Laptop", "rattles", "1,299", OWNER)):
                    wrong.append(f"{method} {path} tells: {answer.text[:200]}")
    assert not wrong, "\n".join(wrong)


def test_the_owner_is_let_in(shop: Shop, tokens: dict[str, dict[str, str]], ids: dict[str, str]) -> None:
    with shop.client(headers={**tokens[OWNER], "X-Session": "owners"}) as john:
        for path in ("orders/{order_id}", "delivery/{order_id}", "refunds/{order_id}", "complaints/{complaint_id}"):
            assert john.get("/api/" + path.format(**ids)).status_code == 200
        assert john.post(f"/api/actions/{ids['action_id']}/confirm").status_code == 200


def test_the_same_answer_for_unknown_and_foreign(shop: Shop, tokens: dict[str, dict[str, str]]) -> None:
    with shop.client(headers=tokens[STRANGER]) as http:
        for path, known, unknown in (
            ("/api/orders/", "ORD-1001", "ORD-7777"),
            ("/api/refunds/", "ORD-1001", "ORD-7777"),
            ("/api/complaints/", "CMP-101", "CMP-7777"),
        ):
            foreign, none = http.get(path + known), http.get(path + unknown)
            assert foreign.json()["detail"].replace(known, "…") == none.json()["detail"].replace(unknown, "…")
