"""A session that gains an identity goes on under a new id with all that waited; the old id keeps nothing."""

from typing import Any

import httpx
import pytest

from tests.api.talk import Talk
from tests.shop import Shop

EMAIL = "john.smith@example.com"


@pytest.fixture
def talk(shop: Shop) -> Talk:
    return Talk(shop)


def guest(http: httpx.Client) -> str:
    opened = http.post("/api/auth/guest", json={"order_id": "ORD-1001", "email": EMAIL})
    return str(opened.json()["session_id"])


def propose(http: httpx.Client, session: str, description: str) -> str:
    body = {"order_id": "ORD-1001", "description": description}
    proposed = http.post("/api/complaints", json=body, headers={"X-Session": session})
    assert proposed.status_code == 202, proposed.text
    return str(proposed.json()["id"])


def verify(talk: Talk, session: str) -> str:
    """The session's new id after the mailed code."""
    assert talk.http.post("/api/auth/code", json={"session_id": session}).status_code == 202
    given = {"session_id": session, "code": talk.code(EMAIL)}
    answer = talk.http.post("/api/auth/code/verify", json=given)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["session_id"])


def confirm(http: httpx.Client, session: str, action: str) -> httpx.Response:
    return http.post(f"/api/actions/{action}/confirm", headers={"X-Session": session})


def test_a_guests_pending_complaint_survives_the_code(talk: Talk) -> None:
    old = guest(talk.http)
    action = propose(talk.http, old, "The left speaker hisses")
    new = verify(talk, old)
    assert new != old
    assert confirm(talk.http, old, action).status_code == 404
    filed = confirm(talk.http, new, action)
    assert filed.status_code == 200 and filed.json()["ids"]["complaint"].startswith("CMP-")
    assert confirm(talk.http, new, action).json() == filed.json()


def test_the_chat_keeps_its_question_too(talk: Talk) -> None:
    talk.say("I want to file a complaint: the keyboard sticks, order ORD-1001")
    proposed = talk.say(EMAIL)["pending_action"]
    assert proposed
    old = str(talk.session_id)
    talk.session_id = verify(talk, old)
    done = talk.decide(proposed["id"], accept=True)
    assert "CMP-" in done["response"]


def test_the_old_id_is_a_strangers(talk: Talk) -> None:
    old = guest(talk.http)
    new = verify(talk, old)
    for session, status in ((old, 401), (new, 200)):
        assert talk.http.get("/api/orders/ORD-1001", headers={"X-Session": session}).status_code == status
    stranger: dict[str, Any] = talk.http.post("/api/chat", json={"message": "my orders", "session_id": old}).json()
    assert "X1 Laptop" not in str(stranger) and stranger["session_id"] == old
