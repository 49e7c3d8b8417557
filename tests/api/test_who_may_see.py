"""Every route with every kind of caller: a route without a decision in this table fails."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi.routing import iter_route_contexts

from backend.domain.identity import StaffRole
from backend.main import create_app
from backend.settings import Settings
from backend.tools.tokens import TokenKind
from tests.api.people import JOHN, OTHER_SHOP, SARAH, Person, bad_tokens, bearer, open_other_shop
from tests.api.talk import Talk
from tests.shop import Shop, running_shop

ROLES = ("support", "supervisor", "admin")


@dataclass(frozen=True)
class Rule:
    """Who may call a route: everyone, whose records it shows (`owner`), any customer, or a role of the desk.

    `blind` routes read no token at all. `path` and `body` name John's records; `owners` is what their owner gets.
    """

    who: str
    path: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    owners: int = 200
    blind: bool = False
    query: str = ""
    files: dict[str, Any] | None = None


def own(owners: int = 200, body: dict[str, Any] | None = None, **path: str) -> Rule:
    return Rule("owner", path, body, owners)


def desk(role: str, body: dict[str, Any] | None = None, **path: str) -> Rule:
    return Rule(role, path, body)


OPEN, BLIND, ANY_CUSTOMER = Rule("everyone"), Rule("everyone", blind=True), Rule("customer")
PRODUCT = Rule("everyone", {"product_id": "P-1001", "other_id": "P-1010"})
COMPLAINT = {"order_id": "ORD-1001", "description": "The hinge squeaks since yesterday."}
PENDING = {"tool": "file_complaint", "arguments": COMPLAINT}


def proposal(description: str) -> dict[str, Any]:
    """A complaint to propose; the same words twice would be the same complaint."""
    return {"tool": "file_complaint", "arguments": COMPLAINT | {"description": description}}


TABLE: dict[str, Rule] = {
    "POST /api/chat": OPEN,
    "POST /api/chat/stream": OPEN,
    "POST /v1/chat/completions": OPEN,
    "GET /v1/models": OPEN,
    "GET /v1/models/{name}": OPEN,
    "GET /api/shop": OPEN,
    "GET /api/products": OPEN,
    "GET /api/products/compare": OPEN,
    "GET /api/products/{product_id}": PRODUCT,
    "GET /api/products/{product_id}/compatible": PRODUCT,
    "GET /api/products/{product_id}/fits/{other_id}": PRODUCT,
    "GET /api/products/{product_id}/similar": PRODUCT,
    "GET /api/products/{product_id}/bought-together": PRODUCT,
    "GET /api/products/{product_id}/path/{other_id}": PRODUCT,
    "GET /api/orders": ANY_CUSTOMER,
    "GET /api/orders/{order_id}": own(order_id="ORD-1001"),
    "GET /api/delivery/{order_id}": own(order_id="ORD-1001"),
    "GET /api/refunds/{order_id}": own(order_id="ORD-1001"),
    "POST /api/refunds/{order_id}": own(202, {"opened": False}, order_id="ORD-1001"),
    "GET /api/account/export": ANY_CUSTOMER,
    "GET /api/staff/customers/{customer_id}/export": desk("admin", customer_id="nobody-of-that-id"),
    "POST /api/staff/customers/{customer_id}/erase": desk("admin", customer_id="nobody-of-that-id"),
    "GET /api/actions": BLIND,
    "POST /api/actions": own(202, PENDING),
    "POST /api/actions/{action_id}/confirm": own(200, action_id="<action>"),
    "POST /api/complaints": own(202, COMPLAINT),
    "GET /api/complaints": ANY_CUSTOMER,
    "GET /api/complaints/{complaint_id}": own(complaint_id="<complaint>"),
    "POST /api/enquiries": OPEN,
    "POST /api/enquiries/inbound": Rule("signature", body={"reference": "crm-1", "text": "We need desks."}),
    "GET /api/knowledge/search": OPEN,
    "POST /api/knowledge/ask": OPEN,
    "GET /api/knowledge/documents/{document_id}": Rule("everyone", {"document_id": "faq-account"}),
    "DELETE /api/knowledge/documents/{document_id}": desk("support", document_id="nothing-there"),
    "POST /api/knowledge": desk("support"),
    "GET /api/knowledge/documents": desk("support"),
    "PATCH /api/knowledge/documents/{document_id}": desk("support", {"title": "New"}, document_id="nothing-there"),
    "PUT /api/knowledge/documents/{document_id}": desk("support", document_id="nothing-there"),
    "GET /api/knowledge/documents/{document_id}/versions": desk("support", document_id="nothing-there"),
    "GET /api/knowledge/documents/{document_id}/versions/{version}": desk(
        "support", document_id="nothing-there", version="1"
    ),
    "POST /api/knowledge/articles": desk("support", {}),
    "PUT /api/knowledge/articles/{document_id}": desk("support", {}, document_id="nothing-there"),
    "GET /api/staff/unanswered": desk("support"),
    "GET /api/staff/usage": desk("supervisor"),
    "GET /api/staff/usage.csv": desk("supervisor"),
    "GET /api/staff/variants": desk("supervisor"),
    "POST /api/staff/unanswered/dealt-with": desk("support", {}),
    "POST /api/auth/login": OPEN,
    "POST /api/auth/refresh": BLIND,
    "POST /api/auth/link": OPEN,
    "POST /api/auth/guest": OPEN,
    "POST /api/auth/code": OPEN,
    "POST /api/auth/code/verify": OPEN,
    "POST /api/auth/password": Rule("customer", body={"password": "a password of some length"}),
    "GET /api/staff/outbox": desk("support"),
    "GET /api/staff/conversations": desk("support"),
    "GET /api/staff/conversations/{conversation_id}": desk("support", conversation_id="<conversation>"),
    "GET /api/conversations/current": Rule("session"),
    "GET /api/conversations/current/transcript": Rule("session"),
    "GET /api/conversations": OPEN,
    "GET /api/conversations/{conversation_id}": own(conversation_id="<conversation>"),
    "POST /api/feedback": Rule("session", body={"session_id": "nobodys", "message_id": "none", "score": "up"}),
    "POST /api/conversations/current/satisfaction": Rule("session", body={"session_id": "nobodys", "score": 5}),
    "POST /api/complaints/{complaint_id}/attachments": Rule(
        "owner", {"complaint_id": "<complaint>"}, owners=201, files={"file": ("photo", b"%PDF-1.7")}
    ),
    "GET /api/complaints/{complaint_id}/attachments": own(complaint_id="<complaint>"),
    "GET /api/complaints/{complaint_id}/attachments/{attachment_id}": own(
        404, complaint_id="<complaint>", attachment_id="none"
    ),
    "GET /api/staff/complaints/{complaint_id}/attachments": desk("support", complaint_id="<complaint>"),
    "GET /api/staff/complaints/{complaint_id}/attachments/{attachment_id}": desk(
        "support", complaint_id="<complaint>", attachment_id="none"
    ),
    "GET /api/staff/inbox": desk("support"),
    "GET /api/staff/inbox/counts": desk("support"),
    "GET /api/staff/inbox/tags": desk("support"),
    "POST /api/staff/inbox/bulk": desk("support", {"items": [{"kind": "complaint", "id": "<complaint>"}]}),
    "GET /api/staff/inbox/views": desk("support"),
    "POST /api/staff/inbox/views": desk("support", {"name": "Late"}),
    "PUT /api/staff/inbox/views/{view_id}": desk("support", {"name": "Late"}, view_id="none"),
    "DELETE /api/staff/inbox/views/{view_id}": desk("support", view_id="none"),
    "GET /api/staff/cases/{conversation_id}": desk("support", conversation_id="<conversation>"),
    "GET /api/staff/cases/{conversation_id}/messages": desk("support", conversation_id="none"),
    "POST /api/staff/cases/{conversation_id}/notes": desk(
        "support", {"text": "Called back."}, conversation_id="<conversation>"
    ),
    "POST /api/staff/cases/{conversation_id}/reply": desk("support", {"text": "Hello."}, conversation_id="none"),
    "POST /api/staff/cases/{conversation_id}/return": desk("support", conversation_id="<conversation>"),
    "POST /api/staff/cases/{conversation_id}/draft": desk("support", conversation_id="<conversation>"),
    "GET /api/staff/cases/{conversation_id}/summary": desk("support", conversation_id="<conversation>"),
    "GET /api/staff/cases/{conversation_id}/pdf": desk("support", conversation_id="<conversation>"),
    "GET /api/staff/customers/{customer_id}": desk("support", customer_id="none"),
    "POST /api/staff/customers/{customer_id}/actions": desk("support", PENDING, customer_id="none"),
    "POST /api/staff/customers/{customer_id}/actions/{action_id}/confirm": desk(
        "support", customer_id="none", action_id="none"
    ),
    "DELETE /api/staff/customers/{customer_id}/actions/{action_id}": desk(
        "support", customer_id="none", action_id="none"
    ),
    "GET /api/staff/settings": desk("support"),
    "PUT /api/staff/settings": desk("admin", {"tone": "neutral"}),
    "GET /api/staff/settings/policy": desk("support"),
    "PUT /api/staff/settings/policy": desk("admin", {"policy": {}}),
    "GET /api/staff/settings/policy/versions": desk("support"),
    "POST /api/staff/settings/policy/versions/{version}/restore": desk("admin", version="99"),
    "GET /api/staff/team": desk("support"),
    "POST /api/staff/team": desk("admin", {}),
    "POST /api/staff/team/{staff_id}/link": desk("admin", staff_id="none"),
    "PATCH /api/staff/team/{staff_id}": desk("admin", {}, staff_id="none"),
    "POST /api/staff/playground": desk("supervisor", {"message": "hello"}),
    "GET /api/staff/audit": desk("admin"),
    "GET /api/staff/numbers": desk("supervisor"),
    "GET /api/staff/numbers.csv": desk("supervisor"),
    "GET /api/staff/numbers/paths": desk("supervisor"),
    "GET /api/staff/events": Rule("support", query="?seconds=0"),
    "GET /api/staff/canned": desk("support"),
    "POST /api/staff/canned": desk("support", {}),
    "PUT /api/staff/canned/{reply_id}": desk("support", {}, reply_id="none"),
    "DELETE /api/staff/canned/{reply_id}": desk("support", reply_id="none"),
    "POST /api/staff/canned/render": desk("support", {"text": "Dear {{customer.name}}"}),
    "POST /api/staff/canned/{reply_id}/render": desk("support", {}, reply_id="none"),
    "GET /api/staff/handoffs": desk("support"),
    "POST /api/staff/handoffs/{handoff_id}/take": desk("support", handoff_id="none"),
    "POST /api/staff/handoffs/{handoff_id}/reply": desk("support", {"text": "Hello."}, handoff_id="none"),
    "POST /api/staff/handoffs/{handoff_id}/return": desk("support", handoff_id="none"),
    "POST /api/staff/conversations/{conversation_id}/take": desk("support", conversation_id="none"),
    "GET /api/staff/corrections": desk("support"),
    "POST /api/staff/corrections": desk("support", {}),
    "POST /api/staff/exchanges/{exchange_id}/fulfil": desk("support", exchange_id="none"),
    "POST /api/staff/knowledge/try": desk("support", {"question": "hello"}),
    "POST /api/staff/understand": desk("support", {"texts": ["hello"]}),
    "GET /api/staff/complaints": desk("support"),
    "GET /api/staff/complaints/{complaint_id}": desk("support", complaint_id="<complaint>"),
    "PATCH /api/staff/complaints/{complaint_id}": desk("support", {"priority": "high"}, complaint_id="<complaint>"),
    "POST /api/staff/complaints/{complaint_id}/notes": desk("support", {"text": "Seen."}, complaint_id="<complaint>"),
    "GET /api/staff/enquiries": desk("support"),
    "GET /api/staff/enquiries/{enquiry_id}": desk("support", enquiry_id="<enquiry>"),
    "PATCH /api/staff/enquiries/{enquiry_id}": desk("support", {"status": "answered"}, enquiry_id="<enquiry>"),
    "GET /api/staff/returns": desk("support"),
    "POST /api/staff/returns/{return_id}/receive": desk("support", return_id="RET-none"),
    "POST /api/staff/returns/{return_id}/reject": desk("supervisor", {"reason": "Too late."}, return_id="RET-none"),
    "POST /api/staff/refunds/{refund_id}/paid": desk("support", refund_id="REF-none"),
    "POST /api/staff/keys": desk("admin", {"name": "till", "scopes": []}),
    "GET /api/staff/keys": desk("admin"),
    "POST /api/staff/keys/{key_id}/rotate": desk("admin", key_id="none"),
    "DELETE /api/staff/keys/{key_id}": desk("admin", key_id="none"),
    "POST /api/staff/webhooks": desk("admin", {}),
    "GET /api/staff/webhooks": desk("admin"),
    "DELETE /api/staff/webhooks/{webhook_id}": desk("admin", webhook_id="none"),
    "GET /api/staff/webhooks/deliveries": desk("admin"),
    "POST /api/staff/webhooks/deliveries/{delivery_id}/replay": desk("admin", delivery_id="none"),
    "GET /health": BLIND,
    "GET /ready": BLIND,
    "GET /metrics": BLIND,
    "GET /docs": BLIND,
    "GET /docs/start.js": BLIND,
    "GET /docs/files/{name}": Rule("everyone", {"name": "swagger-ui.css"}, blind=True),
    "GET /openapi.json": BLIND,
}


def routes() -> list[str]:
    """Method and path of every route of the app, but for the pages and the catch-all behind them."""
    app = create_app(Settings(_env_file=None, secret_key="x" * 40))  # type: ignore[call-arg, arg-type]
    found = []
    for route in iter_route_contexts(app.routes):
        if not route.path or "{rest:path}" in route.path:
            continue
        found += [f"{method} {route.path}" for method in sorted(route.methods or ()) if method != "HEAD"]
    return found


def test_every_route_has_a_decision() -> None:
    assert not set(routes()) - set(TABLE)


@dataclass(frozen=True)
class World:
    """A shop with John's complaint, conversation and open question in it, and everyone who might call."""

    shop: Shop
    people: tuple[Person, ...]
    owner: Person
    secrets: dict[str, str]

    def call(self, person: Person, route: str, rule: Rule) -> httpx.Response:
        method, path = route.split(" ", 1)
        for name, value in rule.path.items():
            path = path.replace(f"{{{name}}}", self.secrets.get(value, value))
        with self.shop.client(headers=person.headers) as http:
            return http.request(
                method, path + rule.query, json=rule.body if method != "GET" else None, files=rule.files
            )


def _verified(shop: Shop, email: str, tenant: str = "techpro") -> tuple[str, str]:
    """The unguessable session id and the customer's token, as the mailed code gives them."""
    talk = Talk(shop, tenant)
    session = talk.http.post("/api/auth/code", json={"email": email}).json()["session_id"]
    body = {"email": email, "session_id": session, "code": talk.code(email)}
    proved = talk.http.post("/api/auth/code/verify", json=body).json()
    assert proved["session_id"] != session
    return proved["session_id"], proved["access_token"]


def _guest(shop: Shop, order_id: str, email: str) -> str:
    with shop.client() as http:
        answer = http.post("/api/auth/guest", json={"order_id": order_id, "email": email})
        session: str = answer.json()["session_id"]
    return session


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with running_shop() as shop:
        open_other_shop(shop)
        session, token = _verified(shop, JOHN)
        owner = Person("owner", {"Authorization": f"Bearer {token}", "X-Session": session}, "customer")
        yield World(shop, _people(shop), owner, _records(shop, owner))


def _records(shop: Shop, owner: Person) -> dict[str, str]:
    with shop.client(headers=owner.headers) as http:
        first = http.post("/api/actions", json=proposal("A key has come off.")).json()["id"]
        made = http.post(f"/api/actions/{first}/confirm").json()["ids"]
        pending = http.post("/api/actions", json=proposal("The charger hums.")).json()
        enquiry = http.post("/api/enquiries", json={"text": "We need 40 laptops for our school."}).json()["ids"]
        body = {"message": "what is your return policy?", "session_id": owner.headers["X-Session"]}
        http.post("/api/chat", json=body).raise_for_status()
        admin = {"Authorization": f"Bearer {shop.token()}"}
        conversation = http.get("/api/staff/conversations", headers=admin).json()["results"][0]["id"]
    return {
        "<action>": pending["id"],
        "<complaint>": made["complaint"],
        "<enquiry>": enquiry["enquiry"],
        "<conversation>": conversation,
    }


def _people(shop: Shop) -> tuple[Person, ...]:
    sarahs_session, sarahs = _verified(shop, SARAH)
    _, elsewhere = _verified(shop, SARAH, OTHER_SHOP)
    staff = [Person(r, bearer(TokenKind.STAFF, "s", role=StaffRole(r)), r) for r in ROLES]
    return (
        Person("nobody", {}, "none"),
        Person("a guessed session", {"X-Session": "1"}, "none"),
        Person("a guest of another order", {"X-Session": _guest(shop, "ORD-1002", SARAH)}, "guest"),
        Person("another customer's session", {"X-Session": sarahs_session}, "customer"),
        Person("another customer", {"Authorization": f"Bearer {sarahs}"}, "customer"),
        Person("a customer of another shop", {"Authorization": f"Bearer {elsewhere}"}, "customer", here=False),
        Person(
            "an admin of another shop",
            bearer(TokenKind.STAFF, "s", tenant=OTHER_SHOP, role=StaffRole.ADMIN),
            "admin",
            here=False,
        ),
        *staff,
        *(Person(f"a token {why}", {"Authorization": f"Bearer {t}"}, "bad") for why, t in bad_tokens("C-1").items()),
    )


def expected(person: Person, rule: Rule) -> set[int] | None:
    """The statuses that are right; None where only a refusal would be wrong."""
    if rule.blind:
        return None
    if person.proof == "bad":
        return {401}
    if rule.who == "everyone":
        return None
    if rule.who == "signature":
        return {401}
    if rule.who == "session":  # only who holds its unguessable id; a caller without any has to name one
        return {200, 404, 422}
    if rule.who in ("owner", "customer"):
        if person.proof in ("none", *ROLES):
            return {401, 404}
        return {401, 404} if rule.who == "owner" else {200, 204, 401}
    if person.proof in ("none", "guest") or "X-Session" in person.headers:
        return {401}
    allowed = person.proof in ROLES and ROLES.index(person.proof) >= ROLES.index(rule.who)
    if not allowed:
        return {403}
    return {404} if any(value.startswith("<") for value in rule.path.values()) and not person.here else None


@pytest.mark.parametrize("route", sorted(set(TABLE) & set(routes())))
def test_only_who_may_see_it_sees_it(world: World, route: str) -> None:
    rule = TABLE[route]
    for person in world.people:
        answer = world.call(person, route, rule)
        allowed = expected(person, rule)
        said = f"{person.name} · {route}: {answer.status_code} {answer.text[:200]}"
        assert answer.status_code < 500, said
        if rule.who in ROLES:  # who holds a session's id speaks as its shopper
            assert world.owner.headers["X-Session"] not in answer.text, said
        if allowed is None:
            assert rule.who == "everyone" or answer.status_code not in (401, 403), said
        else:
            assert answer.status_code in allowed, said
        if allowed is not None or not person.here:
            secrets = (JOHN, "John Smith", world.secrets["<conversation>"])
            assert not [s for s in secrets if s in answer.text], said


@pytest.mark.parametrize("route", sorted(r for r in TABLE if TABLE[r].who == "owner" and "confirm" not in r))
def test_the_owner_may(world: World, route: str) -> None:
    answer = world.call(world.owner, route, TABLE[route])
    assert answer.status_code == TABLE[route].owners, answer.text


@pytest.mark.parametrize("route", ["GET /api/orders/{order_id}", "GET /api/delivery/{order_id}"])
def test_a_foreign_order_and_an_unknown_one_are_one_answer(world: World, route: str) -> None:
    sarah = next(p for p in world.people if p.name == "another customer")
    foreign = world.call(sarah, route, Rule("owner", {"order_id": "ORD-1001"}))
    unknown = world.call(sarah, route, Rule("owner", {"order_id": "ORD-9876"}))
    assert foreign.text.replace("ORD-1001", "ORD-9876") == unknown.text


def test_a_token_is_good_for_its_own_shop_only(world: World) -> None:
    with world.shop.client(headers=world.owner.headers) as http:
        own = http.get("/api/orders").json()
    with world.shop.client(headers={**world.owner.headers, "X-Tenant": OTHER_SHOP}) as http:
        # the token names its shop: the header moves it nowhere
        assert http.get("/api/orders").json() == own and own["results"]
    with world.shop.client(headers={"X-Session": world.owner.headers["X-Session"], "X-Tenant": OTHER_SHOP}) as http:
        assert http.get("/api/orders").status_code == 401
        body = {"message": "where is my order ORD-1001?", "session_id": world.owner.headers["X-Session"]}
        assert "e-mail" in http.post("/api/chat", json=body).json()["response"]


def test_an_identity_is_never_carried_by_an_id_that_the_caller_chose(world: World) -> None:
    """Session fixation: whoever planted the id before the sign-in has nothing of it afterwards."""
    planted = "planted-by-someone-else"
    talk = Talk(world.shop)
    talk.session_id = planted
    talk.say("Where is my order ORD-1002?")
    talk.say(SARAH)
    assert talk.session_id != planted
    with world.shop.client(headers={"X-Session": planted}) as thief:
        assert thief.get("/api/orders/ORD-1002").status_code == 401
        again = thief.post("/api/chat", json={"message": "Where is my order ORD-1002?", "session_id": planted}).json()
    assert "e-mail" in again["response"] and again["cards"][0]["type"] != "order"
    with world.shop.client() as http:
        body = {"order_id": "ORD-1002", "email": SARAH, "session_id": planted}
        answer = http.post("/api/auth/guest", json=body)
        assert answer.json().get("session_id", planted) != planted, answer.text


def test_an_open_question_is_answered_by_its_own_session_only(world: World) -> None:
    action = world.secrets["<action>"]
    with world.shop.client() as http:
        for session_id in ("1", _guest(world.shop, "ORD-1002", SARAH), _guest(world.shop, "ORD-1001", JOHN)):
            body = {"session_id": session_id, "decision": {"action_id": action, "accept": True}}
            assert http.post("/api/chat", json=body).status_code == 404
        johns_token_only = {"Authorization": world.owner.headers["Authorization"]}
        assert http.post(f"/api/actions/{action}/confirm", headers=johns_token_only).status_code == 404
    assert (
        world.call(world.owner, "POST /api/actions/{action_id}/confirm", own(action_id="<action>")).status_code == 200
    )


def test_a_stranger_in_a_session_neither_sees_nor_spoils_it(world: World) -> None:
    """Another customer's token beside somebody's session id: a conversation of their own, and nothing is taken."""
    with world.shop.client(headers=world.owner.headers) as http:
        pending = http.post("/api/actions", json=proposal("The lid does not close.")).json()["id"]
    sarah = next(p for p in world.people if p.name == "another customer")
    with world.shop.client(headers=sarah.headers) as http:
        body = {"message": "what did I ask last?", "session_id": world.owner.headers["X-Session"]}
        reply = http.post("/api/chat", json=body).json()
        assert reply["session_id"] != world.owner.headers["X-Session"]
        assert reply["pending_action"] is None
    with world.shop.client(headers=world.owner.headers) as http:
        assert http.post(f"/api/actions/{pending}/confirm").status_code == 200


def test_a_guest_who_opens_a_second_order_keeps_its_question(world: World) -> None:
    talk = Talk(world.shop)
    talk.say("Where is my order ORD-1001?")
    talk.say(JOHN)
    talk.say("My laptop stand wobbles, order ORD-1011")
    asked = talk.say(JOHN)
    assert asked["pending_action"], asked["response"]
    assert "CMP-" in talk.decide(asked["pending_action"]["id"], accept=True)["response"]
