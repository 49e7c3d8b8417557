"""The desk over HTTP as staff use it: inbox, case with its traces, notes, replies, drafts, actions, PDF."""

import io
from collections.abc import Iterator

import httpx
import pytest
from pypdf import PdfReader

from tests.api.people import JOHN, SARAH
from tests.api.talk import Talk
from tests.shop import Shop, running_shop


@pytest.fixture(scope="module")
def desk_shop() -> Iterator[Shop]:
    """A shop of its own: orders are spent here."""
    with running_shop() as shop:
        yield shop


@pytest.fixture(scope="module")
def desk(desk_shop: Shop) -> Iterator[httpx.Client]:
    with desk_shop.client(headers={"Authorization": f"Bearer {desk_shop.token()}"}) as http:
        yield http


def _verified(shop: Shop, email: str) -> Talk:
    talk = Talk(shop)
    talk.session_id = talk.http.post("/api/auth/code", json={"email": email}).json()["session_id"]
    body = {"email": email, "session_id": talk.session_id, "code": talk.code(email)}
    talk.session_id = talk.http.post("/api/auth/code/verify", json=body).json()["session_id"]
    return talk


def _case_of(desk: httpx.Client, talk: Talk) -> str:
    headers = {"X-Session": talk.session_id or ""}
    case: str = talk.http.get("/api/conversations/current", headers=headers).json()["conversation_id"]
    return case


def test_a_case_shows_who_writes_what_was_understood_and_what_was_done(desk_shop: Shop, desk: httpx.Client) -> None:
    talk = _verified(desk_shop, SARAH)
    talk.say("what is your return policy?")
    talk.say("what goes with the X1?")
    talk.say("cancel my order ORD-1002")
    talk.say("show me order ORD-1002")
    case = desk.get(f"/api/staff/cases/{_case_of(desk, talk)}").json()
    assert case["file"]["customer"]["email"] == SARAH
    assert "ORD-1002" in [order["id"] for order in case["file"]["orders"]]
    assert "session_id" not in case["conversation"], "whoever holds it speaks as the shopper"
    policy, fits, cancel, track = [m["trace"] for m in case["messages"] if m["role"] == "assistant"]
    search = next(s for s in policy["steps"] if s["kind"] == "search")
    assert search["detail"]["passages"][0]["title"] and search["ms"] >= 0
    assert policy["requests"][0]["act"] == "refund_question" and policy["writer"] == "local" and policy["ms"] > 0
    assert [s for s in fits["steps"] if s["kind"] == "query"], "the graph's questions are named"
    assert fits["requests"][0]["entities"]["products"][0]["name"] == "X1 Laptop"
    rule = next(s for s in cancel["steps"] if s["kind"] == "rule")
    assert rule["outcome"] == "refused" and rule["detail"]["reason"]
    assert [s["name"] for s in track["steps"] if s["kind"] == "tool"] == ["look_up_order"]


def test_a_long_case_is_read_backwards(desk_shop: Shop, desk: httpx.Client) -> None:
    talk = Talk(desk_shop)
    for _ in range(3):
        talk.say("hello")
    path = f"/api/staff/cases/{_case_of(desk, talk)}"
    latest = desk.get(path, params={"limit": 2}).json()
    assert latest["earlier"] and len(latest["messages"]) == 2
    before = desk.get(f"{path}/messages", params={"before": latest["messages"][0]["id"]}).json()
    assert len(before["messages"]) == 4 and not before["earlier"]
    assert desk.get(f"{path}/messages", params={"before": "none"}).status_code == 404


def test_staff_whisper_answer_and_hand_back(desk_shop: Shop, desk: httpx.Client) -> None:
    talk = Talk(desk_shop)
    talk.say("I want to talk to a person")
    case_id = _case_of(desk, talk)
    waiting = desk.get("/api/staff/inbox", params={"status": "open", "kind": "conversation"}).json()["results"]
    assert case_id in [item["id"] for item in waiting] and waiting[0]["due_at"]
    desk.post(f"/api/staff/cases/{case_id}/notes", json={"text": "Be gentle with this one.", "kind": "whisper"})
    assert desk.post(f"/api/staff/cases/{case_id}/reply", json={"text": "Hello, how can I help?"}).status_code == 201
    seen = talk.http.get("/api/conversations/current", headers={"X-Session": talk.session_id or ""}).json()
    assert seen["messages"][-1]["text"] == "Hello, how can I help?" and seen["handoff"]["state"] == "active"
    assert "gentle" not in str(seen)
    case = desk.get(f"/api/staff/cases/{case_id}").json()
    assert case["notes"][0]["kind"] == "whisper" and case["conversation"]["status"] == "waiting_for_customer"
    assert desk.post(f"/api/staff/cases/{case_id}/return").json() == {"handoff": None}
    assert desk.post(f"/api/staff/cases/{case_id}/return").status_code == 200, "handed back twice is handed back once"
    assert talk.say("what is your return policy?")["sources"]


def test_a_draft_says_nothing_and_keeps_nothing(desk_shop: Shop, desk: httpx.Client) -> None:
    talk = Talk(desk_shop)
    talk.say("I want to talk to a person")
    talk.say("what is your return policy?")
    case_id = _case_of(desk, talk)
    before = desk.get(f"/api/staff/cases/{case_id}").json()
    draft = desk.post(f"/api/staff/cases/{case_id}/draft").json()
    assert draft["found"] and draft["sources"] and "30 days" in draft["text"]
    after = desk.get(f"/api/staff/cases/{case_id}").json()
    assert after["messages"] == before["messages"] and after["conversation"] == before["conversation"]


def test_what_staff_corrected_stands_at_the_message(desk_shop: Shop, desk: httpx.Client) -> None:
    talk = Talk(desk_shop)
    talk.say("could somebody look at the lid of this thing")
    path = f"/api/staff/cases/{_case_of(desk, talk)}"
    asked = desk.get(path).json()["messages"][0]
    assert asked["corrected"] is None
    desk.post("/api/staff/corrections", json={"message_id": asked["id"], "intent": "complaint"}).raise_for_status()
    said = desk.get(path).json()["messages"]
    assert [message["corrected"] for message in said] == ["complaint", None]


def test_the_summary_names_what_was_asked_and_what_was_refused(desk_shop: Shop, desk: httpx.Client) -> None:
    talk = _verified(desk_shop, SARAH)
    talk.say("cancel my order ORD-1002")
    told = desk.get(f"/api/staff/cases/{_case_of(desk, talk)}/summary").json()
    assert told["by"] == "local" and told["lines"][0].startswith("Sarah Johnson")
    assert any("Refused by the rule" in line for line in told["lines"])
    assert "cancel my order ORD-1002" in told["lines"][-1]


def test_the_pdf_holds_the_case(desk_shop: Shop, desk: httpx.Client) -> None:
    talk = _verified(desk_shop, SARAH)
    talk.say("what is your return policy? – “größer” ça coûte ¿qué? 12 € Ώρα Привет नमस्ते लैपटॉप שלום → 🙂 日本")
    answer = desk.get(f"/api/staff/cases/{_case_of(desk, talk)}/pdf")
    assert answer.headers["content-type"] == "application/pdf" and "attachment" in answer.headers["content-disposition"]
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
    assert "SarahJohnson" in text and "ORD-1002" in text and "30days" in text
    for words in ("–“größer”çacoûte¿qué?12€ΏραПривет", "नमस्ते", "लैपटॉप", "שלום"):
        assert words in text, "the letters of these alphabets print on every machine"
    assert "[slightlysmilingface]" in text, "a picture prints as its name"
    assert "▯▯" in text and "2characters" in text, "what cannot be printed is named"


def test_staff_act_by_the_same_rules_under_their_own_name(desk_shop: Shop, desk: httpx.Client) -> None:
    customer = next(
        item for item in desk.get("/api/staff/inbox", params={"q": SARAH}).json()["results"] if item["customer_id"]
    )["customer_id"]
    path, why = f"/api/staff/customers/{customer}/actions", {"reason": "ordered by mistake"}
    refused = desk.post(path, json={"tool": "cancel_order", "arguments": {**why, "order_id": "ORD-1002"}})
    assert refused.status_code == 409 and refused.json()["rule"]
    assert (
        desk.post(path, json={"tool": "cancel_order", "arguments": {**why, "order_id": "ORD-1001"}}).status_code == 404
    )
    asked = desk.post(path, json={"tool": "cancel_order", "arguments": {**why, "order_id": "ORD-1031"}}).json()
    with desk_shop.client(headers={"Authorization": f"Bearer {desk_shop.token('support')}"}) as other:
        assert other.post(f"{path}/{asked['id']}/confirm").status_code == 404, "the question is another's"
    done = desk.post(f"{path}/{asked['id']}/confirm")
    assert done.status_code == 200 and done.json()["order_id"] == "ORD-1031"
    noted = desk.get("/api/staff/audit", params={"object": "order:ORD-1031"}).json()["results"]
    assert noted[0]["actor"].startswith("staff:") and noted[0]["action"] == "cancel_order"


def test_many_at_once_each_for_itself(desk_shop: Shop, desk: httpx.Client) -> None:
    talk = Talk(desk_shop)
    talk.say("hello")
    items = [
        {"kind": "conversation", "id": _case_of(desk, talk)},
        {"kind": "complaint", "id": "CMP-101"},
        {"kind": "complaint", "id": "CMP-9999"},
    ]
    body = {"items": items, "priority": "urgent", "add_tags": ["vip"], "assignee": "admin"}
    results = desk.post("/api/staff/inbox/bulk", json=body).json()["results"]
    assert [r["done"] for r in results] == [True, True, False] and "CMP-9999" in results[2]["error"]
    tagged = desk.get("/api/staff/inbox", params={"tag": "vip", "assignee": "admin"}).json()["results"]
    assert {item["id"] for item in tagged} == {items[0]["id"], "CMP-101"}
    assert {item["assignee_name"] for item in tagged} == {"Admin"} and tagged[0]["priority"] == "urgent"
    assert "vip" in desk.get("/api/staff/inbox/tags").json()["results"]
    nobody = desk.post("/api/staff/inbox/bulk", json={"items": items[:1], "assignee": "nobody-here"}).json()
    assert not nobody["results"][0]["done"]
    wrong = desk.post("/api/staff/inbox/bulk", json={"items": items[1:2], "status": "assistant"}).json()
    assert not wrong["results"][0]["done"], "only a conversation can be the assistant's"


def test_views_are_ones_own_unless_shared(desk_shop: Shop, desk: httpx.Client) -> None:
    query = {"statuses": ["open"], "sort": "due"}
    mine = desk.post("/api/staff/inbox/views", json={"name": "Late", "query": query}).json()
    shared = desk.post("/api/staff/inbox/views", json={"name": "All", "shared": True}).json()
    with desk_shop.client(headers={"Authorization": f"Bearer {desk_shop.token('support')}"}) as other:
        assert [v["name"] for v in other.get("/api/staff/inbox/views").json()["results"]] == ["All"]
        assert other.delete(f"/api/staff/inbox/views/{mine['id']}").status_code == 404
        assert other.delete(f"/api/staff/inbox/views/{shared['id']}").status_code == 403
    changed = desk.put(f"/api/staff/inbox/views/{mine['id']}", json={"name": "Later", "query": query}).json()
    assert changed["name"] == "Later" and changed["query"]["sort"] == "due"
    assert desk.delete(f"/api/staff/inbox/views/{mine['id']}").status_code == 204


def test_canned_replies_are_filled_in_from_the_case(desk_shop: Shop, desk: httpx.Client) -> None:
    talk = _verified(desk_shop, JOHN)
    talk.say("hello")
    body = {
        "shortcut": "sorry",
        "title": "Sorry",
        "text": "Dear {{customer.first_name}}, {{ order.id }} {{order.moon}}",
    }
    kept = desk.post("/api/staff/canned", json=body).json()
    assert desk.post("/api/staff/canned", json=body).status_code == 409
    used = {"conversation_id": _case_of(desk, talk), "order_id": "ord 1001"}
    filled = desk.post(f"/api/staff/canned/{kept['id']}/render", json=used).json()
    assert filled == {"text": "Dear John, ORD-1001 {{order.moon}}", "missing": ["order.moon"]}
    foreign = desk.post(f"/api/staff/canned/{kept['id']}/render", json=used | {"order_id": "ORD-1002"}).json()
    assert "order.id" in foreign["missing"], "another customer's order is none of this letter's"
    assert desk.delete(f"/api/staff/canned/{kept['id']}").status_code == 204


def test_every_look_at_a_customer_is_noted(desk_shop: Shop, desk: httpx.Client) -> None:
    talk = _verified(desk_shop, JOHN)
    talk.say("hello")
    case_id = _case_of(desk, talk)
    for path in (
        f"/api/staff/cases/{case_id}",
        "/api/staff/complaints/CMP-101",
        "/api/staff/inbox",
        "/api/staff/outbox",
    ):
        assert desk.get(path).status_code == 200
    seen = desk.get("/api/staff/audit", params={"action": "view", "limit": 4}).json()
    assert [row["object"] for row in seen["results"]] == [
        "outbox",
        "inbox",
        "complaint:CMP-101",
        f"conversation:{case_id}",
    ]
    assert all(row["actor"] == "staff:script-admin" for row in seen["results"])
    following = desk.get(
        "/api/staff/audit", params={"action": "view", "limit": 4, "cursor": seen["next_cursor"]}
    ).json()
    assert not {row["id"] for row in following["results"]} & {row["id"] for row in seen["results"]}
