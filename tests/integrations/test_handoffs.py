"""A person takes a conversation over, answers, and hands it back; meanwhile the assistant is silent."""

from typing import Any

import pytest

from tests.api.talk import Talk
from tests.integrations.operator import staff
from tests.shop import Shop


@pytest.fixture
def talk(shop: Shop) -> Talk:
    return Talk(shop)


def waiting(shop: Shop, talk: Talk) -> str:
    """The handoff of this conversation, as the desk finds it."""
    conversation = seen(talk)["conversation_id"]
    with staff(shop, "support") as desk:
        found = desk.get("/api/staff/handoffs").json()["results"]
    return next(case["id"] for case in found if case["conversation_id"] == conversation)


def seen(talk: Talk, after: str = "") -> dict[str, Any]:
    """What the shopper's page polls."""
    params = {"after": after} if after else {}
    answer = talk.http.get("/api/conversations/current", headers={"X-Session": talk.session_id or ""}, params=params)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def test_from_the_wish_for_a_person_and_back(shop: Shop, talk: Talk) -> None:
    asked = talk.say("I'd like to talk to a person")
    assert asked["handoff"]["state"] == "waiting" and asked["handoff"]["expected_at"] and asked["response"]
    silent = talk.say("What's your return policy?")
    assert (silent["response"], silent["handoff"]["state"]) == ("", "waiting")
    handoff = waiting(shop, talk)
    path = f"/api/staff/handoffs/{handoff}"
    with staff(shop, "support") as desk:
        assert desk.post(f"{path}/reply", json={"text": "Too early"}).status_code == 409
        taken = desk.post(f"{path}/take").json()
        assert (taken["state"], desk.post(f"{path}/take").status_code) == ("active", 200)
        with staff(shop, "admin") as other:
            assert other.post(f"{path}/take").status_code == 409
        still = talk.say("Are you there?")
        assert still["response"] == "" and still["handoff"]["staff_name"] == taken["staff_name"]
        said = desk.post(f"{path}/reply", json={"text": "Hello, this is the team."}).json()
        conversation = seen(talk)
        assert [m["text"] for m in conversation["messages"] if m["role"] == "staff"] == ["Hello, this is the team."]
        assert conversation["handoff"]["state"] == "active"
        assert seen(talk, after=said["id"])["messages"] == []
        detail = desk.get(f"/api/staff/conversations/{conversation['conversation_id']}").json()
        assert "Are you there?" in str(detail["messages"])
        assert desk.post(f"{path}/return").json()["state"] == "closed"
        assert desk.post(f"{path}/return").status_code == 200
        assert desk.post(f"{path}/take").status_code == 409
    after = talk.say("What's your return policy?")
    assert "30 days" in after["response"] and after["handoff"] is None
    assert talk.say("thanks, and do you sell laptops?")["handoff"] is None, "old words start it again"
    again = talk.say("I want to speak to a human")
    assert again["handoff"]["state"] == "waiting" and waiting(shop, talk) != handoff


def test_the_desk_may_step_in_unasked(shop: Shop, talk: Talk) -> None:
    talk.say("hello")
    conversation = seen(talk)["conversation_id"]
    with staff(shop, "support") as desk:
        case = desk.post(f"/api/staff/conversations/{conversation}/take").json()
        assert talk.say("What's your return policy?")["response"] == ""
        listed = desk.get("/api/staff/conversations").json()["results"]
        assert next(c for c in listed if c["id"] == conversation)["handoff"]["state"] == "active"
        desk.post(f"/api/staff/handoffs/{case['id']}/return")
        assert desk.post("/api/staff/conversations/none/take").status_code == 404
    assert "30 days" in talk.say("What's your return policy?")["response"]


def test_a_handoff_outlives_the_sessions_id(shop: Shop, talk: Talk) -> None:
    talk.say("I'd like to talk to a person")
    handoff, old = waiting(shop, talk), talk.session_id
    guest = {"order_id": "ORD-1002", "email": "sarah.johnson@example.com", "session_id": old}
    talk.session_id = talk.http.post("/api/auth/guest", json=guest).json()["session_id"]
    assert talk.session_id != old
    with staff(shop, "support") as desk:
        desk.post(f"/api/staff/handoffs/{handoff}/take")
        desk.post(f"/api/staff/handoffs/{handoff}/reply", json={"text": "I see your order."})
        assert talk.say("good")["response"] == ""
        assert "I see your order." in str(seen(talk))
        gone = talk.http.get("/api/conversations/current", headers={"X-Session": str(old)})
        assert gone.status_code == 404, "the old id must not read on"
        desk.post(f"/api/staff/handoffs/{handoff}/return")


def test_the_desk_is_for_staff(shop: Shop) -> None:
    with shop.client() as http:
        for method, path in (
            ("GET", "/api/staff/handoffs"),
            ("POST", "/api/staff/handoffs/x/take"),
            ("POST", "/api/staff/handoffs/x/return"),
            ("POST", "/api/staff/conversations/x/take"),
        ):
            assert http.request(method, path).status_code == 401
        assert http.post("/api/staff/handoffs/x/reply", json={"text": "hi"}).status_code == 401
        assert http.get("/api/conversations/current").status_code == 422
        assert http.get("/api/conversations/current", headers={"X-Session": "guessed"}).status_code == 404
    with staff(shop, "support") as desk:
        assert desk.post("/api/staff/handoffs/x/take").status_code == 404
