"""What happens in the shop reaches its subscribers, signed; and signed calls reach the shop."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from backend.tools.webhooks import is_genuine, signature
from tests.integrations.operator import eventually, secret, staff
from tests.shop import Shop, running_shop


@dataclass
class Listening:
    """A receiver that runs in a thread and answers with `status`."""

    url: str = ""
    status: int = 204
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Listening]:
    heard = Listening()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            heard.calls.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(heard.status)
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    heard.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield heard
    server.shutdown()


@pytest.fixture(scope="module")
def open_shop() -> Iterator[Shop]:
    """A server that may call private addresses."""
    with running_shop(WEBHOOK_ALLOW_PRIVATE="true") as shop:
        yield shop


def subscribe(shop: Shop, url: str, **more: Any) -> dict[str, Any]:
    with staff(shop) as http:
        answer = http.post("/api/staff/webhooks", json={"url": url, **more})
    assert answer.status_code == 201, answer.text
    hook: dict[str, Any] = answer.json()
    return hook


def unsubscribe(shop: Shop, hook: dict[str, Any]) -> None:
    with staff(shop) as http:
        assert http.delete(f"/api/staff/webhooks/{hook['id']}").status_code == 204


def enquire(shop: Shop, text: str = "We need 40 laptops for our office, budget $50,000.") -> str:
    with shop.client() as http:
        answer = http.post("/api/enquiries", json={"text": text, "reply_to": "maya@firm.example"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["ids"]["enquiry"])


def test_the_server_itself_delivers(open_shop: Shop, receiver: Listening) -> None:
    hook = subscribe(open_shop, receiver.url, kinds=["enquiry.*"])
    other = subscribe(open_shop, receiver.url, kinds=["order.cancelled"])
    number = enquire(open_shop)
    eventually(lambda: receiver.calls)
    time.sleep(1.5)
    ((headers, body),) = receiver.calls
    assert is_genuine(hook["secret"], headers["x-webhook-signature"], body, datetime.now(UTC))
    told = json.loads(body)
    assert told["kind"] == "enquiry.created" and told["data"]["enquiry"] == number
    with staff(open_shop) as http:
        shown = http.get("/api/staff/webhooks")
        assert hook["secret"] not in shown.text and {h["id"] for h in shown.json()["results"]} >= {hook["id"]}
        log = eventually(lambda: http.get("/api/staff/webhooks/deliveries?state=delivered").json()["results"])
    assert (log[0]["webhook_id"], log[0]["tries"], log[0]["kind"]) == (hook["id"], 1, "enquiry.created")
    for one in (hook, other):
        unsubscribe(open_shop, one)


def test_a_failed_delivery_waits_and_is_replayed(open_shop: Shop, receiver: Listening) -> None:
    receiver.status = 503
    hook = subscribe(open_shop, receiver.url, kinds=["enquiry.created"], format="slack")
    number = enquire(open_shop)
    with staff(open_shop) as http:
        waiting = eventually(
            lambda: [d for d in http.get("/api/staff/webhooks/deliveries").json()["results"] if d["error"]]
        )
        assert waiting[0]["state"] == "waiting" and "503" in waiting[0]["error"]
        receiver.status = 200
        assert http.post(f"/api/staff/webhooks/deliveries/{waiting[0]['id']}/replay").status_code == 202
        eventually(lambda: len(receiver.calls) > 1)
        assert http.post("/api/staff/webhooks/deliveries/none/replay").status_code == 404
    assert json.loads(receiver.calls[-1][1])["text"].startswith(f"*Enquiry created* enquiry {number}")
    unsubscribe(open_shop, hook)


@pytest.mark.parametrize(
    "body",
    [
        {"url": "http://127.0.0.1:9/x"},
        {"url": "http://localhost/x"},
        {"url": "http://[::1]/x"},
        {"url": "http://169.254.169.254/latest"},
        {"url": "http://10.1.2.3/x"},
        {"url": "ftp://example.com/x"},
        {"url": "not an address"},
        {"url": "https://hooks.example.com/x", "kinds": ["weather.changed"]},
        {"url": "https://hooks.example.com/x", "secret": "short"},
    ],
    ids=lambda body: str(body),
)
def test_an_address_that_must_not_be_called_is_refused(shop: Shop, body: dict[str, Any]) -> None:
    with staff(shop) as http:
        answer = http.post("/api/staff/webhooks", json=body)
        assert answer.status_code == 422, answer.text
        assert http.post("/api/staff/webhooks", json={"url": "https://hooks.example.com/x"}).status_code == 201


def inbound(shop: Shop, key: str, body: dict[str, Any], age: int = 0, spoil: bytes = b"") -> Any:
    content = json.dumps(body).encode()
    headers = {
        "Content-Type": "application/json",
        "X-Webhook-Signature": signature(key, int(time.time()) - age, content + spoil),
    }
    with shop.client() as http:
        return http.post("/api/enquiries/inbound", content=content, headers=headers)


def test_a_signed_exchange_is_kept_together(shop: Shop) -> None:
    key = secret(shop)
    first = {"reference": "crm-77", "text": "We want to resell your monitors.", "contact_name": "Rosa Lind"}
    number = inbound(shop, key, first).json()["ids"]["enquiry"]
    assert inbound(shop, key, first).json()["ids"]["enquiry"] == number
    more = {"reference": "crm-77", "text": "Our budget is $20,000; write to rosa@lind.example."}
    assert inbound(shop, key, more).json()["ids"]["enquiry"] == number
    other = inbound(shop, key, {"reference": "crm-78", "text": "Do you sell in bulk?"})
    assert other.status_code == 201 and other.json()["ids"]["enquiry"] != number
    with staff(shop) as http:
        kept = http.get(f"/api/staff/enquiries/{number}").json()
    assert kept["text"].count("resell") == 1 and "$20,000" in kept["text"]
    assert (kept["name"]["value"], kept["email"]["value"]) == ("Rosa Lind", "rosa@lind.example")
    assert kept["budget_cents"] == 2_000_000 and kept["draft_reply"] and kept["score_reasons"]


def test_an_unsigned_exchange_is_refused(shop: Shop) -> None:
    key, body = secret(shop), {"reference": "crm-9", "text": "Do you sell in bulk?"}
    assert inbound(shop, "another", body).status_code == 401
    assert inbound(shop, key, body, age=3600).status_code == 401
    assert inbound(shop, key, body, spoil=b" ").status_code == 401
    with shop.client() as http:
        assert http.post("/api/enquiries/inbound", json=body).status_code == 401
        assert http.post("/api/enquiries", json=body).status_code == 422
