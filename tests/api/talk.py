"""A shopper at the API: keeps the session's id, reads the mails that the desk can read."""

import re
from typing import Any

import httpx

from tests.api.people import JOHN
from tests.shop import Shop


class Talk:
    """One conversation over POST /api/chat."""

    def __init__(self, shop: Shop, tenant: str = "techpro") -> None:
        self._shop = shop
        self._tenant = tenant
        self.http: httpx.Client = shop.client(headers={"X-Tenant": tenant})
        self.session_id: str | None = None

    def say(self, message: str) -> dict[str, Any]:
        """The reply to a message."""
        return self._send({"message": message})

    def decide(self, action_id: str, *, accept: bool) -> dict[str, Any]:
        """The reply to a pressed button."""
        return self._send({"decision": {"action_id": action_id, "accept": accept}})

    def code(self, to: str) -> str:
        """The newest code mailed to an address, as the operator reads it."""
        token = self._shop.token("support", self._tenant)
        answer = self.http.get("/api/staff/outbox", headers={"Authorization": f"Bearer {token}"})
        texts = [mail["text"] for mail in answer.json()["results"] if mail["to"] == to]
        return next(found[1] for text in texts if (found := re.search(r"\b(\d{6})\b", text)))

    def _send(self, body: dict[str, Any]) -> dict[str, Any]:
        if self.session_id:
            body["session_id"] = self.session_id
        answer = self.http.post("/api/chat", json=body)
        assert answer.status_code == 200, answer.text
        reply: dict[str, Any] = answer.json()
        self.session_id = reply["session_id"]
        return reply


def card(reply: dict[str, Any], kind: str) -> dict[str, Any]:
    """The card of that type; fails when there is none."""
    return next(c for c in reply["cards"] if c["type"] == kind)


def customer(shop: Shop) -> dict[str, str]:
    """The headers of John, signed in by the mailed code."""
    talk = Talk(shop)
    session = talk.http.post("/api/auth/code", json={"email": JOHN}).json()["session_id"]
    body = {"email": JOHN, "session_id": session, "code": talk.code(JOHN)}
    proved = talk.http.post("/api/auth/code/verify", json=body).json()
    return {"Authorization": f"Bearer {proved['access_token']}", "X-Session": proved["session_id"]}


def complaint_of(john: httpx.Client) -> str:
    """A new complaint of his, by number."""
    about = {"order_id": "ORD-1001", "description": "It flickers, says John."}
    asked = john.post("/api/complaints", json=about).json()
    return str(john.post(f"/api/actions/{asked['id']}/confirm").json()["ids"]["complaint"])
