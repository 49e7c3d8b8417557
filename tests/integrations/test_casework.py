"""Staff work on complaints, enquiries and returns; customers see what is meant for them."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import jwt
import pytest

from tests.integrations.operator import secret, staff
from tests.shop import Shop, running_shop


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """A shop of its own: an order can be returned only once."""
    with running_shop() as running:
        yield running


@pytest.fixture(scope="module")
def key(shop: Shop) -> str:
    return secret(shop)


def customer(shop: Shop, key: str, email: str = "john.smith@example.com") -> httpx.Client:
    """A client whose visitor the shop vouches for."""
    token = jwt.encode({"email": email, "exp": int(time.time()) + 500}, key, "HS256")
    return shop.client(headers={"X-Customer-Token": token})


def mails(shop: Shop, to: str = "john.smith@example.com") -> list[dict[str, Any]]:
    with staff(shop) as http:
        return [mail for mail in http.get("/api/staff/outbox").json()["results"] if mail["to"] == to]


def confirmed(http: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """A write, proposed and agreed to."""
    proposed = http.post(path, json=body)
    assert proposed.status_code == 202, proposed.text
    done = http.post(f"/api/actions/{proposed.json()['id']}/confirm")
    assert done.status_code == 200, done.text
    outcome: dict[str, Any] = done.json()
    return outcome


def test_a_complaint_is_worked_on(shop: Shop, key: str) -> None:
    with customer(shop, key) as john, staff(shop, "support") as desk:
        body = {"order_id": "ORD-1001", "description": "The hinge of the lid is loose"}
        number = confirmed(john, "/api/complaints", body)["ids"]["complaint"]
        listed = desk.get("/api/staff/complaints", params={"status": "open"}).json()
        first = listed["results"][0]
        assert first["id"] == number and listed["total"] == len(listed["results"])
        path = f"/api/staff/complaints/{number}"
        raised = desk.patch(path, json={"priority": "urgent", "assignee": "Ida"}).json()
        assert raised["resolution_due"] < first["resolution_due"] and raised["assignee"] == "Ida"
        assert desk.post(f"{path}/notes", json={"text": "Ask the workshop"}).status_code == 201
        answered = desk.post(f"{path}/notes", json={"text": "Please send it in", "public": True}).json()
        assert answered["status"] == "in_progress"
        seen = john.get(f"/api/complaints/{number}").json()
        assert [n["text"] for n in seen["notes"]] == ["Please send it in"] and "workshop" not in str(seen)
        assert seen["status"] == "in progress" and "staff:" not in str(seen)
        assert "Please send it in" in mails(shop)[0]["text"]
        solved = desk.patch(path, json={"status": "resolved"}).json()
        assert [line["what"] for line in solved["history"]][-1] == "status in_progress → resolved"
        assert "resolved" in mails(shop)[0]["text"]


def test_what_staff_cannot_do_to_a_complaint(shop: Shop) -> None:
    with staff(shop, "support") as desk, shop.client() as anyone:
        assert desk.patch("/api/staff/complaints/CMP-99999", json={"status": "open"}).status_code == 404
        assert desk.patch("/api/staff/complaints/CMP-101", json={"status": "gone"}).status_code == 422
        assert desk.patch("/api/staff/complaints/CMP-101", json={"customer_id": "C-2"}).status_code == 422
        assert anyone.patch("/api/staff/complaints/CMP-101", json={"status": "closed"}).status_code == 401
        assert desk.post("/api/staff/returns/RET-1/reject", json={"reason": "not ours"}).status_code == 403


def test_goods_that_are_back_are_paid_once(shop: Shop, key: str) -> None:
    with customer(shop, key) as john, staff(shop, "support") as desk:
        done = confirmed(john, "/api/refunds/ORD-1001", {"reason": "changed my mind", "opened": False})["ids"]
        assert done["return"] in str(desk.get("/api/staff/returns").json())
        before = john.get("/api/refunds/ORD-1001").json()["refunds"][-1]
        assert before["status"] == "awaiting_return"
        paths = [f"/api/staff/returns/{done['return']}/receive"] * 3
        settled = [desk.post(path) for path in paths]
        assert {answer.status_code for answer in settled} == {200}, settled[0].text
        assert len({answer.text for answer in settled}) == 1
        case = settled[0].json()
        assert case["returned"]["status"] == "refunded" and case["refund"]["status"] == "processing"
        assert case["refund"]["expected_by"] and case["refund"]["amount_cents"] == before["amount_cents"]
        assert sum(done["refund"] in mail["text"] and "arrived" in mail["text"] for mail in mails(shop)) == 1
        assert desk.post(f"/api/staff/refunds/{done['refund']}/paid").json()["status"] == "paid"
        assert john.get("/api/refunds/ORD-1001").json()["refunds"][-1]["status"] == "paid"
    with staff(shop, "supervisor") as boss:
        late = boss.post(f"/api/staff/returns/{done['return']}/reject", json={"reason": "too late"})
        assert late.status_code == 409


def test_goods_that_are_not_taken_back_keep_the_money(shop: Shop, key: str) -> None:
    email = "sarah.johnson@example.com"
    with customer(shop, key, email) as sarah, staff(shop, "supervisor") as boss:
        orders = [o["id"] for o in sarah.get("/api/orders").json()["results"]]
        order = next(o for o in orders if sarah.get(f"/api/refunds/{o}").json()["eligibility"]["allowed"])
        done = confirmed(sarah, f"/api/refunds/{order}", {"opened": False, "defective": True})["ids"]
        path = f"/api/staff/returns/{done['return']}/reject"
        refused = boss.post(path, json={"reason": "The box was empty."}).json()
        assert (refused["returned"]["status"], refused["refund"]["status"]) == ("rejected", "rejected")
        assert boss.post(f"/api/staff/returns/{done['return']}/receive").status_code == 409
        assert boss.post(f"/api/staff/refunds/{done['refund']}/paid").status_code == 409
        assert sarah.get(f"/api/orders/{order}").json()["status"] == "delivered"
        assert "box was empty" in mails(shop, email)[0]["text"]


def test_an_enquiry_is_moved_on(shop: Shop) -> None:
    with shop.client() as http, staff(shop, "support") as desk:
        body = {"text": "Do you offer bulk discounts for 200 tablets?", "reply_to": "li@school.example"}
        number = http.post("/api/enquiries", json=body).json()["ids"]["enquiry"]
        assert desk.get("/api/staff/enquiries?status=new").json()["results"][0]["id"] == number
        moved = desk.patch(f"/api/staff/enquiries/{number}", json={"status": "answered"})
        assert moved.json()["status"] == "answered"
        assert desk.get(f"/api/staff/enquiries/{number}").json()["status"] == "answered"
        assert desk.get("/api/staff/enquiries/ENQ-99999").status_code == 404


def test_a_form_may_use_the_names_that_forms_have(shop: Shop) -> None:
    form = {
        "name": "Li Wei",
        "email": "li@school.example",
        "phone": "+1 503 555 0142",
        "message": "We want 40 tablets.",
    }
    with shop.client() as http, staff(shop, "support") as desk:
        number = http.post("/api/enquiries", json=form).json()["ids"]["enquiry"]
        kept = desk.get(f"/api/staff/enquiries/{number}").json()
    assert (kept["name"]["value"], kept["email"]["value"]) == (form["name"], form["email"]) and kept["phone"]["value"]
